"""The identity of stocks and flows: every person between two figures is accounted for, or shown.

Two editions differ in time and in what was known. Who is in one and not in the other is put under
exactly one head; whatever two published figures differ by that the heads do not explain is the
residual, and a residual other than 0 stops publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from standwith.account.registry.record import Episode
from standwith.account.registry.spells import Spells, spells_of
from standwith.account.registry.stock import present
from standwith.account.registry.timeline import Spell, spell
from standwith.account.registry.vocabulary import DEATHS, UNSURE, Status


class Flow(StrEnum):
    """Why a person is in one figure and not in the other."""

    ARRESTED = "arrested"
    LATE_DISCOVERED = "late_discovered"
    CONFIRMED = "confirmed"
    MERGED_IN = "merged_in"
    POLICY_IN = "policy_in"
    REVISED_IN = "revised_in"
    RELEASED = "released"
    DIED = "died"
    ESCAPED = "escaped"
    STATUS_UNKNOWN = "status_unknown"
    LEFT_EARLIER = "left_earlier"
    TO_UNCONFIRMED = "to_unconfirmed"
    RETRACTED = "retracted"
    MERGED_OUT = "merged_out"
    POLICY_OUT = "policy_out"
    REVISED_OUT = "revised_out"


INTO = tuple(Flow)[: tuple(Flow).index(Flow.RELEASED)]
OUT_OF = tuple(Flow)[len(INTO) :]


@dataclass(frozen=True, slots=True)
class Balance:
    """An opening and a closing figure, and the number (and persons) under each head."""

    opening: int
    closing: int
    into: Mapping[str, int]
    out_of: Mapping[str, int]
    persons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def residual(self) -> int:
        """Change of the figures less what the flows explain; other than 0 stops publication."""
        explained = sum(self.into.values()) - sum(self.out_of.values())
        return self.closing - self.opening - explained

    def __str__(self) -> str:
        """Write the identity on one line, with its residual."""
        parts = [f"+{n:,} {name}" for name, n in self.into.items() if n]
        parts += [f"-{n:,} {name}" for name, n in self.out_of.items() if n]
        rest = "closes" if not self.residual else f"residual {self.residual:+,}"
        return " ".join([f"{self.opening:,}", *parts, f"= {self.closing:,} ({rest})"])


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: who were held at ``day``, by what was known at ``known``.

    ``unsure`` is the inclusion policy: whether it holds those of whom nobody knows.
    """

    day: date
    known: date
    unsure: bool = True


def balance(
    episodes: Iterable[Episode],
    opening: Figure,
    closing: Figure,
    *,
    country: str | None = None,
    published: tuple[int, int] | None = None,
    survivors: Mapping[str, str] | None = None,
) -> Balance:
    """Explain the change between two figures person by person, in all or of one country.

    ``survivors`` says into which person one was merged between the two. ``published`` puts the two
    figures that were printed in the place of those worked out anew, so that an edition that does
    not follow from its records shows as a residual.

    Raises:
        ValueError: the closing figure is of an earlier day or vintage, or merges run in a ring.
    """
    found = Editions(list(episodes), opening, closing, survivors or {}).balance(country)
    return (
        found if published is None else replace(found, opening=published[0], closing=published[1])
    )


class Editions:
    """Two editions of one register, whose change is explained in all and by country.

    Raises:
        ValueError: the closing figure is of an earlier day or vintage, or merges run in a ring.
    """

    def __init__(
        self,
        episodes: Sequence[Episode],
        opening: Figure,
        closing: Figure,
        survivors: Mapping[str, str],
    ) -> None:
        if closing.day < opening.day or closing.known < opening.known:
            raise ValueError("the closing figure is older than the opening one; swap the two")
        self.opening, self.closing, self.became = opening, closing, _settled(survivors)
        self.held = self.later = list(episodes)
        if self.became:
            self.later = [replace(one, person=self._now(one.person)) for one in self.held]
        self.after = spells_of(self.later, closing.known)
        same = opening.known == closing.known and not self.became
        self.before = self.after if same else spells_of(self.held, opening.known)
        self._was, self._are = _held(self.before, opening), _held(self.after, closing)
        self._after = _by_person(self.later)
        self._before = _by_person(self.held) if self.became else self._after

    def _now(self, person: str) -> str:
        return self.became.get(person, person)

    def balance(self, country: str | None = None) -> Balance:
        """Explain the change in all, or of one country."""
        was, are = (frozenset(rows.get(country, ())) for rows in (self._was, self._are))
        before, after = (
            {person: [one for one in rows.get(person, ()) if country in {None, one.country}]
             for person in was ^ are}
            for rows in (self._before, self._after)
        )  # fmt: skip
        heads = _Cases(before, after, self.opening, self.closing, self.became).heads(was, are)
        return Balance(
            len(was),
            len(are),
            _numbers(heads, INTO),
            _numbers(heads, OUT_OF),
            {str(flow): tuple(people) for flow, people in heads.items()},
        )


def _settled(survivors: Mapping[str, str]) -> dict[str, str]:
    return {one: survivor(one, survivors) for one in survivors}


