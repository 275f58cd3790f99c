"""The catalogue as one offline page: search, filters, matrix, print; no request."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode

from markupsafe import Markup

from standwith.choose.codes import CODES
from standwith.kernel.document import Data
from standwith.publish.template import environment, template_text
from standwith.publish.words import words


def explorer_page(release: Data, language: str = "en") -> str:
    """Write the explorer; what is discreet (K19) has no details in it."""
    known = words(language)
    script = template_text("explorer.js")
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    codes = json.dumps(CODES, ensure_ascii=False).replace("<", "\\u003c")
    return (
        environment()
        .get_template("explorer.html.jinja")
        .render(
            w=known,
            r=release,
            rows=[_row(row) for row in release["actions"]],
            codes=CODES,
            codes_json=Markup(codes),  # noqa: S704 - our own table, with < escaped
            evidence={row["id"]: row for row in release["evidence"]},
            legal={row["code"]: row["text"]["en"] for row in release["legal_bases"]},
            gates={row["code"]: row["title"]["en"] for row in release["gates"]},
            dimensions=("where", "target", "nature", "goals", "phases", "tier"),
            css=Markup(template_text("base.css") + template_text("explorer.css")),  # noqa: S704 - our own files
            script=Markup(script),  # noqa: S704 - our own file
            digest=digest,
        )
    )


def _row(row: Data) -> Data:
    """Take what the page shows of a record; of discreet ones, the id and the reason alone."""
    if row["id"] in _DISCREET:
        return {**row, "discreet": True, "risks": [], "limits": row["limits"]}
    return {**row, "discreet": False}


_DISCREET = frozenset({"CO-05"})
