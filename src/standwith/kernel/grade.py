"""Grades of a source and of what it says (NATO Admiralty code: A1 best, F6 cannot be judged)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PATTERN = re.compile(r"([A-F])([1-6])")

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}


@dataclass(frozen=True, slots=True, order=True)
class Grade:
    """How far a source is trusted (A-F) and how credible this statement of it is (1-6)."""

    reliability: str
    credibility: str

    @property
    def counts(self) -> bool:
        """Whether a claim of this grade is evidence: A to C, and at least possibly true."""
        return self.reliability in "ABC" and self.credibility in "123"

    def __str__(self) -> str:
        """Write the two characters, as in B2."""
        return self.reliability + self.credibility


def parse_grade(text: str) -> Grade:
    """Read a grade such as B2.

    Raises:
        ValueError: the text is not a letter A-F followed by a digit 1-6.
    """
    match = _PATTERN.fullmatch(text)
    if match is None:
        message = f"grade {text!r} is not a letter A-F and a digit 1-6; write for example B2"
        raise ValueError(message)
    return Grade(match[1], match[2])
