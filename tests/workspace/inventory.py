"""Every way into the workspace, generated from its paths: what the policy tests walk over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from tests.workspace.conftest import World

REGISTER = (
    "list",
    "families",
    "secret list",
    "person",
    "secret person",
    "statement",
    "pair",
    "recognition",
    "measure",
    "notice",
    "secret measure",
    "involvement",
    "relation",
    "secret relation",
    "edition",
    "secret edition",
    "help",
    "secret help",
)
QUERIES = ("", "q=tri", "q=bel", "q=a", "state=open", "fact=torture", "value=true", "country=BY")
# Queries that one list alone knows.
MORE = {
    "/registry/": ("q=李", "q=敏", "q=iv", "status=joined", "source=court"),
    "/registry/map": ("status=held", "source=court&country=BY"),
    "/registry/timeline": ("q=李", "status=joined", "source=court"),
    "/registry/acts/": ("q=李", "source=court"),
    "/registry/figures": ("year=2023", "year=2023&known=2024-06-01&unsure=out"),
    "/registry/figures/persons": ("day=2024-01-01&country=BY", "year=2023"),
    "/registry/figures.json": ("year=2023",),
}


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
    suffixes = {"report-": ["json"], "<paper>": ["pdf"]}.get(
        next((part for part in ("report-", "<paper>") if part in plain), ""), suffixes
    )
    choices = {
        "identifier": _identifiers(plain, world),
        "suffix": suffixes,
        "code": ["G-06"],
        "person": [world.people["ally"]],
        "seq": ["60"],
        "token": ["none"],
        "key": ["protest-movement"],
        "mark": ["0123456789abcdef"],
        "language": ["en"],
        "paper": ["memo"],
    }
    filled = [plain]
    for name in re.findall(r"<(\w+)>", plain):
        filled = [p.replace(f"<{name}>", value, 1) for p in filled for value in choices[name]]
    yield from (f"/{path}" for path in filled)


# Paths whose records are of one kind; other records are asked for by the paths of persons.
_OF = {
    "registry/editions/": "edition",
    "registry/lists/": "list",
    "registry/pairs/": "pair",
    "registry/measures/": "measure",
    "registry/involvements/": "involvement",
    "registry/relations/": "relation",
    "help/": "help",
}


def _identifiers(plain: str, world: World) -> list[str]:
    """Name records for a path: those of the registry for its paths, the others for the rest."""
    told = [world.records[name] for name in REGISTER]
    for begin, name in _OF.items():
        if plain.startswith(begin):
            return [world.records[key] for key in REGISTER if name in key]
    if plain.startswith("registry/"):
        return told
    rest = [
        value
        for name, value in world.records.items()
        if name not in REGISTER and not name.startswith(("person ", "pair "))
    ]
    more = told if plain.startswith("account/") else []
    return [*rest, *more, *world.compartments.values(), "G-06"]


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
    found += [Way(path, f"{path}?{query}") for path, queries in MORE.items() for query in queries]
    return found
