"""Words by which records are found: folded over case, accents and scripts' presentation forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from standwith.kernel.policy import Purpose, Reader
from standwith.services.sight import Sight, looking
from standwith.store.models.labelled import Labelled
from standwith.store.models.search import Term
from standwith.store.record import kind_of

_WORD = re.compile(r"\w+")
_ARABIC = str.maketrans({"ي": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ی"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found by its title."""

    kind: str
    id: str
    title: str


def fold(text: str) -> list[str]:
    """Split a text into folded words: no case, no accents, one form of each Arabic letter."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    again = unicodedata.normalize("NFKC", kept).casefold()
    return _WORD.findall(again.translate(_ARABIC))


def index(row: Labelled, titles: Iterable[str]) -> None:
    """Make a record findable by the words of its titles, under its own label."""
    written = [text for text in titles if text]
    found = sorted({word[:60] for text in written for word in fold(text)})
    Term.unguarded.filter(record=row.pk).delete()
    Term.unguarded.bulk_create(
        Term(
            term=w, label_id=row.label_id, kind=kind_of(row), record=row.pk, title=written[0][:300]
        )
        for w in found[:40]
    )


def texts(value: str | Mapping[str, str]) -> list[str]:
    """List the texts of a value in all languages, English first."""
    if isinstance(value, str):
        return [value]
    return [value[key] for key in sorted(value, key=lambda tag: (tag != "en", tag))]


def forget(record: UUID) -> None:
    """Take a record out of the index."""
    Term.unguarded.filter(record=record).delete()


def find(reader: Reader, text: str, *, limit: int = 20) -> list[Hit]:
    """Find records of which some word begins like each word of the text."""
    with looking(reader, Purpose.ASSESS) as sight:
        return find_seen(sight, text, limit)


def find_seen(sight: Sight, text: str, limit: int) -> list[Hit]:
    """Find among what a sight shows; by the rarest word first, in order of title."""
    wanted = fold(text)[:6]
    if not wanted:
        return []
    seen = Term.unguarded.filter(label_id__in=sight.labels)
    longest, *others = sorted(wanted, key=len, reverse=True)
    rows = seen.filter(**_begins(longest)).order_by("term", "title")
    for word in others:
        rows = rows.filter(record__in=seen.filter(**_begins(word)).values("record"))
    found: dict[tuple[str, UUID], Hit] = {}
    for kind, record, title in rows.values_list("kind", "record", "title")[: limit * 8]:
        found.setdefault((kind, record), Hit(kind, str(record), title))
    return list(found.values())[:limit]


def _begins(word: str) -> dict[str, str]:
    """Ask by range, which an index answers in any collation of bytes."""
    return {"term__gte": word, "term__lt": word + "\U0010ffff"}
