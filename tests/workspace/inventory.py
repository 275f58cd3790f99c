"""Every way into the workspace, generated from its paths: what the policy tests walk over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from tests.workspace.conftest import World

QUERIES = ("", "q=tri", "q=bel", "q=a", "state=open", "fact=torture", "value=true", "country=BY")


@dataclass(frozen=True)
class Way:
    """A path with its parameters filled in, and how it is asked."""

    name: str
    path: str
    headers: tuple[tuple[str, str], ...] = ()


def patterns(resolver: URLResolver | None = None, begin: str = "") -> Iterator[tuple[str, str]]:
    """List all paths as (name, pattern)."""
    for item in (resolver or get_resolver()).url_patterns:
        whole = begin + str(item.pattern).lstrip("^")
        if isinstance(item, URLResolver):
            yield from patterns(item, whole)
        elif isinstance(item, URLPattern):
            yield item.name or whole, whole


def fill(pattern: str, world: World) -> Iterator[str]:
    """Fill the parameters of a pattern with every record there is."""
    plain = re.sub(r"\(\?P<(\w+)>(?:\[\^/\]\+|[^()]*)\)", r"<\1>", pattern)
    plain = re.sub(r"<\w+:(\w+)>", r"<\1>", plain).replace("\\.", ".").rstrip("$")
    suffixes = ["json", "csv"] if "brief" not in plain else ["json", "html"]
    choices = {
        "identifier": [*world.records.values(), *world.compartments.values(), "G-06"],
        "suffix": suffixes,
        "code": ["G-06"],
        "person": [world.people["ally"]],
        "seq": ["60"],
        "token": ["none"],
        "key": ["protest-movement"],
        "mark": ["0123456789abcdef"],
    }
    filled = [plain]
    for name in re.findall(r"<(\w+)>", plain):
        filled = [p.replace(f"<{name}>", value, 1) for p in filled for value in choices[name]]
    yield from (f"/{path}" for path in filled)


def ways(world: World) -> list[Way]:
    """List every way to read: each path, each record, each query of a list."""
    found = []
    for name, pattern in patterns():
        for path in fill(pattern, world):
            listed = path.endswith(("/", ".csv", ".json", "list", "search")) and "<" not in path
            for query in QUERIES if listed and path.count("-") < 4 else ("",):
                whole = f"{path}?{query}" if query else path
                found.append(Way(name, whole))
                if listed and not query:
                    found.append(Way(name, whole, (("HX-Request", "true"),)))
    return found
