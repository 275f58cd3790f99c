"""A brief as a run of parts (headings, paragraphs, lists, tables), for PDF and DOCX alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from standwith.choose.page import Brief
from standwith.publish.details import details, since_trigger, sources_known
from standwith.publish.wording import (
    Line,
    Section,
    asks,
    headline,
    held_phases,
    isolated,
    sections,
    unknowns,
    why,
)

Words = Mapping[str, str]
_LISTED = frozenset({"permit", "reference"})


@dataclass(frozen=True, slots=True)
class Part:
    """A part: kind is mark, heading, item, text, bullet, pairs, table or chart; rows hold cells.

    ``svg`` is the drawing of a chart, ``text`` what it shows in words.
    """

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    svg: str = ""


def document(brief: Brief, words: Words) -> Iterator[Part]:
    """Walk the whole brief in reading order, foreign runs isolated."""
    for part in _parts(brief, words):
        rows = tuple(tuple(isolated(cell, words) for cell in row) for row in part.rows)
        yield Part(part.kind, isolated(part.text, words), rows)


def _parts(brief: Brief, words: Words) -> Iterator[Part]:
    situation = brief.assessment.situation
    yield Part("mark", f"{brief.marking.value}  {words['brief']}")
    day = isolated(str(situation.as_of), words)
    yield Part("text", f"{words['as_of']} {day} · {words['profile']}: {brief.profile}")
    yield Part("text", headline(brief, words))
    summary = situation.summary.get(words["tag"], "en")[1]
    yield from _list(words["situation"], (summary, held_phases(brief, words)))
    yield from _list(words["unknown"], unknowns(brief) or (words["none"],))
    yield from _list(words["asks"], asks(brief, words) or (words["no_asks"],))
    for section in sections(brief):
        yield from _section(section, words)
    yield from _list(words["questions"], tuple(_questions(brief, words)))
    yield from _list(words["warnings"], tuple(f"{w.text} [{w.source}]" for w in situation.warnings))
    yield from _timeliness(brief, words)
    cited = tuple(f"{source.id}: {source.citation}" for source in sources_known(brief))
    yield from _list(words["sources"], cited)
    yield Part("text", f"{words['note_estimates']} {brief.catalogue_sha256[:16]}")


def _list(title: str, lines: tuple[str, ...]) -> Iterator[Part]:
    if lines:
        yield Part("heading", title)
        yield from (Part("bullet", line) for line in lines)


def _section(section: Section, words: Words) -> Iterator[Part]:
    yield Part("heading", f"{words[section.id]} ({section.size})")
    yield Part("text", words[f"{section.id}_means"])
    for line in section.lines:
        yield from _line(line, words) if section.id not in _LISTED else _titles(line)


def _titles(line: Line) -> Iterator[Part]:
    for item in (line.lead, *line.also):
        action = item.recommendation.action
        yield Part("bullet", f"{action.id} {action.title} [{action.citation}]")


def _line(line: Line, words: Words) -> Iterator[Part]:
    item = line.lead
    action = item.recommendation.action
    band = f" · {words['band']} {item.standing.band}" if item.standing else ""
    yield Part("item", f"{isolated(f'{action.id} {action.title} ({action.tier})', words)}{band}")
    yield Part("text", f"{why(item)} [{action.citation}]")
    if rows := details(item, line.also, words):
        yield Part("pairs", rows=rows)


def _questions(brief: Brief, words: Words) -> Iterator[str]:
    for question in brief.questions:
        opened = ", ".join(question.unlocks) or words["none"]
        yield (
            f"{question.text} {words['whom']}: {question.ask}; {words['risk_of_asking']}: "
            f"{question.risk_of_asking}; {words['unlocks']}: {opened}"
        )


def _timeliness(brief: Brief, words: Words) -> Iterator[Part]:
    lines = (since_trigger(brief, words), *brief.timeliness.findings)
    yield from _list(words["timeliness"], tuple(line for line in lines if line))
    if brief.timeliness.lags:
        head = (words["who"], words["act"], words["days"], words["sources"])
        rows = tuple(
            (lag.act.actor, lag.act.what, str(lag), str(lag.act.source))
            for lag in brief.timeliness.lags
        )
        yield Part("table", rows=(head, *rows))
