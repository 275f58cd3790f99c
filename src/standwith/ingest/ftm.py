"""FollowTheMoney into rows: one for each person, with what other entities say of them.

Read by the form of its entities alone, so nothing needs to be installed. It has no word for
imprisonment: detentions come as events that involve a person, or as entities of an extension
``Detention``. The end of an event is no release, so it is kept raw and read as nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from standwith.account.registry.staging import Quarantined, Row
from standwith.ingest.sheet import Sheet, flat

Entity = Mapping[str, Any]
# Column of a row, and the properties of a person that fill it, the first that is there.
_PERSON = {
    "name": ("name",),
    "born": ("birthDate",),
    "gender": ("gender",),
    "ethnicity": ("ethnicity",),
    "occupation": ("position", "occupation"),
    "place": ("city",),
    "url": ("sourceUrl",),
    "note": ("summary", "notes", "description"),
}
_HELD = {
    "arrested": ("startDate", "date"),
    "prison": ("facility", "location"),
    "charges": ("charges", "charge", "legalBasis"),
    "sentence": ("sentence",),
    "status": ("status", "endReason"),
    "released": ("releaseDate",),
}
_EVENTS = frozenset({"Detention", "Event"})
_ENDS = ("person", "involved", "party", "entity", "owner", "holder", "subject", "object", "client")


def is_entity(one: object) -> bool:
    """Whether a record is an entity: an id, a schema, and properties that are lists."""
    return (
        isinstance(one, Mapping)
        and {"id", "schema", "properties"} <= set(one)
        and isinstance(one["properties"], Mapping)
    )


def read_entities(found: Sequence[tuple[str, object]]) -> Sheet:
    """Make a row of each person, with all else that names the person kept in it as it came.

    An entity that speaks of no person is given back with the reason.
    """
    entities = [one for _, one in found if isinstance(one, Mapping) and is_entity(one)]
    told = _told_of(entities)
    used = {str(one["id"]) for mine in told.values() for one in mine}
    rows, lost, head = list[Row](), list[Quarantined](), dict[str, None]()
    for where, one in found:
        reason = _unread(one, used)
        if reason:
            lost.append(Quarantined(where, flat(one), reason))
        elif isinstance(one, Mapping) and one["schema"] == "Person":
            cells = _row(one, told[str(one["id"])])
            head |= dict.fromkeys(cells)
            rows.append(Row(where, cells))
    return Sheet(tuple(head), tuple(rows), tuple(lost))


def _unread(one: object, used: set[str]) -> str:
    """Say why a record is in no row; nothing where it is."""
    if not isinstance(one, Mapping) or not is_entity(one):
        return "no entity of FollowTheMoney"
    if one["schema"] == "Person" or str(one["id"]) in used:
        return ""
    return f"an entity of the schema {one['schema']}, which names no person of this file"


def _told_of(entities: Sequence[Entity]) -> dict[str, list[Entity]]:
    """List what speaks of each person: entities that name them, and those that these name."""
    persons = {str(one["id"]) for one in entities if one["schema"] == "Person"}
    others = {str(one["id"]): one for one in entities if one["schema"] != "Person"}
    found = defaultdict[str, dict[str, Entity]](dict)
    for key, one in others.items():
        for person in persons.intersection(_named(one)):
            found[person] |= {key: one} | _beyond(one, others)
    return defaultdict(list, {person: list(mine.values()) for person, mine in found.items()})


def _beyond(one: Entity, others: Mapping[str, Entity]) -> dict[str, Entity]:
    return {key: others[key] for key in _values(one) if key in others}


def _named(one: Entity) -> list[str]:
    return [value for end in _ENDS for value in _texts(one, end)]


def _values(one: Entity) -> list[str]:
    return [value for name in one["properties"] for value in _texts(one, name)]


def _texts(one: Entity, name: str) -> list[str]:
    held = one["properties"].get(name, [])
    return [flat(value) for value in (held if isinstance(held, list) else [held])]


def _row(person: Entity, told: Sequence[Entity]) -> dict[str, str]:
    cells = {"id": str(person["id"])} | _read(person, _PERSON)
    names = [*_texts(person, "name"), *_texts(person, "alias"), *_texts(person, "weakAlias")]
    cells["other name"] = "; ".join(dict.fromkeys(name for name in names if name != cells["name"]))
    held = [one for one in told if one["schema"] in _EVENTS]
    latest = max(held, key=lambda one: _first(one, _HELD["arrested"]), default=None)
    cells |= dict.fromkeys(_HELD, "") if latest is None else _read(latest, _HELD)
    cells["charges"] = cells["charges"] or _cases(told)
    cells["person as it came"] = flat(dict(person["properties"]))
    cells["told by"] = flat([dict(one) for one in told]) if told else ""
    return cells


def _read(one: Entity, columns: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {column: _first(one, names) for column, names in columns.items()}


def _first(one: Entity, names: Iterable[str]) -> str:
    return next((text for name in names for text in _texts(one, name) if text), "")


def _cases(told: Sequence[Entity]) -> str:
    found = [_first(one, ("category", "type", "name")) for one in told
             if one["schema"] == "CourtCase"]  # fmt: skip
    return "; ".join(dict.fromkeys(text for text in found if text))
