"""What the cells of a register say of a person's custody, in the words that registers use.

Two readings are refused on purpose: a term that is over is no release, and a word of death is
kept back until a second source or an editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from standwith.account.registry.vocabulary import Status
from standwith.kernel.pack import read_yaml

_WORDS = read_yaml("registry/statuses.yaml").data


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


_DEAD, _HELD, _TURNED = (_any(_WORDS[name]) for name in ("dead", "held", "turned"))
_PATTERNS = tuple((_any(one["words"]), Status(one["status"])) for one in _WORDS["statuses"])


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of custody: ``status`` None is not understood, or nothing but being held.

    ``alleged`` is the mark by which registers call a status unsure; ``prison_is_status`` says that
    the cell of the prison held a status and not a place.
    """

    status: Status | None = None
    held: bool = False
    dead: bool = False
    alleged: bool = False
    prison_is_status: bool = False


def told(texts: Mapping[str, str]) -> Told:
    """Read what the cells of status and prison say."""
    return _told(texts.get("status", ""), texts.get("prison", ""))


@lru_cache(maxsize=100_000)
def _told(said: str, prison: str) -> Told:
    status, inside = _status(said), _status(prison) if _is_status(prison) else None
    dead = bool(_DEAD.search(said))
    held = bool(_HELD.search(said)) and status is None
    return Told(
        status or inside,
        held,
        dead,
        said.rstrip().endswith("?"),
        inside is not None,
    )


def _is_status(prison: str) -> bool:
    """Whether a cell for a place begins with a status; a place may bear any word further on."""
    return any(words.match(prison) for words, _ in _PATTERNS)


def _status(text: str) -> Status | None:
    if _TURNED.search(text):
        return None
    return next((status for words, status in _PATTERNS if words.search(text)), None)
