"""Writes docs/reference/schemas/openapi.json from the interface itself: python docs/openapi.py."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path


def main() -> None:
    """Ask the interface for its description, and write it."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["STANDWITH_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "standwith.web.settings"
        from standwith.services.keys import make_keys

        make_keys(Path(home))
        Path(home, "static").mkdir()
        import django

        django.setup()
        from standwith.web.api.interface import api
        from standwith.web.api.urls import urlpatterns

        if not urlpatterns:
            raise SystemExit("the interface has no paths")
        text = json.dumps(api.get_openapi_schema(), indent=1, sort_keys=True, ensure_ascii=False)
    target = Path(__file__).parent / "reference" / "schemas" / "openapi.json"
    target.write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    main()
