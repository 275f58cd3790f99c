"""Who answers for it, and the indicator of the United Nations: what is known, and what is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from standwith.account.registry.measures import Measure
from standwith.account.registry.perpetrators import Evidence, Involvement, nameable
from standwith.account.registry.record import Episode, Person
from standwith.account.registry.timeline import standing
from standwith.account.registry.vocabulary import BEGINS, DEATHS, Group, Status
from standwith.account.reports.layout import WITHHELD, Cell, Row, Table, country, text, word

FEWEST = 5


def accountability(measures: Sequence[Measure], known: date) -> Table:
    """Involvements by country and strength of evidence; how many names pass the gate."""
    held = [one for one in measures if isinstance(one, Involvement)]
    levels = list(Evidence)
    rows: list[Row] = []
    for code, level in sorted(
        {(one.country, one.evidence) for one in held}, key=lambda x: (x[0], levels.index(x[1]))
    ):
        mine = [one for one in held if (one.country, one.evidence) == (code, level)]
        named = sum(nameable(one, known) for one in mine)
        rows.append((country(code), word(f"evidence {level}"), len(mine), named))
    heads = (("country", "label"), ("evidence", "label"), ("involved", "count"), ("named", "count"))
    return Table("accountability", heads, tuple(rows), ("n.gate",))


def named(measures: Sequence[Measure], known: date) -> Table:
    """Those whose names passed the gate, with their answer; an allegation until a court says."""
    rows = sorted(
        {
            (one.country, one.name, one.office, one.degree.value, one.evidence.value, one.reply)
            for one in measures
            if isinstance(one, Involvement) and nameable(one, known)
        }
    )
    cells = tuple(
        (country(code), text(name), text(office), word(f"degree {degree}"),
         word(f"evidence {evidence}"), text(reply) if reply else word("no_answer"))
        for code, name, office, degree, evidence, reply in rows
    )  # fmt: skip
    heads = tuple(
        (head, "label") for head in ("country", "name", "office", "degree", "evidence", "answer")
    )
    return Table("named", heads, cells, ("n.allegation",))


# The groups of which the indicator speaks.
GROUPS = (Group.JOURNALIST, Group.TRADE_UNIONIST, Group.HUMAN_RIGHTS_DEFENDER)
_ACTS = {
    "death": DEATHS,
    "disappearance": frozenset({Status.DISAPPEARED}),
    "detention": BEGINS - {Status.DISAPPEARED},
}


def indicator(
    known: Sequence[Episode],
    people: Mapping[str, tuple[Person, ...]],
    when: tuple[int, date],
    *,
    public: bool,
) -> Table:
    """Persons of three groups whom an act befell in a year, for indicator 16.10.1.

    Of torture and of other acts that the records do not tell, the cells stay empty.
    """
    year, day = when
    befell: dict[str, set[str]] = {name: set() for name in _ACTS}
    for one in known:
        for name in _acts_in(one, year, day):
            befell[name].add(one.person)
    rows: list[Row] = [
        (word(f"act {name}"), *(_few(_of(who, group, people), public=public) for group in GROUPS))
        for name, who in befell.items()
    ]
    rows.append((word("act torture"), *(None for _ in GROUPS)))
    heads = (("act", "label"), *((f"group {group}", "count") for group in GROUPS))
    return Table("indicator", heads, tuple(rows), ("n.indicator",))


def _acts_in(one: Episode, year: int, day: date) -> set[str]:
    """Name the acts that befell somebody in a year of an episode, as known on a day."""
    events = standing(one.events, day)
    kinds = {event.status for event in events if event.when.first and event.when.first.year == year}
    return {name for name, held in _ACTS.items() if kinds & held}


def _of(who: set[str], group: Group, people: Mapping[str, tuple[Person, ...]]) -> int:
    return sum(any(group in one.groups for one in people.get(person, ())) for person in who)


def _few(number: int, *, public: bool) -> Cell:
    return WITHHELD if public and 0 < number < FEWEST else number
