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

    def middle(self, *, unsure: bool) -> tuple[int, int]:
        """First day held and first day not held, by the middle of uncertain dates.

        ``unsure`` takes a person of whom nobody knows for held.
        """
        if self.unsure:
            return _middle(self.begin), self.ended[1] if unsure else self.ended[0]
        return _middle(self.begin), _middle(self.ended)


def standing(events: Iterable[StatusEvent], known: date) -> tuple[StatusEvent, ...]:
    """Keep what was known on a day and is not superseded by something known then, in order."""
    return tuple(row[-1] for row in _standing(events, known))


# Days, day of record, id and place of an event: the order in which events stand.
_Row = tuple[tuple[int, int], date, str, int, StatusEvent]


def _standing(events: Iterable[StatusEvent], known: date) -> list[_Row]:
    rows = [
        (_days(event.when), event.recorded, event.id, place, event)
        for place, event in enumerate(events)
        if event.recorded <= known
    ]
    gone = {row[-1].supersedes for row in rows}
    if gone != _NOTHING:
        rows = [row for row in rows if row[2] not in gone]
    rows.sort()
    return rows


_NOTHING = {""}

# First and last day of an event, and what it was; in the order of the days.
_Told = list[tuple[tuple[int, int], Status]]


def spell(episode: Episode, known: date) -> Spell | None:
    """Work out when a person was held, from what was known on a day (the vintage).

    None where the episode was not known then, had been retracted, or nothing says that it began.
    """
    if episode.recorded > known or (episode.retracted is not None and episode.retracted <= known):
        return None
    told = [(row[0], row[-1].status) for row in _standing(episode.events, known)]
    begin = _begun(told)
    if begin is None:
        return None
    (first, last), end = _end(episode, told, known)
    ended = max(begin[0], first), max(begin[1], last)
    head = episode.id, episode.person, episode.country
    return Spell(*head, begin, ended, end, episode.recorded, episode.confirmed(known))


def _begun(told: _Told) -> tuple[int, int] | None:
    """First and last day of the begin: what all who tell it agree on, else all that they say."""
    begins = [(days, status) for days, status in told if status in BEGINS]
    if len(begins) < 2:
        return begins[0][0] if begins else None
    first, kind = begins[0]
    ended = next((days[0] for days, status in told if status in ENDS), OPEN)
    until = max(ended, first[1])
    return _agreed([days for days, status in begins if status is kind and days[0] <= until])


def _agreed(spans: list[tuple[int, int]]) -> tuple[int, int]:
    """What all spans share, else all from the first to the last."""
    lows, highs = zip(*spans, strict=True)
    low, high = max(lows), min(highs)
    return (low, high) if low <= high else (min(lows), max(highs))


def _end(episode: Episode, told: _Told, known: date) -> tuple[tuple[int, int], Status | None]:
    """The last end that no later deprivation undoes; else what makes the end unsure."""
    last = _last(told, _TURNS)
    if last is not None and last[1] in ENDS:
        return last
    seen = _last(told, _SEEN)
    if seen is not None and seen[1] in UNSURE:
        return (seen[0][0], OPEN), seen[1]
    expires = episode.expires(known) if episode.terms else None
    if expires is not None:
        since, over = seen[0][0] if seen else EARLIEST, _days(expires)
        if since <= over[1] < known.toordinal():
            return (over[0], OPEN), Status.TERM_EXPIRED_STATUS_UNKNOWN
    return (OPEN, OPEN), None


_TURNS, _SEEN = ENDS | BEGINS, UNSURE | IN_CUSTODY


def _last(told: _Told, kinds: frozenset[Status]) -> tuple[tuple[int, int], Status] | None:
    for one in reversed(told):
        if one[1] in kinds:
            return one
    return None


def _middle(days: tuple[int, int]) -> int:
    """The middle of first and last day; where one of them is not known, the other."""
    if days[1] == OPEN:
        return days[0]
    return days[1] if days[0] == EARLIEST else (days[0] + days[1]) // 2


def _days(when: Period) -> tuple[int, int]:
    """First and last day of a period as ordinals; an open side reaches as far as it may."""
    first = when.first.toordinal() if when.first else EARLIEST
    return first, when.last.toordinal() if when.last else OPEN
