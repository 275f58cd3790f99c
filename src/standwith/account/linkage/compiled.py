"""Loops over arrays in machine code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function for arrays, to run beside others; kept on disk where it may be."""
    try:
        made: Callable[..., Any] = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no folder for it, as in a container that is read-only
        made = njit(nogil=True)(function)
    return made
