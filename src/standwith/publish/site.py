"""The public, read-only site: published cases by country, as pages, CSV and JSON in one archive."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markupsafe import Markup

from standwith.account.reports.edition import Case
from standwith.publish.edition import case_rows
from standwith.publish.edition_words import Wording
from standwith.publish.table import safe
from standwith.publish.template import environment, template_text

FIELDS = ("name", "country", "status", "since", "charges")


def site(found: Sequence[Case], known: date, language: str) -> bytes:
    """Write the site; the same cases give the same bytes.

    Raises:
        ValueError: there are no words in the language.
    """
    wording = Wording(language)
    countries = sorted({one.country for one in found}, key=wording.country)
    files = {
        "index.html": _page(wording, known, "", [(code, _of(found, code)) for code in countries]),
        "cases.json": json.dumps(
            {"known": known.isoformat(), "cases": [asdict(one) for one in found]},
            ensure_ascii=False,
            indent=1,
        ),
        "cases.csv": _csv(found),
    }
    for code in countries:
        files[f"{code}.html"] = _page(wording, known, code, [(code, _of(found, code))])
    return _archive(files, known)


def _of(found: Sequence[Case], code: str) -> list[Case]:
    return [one for one in found if one.country == code]


def _page(
    wording: Wording, known: date, code: str, groups: Sequence[tuple[str, Sequence[Case]]]
) -> str:
    shown = {
        "w": wording,
        "css": Markup(template_text("base.css")),  # noqa: S704 - our own file
        "title": wording.country(code) if code else wording.phrase("site"),
        "code": code,
        "known": wording.phrase("subtitle_site", known=wording.day(known.isoformat())),
        "groups": [
            {
                "code": key,
                "name": wording.country(key),
                "number": wording.number(len(cases)),
                "rows": case_rows([asdict(one) for one in cases], wording),
            }
            for key, cases in groups
        ],
    }
    return environment().get_template("site.html.jinja").render(shown)


def _csv(found: Sequence[Case]) -> str:
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows([safe(str(value)) for value in asdict(one).values()] for one in found)
    return out.getvalue()


def _archive(files: dict[str, str], known: date) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in sorted(files):
            entry = ZipInfo(name, (known.year, known.month, known.day, 0, 0, 0))
            made.writestr(entry, files[name].encode(), ZIP_DEFLATED)
    return out.getvalue()
