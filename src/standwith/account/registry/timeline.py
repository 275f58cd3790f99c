"""From status events to a spell: when a person was held, at least and at most.

What a court's term says never ends a spell: from the end of the term on the person may be free or
not (``term_expired_status_unknown``), and a list that no longer names a person says nothing of
freedom. Both readings stay in the interval.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from standwith.account.registry.record import Episode, StatusEvent
from standwith.account.registry.vocabulary import BEGINS, ENDS, IN_CUSTODY, UNSURE, Status
from standwith.kernel.period import Period

OPEN = date.max.toordinal()
EARLIEST = date(1900, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Spell:
    """Days (proleptic ordinals) in which an episode began and ended; OPEN where it has not ended.

    Held for sure in [begin[1], end[0]), perhaps in [begin[0], end[1]). ``end`` names what ended
    it, or what makes its end unsure; None while the person is held.
    """

    episode: str
    person: str
    country: str
    begin: tuple[int, int]
    ended: tuple[int, int]
    end: Status | None
    recorded: date
    confirmed: bool

    @property
    def unsure(self) -> bool:
        """Whether nobody knows if the person is still held."""
        return self.end in UNSURE


def standing(events: Iterable[StatusEvent], known: date) -> tuple[StatusEvent, ...]:
    """Keep what was known on a day and is not superseded by something known then, in order."""
    held = [event for event in events if event.recorded <= known]
    gone = {event.supersedes for event in held if event.supersedes}
    kept = (event for event in held if event.id not in gone)
    return tuple(sorted(kept, key=lambda event: (_days(event.when), event.recorded, event.id)))


def spell(episode: Episode, known: date) -> Spell | None:
    """Work out when a person was held, from what was known on a day (the vintage).

    None where the episode was not known then, had been retracted, or nothing says that it began.
    """
    withdrawn = episode.retracted is not None and episode.retracted <= known
    events = standing(episode.events, known)
    if episode.recorded > known or withdrawn or not any(one.status in BEGINS for one in events):
        return None
    begin = _begun(events)
    ended, end = _end(episode, events, known)
    ended = max(begin[0], ended[0]), max(begin[1], ended[1])
    head = episode.id, episode.person, episode.country
    return Spell(*head, begin, ended, end, episode.recorded, episode.confirmed(known))


def _begun(events: tuple[StatusEvent, ...]) -> tuple[int, int]:
    """First and last day of the begin: what all who tell it agree on, else all that they say."""
    first = next(event for event in events if event.status in BEGINS)
    ended = next((_days(event.when)[0] for event in events if event.status in ENDS), OPEN)
    until = max(ended, _days(first.when)[1])
    told = [_days(event.when) for event in events if event.status is first.status]
    lows, highs = zip(*(span for span in told if span[0] <= until), strict=True)
    low, high = max(lows), min(highs)
    return (low, high) if low <= high else (min(lows), max(highs))


def _end(
    episode: Episode, events: tuple[StatusEvent, ...], known: date
) -> tuple[tuple[int, int], Status | None]:
    """The last end that no later deprivation undoes; else what makes the end unsure."""
    last = _last(events, ENDS | BEGINS)
    if last is not None and last.status in ENDS:
        return _days(last.when), last.status
    seen = _last(events, UNSURE | IN_CUSTODY)
    if seen is not None and seen.status in UNSURE:
        return (_days(seen.when)[0], OPEN), seen.status
    since = _days(seen.when)[0] if seen is not None else EARLIEST
    if episode.expires is not None and since <= _days(episode.expires)[1] < known.toordinal():
        return (_days(episode.expires)[0], OPEN), Status.TERM_EXPIRED_STATUS_UNKNOWN
    return (OPEN, OPEN), None


def _last(events: tuple[StatusEvent, ...], kinds: frozenset[Status]) -> StatusEvent | None:
    return next((event for event in reversed(events) if event.status in kinds), None)


def _days(when: Period) -> tuple[int, int]:
    """First and last day of a period as ordinals; an open side reaches as far as it may."""
    first = when.first.toordinal() if when.first else EARLIEST
    return first, when.last.toordinal() if when.last else OPEN
