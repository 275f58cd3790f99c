"""The words of the annual report in each of its languages: cells, numbers, days, countries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from standwith.kernel.pack import names, read_yaml
from standwith.kernel.text import direction


@cache
def languages() -> tuple[str, ...]:
    """List the languages that the annual report can be written in."""
    return tuple(PurePosixPath(name).stem for name in names("report", ".yaml"))


class Wording:
    """Writes the cells of a report in one language.

    Raises:
        ValueError: the report has no words in the language.
    """

    def __init__(self, language: str) -> None:
        if language not in languages():
            message = f"{language!r} is no language of the report; write {' or '.join(languages())}"
            raise ValueError(message)
        self.tag, self.dir = language, direction(language)
        self._words: Mapping[str, Any] = read_yaml(f"report/{language}.yaml").data
        self._locale = Locale.parse(language)

    def phrase(self, key: str, **told: object) -> str:
        """Return a phrase of the report by its key, its gaps filled."""
        return str(self._words[key]).format(**told)

    def lines(self, key: str) -> list[Any]:
        """Return a list of sentences."""
        return list(self._words[key])

    def title(self, group: str, key: str) -> str:
        """Return a title: of a table (t), a chart (c), a head (h), a note (n)."""
        if key.startswith("="):
            return key[1:]
        if key.startswith("@"):
            return self.country(key[1:])
        if group == "h" and " " in key:
            return self.word(key)
        found = self._words[group].get(key)
        return str(found) if found is not None else self.word(key)

    def word(self, key: str) -> str:
        """Return a word; its group stands before it, as in "status released"."""
        group, _, name = key.partition(" ")
        if group == "age":
            return self._words["w"]["unknown"] if name == "unknown" else name.replace("-", "–")
        if name:
            return str(self._words[group].get(name, name.replace("_", " ")))
        for part in ("w", "h", "flow"):
            if key in self._words[part]:
                return str(self._words[part][key])
        return key.replace("_", " ")

    def country(self, code: str) -> str:
        """Name a country; its code where the language has no name for it."""
        return str(self._locale.territories.get(code, code))

    def day(self, text: str) -> str:
        """Write a day, as in 1 December 2024; what is no day stays."""
        try:
            return str(format_date(date.fromisoformat(text), "long", locale=self._locale))
        except ValueError:
            return text

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number with the separators of the language."""
        form = "#,##0" + ("." + "0" * digits if digits else "")
        return str(format_decimal(value, form, locale=self._locale))

    def cell(self, cell: Any, form: str = "label") -> str:  # noqa: ANN401 - as in the layout
        """Write a cell; what is not known is a dash, what is withheld says so."""
        if cell is None:
            return self.phrase("unknown_sign")
        if isinstance(cell, list):
            told = [self.number(value) for value in cell]
            return self.phrase("range", n=told[0], low=told[1], high=told[2])
        if isinstance(cell, dict):
            return self._named(cell)
        digits = 0 if float(cell).is_integer() and form != "percent" else 1
        return self.number(cell, digits)

    def _named(self, cell: Mapping[str, Any]) -> str:
        if "x" in cell:
            return self.phrase("withheld_sign")
        if "c" in cell:
            return self.country(cell["c"])
        return self.word(cell["w"]) if "w" in cell else str(cell["t"])

    def finding(self, found: Mapping[str, Any]) -> str:
        """Write a key finding with its numbers."""
        told = {name: self._told(name, value) for name, value in found["with"].items()}
        return str(self._words["f"][found["key"].removeprefix("f.")]).format(**told)

    def _told(self, name: str, value: Any) -> str:  # noqa: ANN401 - numbers, days, keys
        if name == "country":
            return self.country(value)
        if name == "family":
            return self.word(value)
        if name == "day":
            return self.day(value)
        if name == "year":
            return str(value)
        if value is None:
            return self.phrase("unknown_sign")
        return self.number(value, 1 if name == "share" else 0)
