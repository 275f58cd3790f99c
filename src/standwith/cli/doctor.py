"""`standwith doctor`: does this installation work, and what would mend it."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click


@click.command()
def doctor() -> None:
    """Check that this installation works; exit 1 if a part is missing."""
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("Python", lambda: sys.version.split()[0]),
        ("catalogue", _catalogue),
        ("cases", _cases),
        ("PDF", _pdf),
    )
    failed = False
    for name, check in checks:
        try:
            click.echo(f"ok    {name}: {check()}")
        except (ImportError, OSError, ValueError, KeyError) as error:
            failed = True
            click.echo(f"fault {name}: {error}; install the package again")
    if failed:
        raise SystemExit(1)


def _catalogue() -> str:
    from standwith.choose.release import current

    release = current()
    return (
        f"{release['version']}, {len(release['actions'])} actions, {release['content_sha256'][:12]}"
    )


def _cases() -> str:
    from standwith.cli.inputs import open_case, shipped_cases

    return ", ".join(open_case(name).id for name in shipped_cases())


def _pdf() -> str:
    import typst

    return f"typst {typst.__version__}" if hasattr(typst, "__version__") else "typst"
