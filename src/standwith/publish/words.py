"""The words of the interface in each language; texts of cases and catalogue keep their own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from standwith.kernel.pack import names, read_json
from standwith.kernel.text import direction


def languages() -> tuple[str, ...]:
    """List the languages that the documents can be written in."""
    return tuple(PurePosixPath(name).stem for name in names("words", ".json"))


def words(language: str) -> Mapping[str, str]:
    """Return the words of a language, with its tag and direction.

    Raises:
        ValueError: the product has no words in it.
    """
    if language not in languages():
        message = f"{language!r} is no language of the product; write {' or '.join(languages())}"
        raise ValueError(message)
    return {**read_json(f"words/{language}.json"), "tag": language, "dir": direction(language)}
