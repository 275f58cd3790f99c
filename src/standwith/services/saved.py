"""Queries under a name: their owner's alone, and asked anew each time, under the policy."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from standwith.kernel.policy import Reader
from standwith.services import moment
from standwith.services.invalid import Invalid
from standwith.services.roles import permit
from standwith.services.sight import NothingThere, as_uuid
from standwith.store.models.people import Person
from standwith.store.models.register import SavedQuery

PLACES = {
    "registry": "/registry/",
    "timeline": "/registry/timeline",
    "map": "/registry/map",
    "acts": "/registry/acts/",
    "measures": "/registry/measures/",
}
MOST = 100


@dataclass(frozen=True, slots=True)
class Saved:
    """A query under a name, and where it leads."""

    id: str
    name: str
    place: str
    address: str


def my_queries(reader: Reader) -> list[Saved]:
    """List the reader's queries by name."""
    permit(reader, "read")
    rows = SavedQuery.objects.filter(person_id=reader.id).order_by("name", "id")
    return [
        Saved(str(row.pk), row.name, row.place, f"{PLACES[row.place]}?{urlencode(row.query)}")
        for row in rows
    ]


def save_query(reader: Reader, name: str, place: str, query: str) -> None:
    """Keep a query under a name; one of the same name and place is replaced.

    Raises:
        NotAllowed: the reader reads no content.
        Invalid: with the problems of each field.
    """
    permit(reader, "read")
    parts = parse_qsl(query[:2000].replace("%00", ""))
    asked = {key: text[:200] for key, text in parts if key != "after"}
    wrong: dict[str, list[str]] = {}
    if not name.strip():
        wrong["name"] = ["give it a name"]
    if place not in PLACES:
        wrong["place"] = [f"choose {', '.join(PLACES)}"]
    mine = SavedQuery.objects.filter(person_id=reader.id)
    if mine.count() >= MOST:
        wrong["name"] = [f"{MOST} queries are kept at most; let one go first"]
    if wrong:
        raise Invalid(wrong)
    SavedQuery.objects.update_or_create(
        person=Person.objects.get(pk=reader.id),
        place=place,
        name=name.strip()[:80],
        defaults={"query": asked, "made": moment.now()},
    )


def drop_query(reader: Reader, identifier: str) -> None:
    """Let a query go.

    Raises:
        NothingThere: the reader has no such query.
    """
    gone, _ = SavedQuery.objects.filter(pk=as_uuid(identifier), person_id=reader.id).delete()
    if not gone:
        raise NothingThere("there is no such query")
