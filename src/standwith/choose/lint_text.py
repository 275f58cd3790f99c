"""Checks of the wording of records: own words, languages, readability, spans of the sources."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from standwith.kernel.document import Data
from standwith.kernel.pack import read_json
from standwith.kernel.source import span_hash

Row = tuple[int, str, str]
COPIED_SHARE = 0.25
LONGEST_TITLE = 12
HARDEST = 85.0
_WORD = re.compile(r"[^\W\d_]+")


@cache
def shingles(source: str) -> tuple[int, frozenset[str]]:
    """Return the length of the word runs of a source, and their hashes (the text is not kept)."""
    data = read_json(f"catalogue/sources/{source}.shingles.json")
    size, hashes = data["sha256_prefix"], data["hashes"]
    return data["words"], frozenset(hashes[i : i + size] for i in range(0, len(hashes), size))


def copied_share(text: str, source: str) -> float:
    """Return the share of a text's word runs that stand in a source too; 0 for short texts."""
    length, known = shingles(source)
    words = [word.lower() for word in _WORD.findall(text)]
    runs = [" ".join(words[i : i + length]) for i in range(len(words) - length + 1)]
    if not runs:
        return 0.0
    hashes = (hashlib.sha256(run.encode()).hexdigest()[:8] for run in runs)
    return sum(found in known for found in hashes) / len(runs)


def copied(release: Data) -> Iterator[Row]:
    """7: paraphrases and definitions are our own words."""
    for folder, field in (("actions", "paraphrase"), ("definitions", "definition")):
        for row in release[folder]:
            share = copied_share(row[field]["en"], row["sources"][0]["source"])
            if share > COPIED_SHARE:
                message = f"{share:.0%} of its runs of seven words stand in the source; reword it"
                yield 7, row["id"], message


def translated(release: Data) -> Iterator[Row]:
    """9: every record has every language that any record has."""
    rows = release["actions"]
    languages = {tag for row in rows for tag in row["title"]}
    for row in rows:
        for field in ("title", "paraphrase"):
            if missing := sorted(languages - row[field].keys()):
                yield 9, row["id"], f"{field} lacks {', '.join(missing)}"


def lix(text: str) -> float:
    """Readability: words a sentence plus per cent of words over six letters (Björnsson 1968)."""
    words = _WORD.findall(text)
    sentences = max(1, len(re.findall(r"[.!?:;](?:\s|$)", text)))
    long = sum(len(word) > 6 for word in words)
    return len(words) / sentences + 100 * long / max(1, len(words))


def readable(release: Data) -> Iterator[Row]:
    """10: titles are short, paraphrases can be read."""
    for row in release["actions"]:
        if len(row["title"]["en"].split()) > LONGEST_TITLE:
            yield 10, row["id"], f"the title has more than {LONGEST_TITLE} words"
        if (score := lix(row["paraphrase"]["en"])) > HARDEST:
            yield 10, row["id"], f"the paraphrase is hard to read (LIX {score:.0f})"


def spans(release: Data, texts: Mapping[str, Sequence[str]]) -> Iterator[Row]:
    """11: the cited lines are still those that were read; checked for sources at hand."""
    for folder in ("actions", "criteria", "statistics", "definitions", "evidence", "gates"):
        for row in release[folder]:
            for cited in row["sources"]:
                text = texts.get(cited["source"])
                if text is not None and span_hash(text, cited["lines"]) != cited["sha256"]:
                    name = row.get("id") or row["code"]
                    yield 11, name, f"{cited['source']} L{cited['lines']} has changed"
