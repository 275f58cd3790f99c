"""Assessments that somebody kept: what the brief said then, and what is otherwise now."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.db.models import Q, QuerySet

from standwith.choose.catalogue import catalogue
from standwith.kernel.policy import Purpose, Reader
from standwith.services.audience import audience
from standwith.services.briefs import brief_seen
from standwith.services.sight import Sight, looking
from standwith.store.models.case import Situation
from standwith.store.models.work import Assessment

Data = dict[str, Any]


def list_kept(reader: Reader, situation: str, words: str = "") -> Data:
    """List the kept assessments of a situation, the latest first; with words, who has them all.

    Words are sought in the author's name, the profile and the date as of which it was kept.

    Raises:
        NothingThere: there is no such situation for this reader.
    """
    with looking(reader, Purpose.CHOOSE) as sight:
        head = sight.one(Situation, situation)
        rows = sight.of(Assessment).filter(situation=head).select_related("author", "label")
        return {
            "title": head.title,
            "rows": [_row(row) for row in _worded(rows, words).order_by("-written_at", "id")],
            "who": audience(head, Purpose.CHOOSE),
        }


def export_kept(reader: Reader, situation: str, words: str = "") -> list[Data]:
    """List kept assessments as data, with a column for each verdict that any of them has.

    Raises:
        NothingThere: there is no such situation for this reader.
    """
    rows = list_kept(reader, situation, words)["rows"]
    verdicts = sorted({verdict for row in rows for verdict, _ in row["counts"]})
    return [
        {key: value for key, value in row.items() if key != "counts"}
        | {word: dict(row["counts"]).get(word, 0) for word in verdicts}
        for row in rows
    ]


def _worded(rows: QuerySet[Assessment], words: str) -> QuerySet[Assessment]:
    for word in words.split()[:6]:
        said = Q(author__name__icontains=word) | Q(profile__icontains=word)
        rows = rows.filter(said | Q(as_of__startswith=word))
    return rows


def _row(row: Assessment) -> Data:
    verdicts = json.loads(row.body)["verdicts"]
    return {
        "id": str(row.pk),
        "at": row.written_at,
        "as_of": row.as_of,
        "profile": row.profile,
        "author": row.author.name,
        "sha256": row.sha256,
        "counts": sorted(Counter(verdicts.values()).items(), key=lambda item: (-item[1], item[0])),
    }


def read_kept(reader: Reader, identifier: str) -> Data:
    """Return a kept assessment beside the brief as it is now.

    Raises:
        NothingThere: there is no such assessment for this reader.
    """
    with looking(reader, Purpose.CHOOSE) as sight:
        row = sight.one(Assessment, identifier)
        found = _row(row)
        changes = _changes(sight, row)
        return found | {
            "situation": str(row.situation_id),
            "title": row.situation.title,
            "same": changes is not None and not changes,
            "changes": changes or [],
            "comparable": changes is not None,
            "who": audience(row, Purpose.CHOOSE),
        }


def _changes(sight: Sight, row: Assessment) -> list[Data] | None:
    """Compare with the brief of today; None where this reader does not see the situation."""
    if not sight.of(Situation).filter(pk=row.situation_id).exists():
        return None
    situation = str(row.situation_id)
    now = brief_seen(sight, situation, profile=row.profile, as_of="").brief["recommendations"]
    then, later = json.loads(row.body)["verdicts"], {r["action"]: r["verdict"] for r in now}
    titles = catalogue()
    return [
        {
            "action": action,
            "title": titles[action].title if action in titles else action,
            "then": then.get(action, ""),
            "now": later.get(action, ""),
        }
        for action in sorted({*then, *later})
        if then.get(action) != later.get(action)
    ]
