"""Checks the sense of a case file whose form is right: ids resolve, days exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from standwith.assess.fact import fact_definitions
from standwith.assess.known import action_ids
from standwith.assess.phase import indicators
from standwith.assess.problem import Findings
from standwith.assess.situation import SITUATION
from standwith.kernel.document import Data, Path
from standwith.kernel.period import parse_period
from standwith.kernel.place import place
from standwith.kernel.source import line_numbers
from standwith.kernel.text import parse_text

_LISTS = ("claims", "requests", "phase_evidence", "acts", "appraisals", "warnings")


def check_sense(findings: Findings, *, today: date) -> None:
    """Note every problem of sense; parts whose form is broken already are left out."""
    broken = {p[0] for p in findings.paths if p}
    whole = findings.document.data
    if not isinstance(whole, dict):
        return
    data = {key: part for key, part in whole.items() if key not in broken}
    _days(findings, data, ())
    for needed, check in _CHECKS:
        if not needed & broken and needed & _REQUIRED <= data.keys():
            check(findings, data)
    _future(findings, data, today)


def _country(findings: Findings, data: Data) -> None:
    _try(findings, ("country",), place, data["country"])


def _try(findings: Findings, path: Path, read: Callable[[Data], object], text: Data) -> None:
    try:
        read(text)
    except ValueError as error:
        what, _, mend = str(error).partition("; ")
        findings.add(path, what, mend or "see docs/reference/case-file")


_DAYS = frozenset({"as_of", "date", "published", "recorded", "given", "until", "withdrawn"})
_PERIODS = frozenset({"valid", "when"})


def _days(findings: Findings, value: Data, path: Path) -> None:
    items: Iterator[tuple[str | int, Data]]
    if isinstance(value, dict):
        items = iter(value.items())
    elif isinstance(value, list):
        items = iter(enumerate(value))
    else:
        return
    for key, part in items:
        if key in _DAYS | _PERIODS and isinstance(part, (str, int)):
            _try(findings, (*path, key), parse_period, str(part))
        elif key == "lines" and part not in {None, ""}:
            _try(findings, (*path, key), line_numbers, str(part))
        else:
            _days(findings, part, (*path, key))


def _texts(findings: Findings, data: Data) -> None:
    for key in ("title", "summary"):
        if isinstance(data.get(key), dict):
            _try(findings, (key,), parse_text, data[key])
    for i, row in enumerate(data["organisations"]):
        if isinstance(row["name"], dict):
            _try(findings, ("organisations", i, "name"), parse_text, row["name"])


def _future(findings: Findings, data: Data, today: date) -> None:
    if data.get("as_of", "") > today.isoformat():
        what = f"the case is as of {data['as_of']}, which is after today, {today.isoformat()}"
        findings.add(("as_of",), what, "write a day up to today")
    for key in _LISTS:
        for i, row in enumerate(data.get(key, [])):
            if row["recorded"] > today.isoformat():
                what = f"recorded on {row['recorded']}, which is after today"
                findings.add((key, i, "recorded"), what, "write the day on which it became known")


def _unique(findings: Findings, data: Data) -> None:
    for key in ("sources", "organisations", "claims", "requests", "acts"):
        rows = data.get(key, [])
        counts = Counter(row["id"] for row in rows)
        for i, row in enumerate(rows):
            if counts[row["id"]] > 1:
                what = f"the id {row['id']!r} stands {counts[row['id']]} times in {key}"
                findings.add((key, i, "id"), what, "give each its own id")


def _sources(findings: Findings, data: Data) -> None:
    published = {row["id"]: row["published"] for row in data["sources"]}
    for key in _LISTS:
        for i, row in enumerate(data.get(key, [])):
            name = row["source"]["id"]
            if name not in published:
                what = f"the source {name!r} is not listed"
                findings.add(
                    (key, i, "source"), what, f"add it to sources, or name {_known(published)}"
                )
            elif row["recorded"] < published[name]:
                what = (
                    f"recorded on {row['recorded']}, before its source appeared ({published[name]})"
                )
                findings.add((key, i, "recorded"), what, "write the day on which it became known")
    trigger = data.get("trigger")
    if trigger and trigger["source"]["id"] not in published:
        what = f"the source {trigger['source']['id']!r} is not listed"
        findings.add(("trigger", "source"), what, "add it to sources")


def _known(names: Data) -> str:
    return ", ".join(sorted(names)) or "none is listed yet"


def _organisations(findings: Findings, data: Data) -> None:
    known = {row["id"] for row in data["organisations"]}
    for i, row in enumerate(data.get("relations", [])):
        for end in ("from", "to"):
            if row[end] not in known:
                what = f"the organisation {row[end]!r} is not listed"
                findings.add(("relations", i, end), what, f"name one of {_known(known)}")
        if row["from"] == row["to"]:
            findings.add(("relations", i), f"{row['from']!r} is tied to itself", "drop the line")
    _contradictions(findings, data)
    _circles(findings, data)
    for i, row in enumerate(data.get("requests", [])):
        if row["organisation"] not in known:
            what = f"the organisation {row['organisation']!r} is not listed"
            findings.add(("requests", i, "organisation"), what, f"name one of {_known(known)}")


def _contradictions(findings: Findings, data: Data) -> None:
    seen: dict[frozenset[str], set[str]] = {}
    for i, row in enumerate(data.get("relations", [])):
        kinds = seen.setdefault(frozenset({row["from"], row["to"]}), set())
        kinds.add(row["kind"])
        if "rivals" in kinds and kinds & {"member-of", "commands", "allied-with"}:
            what = f"{row['from']!r} and {row['to']!r} are said to be rivals and one side at once"
            findings.add(("relations", i), what, "keep one, or date them as two claims")


def _circles(findings: Findings, data: Data) -> None:
    """Nobody commands, or is a member of, what commands or holds him."""
    above: dict[str, set[tuple[str, str]]] = {"member-of": set(), "commands": set()}
    for i, row in enumerate(data.get("relations", [])):
        pairs = above.get(row["kind"], set())
        if _leads(pairs, row["to"], row["from"]):
            what = f"{row['from']!r} {row['kind']} {row['to']!r} closes a circle"
            findings.add(("relations", i), what, "drop one of its lines")
        pairs.add((row["from"], row["to"]))


def _leads(pairs: set[tuple[str, str]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    stack = [start]
    while stack:
        name = stack.pop()
        stack += [to for origin, to in pairs if origin == name and to not in seen]
        seen.add(name)
    return goal in seen and start != goal


def _claims(findings: Findings, data: Data) -> None:
    facts = fact_definitions()
    organisations = {row["id"] for row in data["organisations"]}
    for i, row in enumerate(data["claims"]):
        fact = facts.get(row["fact"])
        if fact is None or fact.scope == "phase":
            what = f"{row['fact']!r} is no fact of the vocabulary"
            findings.add(("claims", i, "fact"), what, "see docs/reference/facts for the list")
            continue
        allowed = {
            "situation": {SITUATION},
            "organisation": organisations,
            "person": set(action_ids()),
        }[fact.scope]
        about = row.get("about", SITUATION)
        if about not in allowed:
            what = f"{row['fact']} is a fact of one {fact.scope}, but is claimed about {about!r}"
            ways = "the id of an action" if fact.scope == "person" else _known(allowed)
            findings.add(("claims", i, "about"), what, f"write about: {ways}")


def _actions(findings: Findings, data: Data) -> None:
    known = action_ids()
    for i, row in enumerate(data.get("requests", [])):
        for j, action in enumerate(row["actions"]):
            if action not in known:
                _unknown(findings, ("requests", i, "actions", j), action)
    for i, row in enumerate(data.get("appraisals", [])):
        if row["action"] not in known:
            _unknown(findings, ("appraisals", i, "action"), row["action"])


def _unknown(findings: Findings, path: Path, action: str) -> None:
    what = f"{action!r} is no action of the catalogue"
    findings.add(path, what, "see `standwith catalogue list`")


def _signs(findings: Findings, data: Data) -> None:
    for i, row in enumerate(data.get("phase_evidence", [])):
        if row["indicator"] not in indicators():
            what = f"{row['indicator']!r} is no sign of a phase"
            known = ", ".join(indicators())
            findings.add(("phase_evidence", i, "indicator"), what, f"write one of {known}")


_REQUIRED = frozenset({"country", "title", "sources", "organisations", "claims"})
_CHECKS: tuple[tuple[frozenset[str], Callable[[Findings, Data], None]], ...] = (
    (frozenset({"country"}), _country),
    (frozenset({"title", "summary", "organisations"}), _texts),
    (frozenset(), _unique),
    (frozenset({"sources"}), _sources),
    (frozenset({"organisations", "relations", "requests"}), _organisations),
    (frozenset({"organisations", "claims"}), _claims),
    (frozenset(), _actions),
    (frozenset(), _signs),
)
