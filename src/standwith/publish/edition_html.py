"""The annual report as one page: no request, no script, any direction of writing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from standwith.publish.charts import svg
from standwith.publish.edition import case_rows, head_lines, notes_of, table_rows
from standwith.publish.edition_words import Wording
from standwith.publish.template import environment, template_text

Data = Mapping[str, Any]


def edition_html(data: Data, language: str) -> str:
    """Write an edition as an HTML page.

    Raises:
        ValueError: the report has no words in the language.
    """
    wording = Wording(language)
    shown = {
        "w": wording,
        "title": wording.phrase("title", year=data["year"]),
        "css": Markup(template_text("base.css")),  # noqa: S704 - our own file
        "head": head_lines(data, wording),
        "stop": wording.phrase("not_publishable"),
        "findings": [(wording.finding(one), one["table"]) for one in data["findings"]],
        "charts": [_chart(one, wording) for one in data["charts"]],
        "tables": [_table(one, wording) for one in data["tables"]],
        "countries": [
            {
                "code": one["code"],
                "name": wording.country(one["code"]),
                "tables": [_table(table, wording) for table in one["tables"]],
                "cases": case_rows(one["cases"], wording),
            }
            for one in data["countries"]
        ],
    }
    return environment().get_template("edition.html.jinja").render(shown)


def _chart(one: Data, wording: Wording) -> dict[str, object]:
    drawing = Markup(svg(one, wording))  # noqa: S704 - texts in it are escaped where it is drawn
    title = wording.title("c", one["id"])
    return {"id": one["id"], "title": title, "svg": drawing, "notes": notes_of(one, wording)}


def _table(one: Data, wording: Wording) -> dict[str, object]:
    rows, title = table_rows(one, wording), wording.title("t", one["id"])
    return {"id": one["id"], "title": title, "rows": rows, "notes": notes_of(one, wording)}
