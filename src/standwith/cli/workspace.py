"""Opens the workspace for a command: the extra is there, keys are made, Django is ready."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import click

from standwith.cli.output import BadInput

home_option = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of keys and database; else STANDWITH_HOME.",
)


def need_extra() -> None:
    """Stop where the packages of the workspace are missing.

    Raises:
        BadInput: they are.
    """
    if find_spec("django") is None or find_spec("cryptography") is None:
        message = "the workspace is not installed; run: pip install 'standwith[workspace]'"
        raise BadInput(message)


def folder_of(home: Path | None) -> Path:
    """Return the folder of the workspace."""
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return home or Path(os.environ.get("STANDWITH_HOME") or Path(data) / "standwith")


def open_workspace(home: Path | None = None) -> Path:
    """Make ready what a command on the workspace needs; return the folder.

    Raises:
        BadInput: the extra is not installed, or the key file cannot be used.
    """
    need_extra()
    folder = folder_of(home).absolute()
    os.environ["STANDWITH_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standwith.web.settings")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import django

    from standwith.services.keys import UnusableKeys, make_keys

    try:
        make_keys(folder)
        django.setup()
    except (OSError, UnusableKeys) as error:
        raise BadInput(f"{folder}: {error}; choose another folder with --home") from error
    return folder
