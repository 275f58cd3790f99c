"""Briefs and assessments for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from standwith.assess.picture import Assessment
from standwith.choose.page import Brief, Item
from standwith.publish.wording import (
    MARKS,
    Line,
    Section,
    asks,
    before,
    changed,
    differing,
    headline,
    held_phases,
    limits,
    pending,
    sections,
    unknowns,
    why,
)
from standwith.publish.words import words

TOP = 8
ASKED = 5
WIDTH = 100


def _written(parts: Iterable[RenderableType]) -> str:
    """Render to plain text, the same bytes wherever it runs."""
    file = StringIO()
    console = Console(file=file, width=WIDTH, highlight=False, force_terminal=False, no_color=True)
    for part in parts:
        console.print(part)
    lines = (line.rstrip() for line in file.getvalue().splitlines())
    return "\n".join(lines) + "\n"


def brief_text(brief: Brief, *, everything: bool = False) -> str:
    """Write a brief; without ``everything`` the top of each section, and how to see the rest."""
    english = words("en")
    situation = brief.assessment.situation
    shown = sections(brief)
    parts: list[RenderableType] = [
        Text(f"{str(situation.title).upper()}  {brief.marking.value}"),
        Text(headline(brief, english)),
        Text(f"Profile: {brief.profile}. Catalogue {brief.catalogue_version}."),
        *_block(english["situation"], [str(situation.summary), held_phases(brief, english)]),
        *_block(english["unknown"], unknowns(brief)),
        *_block(english["asks"], asks(brief, english) or [english["no_asks"]]),
    ]
    for section in shown:
        parts += _section(section, everything=everything)
    parts += _block(english["questions"], _questions(brief))
    parts += _block(english["warnings"], [f"{w.text} ({w.source})" for w in situation.warnings])
    parts += _block(english["timeliness"], _timeliness(brief))
    parts += _block(english["sources"], _sources(brief))
    parts.append(Text(english["note_estimates"]))
    return _written(parts)


def _block(title: str, lines: Iterable[str]) -> list[RenderableType]:
    body: list[RenderableType] = [_bullet(line) for line in lines]
    return [Text(""), Text(title.upper()), *body]


def _bullet(line: str, indent: int = 0) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_row("-", Text(line))
    return Padding(table, (0, 0, 0, indent))


def _section(section: Section, *, everything: bool) -> list[RenderableType]:
    english = words("en")
    lines = section.lines if everything or section.id == "never" else section.lines[:TOP]
    if section.id in {"permit", "reference"} and not everything:
        lines = ()
    title = f"{english[section.id].upper()} ({section.size}): {english[section.id + '_means']}"
    parts: list[RenderableType] = [Text(""), Text(title), *(_line(line) for line in lines)]
    rest = len(section.lines) - len(lines)
    if rest:
        parts.append(Text(f"  ... and {rest} more lines of action: --all, or --format html"))
    return parts


def _line(line: Line) -> RenderableType:
    item = line.lead
    action = item.recommendation.action
    band = f"  [band {item.standing.band}]" if item.standing else ""
    also = ", ".join(other.recommendation.action.id for other in line.also)
    details = [("why", why(item)), *_details(item)]
    if also:
        details.insert(0, ("same line", also))
    body = [Text(f"  {action.id} {action.title}{band}")]
    table = Table.grid(padding=(0, 1))
    for name, text in details:
        table.add_row(f"{name}:", Text(text))
    return Group(*body, Padding(table, (0, 0, 0, 6)))


def _details(item: Item) -> list[tuple[str, str]]:
    action = item.recommendation.action
    rows = [
        ("pending", pending(item)),
        ("first", before(item)),
        ("for", ", ".join(item.recommendation.fit_for)),
        ("limits", limits(item)),
        ("profiles", differing(item)),
        ("instead", _instead(item) if action.tier == "T3" else ""),
        ("change", changed(item.would_change[0]) if item.would_change else ""),
        ("tension", "; ".join(f"{other}: {reason}" for other, reason in item.conflicts)),
    ]
    return [(name, text) for name, text in rows if text]


def _instead(item: Item) -> str:
    action = item.recommendation.action
    codes = f" ({', '.join(action.substitute_actions)})" if action.substitute_actions else ""
    return action.substitute + codes


def _questions(brief: Brief) -> Iterable[str]:
    for question in brief.questions[:ASKED]:
        about = f" ({question.subject})" if question.subject else ""
        opened = ", ".join(question.unlocks) or "nothing alone"
        yield (
            f"{question.text}{about} Ask: {question.ask}; risk of asking: "
            f"{question.risk_of_asking}. Would open {opened}."
        )


def _timeliness(brief: Brief) -> Iterable[str]:
    yield from brief.timeliness.findings
    for lag in brief.timeliness.lags:
        yield f"{lag}: {lag.act.actor}: {lag.act.what} ({lag.act.source})"


def _sources(brief: Brief) -> Iterable[str]:
    situation = brief.assessment.situation
    for source in situation.sources.values():
        if source.published <= situation.as_of:
            yield f"{source.id}: {source.citation}"


def assessment_text(assessment: Assessment) -> str:
    """Write an assessment: context, phase, and a table of criteria for each organisation."""
    situation = assessment.situation
    parts: list[RenderableType] = [Text(f"{situation.title}, as known on {situation.as_of}")]
    parts += _block("Context", [f"{MARKS[a.verdict]}: {a.statement}" for a in assessment.context])
    beliefs = [f"{b.name}: {b.probability:.0%}" for b in assessment.phase.beliefs]
    parts += _block("Phase", [", ".join(beliefs)])
    parts += _block(
        "Situation", [_finding(f.argument.statement, f.grade) for f in assessment.criteria.values()]
    )
    for organisation in situation.organisations:
        found = assessment.organisations[organisation.id].values()
        title = f"{organisation.name} ({organisation.kind})"
        parts += _block(title, [_finding(f.argument.statement, f.grade) for f in found])
    return _written(parts)


def _finding(statement: str, grade: str) -> str:
    return f"{grade}: {statement}"
