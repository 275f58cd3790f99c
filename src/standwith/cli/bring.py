"""`standwith registry bring`: a large list into the workspace, in steps that can be interrupted."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standwith.cli.imports import read_day
from standwith.cli.output import BadInput
from standwith.cli.workspace import home_option, open_workspace
from standwith.kernel.sensitivity import Sensitivity

if TYPE_CHECKING:
    from standwith.kernel.policy import Reader
    from standwith.services.invalid import Invalid
    from standwith.services.staging import Offered

_TLP = "TLP:"
LEVELS = tuple(level.value.removeprefix(_TLP) for level in Sensitivity)


@click.command("bring")
@click.argument("register", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--as", "handle", required=True, metavar="ACCOUNT", help="Who brings it in.")
@click.option("--compartment", required=True, metavar="NAME", help="Whose list it becomes.")
@click.option("--tlp", type=click.Choice(LEVELS), default="AMBER", show_default=True)
@click.option("--source", required=True, metavar="NAME", help="Whose list it is.")
@click.option("--country", required=True, metavar="CODE", help="Country of custody, as BY.")
@click.option("--on", metavar="DATE", help="Day of the list.  [default: today]")
@click.option("--mapping", type=click.Path(path_type=Path), help="A mapping saved before.")
@click.option("--encoding", default="", help="Of the text, where the file does not tell it.")
@click.option("--claimed", type=click.IntRange(0), help="How many rows the source claims.")
@click.option("--promote", metavar="REASON", help="Promote it at once, and say why.")
@home_option
def bring_list(
    register: Path,
    handle: str,
    compartment: str,
    tlp: str,
    promote: str | None,
    home: Path | None,
    **told: Any,  # noqa: ANN401 - the options that describe the list
) -> None:
    """Bring FILE, of up to 1 GB, into the workspace in steps; interrupted, it goes on.

    For lists above the 8 MB of the page. After an interruption run the same command again.
    """
    data = _read(register)
    mapping = _text(told["mapping"]) if told["mapping"] else ""
    asked = (register.name, data, mapping, read_day(told["on"]).isoformat())
    open_workspace(home)
    from standwith.services.invalid import Invalid
    from standwith.services.roles import NotAllowed
    from standwith.services.setup import bring_up_to_date
    from standwith.services.sight import NothingThere

    bring_up_to_date()
    try:
        with seldom_collected():
            _bring(_reader(handle), _offered(asked, told), (compartment, tlp), promote)
    except Invalid as error:
        raise BadInput(f"{register.name}: {_said(error)}") from error
    except (NotAllowed, NothingThere) as error:
        raise BadInput(f"this account may not: {error}") from error


def _offered(asked: tuple[str, bytes, str, str], told: dict[str, Any]) -> Offered:
    from standwith.services.staging import Offered

    name, data, mapping, known = asked
    more = told["encoding"], mapping, told["claimed"]
    return Offered(told["source"], told["country"], known, name, data, *more)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for cycles seldom: walking millions of rows again and again costs a fifth."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _read(path: Path) -> bytes:
    from standwith.ingest.sheet import LARGEST

    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BadInput(f"{path}: {size:,} bytes; {LARGEST:,} at most; split the file")
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from error


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: cannot be read ({error})") from error


def _reader(handle: str) -> Reader:
    from standwith.services.account import reader_named

    found = reader_named(handle)
    if found is None:
        raise BadInput(f"no account is called {handle!r}; give the name that signs in")
    return found


def _bring(reader: Reader, offered: Offered, place: tuple[str, str], promote: str | None) -> None:
    from standwith.services import compartments
    from standwith.services.cases import Marking
    from standwith.services.promotions import promote_list
    from standwith.services.staging import bring_list as bring

    compartment, tlp = place
    circles = {one.name: one.id for one in compartments.circles(reader)}
    if compartment not in circles:
        known = ", ".join(sorted(circles)) or "none"
        raise BadInput(f"no compartment {compartment!r} for this account; there are: {known}")
    marking = Marking(circles[compartment], Sensitivity(f"{_TLP}{tlp}"))
    key = bring(reader, offered, marking, _progress)
    click.echo(f"{offered.file} is in the workspace, as list {key}.")
    if promote is not None:
        new = promote_list(reader, key, promote)
        click.echo(f"promoted: {new:,} persons are new.")


def _progress(done: int, total: int) -> None:
    click.echo(f"{done:,} of {total:,} rows", err=True)


def _said(error: Invalid) -> str:
    return "; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.fields.items())
