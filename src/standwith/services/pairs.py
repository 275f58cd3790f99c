"""Who may be one person: candidates with their reasons, decisions by people, and taking them back.

Nobody is joined by the program. A decision is kept as a pair of its own; the persons and their
rows stay as they are, so taking a join back leaves every byte as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

from standwith.account.linkage.weigh import Record, Weighed, candidates, weigh_all
from standwith.account.registry.record import Person as Told
from standwith.kernel.period import Period
from standwith.kernel.policy import Purpose, Reader
from standwith.services import moment
from standwith.services.batches import Batch
from standwith.services.change import Change, changing
from standwith.services.dossiers import Part, joined, parts
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS, label_of
from standwith.services.listing import Listing, Spec, UnusableQuery, all_rows, list_rows
from standwith.services.promotions import STEP, refresh
from standwith.services.sight import NothingThere, Sight, looking
from standwith.store.models.people import Person
from standwith.store.models.register import Observation, Pair, RegisteredPerson

Data = dict[str, Any]
LEAST, LEAST_WITHIN = 0.0, 4.0  # log-odds from which a pair is shown: of two sources, of one
MOST = 400_000  # pairs that are weighed in one go: a minute or two
ANSWERS = ("joined", "distinct", "open")


def find_pairs(reader: Reader) -> int:
    """Compare all persons that may be seen; return how many pairs are new in the queue.

    Pairs that stand in the queue, or were decided, are not asked again.

    Raises:
        NotAllowed: the reader may not.
        UnusableQuery: there are too many for one go.
    """
    with changing(reader, Purpose.ACCOUNT, "registry.review") as change:
        rows = list(change.sight.of(RegisteredPerson).select_related("label", "own_label"))
        known = {frozenset(ends) for ends in change.sight.of(Pair).values_list("one", "other")}
        batch, made = Batch(change), 0
        for label in sorted({row.label_id for row in rows}):
            mine = {str(row.pk): row for row in rows if row.label_id == label}
            found = [
                one
                for one in _weighed(_records(change.sight, list(mine.values())))
                if frozenset((UUID(one.left), UUID(one.right))) not in known
                and one.weight >= _least(mine[one.left], mine[one.right])
            ]
            _write(batch, found, mine)
            made += len(found)
        batch.close()
    return made


def _least(one: RegisteredPerson, other: RegisteredPerson) -> float:
    return LEAST_WITHIN if one.line == other.line else LEAST


def _weighed(records: Sequence[Record]) -> Sequence[Weighed]:
    number = len(candidates(records))
    if number > MOST:
        what = f"{number:,} pairs share a word; {MOST:,} at most in one go: use linkage link"
        raise UnusableQuery(what)
    return weigh_all(records)


def _records(sight: Sight, rows: Sequence[RegisteredPerson]) -> list[Record]:
    found = []
    for at in range(0, len(rows), STEP):
        for part in parts(sight.of, rows[at : at + STEP]):
            person, episodes = part.tell()
            if person is not None:
                arrest = episodes[0].events[0].when if episodes else None
                found.append(_record(part, person, arrest))
    return found


def _record(part: Part, person: Told, arrest: Period | None) -> Record:
    name = person.names[0].text if person.names else None
    days = _day(person.born), person.gender or None, _day(arrest)
    return Record(str(part.row.pk), part.row.source, name, *days)


def _day(when: Period | None) -> str | None:
    """Write a day, else the year in which it lies, else nothing."""
    if when is None or when.first is None or when.last is None:
        return None
    if when.first == when.last:
        return when.first.isoformat()
    return str(when.first.year) if when.first.year == when.last.year else None


def _write(batch: Batch, found: Iterable[Weighed], mine: Mapping[str, RegisteredPerson]) -> None:
    rows = [
        Pair(
            one=mine[one.left],
            other=mine[one.right],
            score=one.weight,
            why=[[name, value] for name, value in one.parts],
        )
        for one in found
    ]
    if rows:
        ends = [rows[0].one, rows[0].other]
        batch.add(rows, label_of(ends[0].own_label), ends)


def _show(row: Pair) -> Data:
    return {
        "id": str(row.pk),
        "one": row.one.name,
        "other": row.other.name,
        "sources": [row.one.source, row.other.source],
        "score": round(row.score, 2),
        "state": row.state,
        "tlp": LEVELS[row.label.level].value,
    }


SPEC: Spec[Pair] = Spec(
    order=("-score", "id"),
    facets={"state": "State"},
    show=_show,
    related=("label", "one", "other"),
)


def list_pairs(reader: Reader, query: Mapping[str, str]) -> Listing:
    """List pairs, the likeliest first."""
    with looking(reader, Purpose.ACCOUNT) as sight:
        return list_rows(_worded(sight, query), SPEC, query)


def export_pairs(reader: Reader, query: Mapping[str, str]) -> list[Data]:
    """Return all pairs of a query."""
    with looking(reader, Purpose.ACCOUNT) as sight:
        return list(all_rows(_worded(sight, query), SPEC, query))


def _worded(sight: Sight, query: Mapping[str, str]) -> Any:  # noqa: ANN401 - a queryset of pairs
    return sight.of(Pair).filter(one__name__icontains=query.get("q", "").strip())


@dataclass(frozen=True, slots=True)
class Beside:
    """A pair side by side: what each says of each field, and what speaks for their being one."""

    head: Data
    ends: tuple[str, str]
    fields: tuple[Data, ...]
    why: tuple[tuple[str, float], ...]
    reason: str
    left: int


def read_pair(reader: Reader, identifier: str) -> Beside:
    """Lay two persons side by side.

    Raises:
        NothingThere: there is no such pair for this reader.
    """
    with looking(reader, Purpose.ACCOUNT) as sight:
        row = sight.one(Pair, identifier)
        one, other = (_texts(sight, end) for end in (row.one, row.other))
        fields = [
            {"field": name, "one": one.get(name, ()), "other": other.get(name, ())}
            for name in sorted(one.keys() | other.keys())
        ]
        left = sight.of(Pair).filter(state="open").count()
        ends = str(row.one_id), str(row.other_id)
        why = tuple((name, value) for name, value in row.why if value)
        return Beside(_show(row), ends, tuple(fields), why, row.reason, left)


def _texts(sight: Sight, row: RegisteredPerson) -> dict[str, list[str]]:
    """List all that is said of a person, and of who is joined with them, by field."""
    found: dict[str, dict[str, None]] = {}
    for part in parts(sight.of, joined(sight.of, row)[0]):
        for one in part.lists:
            for field, text in one.observation.texts.items() if one.observation else ():
                found.setdefault(field, {})[text] = None
    return {field: list(values) for field, values in found.items()}


def decide_pair(reader: Reader, identifier: str, answer: str, reason: str) -> str:
    """Decide whether two are one person, or open the question again; return the next open pair.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such pair.
        Invalid: the answer is none, a reason is missing, or one source keeps the two apart.
    """
    if answer not in ANSWERS:
        raise Invalid({"answer": ["one person, two persons, or open again"]})
    with changing(reader, Purpose.ACCOUNT, "registry.review") as change:
        row = change.sight.one(Pair, identifier)
        if answer == "open" and len(reason.strip()) < 5:
            raise Invalid({"reason": ["say in a few words why it is open again"]})
        touched = _touched(change.sight, row)
        if answer == "joined":
            _check_join(change.sight, row)
        row.state, row.reason = answer, reason.strip()
        row.history = [*row.history, [moment.now().isoformat(), answer]]
        row.decided_by = Person.objects.get(pk=reader.id)
        change.amend(row, answer if answer != "open" else "reopened")
        _refresh(change, touched)
        return _next(change.sight)


def _touched(sight: Sight, row: Pair) -> list[RegisteredPerson]:
    people = {one.pk: one for end in (row.one, row.other) for one in joined(sight.of, end)[0]}
    return list(people.values())


def _refresh(change: Change, rows: Sequence[RegisteredPerson]) -> None:
    batch = Batch(change)
    refresh(change.sight, batch, rows)
    batch.close()


def _check_join(sight: Sight, row: Pair) -> None:
    """Stop a join of two ids that one list of one source keeps apart, and one across labels."""
    one, other = (joined(sight.of, end)[0] for end in (row.one, row.other))
    if row.one.pk in {person.pk for person in other}:
        raise Invalid({"answer": ["these two are one person already"]})
    if {person.label_id for person in one} != {person.label_id for person in other}:
        raise Invalid({"answer": ["bring both under the same level and compartment first"]})
    for a, b in product(one, other):
        _check_apart(sight, a, b)
    apart = sight.of(Pair).filter(one__in=[*one, *other], other__in=[*one, *other])
    if apart.filter(state="distinct").exclude(pk=row.pk).exists():
        raise Invalid({"answer": ["two of these were decided to be two persons; open that first"]})


def _check_apart(sight: Sight, a: RegisteredPerson, b: RegisteredPerson) -> None:
    if a.line == b.line and _base(a.key) != _base(b.key) and _both_listed(sight, a, b):
        what = f"a list of {a.source} names both, as {a.key} and {b.key}: it keeps them apart"
        raise Invalid({"answer": [what]})


def _base(key: str) -> str:
    """The id of a source without the place that tells rows of one id apart."""
    return key.partition(" (")[0]


def _both_listed(sight: Sight, one: RegisteredPerson, other: RegisteredPerson) -> bool:
    rows = sight.of(Observation).filter(line=one.line, key__in=[one.key, other.key], reason="")
    counted = Counter(rows.values_list("intake", flat=True))
    return any(number > 1 for number in counted.values())


def _next(sight: Sight) -> str:
    """Return the likeliest open pair that no decision answers; nothing where none is left.

    Decisions on other pairs answer one: through joins the two are one person, or two.
    """
    decided = sight.of(Pair).exclude(state="open").values_list("state", "one", "other")
    held = [(state, one, other) for state, one, other in decided.iterator(5000)]
    head = _heads((one, other) for state, one, other in held if state == "joined")
    apart = {frozenset((head(one), head(other))) for state, one, other in held
             if state == "distinct"}  # fmt: skip
    rows = sight.of(Pair).filter(state="open").order_by("-score", "id")
    for key, one, other in rows.values_list("pk", "one", "other").iterator(2000):
        ends = frozenset((head(one), head(other)))
        if len(ends) == 2 and ends not in apart:
            return str(key)
    return ""


def _heads(joins: Iterable[tuple[UUID, UUID]]) -> Callable[[UUID], UUID]:
    """Return what names one of each group of persons who are one."""
    above: dict[UUID, UUID] = {}

    def head(key: UUID) -> UUID:
        while key in above:
            key = above[key]
        return key

    for one, other in joins:
        first, last = head(one), head(other)
        if first != last:
            above[last] = first
    return head


def next_pair(reader: Reader) -> str:
    """Return the pair to be looked at next.

    Raises:
        NothingThere: none is open.
    """
    with looking(reader, Purpose.ACCOUNT) as sight:
        found = _next(sight)
    if not found:
        raise NothingThere("no pair is open; compare again after the next list")
    return found
