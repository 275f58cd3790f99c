"""Checks that keep the catalogue complete and honest; they run in CI over the YAML records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from standwith.assess.form import check_form
from standwith.assess.problem import Findings
from standwith.choose import lint_text
from standwith.choose.release import FOLDERS, compile_release, current, encode
from standwith.kernel.document import Data
from standwith.kernel.ids import CRITERION
from standwith.kernel.pack import names, read_bytes, read_yaml
from standwith.kernel.source import line_numbers

_SCHEMAS = {
    "actions": "action",
    "criteria": "criterion",
    "statistics": "statistic",
    "definitions": "definition",
    "evidence": "evidence",
}


@dataclass(frozen=True, slots=True, order=True)
class Lint:
    """One finding: number of the check, record, and what to mend."""

    check: int
    record: str
    message: str


Check = Callable[[Data], Iterator[Lint]]


def lint(
    texts: dict[str, list[str]] | None = None, unreachable: Iterable[tuple[str, str]] = ()
) -> tuple[Lint, ...]:
    """Run all checks over the records.

    ``texts`` holds the lines of each source, if at hand; ``unreachable`` is what ``reach`` found.
    """
    form = tuple(_form())
    if form:
        return form
    release = compile_release()
    checks: tuple[Check, ...] = (
        _covered,
        _sourced,
        _tiers,
        _resolve,
        _acyclic,
        _issued,
        lambda r: (Lint(*row) for row in lint_text.copied(r)),
        lambda r: (Lint(*row) for row in lint_text.translated(r)),
        lambda r: (Lint(*row) for row in lint_text.readable(r)),
        lambda r: (Lint(*row) for row in lint_text.spans(r, texts or {})),
        _definitions,
        _fresh,
        lambda _: (Lint(8, *row) for row in unreachable),
    )
    return tuple(sorted(found for check in checks for found in check(release)))


def unfit(release: Data) -> tuple[Lint, ...]:
    """List what must be mended before records may be compiled: form, ids, circles."""
    form = tuple(_form())
    return form or tuple(sorted((*_resolve(release), *_acyclic(release))))


def _form() -> Iterator[Lint]:
    for folder in FOLDERS:
        for name in names(f"catalogue/{folder}"):
            findings = Findings(read_yaml(name))
            check_form(findings, _SCHEMAS[folder])
            for problem in findings.problems:
                yield Lint(0, name, problem.sentence(name))


def _covered(release: Data) -> Iterator[Lint]:
    """1: every line of the sources that carries an action has one."""
    held = {
        (cited["source"], line)
        for row in release["actions"]
        for cited in row["sources"]
        for line in line_numbers(cited["lines"])
    }
    for source in release["sources"]:
        for line in source["items"]:
            if (source["id"], line) not in held:
                yield Lint(
                    1, source["id"], f"line {line} carries an action, but no record cites it"
                )


def _sourced(release: Data) -> Iterator[Lint]:
    """2: no record without a source; evidence of the editors alone is exempt and says so."""
    for folder in FOLDERS:
        for row in release[folder]:
            if not row["sources"] and row.get("checked") != "editorial":
                yield Lint(2, row["id"], "no source is cited")


def sourced_share(release: Data) -> float:
    """Return the share of the six coded fields and the paraphrase that a source states itself."""
    stated = {source["id"]: set(source["fields_from_source"]) for source in release["sources"]}
    fields = ("paraphrase", "where", "who", "target", "nature", "goals", "phases")
    rows = release["actions"]
    total = sum(len(stated[row["sources"][0]["source"]] & set(fields)) for row in rows)
    return float(total / (len(rows) * len(fields)))


def _tiers(release: Data) -> Iterator[Lint]:
    """3: T2 and T3 name their legal basis, T3 its lawful substitute."""
    for row in release["actions"]:
        if row["tier"] in {"T2", "T3"} and not row["legal_basis"]:
            yield Lint(3, row["id"], f"tier {row['tier']} needs a legal basis")
        if row["tier"] == "T3" and not row["substitute"]:
            yield Lint(3, row["id"], "tier T3 needs a lawful substitute")
        if row["tier"] != "T3" and row["substitute"]:
            yield Lint(3, row["id"], "only tier T3 has a substitute")


def _resolve(release: Data) -> Iterator[Lint]:
    """4: every id that a record names is there."""
    known = _known(release)
    for row in release["actions"]:
        for kind, name in _named(row):
            if name not in known[kind] and not (kind == "gates" and CRITERION.fullmatch(name)):
                yield Lint(4, row["id"], f"{name!r} is not among the {kind}")


def _known(release: Data) -> dict[str, set[str]]:
    return {
        "actions": {row["id"] for row in release["actions"]},
        "evidence": {row["id"] for row in release["evidence"]},
        "facts": {row["id"] for row in release["facts"]} | {"always", "never"},
        "gates": {row["code"] for row in release["gates"]},
        "legal": {row["code"] for row in release["legal_bases"]},
    }


def _named(row: Data) -> Iterator[tuple[str, str]]:
    relations = row["relations"]
    for item in row["preconditions"]:
        yield "gates", item["gate"]
    for code in row["legal_basis"]:
        yield "legal", code
    for fact in row["apt_when"]:
        yield "facts", fact
    for key in (*row["evidence"]["for"], *row["evidence"]["against"]):
        yield "evidence", key
    others = [*relations["requires"], *relations["overlaps"], *relations["parts"]]
    others += [item["action"] for item in relations["conflicts"]]
    others += (row["substitute"] or {"actions": []})["actions"]
    for other in others:
        yield "actions", other


def _acyclic(release: Data) -> Iterator[Lint]:
    """5: what an action requires never leads back to it."""
    needs = {row["id"]: row["relations"]["requires"] for row in release["actions"]}
    for start, direct in needs.items():
        seen: set[str] = set()
        stack = list(direct)
        while stack:
            name = stack.pop()
            if name == start:
                yield Lint(
                    5, start, f"{start} requires itself, by {', '.join(sorted(seen)) or start}"
                )
                break
            if name not in seen:
                seen.add(name)
                stack += needs.get(name, [])


def _issued(release: Data) -> Iterator[Lint]:
    """6: ids are never reused; a revoked id stays as a tombstone."""
    issued = set(read_yaml("catalogue/ids.yaml").data["issued"])
    held = {row["id"] for folder in FOLDERS for row in release[folder]}
    for name in sorted(issued - held):
        yield Lint(6, name, "was issued, but its record is gone; keep it with status revoked")
    for name in sorted(held - issued):
        yield Lint(6, name, "is not in ids.yaml; add it there")


def _definitions(release: Data) -> Iterator[Lint]:
    """12: nothing in draft, file names are ids, all definitions are there."""
    if len(release["definitions"]) != 21:
        yield Lint(12, "definitions", "21 definitions are expected")
    for folder in FOLDERS:
        for row in release[folder]:
            if row.get("status") == "draft":
                yield Lint(12, row["id"], "is a draft; a release holds none")
        stems = {
            name.rsplit("/", 1)[1].removesuffix(".yaml") for name in names(f"catalogue/{folder}")
        }
        for name in sorted(stems ^ {row["id"] for row in release[folder]}):
            yield Lint(12, name, "file name and id differ")


def _fresh(release: Data) -> Iterator[Lint]:
    """The compiled release is that of the records."""
    if encode(release).encode() != read_bytes("catalogue/release.json"):
        now = current()["content_sha256"][:12]
        yield Lint(13, "release.json", f"is stale ({now}); run `standwith catalogue build`")
