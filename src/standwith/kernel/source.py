"""Sources, and citations that lead to the passage of a source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_PART = re.compile(r"(\d+)(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class Source:
    """A text that claims or actions rest on; ``published`` is when it could first be known."""

    id: str
    title: str
    author: str
    published: date
    citation: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage: the id of a source and the lines of its text, such as ``86, 90`` or ``49-81``."""

    source: str
    lines: str

    def __str__(self) -> str:
        """Write it as readers see it: ``icnc-guide L86, 90``."""
        return f"{self.source} L{self.lines}" if self.lines else self.source


def line_numbers(lines: str) -> tuple[int, ...]:
    """List the line numbers of a citation, in order, once each.

    Raises:
        ValueError: a part is neither a number nor a range that runs upwards.
    """
    numbers: set[int] = set()
    for part in lines.split(","):
        match = _PART.fullmatch(part.strip())
        if match is None or int(match[2] or match[1]) < int(match[1]):
            message = f"lines {lines!r}: write numbers and ranges, such as 86, 90 or 49-81"
            raise ValueError(message)
        numbers.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return tuple(sorted(numbers))


def span_hash(text: Sequence[str], lines: str) -> str:
    """Hash the cited lines (first line is 1), so that a changed source shows (SHA-256, hex).

    Runs of white space count as one blank. Raises IndexError where a line does not exist.
    """
    kept = " ".join(" ".join(text[number - 1].split()) for number in line_numbers(lines))
    return hashlib.sha256(kept.encode()).hexdigest()
