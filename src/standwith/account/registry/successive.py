"""Several lists as one history: what another list says is added, and nothing written over.

Of successive lists of one source, an event that a later list tells in the same words stays as it
was first known. One that it tells otherwise supersedes the older. An end of custody that it no
longer tells is taken back by an event that says the person is held after all. Lists of several
sources, once their persons are linked, tell of one arrest together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from standwith.account.registry.record import Episode, StatusEvent
from standwith.account.registry.timeline import standing
from standwith.account.registry.vocabulary import BEGINS, ENDS, UNSURE, Status


def histories(lists: Sequence[Iterable[Episode]]) -> tuple[Episode, ...]:
    """Join the episodes of successive lists, the oldest first, by their ids; sorted by id."""
    held: dict[str, Episode] = {}
    for episodes in lists:
        for episode in episodes:
            old = held.get(episode.id)
            held[episode.id] = episode if old is None else _joined(old, episode)
    return tuple(held[key] for key in sorted(held))


def one_arrest(episodes: Iterable[Episode], apart: int = 31) -> list[Episode]:
    """Join the episodes of a person in one country that may tell one arrest; sorted by id.

    Their begins lie at most ``apart`` days from each other, or one of them is not known and there
    is one other. The joined episode has the events of all: who was released by one list is not
    held because another has not heard of it. Its charges are those of the list that tells most.
    """
    held: dict[tuple[str, str], list[Episode]] = {}
    for episode in episodes:
        held.setdefault((episode.person, episode.country), []).append(episode)
    groups = (group for rows in held.values() for group in _arrests(rows, apart))
    return sorted(map(_told_together, groups), key=lambda one: one.id)


def _arrests(rows: list[Episode], apart: int) -> list[list[Episode]]:
    dated = sorted((span, one.id, one) for one in rows if (span := _begin(one)) is not None)
    groups: list[list[Episode]] = []
    reach = 0
    for (first, last), _, one in dated:
        if groups and first <= reach + apart:
            groups[-1].append(one)
        else:
            groups.append([one])
            reach = last
        reach = max(reach, last)
    rest = [one for one in rows if _begin(one) is None]
    if len(groups) == 1:
        return [groups[0] + rest]
    return groups + [[one] for one in rest]


def _begin(one: Episode) -> tuple[int, int] | None:
    """First and last day of the first begin; None where it is not known."""
    spans = [
        (event.when.first.toordinal(), event.when.last.toordinal())
        for event in one.events
        if event.status in BEGINS and event.when.first and event.when.last
    ]
    return min(spans, default=None)


def _told_together(group: list[Episode]) -> Episode:
    if len(group) == 1:
        return group[0]
    best = max(group, key=lambda one: (any(c.sentence for c in one.charges), len(one.charges)))
    return replace(
        min(group, key=lambda one: one.id),
        events=tuple(event for one in group for event in one.events),
        recorded=min(one.recorded for one in group),
        charges=best.charges,
        terms=tuple(term for one in group for term in one.terms),
    )


def _joined(old: Episode, new: Episode) -> Episode:
    stands = standing(old.events, new.recorded)
    said = {(event.status, event.when.text) for event in stands}
    fresh = [event for event in new.events if (event.status, event.when.text) not in said]
    events = [*old.events, *(_renewed(event, stands) for event in fresh)]
    events += _taken_back(stands, new)
    terms = (*old.terms, *(term for term in new.terms if term not in old.terms))
    return replace(new, events=tuple(events), recorded=old.recorded, terms=terms)


def _renewed(event: StatusEvent, stands: Sequence[StatusEvent]) -> StatusEvent:
    """Name an event by the day of its list, and what it supersedes."""
    same = next((one for one in stands if _kind(one.status) == _kind(event.status)), None)
    name = f"{event.id}:{event.recorded}"
    return replace(event, id=name, supersedes="" if same is None else same.id)


def _kind(status: Status) -> str:
    """Begins of custody correct each other, and so do its ends, and what is not known of it."""
    for name, kinds in (("begin", BEGINS), ("end", ENDS), ("unsure", UNSURE)):
        if status in kinds:
            return name
    return status


def _taken_back(stands: Sequence[StatusEvent], new: Episode) -> list[StatusEvent]:
    """Take back ends and doubts that a new list, which names the person, no longer tells."""
    told = {_kind(event.status) for event in new.events}
    begins = [event for event in new.events if event.status in BEGINS]
    gone = [one for one in stands if one.status in ENDS | UNSURE and _kind(one.status) not in told]
    return [
        replace(
            begins[0],
            id=f"{one.id}:back:{new.recorded}",
            recorded=new.recorded,
            supersedes=one.id,
        )
        for one in gone
        if begins
    ]
