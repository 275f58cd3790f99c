"""Who did what to whom: acts told from episodes, measures and involvements, in one form.

The form is that of HURIDOCS (Events Standard Formats, 2001): an act of a type befalls a victim,
at a time and place, under a law, and those involved have degrees. Its codes stand beside our words
so that lists can be laid side by side; the wording is ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from standwith.account.registry.measures import Measure, Restriction, Transnational
from standwith.account.registry.perpetrators import Involvement, nameable
from standwith.account.registry.record import Episode
from standwith.account.registry.timeline import standing
from standwith.account.registry.vocabulary import BEGINS, Detention

# Of the list of types of detention (29).
CODES = {
    Detention.ADMINISTRATIVE: "2901",
    Detention.EMERGENCY_LAW: "2902",
    Detention.NON_VIOLENT_POLITICAL_CHARGE: "2903",
    Detention.ORDINARY_LAW_DISPROPORTIONATE: "2904",
    Detention.AGAINST_PERSON_OR_PROPERTY: "2905",
    Detention.NON_VIOLENT_AGAINST_STATE: "2906",
    Detention.VIOLENT_AGAINST_STATE: "2907",
    Detention.OTHER: "2990",
    Detention.UNKNOWN: "2999",
}
WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Part:
    """Who had a part in an act, in which degree, how well that is known, what they answered."""

    name: str
    office: str
    degree: str
    evidence: str
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What was done to a person: by whom, of which type, when, where, under which law, says who.

    ``victim`` is the id of a person of the registry, or the number of persons who are not named.
    """

    id: str
    victim: str
    kind: str
    code: str
    when: str
    country: str
    place: str
    law: str
    authority: str
    sources: tuple[str, ...]
    parts: tuple[Part, ...] = ()


def acts(episodes: Sequence[Episode], measures: Sequence[Measure], today: date) -> list[Act]:
    """Tell the acts of some records, those of one person together, in the order of their time.

    Names of those involved pass the gate, or are withheld; that there is somebody is told.
    """
    involved = _by_episode(episodes, measures)
    found = [_deprivation(one, involved.pop(one.id, []), today) for one in episodes]
    found += [_unrecorded(one, today) for rest in involved.values() for one in rest]
    found += [act for one in measures if (act := _beyond(one)) is not None]
    return sorted(found, key=lambda act: (act.victim, act.when, act.id))


def _by_episode(
    episodes: Sequence[Episode], measures: Sequence[Measure]
) -> dict[str, list[Involvement]]:
    """Bring each involvement to the last episode that had begun by its time; else to the first."""
    held = defaultdict[str, list[tuple[date, str]]](list)
    for episode in episodes:
        days = [event.when.first for event in episode.events if event.when.first]
        held[episode.person].append((min(days, default=date.min), episode.id))
    found = defaultdict[str, list[Involvement]](list)
    for one in measures:
        if isinstance(one, Involvement):
            key = _episode_of(one, sorted(held.get(one.person, [])))
            found[key or f"alone {one.known.id}"].append(one)
    return found


def _episode_of(one: Involvement, mine: Sequence[tuple[date, str]]) -> str:
    until = one.known.when.last or date.max
    begun = [key for begin, key in mine if begin <= until]
    return begun[-1] if begun else next((key for _, key in mine), "")


def _deprivation(episode: Episode, involved: Sequence[Involvement], today: date) -> Act:
    events = standing(episode.events, today)
    begun = next((one for one in events if one.status in BEGINS), None)
    raw = [charge.raw for charge in episode.charges if charge.raw]
    return Act(
        episode.id,
        episode.person,
        "deprivation_of_liberty",
        CODES[episode.detention],
        str(begun.when) if begun else "",
        episode.country,
        episode.facility,
        "; ".join(dict.fromkeys(raw)),
        episode.authority,
        tuple(dict.fromkeys(source for one in events for source in one.sources)),
        tuple(_part(one, today) for one in involved),
    )


def _unrecorded(one: Involvement, today: date) -> Act:
    """Tell of an involvement in what no episode tells of."""
    kept = one.known
    return Act(kept.id, one.person, "unknown", "", str(kept.when), one.country, "", "", "",
               (kept.source,), (_part(one, today),))  # fmt: skip


def _part(one: Involvement, today: date) -> Part:
    """Tell a part; name, office and answer only where the gate is passed."""
    if not nameable(one, today):
        return Part(WITHHELD, "", one.degree, one.evidence)
    return Part(one.name, one.office, one.degree, one.evidence, one.reply)


def _beyond(one: Measure) -> Act | None:
    if isinstance(one, Restriction):
        kept = one.known
        return Act(kept.id, one.person, one.tactic, "", str(kept.when), one.country, "", "", "",
                   (kept.source,))  # fmt: skip
    if isinstance(one, Transnational):
        kept, whom = one.known, str(one.persons)
        return Act(kept.id, whom, one.tactic, "", str(kept.when), one.host, "", "", one.origin,
                   (kept.source,))  # fmt: skip
    return None
