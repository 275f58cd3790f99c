"""From weighed pairs of records to persons: clusters that no single weak link can hold together.

Connected components put everybody together whom a chain of links joins. Here links are taken from
the surest on, and one that would put two records of a list without duplicates into one person, or
records that were decided to be different, is not taken.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite


class UnusableLinks(ValueError):  # noqa: N818 - named for the situation
    """Links from which no persons can be made; the message says what, where and the mend."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two records and the log-odds (natural) that they are one person."""

    left: str
    right: str
    weight: float


@dataclass(frozen=True, slots=True)
class Clusters:
    """Persons as sets of records, and the links that were not taken, with the reason."""

    persons: tuple[tuple[str, ...], ...]
    refused: tuple[tuple[Link, str], ...]

    def labels(self) -> dict[str, int]:
        """Number the person of each record."""
        return {record: i for i, person in enumerate(self.persons) for record in person}


def components(records: Iterable[str], links: Iterable[Link], least: float = 0.0) -> Clusters:
    """Join all records that links of at least a weight connect, directly or by others."""
    persons = _Persons(records)
    for link in checked(links, persons):
        if link.weight >= least:
            persons.join(link.left, link.right)
    return Clusters(persons.found(), ())


def best_links(
    records: Mapping[str, str],
    links: Iterable[Link],
    *,
    single: frozenset[str] = frozenset(),
    apart: Iterable[tuple[str, str]] = (),
    least: float = 0.0,
) -> Clusters:
    """Take links from the surest on; lists of ``single`` have each person once at most.

    ``records`` has the list of each record; pairs of ``apart`` were decided to be two persons.
    Ties are taken in the order of the names of the records.

    Raises:
        UnusableLinks: a link or a decision names a record that is not there, or has no weight.
    """
    persons = _Persons(records)
    refused, decided = list[tuple[Link, str]](), _decided(apart, persons)
    for link in checked(links, persons):
        if link.weight < least or persons.same(link.left, link.right):
            continue
        reason = _reason(persons, link, records, single, decided)
        if reason:
            refused.append((link, reason))
        else:
            persons.join(link.left, link.right)
    return Clusters(persons.found(), tuple(refused))


def complete_links(records: Iterable[str], links: Iterable[Link], least: float = 0.0) -> Clusters:
    """Join two persons only where every pair of their records has a link of at least a weight."""
    persons = _Persons(records)
    ordered = [link for link in checked(links, persons) if link.weight >= least]
    known = {frozenset((link.left, link.right)) for link in ordered}
    for link in ordered:
        mine, theirs = persons.of(link.left), persons.of(link.right)
        if mine != theirs and all(frozenset((a, b)) in known for a in mine for b in theirs):
            persons.join(link.left, link.right)
    return Clusters(persons.found(), ())


class _Persons:
    """Records in sets that are joined."""

    def __init__(self, records: Iterable[str]) -> None:
        self._sets: dict[str, tuple[str, ...]] = {r: (r,) for r in sorted(records)}

    def __contains__(self, record: object) -> bool:
        return record in self._sets

    def of(self, record: str) -> tuple[str, ...]:
        """Return all records of the person."""
        return self._sets[record]

    def same(self, left: str, right: str) -> bool:
        """Whether two records are one person already."""
        return self._sets[left] is self._sets[right]

    def join(self, left: str, right: str) -> None:
        """Make two persons one."""
        if not self.same(left, right):
            whole = tuple(sorted(self._sets[left] + self._sets[right]))
            for record in whole:
                self._sets[record] = whole

    def found(self) -> tuple[tuple[str, ...], ...]:
        """List the persons, by the first of their records."""
        return tuple(sorted(set(self._sets.values())))


def checked(links: Iterable[Link], records: Container[str]) -> list[Link]:
    """Check links and put the surest first; each pair is written with the smaller name first.

    Raises:
        UnusableLinks: a link names a record that is not there, one record twice, or no weight.
    """
    found = list[Link]()
    for link in links:
        for record in (link.left, link.right):
            if record not in records:
                raise UnusableLinks(f"a link names {record!r}, and there is no such record")
        if not isfinite(link.weight) or link.left == link.right:
            raise UnusableLinks(f"the link of {link.left!r} and {link.right!r} says nothing")
        left, right = sorted((link.left, link.right))
        found.append(Link(left, right, link.weight))
    return sorted(found, key=lambda link: (-link.weight, link.left, link.right))


def _decided(apart: Iterable[tuple[str, str]], persons: _Persons) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for left, right in apart:
        for one, other in ((left, right), (right, left)):
            if one not in persons:
                raise UnusableLinks(f"a decision names {one!r}, and there is no such record")
            found.setdefault(one, set()).add(other)
    return found


def _reason(
    persons: _Persons,
    link: Link,
    records: Mapping[str, str],
    single: frozenset[str],
    decided: Mapping[str, set[str]],
) -> str:
    """Say why a link must not be taken; nothing where it may."""
    mine, theirs = persons.of(link.left), persons.of(link.right)
    lists = {records[record] for record in mine} & {records[record] for record in theirs} & single
    if lists:
        return f"one person twice on {min(lists)}, which has nobody twice"
    if any(decided.get(record, set()) & set(theirs) for record in mine):
        return "somebody decided that they are two persons"
    return ""
