"""Decisions about pairs of records as text: one row for each, the later ones after the earlier."""

from __future__ import annotations

import csv
from io import StringIO

from standwith.account.linkage.cluster import UnusableLinks
from standwith.account.linkage.review import Decision

HEAD = ("left", "right", "decision", "by", "reason")
WORDS = {"same": True, "different": False, "open": None}


def read_decisions(text: str) -> list[Decision]:
    """Read decisions: columns left, right, decision (same, different, open), by, reason.

    Raises:
        UnusableLinks: with the line, what is wrong there, and how to mend it.
    """
    if not text.strip():
        return []
    rows = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""))
    if tuple(cell.strip() for cell in next(rows, [])) != HEAD:
        raise UnusableLinks(f"decisions, line 1: the columns are {', '.join(HEAD)}")
    return [_decision(row, rows.line_num) for row in rows if "".join(row).strip()]


def _decision(row: list[str], line: int) -> Decision:
    cells = [cell.strip() for cell in row]
    if len(cells) != len(HEAD) or not all(cells):
        raise UnusableLinks(f"decisions, line {line}: fill in {', '.join(HEAD)}")
    left, right, word, by, reason = cells
    if word not in WORDS or left == right:
        raise UnusableLinks(
            f"decisions, line {line}: write same, different or open of two different records"
        )
    return Decision(left, right, WORDS[word], by, reason)


def written(decision: Decision) -> str:
    """Write one decision as a row."""
    word = next(word for word, same in WORDS.items() if same is decision.same)
    file = StringIO()
    row = (decision.left, decision.right, word, decision.by, decision.reason)
    csv.writer(file, lineterminator="\n").writerow(row)
    return file.getvalue()
