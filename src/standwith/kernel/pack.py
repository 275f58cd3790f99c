"""The core's only reader of the reviewed data that ships in the package."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from standwith.kernel.collector import at_rest
from standwith.kernel.document import Data, Document, read_document

_ROOT = files("standwith").joinpath("data")


def read_bytes(name: str) -> bytes:
    """Return the bytes of a data file, such as ``places/states.json``.

    Raises:
        FileNotFoundError: there is no such file in the package.
    """
    return _ROOT.joinpath(*name.split("/")).read_bytes()


@cache
def read_json(name: str) -> Data:
    """Return the value of a JSON file; the same object each time: do not change it."""
    return parse_json(read_bytes(name))


def parse_json(raw: bytes) -> Data:
    """Parse JSON with the cyclic collector at rest: what is parsed holds no cycle."""
    with at_rest():
        return json.loads(raw)


def read_yaml(name: str) -> Document:
    """Return a YAML file with the place of each value."""
    return read_document(read_bytes(name), name)


def names(folder: str, suffix: str = ".yaml") -> tuple[str, ...]:
    """List the files of a folder by path, sorted."""
    found = [entry.name for entry in _ROOT.joinpath(*folder.split("/")).iterdir()]
    return tuple(sorted(f"{folder}/{name}" for name in found if name.endswith(suffix)))
