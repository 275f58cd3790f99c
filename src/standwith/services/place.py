"""Where a workspace lives: the folder with its keys, and its database."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from standwith.services.keys import Keys, read_keys


def home() -> Path:
    """Return the folder of the workspace."""
    return Path(settings.STANDWITH_HOME)


def keys() -> Keys:
    """Return the keys of the workspace."""
    return read_keys(home())
