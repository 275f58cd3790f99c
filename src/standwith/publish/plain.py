"""Plain data as JSON text."""

from __future__ import annotations

import json


def encode(value: object) -> str:
    """Write plain data as JSON with sorted structure kept, two blanks a level, UTF-8 text."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
