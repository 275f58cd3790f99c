"""Structured logs: one JSON object a line, without addresses, names, paths or queries."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from traceback import format_tb

_KEPT = ("event", "number", "kind", "who", "status", "seconds", "size", "sound")


class Lines(logging.Formatter):
    """Writes a record as JSON; of an error the place in the code and its kind, never its text."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        line |= {name: getattr(record, name) for name in _KEPT if hasattr(record, name)}
        if record.name.startswith("standwith"):
            line["message"] = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__name__
            line["trace"] = [part.split("\n")[0].strip() for part in format_tb(record.exc_info[2])][
                -6:
            ]
        return json.dumps(line, ensure_ascii=False)


def configure(_settings: object) -> None:
    """Send everything from warnings on, and our own from information on, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("standwith").setLevel(logging.INFO)
    logging.getLogger("django.security").setLevel(logging.ERROR)
