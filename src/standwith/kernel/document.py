"""YAML documents whose every value knows its line and column, read without trusting the writer.

Refused before anything is built: more than two megabytes, aliases and anchors (the means of a
YAML bomb), a key given twice, keys that are no text, and more than one document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

LIMIT = 2_000_000
DEEPEST = 40

Path = tuple[str | int, ...]
Data: TypeAlias = Any  # what YAML and JSON hold: checked by schemas, not by types

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line and a column of a file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """The data of a YAML file, and where each path of it stands."""

    name: str
    data: Data
    places: dict[Path, Place]

    def place(self, path: Path) -> Place:
        """Find where a path stands; of a missing path, where its nearest parent stands."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(1, 1))


class UnreadableDocument(ValueError):  # noqa: N818 - named for the situation
    """A file is no YAML document that may be read; the message says where and how to mend it."""

    def __init__(self, name: str, place: Place, problem: str) -> None:
        self.place = place
        self.problem = problem
        super().__init__(f"{name}, line {place.line}, column {place.column}: {problem}")


def read_document(raw: bytes, name: str) -> Document:
    """Read one YAML document.

    Raises:
        UnreadableDocument: see the head of this module.
    """
    if len(raw) > LIMIT:
        size = f"the file has {len(raw) / 1e6:.1f} MB, and at most {LIMIT / 1e6:.0f} MB are read"
        raise UnreadableDocument(name, Place(1, 1), f"{size}; split it, or drop what is no claim")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problem = "this is not UTF-8; save the file with that encoding"
        raise UnreadableDocument(name, Place(line, 1), problem) from error
    node = _compose(text, name)
    builder = _Builder(name)
    data = builder.build(node, ()) if node else None
    return Document(name, data, builder.places)


def _compose(text: str, name: str) -> yaml.Node | None:
    loader = _LOADER(text)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                problem = "anchors and aliases (& and *) are not read; write the value out"
                raise UnreadableDocument(name, _mark(event.start_mark), problem)
        return loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        problem = f"this is not YAML: {error.problem or error.context}; check indentation, quotes"
        raise UnreadableDocument(name, _mark(error.problem_mark), problem) from error
    except yaml.YAMLError as error:
        problem = f"this is not YAML: {str(error).splitlines()[0]}"
        raise UnreadableDocument(name, Place(1, 1), problem) from error
    except RecursionError as error:
        problem = "the lists are nested too deeply; a case needs four levels at most"
        raise UnreadableDocument(name, Place(1, 1), problem) from error
    finally:
        loader.dispose()


def _mark(mark: Data) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


class _Builder:
    """Turns nodes into data, and notes where each value stands."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[Path, Place] = {}

    def build(self, node: yaml.Node, path: Path) -> Data:
        """Build the value of a node, and of all nodes below it."""
        self.places[path] = _mark(node.start_mark)
        if len(path) > DEEPEST:
            problem = f"nested deeper than {DEEPEST} levels; flatten it"
            raise UnreadableDocument(self.name, self.places[path], problem)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, i)) for i, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str):
                problem = "a key must be one word or text; put lists and mappings on the right"
                raise UnreadableDocument(self.name, _mark(key_node.start_mark), problem)
            if key in result:
                problem = f"the key {key!r} stands here a second time; keep one of the two"
                raise UnreadableDocument(self.name, _mark(key_node.start_mark), problem)
            result[key] = self.build(value_node, (*path, key))
        return result


_PLAIN = {"true": True, "True": True, "false": False, "False": False}
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_NULL = frozenset({"null", "~", ""})


def _scalar(node: Data) -> Data:
    """Read booleans, null and plain numbers; all else, dates too, stays text as written."""
    value = node.value
    if node.style in {"'", '"', "|", ">"}:
        return value
    if value in _NULL:
        return None
    if value in _PLAIN:
        return _PLAIN[value]
    if _DECIMAL.fullmatch(value):
        return float(value)
    return int(value) if _WHOLE.fullmatch(value) else value
