"""Texts that know their language (BCP 47)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-[a-z0-9]{5,8})*")
_RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Thaa", "Syrc"})
_RTL_LANGUAGES = frozenset({"ar", "he", "fa", "ur", "ps", "ckb", "dv", "syr", "yi"})


@dataclass(frozen=True, slots=True)
class Text:
    """The same statement in one or more languages; iteration order is that of the record."""

    values: tuple[tuple[str, str], ...]

    def get(self, *languages: str) -> tuple[str, str]:
        """Return (tag, text) for the first language there is, else the first value."""
        held = dict(self.values)
        for language in languages:
            if language in held:
                return language, held[language]
        return self.values[0]

    def __str__(self) -> str:
        """Return the English value, else the first."""
        return self.get("en")[1]


def parse_text(value: str | Mapping[str, str]) -> Text:
    """Read a plain string (English) or a mapping of BCP 47 tags to strings.

    Raises:
        ValueError: the mapping is empty or a tag is malformed.
    """
    if isinstance(value, str):
        return Text((("en", value),))
    for tag in value:
        if _TAG.fullmatch(tag) is None:
            message = f"{tag!r} is no language tag (BCP 47); write for example be or zh-Hant"
            raise ValueError(message)
    if not value:
        raise ValueError("a text needs at least one language; write for example en: ...")
    return Text(tuple(value.items()))


def direction(tag: str) -> str:
    """Tell the writing direction of a language tag: ``rtl`` or ``ltr``."""
    parts = tag.split("-")
    script = next((part for part in parts[1:] if len(part) == 4), None)
    right = script in _RTL_SCRIPTS if script else parts[0] in _RTL_LANGUAGES
    return "rtl" if right else "ltr"
