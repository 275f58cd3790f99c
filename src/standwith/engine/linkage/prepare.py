"""Columns made plain before they are compared: names into words and their sounds, dates, codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import pyarrow as pa
from anyascii import anyascii

from standwith.account.linkage.cluster import UnusableLinks
from standwith.account.linkage.weigh import Record, heard, skeleton
from standwith.engine.linkage.fields import Field, Kind
from standwith.names.clean import clean
from standwith.names.script import Script, of_text
from standwith.names.sounds import PARTICLES, is_particle, words
from standwith.names.syllables import readings

Column = list[str | None]
_SYLLABLES = frozenset({Script.HANGUL, Script.HAN, Script.MYANMAR})
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")  # a day that never was is a slip, and compared as one
_BLANKS = re.compile(r"\s+")


_KINDS = {
    "name": Kind.NAME, "born": Kind.DATE, "happened": Kind.DATE, "place": Kind.PLACE,
    "sex": Kind.PLACE, "code": Kind.CODE,
}  # fmt: skip


def table_of(records: Sequence[Record], single: frozenset[str]) -> pa.Table:
    """Write records as a table; ``single`` lists have nobody twice."""
    columns: dict[str, Column] = {
        "unique_id": [record.id for record in records],
        "alone": [record.list if record.list in single else None for record in records],
    }
    columns |= {name: [getattr(record, name) for record in records] for name in _KINDS}
    return pa.table({name: pa.array(column, pa.string()) for name, column in columns.items()})


def all_fields() -> list[Field]:
    """List the fields that records have."""
    return [Field(name, kind) for name, kind in _KINDS.items()]


def fields_of(table: pa.Table) -> list[Field]:
    """List the fields of a table of records that hold two values at least."""
    return [f for f in all_fields() if len(table[f.column].drop_null().unique()) > 1]


def prepared(table: pa.Table, fields: Sequence[Field]) -> pa.Table:
    """Make the columns that are compared; ``table`` has ``unique_id`` and ``alone``, and fields.

    ``alone`` is the list of a record where that list has nobody twice, else null.

    Raises:
        UnusableLinks: a column is missing, an id is missing or comes twice, or a date is none.
    """
    lacking = {"unique_id", "alone", *(field.column for field in fields)} - set(table.column_names)
    if lacking:
        raise UnusableLinks(f"the table has no column {', '.join(sorted(lacking))}")
    ids = table["unique_id"].to_pylist()
    if None in ids or len(set(ids)) < len(ids):
        raise UnusableLinks("each record needs an id of its own")
    table = table.take(pa.array(sorted(range(len(ids)), key=ids.__getitem__)))
    made: dict[str, Column] = {name: table[name].to_pylist() for name in ("unique_id", "alone")}
    for field in fields:
        held = table[field.column].to_pylist()
        values = _MAKERS[field.kind]([_text(value) for value in held], field.column)
        made |= dict(zip(field.columns, values, strict=True))
    return pa.table({name: pa.array(column, pa.string()) for name, column in made.items()})


def _text(value: object) -> str | None:
    """Return a value as text without blanks at its ends; nothing where nothing is there."""
    return None if value is None else _BLANKS.sub(" ", str(value)).strip() or None


def _names(values: Iterable[str | None], _: str) -> list[Column]:
    found = [_named(value) for value in values]
    return [list(column) for column in zip(*found, strict=True)] if found else [[]] * 8


def _named(value: str | None) -> tuple[str | None, ...]:
    """Return a name, its first, second (of three) and last word, their sounds and consonants."""
    held = _words(value)
    if not held:
        return (None,) * 8
    first, last = held[0], held[-1] if len(held) > 1 else None
    middle = held[1] if len(held) > 2 else None
    (begin, begin_bare), (end, end_bare) = _sound(first), _sound(last)
    return " ".join(held), first, middle, last, begin, end, begin_bare, end_bare


def _words(value: str | None) -> list[str]:
    """Split a name into its words; syllables of Hangul, Han and Burmese are read as Latin."""
    if value is None:
        return []
    if value.isascii() and value.replace(" ", "").isalpha():
        plain = value.casefold().split()
        return [word for word in plain if word not in PARTICLES] or plain
    return _cleaned(value)


def _cleaned(value: str) -> list[str]:
    """Take the words of the first spelling of a name that is not plain letters."""
    aliases = clean(value).aliases
    if not aliases:
        return []
    held = [spelled for word in words(aliases[0].text) for spelled in _spelled(word)]
    return [word for word in held if not is_particle(word)] or held


def _spelled(word: str) -> list[str]:
    script = of_text(word)
    if script is None or script not in _SYLLABLES:
        return [word]
    read = [min(syllable) for syllable in readings(word, script) if syllable]
    return [read[0], "".join(read[1:])] if len(read) > 1 else read or [word]


@lru_cache(maxsize=1_000_000)
def _sound(word: str | None) -> tuple[str | None, str | None]:
    """Return how a word sounds, and its consonants, in which all scripts meet."""
    sound = heard(word) if word else ""
    return sound or None, skeleton(sound) or None


def _dates(values: Iterable[str | None], column: str) -> list[Column]:
    held = list(values)
    for value in held:
        if value is not None and not _DATE.fullmatch(value):
            raise UnusableLinks(
                f"{column}: {value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD"
            )
    return [held, [value[:4] if value else None for value in held]]


def _places(values: Iterable[str | None], _: str) -> list[Column]:
    """Write places in Latin letters, so that Минск and Minsk meet."""
    return [[anyascii(value).casefold().strip() or None if value else None for value in values]]


def _codes(values: Iterable[str | None], column: str) -> list[Column]:
    held = _places(values, column)[0]
    firsts = [value.split(" ")[0] if value else None for value in held]
    most = [value[:-2] if value and len(value) > 3 else None for value in held]
    return [held, firsts, most]


_MAKERS: dict[Kind, Callable[[Iterable[str | None], str], list[Column]]] = {
    Kind.NAME: _names, Kind.DATE: _dates, Kind.PLACE: _places, Kind.CODE: _codes
}  # fmt: skip
