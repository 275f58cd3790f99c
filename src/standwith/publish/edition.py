"""The annual report as a run of parts, in one language, for PDF and DOCX alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from standwith.publish.charts import svg
from standwith.publish.document import Part
from standwith.publish.edition_words import Wording

Data = Mapping[str, Any]


def head_lines(data: Data, wording: Wording) -> list[str]:
    """Say what this edition is: vintage, for whom, whether it may be published."""
    found = [
        wording.phrase("subtitle", known=wording.day(data["known"])),
        wording.phrase("public_edition" if data["public"] else "internal_edition"),
    ]
    if not data["publishable"]:
        found.append(wording.phrase("not_publishable"))
    drafted = wording.phrase("drafted")
    return [*found, drafted] if drafted else found


def table_rows(table: Data, wording: Wording) -> tuple[tuple[str, ...], ...]:
    """Write a table with its heads, every cell in words."""
    heads = tuple(wording.title("h", key) for key, _ in table["columns"])
    forms = [form for _, form in table["columns"]]
    rows = (
        tuple(wording.cell(cell, form) for cell, form in zip(row, forms, strict=True))
        for row in table["rows"]
    )
    return (heads, *rows)


def notes_of(part: Data, wording: Wording) -> str:
    """Write the notes of a table or chart as one line."""
    keys = (key.removeprefix("n.") for key in part["notes"] if not key.startswith("=asof"))
    return " ".join(wording.title("n", key) for key in keys)


KINDS = ("report", "memo", "campaign")
# What the shorter papers hold: of targets, tactics and releases; for the campaign.
_TABLES = {
    "memo": ("groups", "families", "tactics", "transnational", "leverage", "interventions", "ends"),
    "campaign": ("world", "gender_and_age", "families"),
}
_CHARTS = {"memo": ("groups", "families", "tactics", "ends"), "campaign": ("top_ten", "ten_years")}


def title_of(data: Data, wording: Wording, kind: str = "report") -> str:
    """The title of the report, of the memo or of the campaign pack."""
    return wording.phrase("title" if kind == "report" else kind, year=data["year"])


def document(data: Data, wording: Wording, kind: str = "report") -> Iterator[Part]:
    """Walk the whole report, or one of the shorter papers made of it, in reading order."""
    if kind != "report":
        yield from _paper(data, wording, kind)
        return
    first, *rest = head_lines(data, wording)
    yield Part("mark", first)
    yield from (Part("text", line) for line in rest)
    yield Part("heading", wording.phrase("findings"))
    yield from (Part("bullet", wording.finding(found)) for found in data["findings"])
    yield Part("heading", wording.phrase("charts"))
    for number, chart in enumerate(data["charts"], start=1):
        yield from _chart(chart, number, wording)
    yield Part("heading", wording.phrase("tables"))
    for number, table in enumerate(data["tables"], start=1):
        yield from _table(table, str(number), wording)
    yield Part("heading", wording.phrase("countries"))
    for one in data["countries"]:
        yield from _country(one, wording)
    yield from _ending(wording)


def _paper(data: Data, wording: Wording, kind: str) -> Iterator[Part]:
    """A shorter paper: findings, a few charts and tables; for a campaign cases and steps."""
    first, *rest = head_lines(data, wording)
    yield Part("mark", first)
    yield from (Part("text", line) for line in (*rest, wording.phrase(f"{kind}_lead")))
    yield Part("heading", wording.phrase("findings"))
    yield from (Part("bullet", wording.finding(found)) for found in data["findings"])
    charts = [one for one in data["charts"] if one["id"] in _CHARTS[kind]]
    for number, chart in enumerate(charts, start=1):
        yield from _chart(chart, number, wording)
    tables = {one["id"]: one for one in data["tables"]}
    for number, name in enumerate(_TABLES[kind], start=1):
        yield from _table(tables[name], str(number), wording)
    if kind == "campaign":
        yield from _campaign(data, wording)
    yield from _ending(wording)


def _campaign(data: Data, wording: Wording) -> Iterator[Part]:
    yield Part("heading", wording.phrase("cases"))
    for one in data["countries"]:
        if one["cases"]:
            yield Part("item", wording.country(one["code"]))
            yield Part("table", rows=case_rows(one["cases"], wording))
    if not any(one["cases"] for one in data["countries"]):
        yield Part("text", wording.phrase("no_published"))
    yield Part("heading", wording.phrase("steps"))
    yield from (Part("bullet", line) for line in wording.lines("campaign_steps"))


def _chart(chart: Data, number: int, wording: Wording) -> Iterator[Part]:
    name = f"{wording.phrase('chart')} {number}. {wording.title('c', chart['id'])}"
    yield Part("item", name)
    drawn = svg(chart, wording)
    yield Part("chart", name, svg=drawn) if drawn else Part("text", wording.phrase("none"))
    yield Part("text", notes_of(chart, wording))


def _table(table: Data, number: str, wording: Wording) -> Iterator[Part]:
    begin = f"{wording.phrase('table')} {number}. " if number else ""
    yield Part("item", f"{begin}{wording.title('t', table['id'])}")
    if table["rows"]:
        yield Part("table", rows=table_rows(table, wording))
    else:
        yield Part("text", wording.phrase("none"))
    if notes := notes_of(table, wording):
        yield Part("text", notes)


def _country(one: Data, wording: Wording) -> Iterator[Part]:
    yield Part("heading", wording.country(one["code"]))
    for table in one["tables"]:
        yield from _table(table, "", wording)
    yield Part("item", wording.phrase("cases"))
    if not one["cases"]:
        yield Part("text", wording.phrase("no_cases"))
        return
    yield Part("table", rows=case_rows(one["cases"], wording))


def case_rows(cases: list[Data], wording: Wording) -> tuple[tuple[str, ...], ...]:
    """Write the cases that may be named, with their heads."""
    heads = tuple(wording.phrase(key) for key in ("name", "standing", "since", "charges"))
    rows = (
        (one["name"], wording.word(one["status"]), one["since"] or "–", one["charges"] or "–")
        for one in cases
    )
    return (heads, *rows)


def _ending(wording: Wording) -> Iterator[Part]:
    yield Part("heading", wording.phrase("methodology"))
    yield from (Part("bullet", line) for line in wording.lines("m"))
    yield Part("heading", wording.phrase("definitions"))
    yield Part("pairs", rows=tuple((term, said) for term, said in wording.lines("d")))
