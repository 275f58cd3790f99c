"""`standwith doctor`: does this installation work, and what would mend it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from standwith.cli.workspace import home_option


@click.command()
@home_option
def doctor(home: Path | None) -> None:
    """Check that this installation works; exit 1 if a part is missing."""
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("Python", lambda: sys.version.split()[0]),
        ("catalogue", _catalogue),
        ("cases", _cases),
        ("PDF", _pdf),
        ("names", _names),
    )
    failed = False
    for name, check in checks:
        try:
            click.echo(f"ok    {name}: {check()}")
        except (ImportError, OSError, ValueError, KeyError) as error:
            failed = True
            click.echo(f"fault {name}: {error}; install the package again")
    if not _workspace(home) or failed:
        raise SystemExit(1)


def _workspace(home: Path | None) -> bool:
    """Look at the workspace, where there is one: settings, keys, database, log, disk, clock."""
    from standwith.cli.workspace import folder_of, open_workspace

    folder = folder_of(home)
    if not (folder / "keys.json").exists():
        click.echo(f"ok    workspace: none in {folder} yet; standwith serve makes one")
        return True
    try:
        open_workspace(home)
    except click.ClickException as error:
        click.echo(f"fault settings: {error.message}")
        return False
    from standwith.services.health import examine

    points = examine()
    for point in points:
        mend = "" if point.ok else f"; {point.mend}"
        click.echo(f"{'ok   ' if point.ok else 'fault'} {point.name}: {point.found}{mend}")
    return all(point.ok for point in points)


def _catalogue() -> str:
    from standwith.choose.release import current

    release = current()
    return (
        f"{release['version']}, {len(release['actions'])} actions, {release['content_sha256'][:12]}"
    )


def _names() -> str:
    from standwith.names.latin import reader

    return f"our own tables for seven scripts; other scripts are read by {reader()}"


def _cases() -> str:
    from standwith.cli.inputs import open_case, shipped_cases

    return ", ".join(open_case(name).id for name in shipped_cases())


def _pdf() -> str:
    import typst

    return f"typst {typst.__version__}" if hasattr(typst, "__version__") else "typst"
