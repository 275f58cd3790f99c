"""An import as a folder: the file as it came, what became of each row, and the receipt.

The folder is written whole or not at all. Taking an import back is removing its folder: nothing
outside of it was changed.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from standwith.account.registry.mapping import UnusableRegister, write_map
from standwith.account.registry.plain import episode_data, episode_of, person_data, person_of
from standwith.account.registry.record import Episode, Person
from standwith.account.registry.staging import Observation, Staged
from standwith.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Batch:
    """An import that was read again."""

    place: Path
    receipt: Mapping[str, Any]
    persons: tuple[Person, ...]
    episodes: tuple[Episode, ...]

    @property
    def known(self) -> date:
        """Day of the list."""
        return date.fromisoformat(self.receipt["known"])


def write_batch(
    place: Path,
    staged: Staged,
    receipt: Mapping[str, Any],
    promoted: tuple[Iterable[Person], Iterable[Episode]],
) -> None:
    """Write the folder of an import; it must not be there yet.

    Raises:
        UnusableRegister: the folder is there already.
        OSError: it cannot be written.
    """
    if place.exists():
        raise UnusableRegister(f"{place} is there already; name a new folder")
    place.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}."))
    try:
        _lines(made / "observations.jsonl", map(_observation, staged.observations))
        _lines(made / "quarantine.jsonl", (
            {"where": lost.where, "raw": lost.raw, "reason": lost.reason}
            for lost in staged.quarantined
        ))  # fmt: skip
        _lines(made / "persons.jsonl", map(person_data, promoted[0]))
        _lines(made / "episodes.jsonl", map(episode_data, promoted[1]))
        (made / "mapping.json").write_text(write_map(staged.mapping), "utf-8")
        (made / f"{receipt['source']}.csv").write_text(_people(staged.observations), "utf-8")
        text = json.dumps(receipt, ensure_ascii=False, indent=2) + "\n"
        (made / "receipt.json").write_text(text, "utf-8")
        made.chmod(0o700)
        os.replace(made, place)  # noqa: PTH105 - atomic, and says so
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _observation(one: Observation) -> dict[str, Any]:
    return {
        "key": one.key,
        "where": one.where,
        "raw": dict(one.raw),
        "texts": dict(one.texts),
        "dates": {field: str(period) for field, period in one.dates.items()},
        "anomalies": [{"code": odd.code, "field": odd.field, "detail": odd.detail,
                       "withheld": odd.withheld} for odd in one.anomalies],
    }  # fmt: skip


def _people(rows: Iterable[Observation]) -> str:
    """Write what tells people apart, clean, as a list that can be linked with others."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "name", "born", "happened", "sex"])
    for one in rows:
        days = [_day(one.dates.get(field)) for field in ("born", "arrested")]
        writer.writerow([one.key, one.texts.get("name", ""), *days, one.texts.get("gender", "")])
    return out.getvalue()


def _day(when: Period | None) -> str:
    """Write a day, else the year in which it lies, else nothing."""
    if when is None or when.first is None or when.last is None:
        return ""
    if when.first == when.last:
        return when.first.isoformat()
    return str(when.first.year) if when.first.year == when.last.year else ""


def _lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_batch(place: Path) -> Batch:
    """Read the folder of an import.

    Raises:
        UnusableRegister: it is no such folder, or was changed so that it cannot be read.
    """
    try:
        receipt = json.loads((place / "receipt.json").read_text("utf-8"))
        persons = tuple(person_of(one) for one in _rows(place / "persons.jsonl"))
        episodes = tuple(episode_of(one) for one in _rows(place / "episodes.jsonl"))
        found = Batch(place, receipt, persons, episodes)
        found.known  # noqa: B018 - a receipt without its day is none
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnusableRegister(f"{place}: no folder of an import ({error})") from error
    return found


def read_texts(place: Path) -> dict[str, dict[str, str]]:
    """Read the texts of the observations of an import, by their keys."""
    return {one["key"]: one["texts"] for one in _rows(place / "observations.jsonl")}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
