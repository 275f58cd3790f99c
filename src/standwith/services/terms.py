"""Words by which records are found: folded over case, accents and scripts' presentation forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet

from standwith.kernel.policy import Purpose, Reader
from standwith.names.latin import in_latin
from standwith.services.sight import Sight, looking
from standwith.store import bulk
from standwith.store.models.labelled import Labelled
from standwith.store.models.search import Term, Word
from standwith.store.record import kind_of

# Vowel signs of Burmese are marks, no letters: a word would break at each of them.
_WORD = re.compile("[\\w\u1000-\u109f\uaa60-\uaa7f]+")
# Written without blanks, or with few: a name is found by any character that may begin a part of it.
_UNSPACED = re.compile("[\u1000-\u1021\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003134f]")
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


def spellings(names: Iterable[str]) -> set[str]:
    """List the words by which names are found: folded, from inside a name, and in Latin letters."""
    found = set[str]()
    for name in names:
        for word in fold(name):
            found |= {word} | {word[at.start() :] for at in _UNSPACED.finditer(word)}
        if not name.isascii():
            found |= set(fold(in_latin(name)))
    return {word[:60] for word in found}


def index_many(named: Iterable[tuple[Labelled, Sequence[str]]]) -> None:
    """Make many records of one kind findable by the spellings of their names."""
    rows = list(named)
    Term.unguarded.filter(record__in=[row.pk for row, _ in rows]).delete()
    bulk.insert_values(
        Term,
        (
            (word, row.label_id, kind_of(row), bulk.plain(row.pk), names[0][:300])
            for row, names in rows
            if names
            for word in sorted(spellings(names))[:60]
        ),
    )


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


def index_words(row: Labelled, text: str) -> None:
    """Let lists be narrowed by the words of a text, such as the note of a claim."""
    found = sorted({word[:60] for word in fold(text)})
    Word.unguarded.filter(record=row.pk).delete()
    Word.unguarded.bulk_create(
        Word(term=word, label_id=row.label_id, record=row.pk) for word in found[:200]
    )


def holding(sight: Sight, kind: str, text: str) -> Q:
    """Ask for rows of a kind of which some word begins like each word of the text."""
    condition = Q()
    for word in fold(text)[:6]:
        condition &= Q(Exists(_words(sight, kind).filter(record=OuterRef("pk"), **_begins(word))))
    return condition


def among(sight: Sight, kind: str, text: str, given: Sequence[UUID]) -> set[UUID]:
    """Return those of some records that ``holding`` asks for."""
    found = set(given)
    for word in fold(text)[:6]:
        rows = _words(sight, kind).filter(record__in=found, **_begins(word))
        found = set(rows.values_list("record", flat=True))
    return found


def records(sight: Sight, kind: str, text: str, most: int) -> list[UUID] | None:
    """Return the records that ``holding`` asks for; None where there may be more than ``most``."""
    found: set[UUID] | None = None
    for word in sorted(fold(text)[:6], key=len, reverse=True):
        rows = _words(sight, kind).filter(**_begins(word))
        if found is not None:
            rows = rows.filter(record__in=found)
        # Counted first, and not distinct: a common word is neither collected nor sent whole.
        if rows[: 2 * most + 1].count() <= 2 * most:
            seen = set(rows.values_list("record", flat=True))
            found = seen if len(seen) <= most else found
    return None if found is None else sorted(found)


def in_order(
    sight: Sight,
    kind: str,
    text: str,
    after: tuple[str, str] | None,
    within: QuerySet[Any] | None,
) -> QuerySet[Any]:
    """Ask for title and id of what ``holding`` asks for, by title, from the index of words.

    ``after`` is title and id of the last record of the page before; ``within`` narrows to rows.
    """
    first, *others = sorted(fold(text)[:6], key=len, reverse=True)
    rows = _words(sight, kind).filter(**_begins(first))
    for word in others:
        rows = rows.filter(record__in=_words(sight, kind).filter(**_begins(word)).values("record"))
    if within is not None:
        rows = rows.filter(Exists(within.filter(pk=OuterRef("record"))))
    if after is not None:
        title, record = after
        rows = rows.filter(Q(title__gt=title) | Q(title=title, record__gt=record))
    return rows.order_by("title", "record").values_list("title", "record").distinct()


def _words(sight: Sight, kind: str) -> QuerySet[Any]:
    if kind == "claim":
        return Word.unguarded.filter(label_id__in=sight.labels)
    return _terms(sight).filter(kind=kind)


def _terms(sight: Sight) -> QuerySet[Any]:
    """Ask for words so that the database finds them by their beginning.

    An index on labels would have it look through every word that the reader may see.
    """
    plain = Func(F("label_id"), template="+%(expressions)s")
    return Term.unguarded.alias(walked=plain).filter(walked__in=sight.labels)


def texts(value: str | Mapping[str, str]) -> list[str]:
    """List the texts of a value in all languages, English first."""
    if isinstance(value, str):
        return [value]
    return [value[key] for key in sorted(value, key=lambda tag: (tag != "en", tag))]


def relabel(row: Labelled) -> None:
    """Let the words of a record carry its present label."""
    for table in (Term, Word):
        table.unguarded.filter(record=row.pk).update(label=row.label_id)


def forget(record: UUID) -> None:
    """Take a record out of the index."""
    for table in (Term, Word):
        table.unguarded.filter(record=record).delete()


def find(reader: Reader, text: str, *, limit: int = 20) -> list[Hit]:
    """Find records of which some word begins like each word of the text."""
    with looking(reader, Purpose.ASSESS) as sight:
        return find_seen(sight, text, limit)


def find_seen(sight: Sight, text: str, limit: int) -> list[Hit]:
    """Find among what a sight shows; by the rarest word first, in order of title."""
    wanted = fold(text)[:6]
    if not wanted:
        return []
    seen = _terms(sight)
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
