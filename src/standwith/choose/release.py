"""Releases of the catalogue: the reviewed YAML records compiled to one JSON document.

The records are the source of truth; the release is what the program loads, because reading two
hundred YAML files takes tens of times longer than reading one JSON file (benchmarks/catalogue).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from standwith.kernel.document import Data
from standwith.kernel.ids import order
from standwith.kernel.pack import names, read_json, read_yaml

VERSION = "2026.11.0"
FOLDERS = ("actions", "criteria", "statistics", "definitions", "evidence")
NAME = "catalogue/release.json"


def compile_release() -> Data:
    """Compile the YAML records into a release; the same records give the same bytes."""
    release: Data = {"version": VERSION}
    for folder in FOLDERS:
        rows = [read_yaml(name).data for name in names(f"catalogue/{folder}")]
        release[folder] = sorted(rows, key=lambda row: (order(row["id"]), row["id"]))
    release["criteria"].sort(key=lambda row: "KRJENPX".index(row["id"][0]))
    for single, key in (("gates", "gates"), ("legal", "legal_bases"), ("facts", "facts")):
        release[key] = read_yaml(f"catalogue/{single}.yaml").data[key]
    release["sources"] = [read_yaml(name).data for name in names("catalogue/sources")]
    release["content_sha256"] = _hash(release)
    return release


def encode(release: Data) -> str:
    """Write a release as JSON: one record a line, so that differences read well."""
    lines = []
    for key, value in release.items():
        if isinstance(value, list):
            rows = ",\n".join(_line(row) for row in value)
            lines.append(f'"{key}": [\n{rows}\n]')
        else:
            lines.append(f'"{key}": {_line(value)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def current() -> Data:
    """Return the release that ships in this package."""
    return read_json(NAME)


def _line(value: Data) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _hash(release: Data) -> str:
    text = json.dumps(release, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def by_id(rows: Iterable[Data]) -> dict[str, Data]:
    """Index records by id."""
    return {row["id"]: row for row in rows}