def _numbers(heads: Mapping[Flow, list[str]], part: Sequence[Flow]) -> dict[str, int]:
    return {str(flow): len(heads[flow]) for flow in part}


def survivor(person: str, survivors: Mapping[str, str]) -> str:
    """Follow merges to the person who stands in the end.

    Raises:
        ValueError: the merges run in a ring.
    """
    seen = {person}
    while person in survivors:
        person = survivors[person]
        if person in seen:
            raise ValueError(f"the merges of {person} run in a ring; take one of them back")
        seen.add(person)
    return person


def _held(spells: Spells, figure: Figure) -> dict[str | None, set[str]]:
    """Name the persons of a figure by country, and all of them under None."""
    found: dict[str | None, set[str]] = {None: set()}
    for person, country in present(spells, figure.day, unsure=figure.unsure):
        found.setdefault(country, set()).add(person)
        found[None].add(person)
    return found


def _by_person(episodes: Iterable[Episode]) -> dict[str, list[Episode]]:
    found: dict[str, list[Episode]] = {}
    for episode in episodes:
        found.setdefault(episode.person, []).append(episode)
    return found


@dataclass(frozen=True, slots=True)
class _Cases:
    """What each vintage knew of the persons who moved."""

    before: Mapping[str, list[Episode]]
    after: Mapping[str, list[Episode]]
    opening: Figure
    closing: Figure
    became: Mapping[str, str]

    def heads(self, was: frozenset[str], are: frozenset[str]) -> dict[Flow, list[str]]:
        """Put every person who is in one figure and not in the other under one head."""
        found: dict[Flow, list[str]] = {flow: [] for flow in Flow}
        merged = {into for one, into in self.became.items() if one in was}
        for person in sorted(are - was):
            found[Flow.MERGED_IN if person in merged else self.entry(person)].append(person)
        for person in sorted(was - are):
            found[self.leaving(person, are)].append(person)
        return found

    def entry(self, person: str) -> Flow:
        """Say why a person is in the closing figure and was not in the opening one."""
        now = _spells(self.after[person], self.closing.known)
        held = _at([one for one in now if one.confirmed], self.closing)
        first = min(begin for begin, _, _ in held)
        if first > self.opening.day.toordinal():
            return Flow.ARRESTED
        return self._known_then(_spells(self.before.get(person, []), self.opening.known))

    def _known_then(self, then: list[Spell]) -> Flow:
        """Say why a person who was held at the opening was not counted."""
        at = [one for one in then if _perhaps(one, self.opening.day.toordinal())]
        if not then:
            return Flow.LATE_DISCOVERED
        if any(not one.confirmed for one in at):
            return Flow.CONFIRMED
        policy = self.closing.unsure and not self.opening.unsure
        return Flow.POLICY_IN if policy and any(one.unsure for one in at) else Flow.REVISED_IN

    def leaving(self, person: str, are: frozenset[str]) -> Flow:
        """Say why a person of the opening figure is not in the closing one."""
        if self.became.get(person, person) in are:
            return Flow.MERGED_OUT
        episodes, day = self.after.get(person, []), self.closing.day.toordinal()
        now = _spells(episodes, self.closing.known)
        if not now:
            gone = any(episode.retracted for episode in episodes)
            return Flow.RETRACTED if gone else Flow.REVISED_OUT
        if any(not one.confirmed and _perhaps(one, day) for one in now):
            return Flow.TO_UNCONFIRMED
        return self._ended(now)

    def _ended(self, now: list[Spell]) -> Flow:
        """Say how the spell ended in which the person was at the opening."""
        if self.opening.unsure and not self.closing.unsure and _at(now, self.opening):
            held = _at(now, replace(self.opening, unsure=False))
            if not held:
                return Flow.POLICY_OUT
        held = _at(now, replace(self.opening, unsure=self.closing.unsure))
        if not held:
            over = any(one.end is not None and not one.unsure for one in now)
            return Flow.LEFT_EARLIER if over else Flow.REVISED_OUT
        end = max(held, key=lambda found: (found[1], found[2].episode))[2].end
        if end is None:
            return Flow.REVISED_OUT
        return _WAYS.get(end, Flow.RELEASED)


_WAYS = (
    dict.fromkeys(DEATHS, Flow.DIED)
    | dict.fromkeys(UNSURE, Flow.STATUS_UNKNOWN)
    | {Status.ESCAPED: Flow.ESCAPED}
)


def _at(now: Iterable[Spell], figure: Figure) -> list[tuple[int, int, Spell]]:
    """Give first and last day of the spells that hold the day of a figure, by the middle."""
    day = figure.day.toordinal()
    rows = ((*one.middle(unsure=figure.unsure), one) for one in now)
    return [row for row in rows if row[0] <= day < row[1]]


def _spells(episodes: Iterable[Episode], known: date) -> list[Spell]:
    found = (spell(episode, known) for episode in episodes)
    return [one for one in found if one is not None]


def _perhaps(one: Spell, day: int) -> bool:
    return one.begin[0] <= day < one.ended[1]
