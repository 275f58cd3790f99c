"""The paths of the programming interface."""

from __future__ import annotations

from django.urls import URLPattern, path

from standwith.web.api.interface import api
from standwith.web.views.faults import missing

for _group in (
    "standwith.web.api.reading",
    "standwith.web.api.writing",
):
    __import__(_group)

_paths, _app, _space = api.urls
# The root is only there to be named: asked for itself, it leads nowhere.
_root = path("", missing, name="api-root")
_others = [item for item in _paths if isinstance(item, URLPattern) and item.name != "api-root"]
_shown = [_root, *_others]
for _item in _shown:
    # Sessions do not count here: each call brings its token, and is refused without.
    vars(_item.callback)["open_door"] = True
urlpatterns = [path("", (_shown, _app, _space))]
