"""What commands of the registry read: folders of imports, who is one person, the edition before."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from standwith.cli.inputs import today
from standwith.cli.output import BadInput

if TYPE_CHECKING:
    from standwith.account.registry.record import Episode
    from standwith.ingest.batch import Batch


def read_day(text: str | None) -> date:
    """Read a day; today where none is given.

    Raises:
        BadInput: it is none.
    """
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"{text!r} is no day; write for example 2024-06-01") from error


def read_import(place: Path) -> Batch:
    """Read the folder of an import.

    Raises:
        BadInput: it is none.
    """
    from standwith.account.registry.mapping import UnusableRegister
    from standwith.ingest.batch import read_batch

    try:
        return read_batch(place)
    except UnusableRegister as error:
        raise BadInput(str(error)) from error


def check_sources(batches: Sequence[Batch], *, told: bool) -> None:
    """Stop where lists of several sources are counted as if nobody stood on two of them.

    Raises:
        BadInput: it is not told who is one person.
    """
    if len({one.receipt["source"] for one in batches}) > 1 and not told:
        said = "these lists may hold the same persons: link them and give --persons FOLDER"
        raise BadInput(f"{said}, or say --distinct")


def known_then(batches: Sequence[Batch], known: date) -> list[Batch]:
    """Keep the lists of a day or earlier.

    Raises:
        BadInput: there is none.
    """
    found = [one for one in batches if one.known <= known]
    if not found:
        first = min(one.known for one in batches)
        raise BadInput(f"no list was known on {known}; the first is of {first}: give it as --as-of")
    return found


def joined(batches: Sequence[Batch], persons: Mapping[str, str]) -> list[Episode]:
    """Tell the episodes of all lists as one history, those of one arrest as one."""
    from standwith.account.registry.successive import histories, one_arrest

    found = histories(_with_absent(sorted(batches, key=lambda one: one.known)))
    return one_arrest(replace(one, person=persons.get(one.person, one.person)) for one in found)


def _with_absent(batches: Sequence[Batch]) -> list[tuple[Episode, ...]]:
    """Add to each list those whom the list before it, of the same source, still named."""
    from standwith.account.registry.promotion import absent

    held: dict[str, tuple[Episode, ...]] = {}
    found = []
    for one in batches:
        source = one.receipt["source"]
        listed = frozenset(episode.person for episode in one.episodes)
        gone = absent(held.get(source, ()), listed, source, one.known)
        held[source] = (*one.episodes, *gone)
        found.append(held[source])
    return found


def read_labels(place: Path | None) -> dict[str, str]:
    """Read which person each row of the lists is, from a folder of a linkage."""
    if place is None:
        return {}
    try:
        with (place / "persons.csv").open(encoding="utf-8", newline="") as file:
            return {row["unique_id"]: row["cluster_id"] for row in csv.DictReader(file)}
    except (OSError, KeyError, ValueError, csv.Error) as error:
        raise BadInput(f"{place}: no folder of a linkage ({error})") from error


def read_edition(path: Path, year: int) -> tuple[dict[str, int], date]:
    """Read what the edition of the year before printed, and of which vintage it was."""
    try:
        held = json.loads(path.read_text("utf-8"))
        held = held.get("annual", held)  # of a whole report, its figures
        stock = held["stock"]
        printed = {place: int(row[1]["value"]) for place, row in stock["countries"].items()}
        found = printed | {"": int(stock["all"][1]["value"])}, date.fromisoformat(held["known"])
        before = int(held["year"])
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise BadInput(f"{path}: no edition that `statistics` wrote ({error})") from error
    if before != year - 1:
        raise BadInput(f"{path}: the edition of {before}; the one before {year} is of {year - 1}")
    return found
