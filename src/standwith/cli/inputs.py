"""Inputs that the commands share: cases, profiles, days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from standwith.assess.case import read_case
from standwith.assess.policy import STRICTEST, Profile
from standwith.assess.problem import UnusableCase
from standwith.assess.profile import (
    UnknownProfile,
    own_profile,
    shipped,
    shipped_profile,
)
from standwith.assess.situation import Situation
from standwith.cli.output import BadInput
from standwith.kernel.document import LIMIT, Document, UnreadableDocument, read_document
from standwith.kernel.pack import names, read_yaml

as_of_option = click.option(
    "--as-of", metavar="DATE", help="Use only what was known on this day, such as 2020-08-18."
)
profile_option = click.option(
    "--profile",
    default=STRICTEST,
    show_default=True,
    help="icnc, crm-atrocity, strictest (both, the stricter counts), or the file of your own.",
)


def today() -> date:
    """Return the day: the one place where the command line reads the clock."""
    return datetime.now(UTC).date()


def shipped_cases() -> dict[str, str]:
    """Return the shipped cases: id and name of the data file."""
    return {Path(name).stem: name for name in names("cases")}


def open_document(path: Path) -> Document:
    """Read a YAML file, never more than the limit.

    Raises:
        BadInput: it is not there, not readable, or no YAML.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LIMIT + 1)
        if len(raw) > LIMIT:
            size = path.stat().st_size / 1e6
            message = (
                f"{path}: the file has {size:.1f} MB, and at most {LIMIT / 1e6:.0f} MB are read"
            )
            raise BadInput(f"{message}; split it, or drop what is no claim")
        return read_document(raw, str(path))
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}; check the path") from error
    except UnreadableDocument as error:
        raise BadInput(str(error)) from error


def open_case(name: str) -> Situation:
    """Read a case by the path of its file or by the id of a shipped one.

    Raises:
        BadInput: with a sentence for each problem.
    """
    known = shipped_cases()
    if name in known and not Path(name).exists():
        document = read_yaml(known[name])
    elif Path(name).exists() or name.endswith((".yaml", ".yml")):
        document = open_document(Path(name))
    else:
        message = f"{name!r} is no case: there is no such file, and shipped are {', '.join(known)}"
        raise BadInput(f"{message}; make one with `standwith case new`")
    try:
        return read_case(document, today=today())
    except UnusableCase as error:
        raise BadInput(str(error)) from error


def open_profiles(name: str) -> tuple[Profile, ...]:
    """Read the profiles that a command asks for.

    Raises:
        BadInput: there is no such profile, or its file cannot be used.
    """
    if name == STRICTEST:
        return shipped()
    try:
        if name.endswith((".yaml", ".yml")):
            return (own_profile(open_document(Path(name))),)
        return (shipped_profile(name),)
    except UnknownProfile as error:
        raise BadInput(str(error)) from error


def day_asked(text: str | None, situation: Situation) -> date:
    """Return the day for which a case is worked out.

    Raises:
        BadInput: the text is no day, or lies in the future.
    """
    if text is None:
        return situation.as_of
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"--as-of {text!r} is no day; write it as 2020-08-18") from error
    if day > today():
        raise BadInput(f"--as-of {text} lies in the future; nothing is known of that day yet")
    return day


def read_bytes(path: Path, limit: int) -> bytes:
    """Read a file, never more than a limit.

    Raises:
        BadInput: it is not there, not readable, or too large.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}; check the path") from error
    if len(raw) > limit:
        raise BadInput(f"{path}: more than {limit / 1e6:.0f} MB; split it")
    return raw
