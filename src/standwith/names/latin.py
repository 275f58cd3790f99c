"""Scripts that have no table of ours, in Latin letters: by ICU where it is installed."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from anyascii import anyascii


@cache
def reader() -> str:
    """Say what turns such scripts into Latin letters here: ICU with its version, or anyascii."""
    return f"ICU {import_module('icu').ICU_VERSION}" if find_spec("icu") else "anyascii"


@cache
def _transliterator() -> Any:  # noqa: ANN401 - ICU has no types
    return import_module("icu").Transliterator.createInstance("Any-Latin; Latin-ASCII")


@lru_cache(maxsize=65536)
def in_latin(text: str) -> str:
    """Write a text of any script in Latin letters."""
    if reader() == "anyascii":
        return anyascii(text)
    return str(_transliterator().transliterate(text))
