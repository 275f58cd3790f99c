"""`standwith registry`: lists of prisoners in, figures out, with everything that was odd kept."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standwith.cli.bring import bring_list
from standwith.cli.edition import render_edition, write_report
from standwith.cli.imports import (
    check_sources,
    joined,
    known_then,
    read_day,
    read_edition,
    read_import,
    read_labels,
)
from standwith.cli.output import BadInput, formats, output_option, write

if TYPE_CHECKING:
    from standwith.account.registry.staging import Staged
    from standwith.account.registry.synthetic import World
    from standwith.ingest.batch import Batch
    from standwith.ingest.sheet import Sheet


@click.group()
def registry() -> None:
    """Bring in lists of prisoners, and work out figures that can be proved."""


@registry.command("synthesize")
@click.option("--persons", type=click.IntRange(1, 2_000_000), default=500, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="A new folder."
)
def synthesize_lists(persons: int, seed: int, output: Path) -> None:
    """Make three overlapping, dirty lists of invented persons, and the truth about them.

    The lists write names in several scripts and days in several calendars, and have the faults of
    real ones. truth.csv says which person each row is, persons.csv what befell them.
    """
    from numpy.random import PCG64, Generator

    from standwith.account.registry.synthetic import synthesize

    if output.exists():
        raise BadInput(f"{output} is there already; name a new folder")
    world = synthesize(persons, Generator(PCG64(seed)))
    try:
        _write_world(world, output)
    except OSError as error:
        raise BadInput(f"{output}: {error.strerror}; choose another place for it") from error
    rows = sum(map(len, world.lists.values()))
    click.echo(f"{persons:,} invented persons, {rows:,} rows of 3 lists; written to {output}.")


def _write_world(world: World, output: Path) -> None:
    output.mkdir(parents=True)
    for name, rows in world.lists.items():
        (output / f"{name}.csv").write_text(_csv(rows), "utf-8")
    truth = [{"unique_id": f"{name}:{key}", "person": person}
             for (name, key), person in world.truth.items()]  # fmt: skip
    (output / "truth.csv").write_text(_csv(truth), "utf-8")
    people = [
        {"person": one.id, "born": str(one.born), "arrested": str(one.arrested),
         "ended": str(one.ended or ""), "end": str(one.end or "")} for one in world.persons
    ]  # fmt: skip
    (output / "persons.csv").write_text(_csv(people), "utf-8")


def _csv(rows: Sequence[Mapping[str, str]]) -> str:
    out = StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@registry.command("import")
@click.argument("register", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--source", required=True, metavar="NAME", help="Whose list it is.")
@click.option("--country", required=True, metavar="CODE", help="Country of custody, as BY.")
@click.option("--on", metavar="DATE", help="Day of the list.  [default: today]")
@click.option("--mapping", type=click.Path(path_type=Path), help="A mapping.json saved before.")
@click.option("--encoding", default="", help="Of the text, where the file does not tell it.")
@click.option("--before", type=click.Path(path_type=Path), help="The import before this one.")
@click.option("--claimed", type=click.IntRange(0), help="How many rows the source claims.")
@click.option("--anyway", metavar="REASON", help="Import although a gate stops it, and say why.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="A new folder."
)
def import_list(
    register: Path,
    source: str,
    country: str,
    on: str | None,
    mapping: Path | None,
    encoding: str,
    before: Path | None,
    claimed: int | None,
    anyway: str | None,
    output: Path,
) -> None:
    """Import FILE into a new folder: CSV, XLSX, JSON, FollowTheMoney, PDF, YAML in ZIP or a folder.

    Every row is kept as it came, with what is odd in it. Nobody is merged, a term that is over is
    no release, and who is no longer listed is not free. To take an import back, remove its folder.
    """
    known = read_day(on)
    _names(source, country)
    sheet, old = _sheet(register, encoding), read_import(before) if before else None
    if old is not None and (old.receipt["source"] != source or old.known > known):
        raise BadInput(f"{before}: a list of another source, or a later one")
    staged = _staged(sheet, mapping, known)
    told = {"source": source, "country": country, "known": known.isoformat(),
            "file": register.name, "sha256": _hash(register), "encoding": sheet.encoding,
            "anyway": anyway or ""} | _checked(staged, old, claimed)  # fmt: skip
    failed = [f"{gate['id']}: {gate['detail']}" for gate in told["gates"] if not gate["passed"]]
    if failed and not anyway:
        raise BadInput(f"{register.name}: not imported. {'; '.join(failed)}")
    _write_batch(output, staged, told, old)
    click.echo(_summary(told, output))


def _names(source: str, country: str) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", source) or not re.fullmatch("[A-Z]{2}", country):
        raise BadInput("--source is small letters, digits and hyphens, --country two capitals")


def _sheet(path: Path, encoding: str) -> Sheet:
    from standwith.account.registry.mapping import UnusableRegister
    from standwith.ingest.register import read_register

    click.echo(f"reading {path.name} ...", err=True)
    try:
        return read_register(path, encoding)
    except UnusableRegister as error:
        raise BadInput(str(error)) from error
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from error


def _staged(sheet: Sheet, mapping: Path | None, known: date) -> Staged:
    from standwith.account.registry.mapping import UnusableRegister, propose, read_map
    from standwith.account.registry.staging import stage

    try:
        if mapping is None:
            held = propose(sheet.head)
        else:
            held = read_map(mapping.read_text("utf-8"), sheet.head)
    except UnusableRegister as error:
        raise BadInput(f"{mapping}: {error}" if mapping else str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{mapping}: cannot be read ({error})") from error
    click.echo(f"staging {len(sheet.rows):,} rows ...", err=True)
    return stage(sheet.rows, held, known, sheet.lost)


def _checked(staged: Staged, old: Batch | None, claimed: int | None) -> dict[str, Any]:
    from standwith.account.registry.intake import Limits, difference, gates, receipt, texts_of
    from standwith.ingest.batch import read_texts

    before = None if old is None else read_texts(old.place)
    checks = gates(staged, Limits(claimed=claimed), before)
    found = None if before is None else difference(before, texts_of(staged))
    return receipt(staged, checks, {}, found)


def _hash(path: Path) -> str:
    if path.is_dir():
        parts = sorted(one for one in path.rglob("*") if one.is_file())
        lines = [f"{_hash(one)}  {one.relative_to(path)}\n" for one in parts]
        return hashlib.sha256("".join(lines).encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_batch(output: Path, staged: Staged, told: dict[str, Any], old: Batch | None) -> None:
    from standwith.account.registry.mapping import UnusableRegister
    from standwith.account.registry.promotion import absent, promote
    from standwith.ingest.batch import write_batch

    known = date.fromisoformat(told["known"])
    persons, episodes = promote(staged.observations, told["source"], told["country"], known)
    listed = frozenset(person.id for person in persons)
    if old is not None:
        missing = absent(old.episodes, listed, told["source"], known)
        gone = frozenset(one.person for one in missing)
        persons = (*persons, *(one for one in old.persons if one.id in gone))
        episodes = (*episodes, *missing)
        told["no_longer_listed"] = len(missing)
    try:
        write_batch(output, staged, told, (persons, episodes))
    except UnusableRegister as error:
        raise BadInput(str(error)) from error
    except OSError as error:
        raise BadInput(f"{output}: {error.strerror}; choose another place for it") from error


def _summary(told: Mapping[str, Any], output: Path) -> str:
    lines = [(f"{told['rows']:,} rows: {told['staged']:,} imported, "
             f"{told['quarantined']:,} quarantined.")]  # fmt: skip
    lines += [f"  {code} {number:,}" for code, number in told["anomalies"].items()]
    if "against_the_list_before" in told:
        held = told["against_the_list_before"]
        lines.append(
            f"Against the list before: {held['added']:,} added, {held['removed']:,} no "
            f"longer listed, {held['changed']:,} changed, {held['same']:,} the same."
        )
    if told["columns_left"]:
        lines.append(f"Columns kept raw: {', '.join(told['columns_left'])}.")
    return "\n".join([*lines, f"Written to {output}."])


@registry.command("statistics")
@click.argument("imports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--year", type=click.IntRange(1900, 2100), required=True)
@click.option("--as-of", metavar="DATE", help="Use what was known on this day.  [default: today]")
@click.option("--without-unsure", is_flag=True,
              help="Leave out of the headline those of whom nobody knows.")  # fmt: skip
@click.option("--persons", type=click.Path(path_type=Path, file_okay=False),
              help="A folder of `standwith linkage link`: who is one person.")  # fmt: skip
@click.option("--distinct", is_flag=True, help="Nobody is on two of the lists.")
@click.option("--edition", type=click.Path(path_type=Path, dir_okay=False),
              help="The JSON of the year before: its figures must be explained.")  # fmt: skip
@formats(("text", "json"))
@output_option
def statistics(
    imports: tuple[Path, ...],
    year: int,
    as_of: str | None,
    without_unsure: bool,  # noqa: FBT001 - a flag of the command
    persons: Path | None,
    distinct: bool,  # noqa: FBT001 - a flag of the command
    edition: Path | None,
    form: str,
    output: Path | None,
) -> None:
    """Work out the figures of a year from one or more IMPORTS, each with its bounds.

    Lists of several sources need --persons or --distinct, for a person on two lists is one person.
    Exits 1 where a figure of the edition before is not explained by the flows: a residual.
    """
    from standwith.account.registry.annual import Asked, annual

    known = read_day(as_of)
    printed, then = read_edition(edition, year) if edition else (None, None)
    if then is not None and then > known:
        raise BadInput(f"{edition}: made from what was known on {then}, after {known}")
    asked = Asked(year, known, not without_unsure, printed, then)
    batches = [read_import(place) for place in imports]
    check_sources(batches, told=distinct or persons is not None)
    found = annual(joined(known_then(batches, known), read_labels(persons)), asked)
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    write(text if form == "json" else _told(found), output)
    if not found["publishable"]:
        raise SystemExit(1)


def _told(found: Mapping[str, Any]) -> str:
    from standwith.publish.registry import annual_text

    return annual_text(found)


registry.add_command(bring_list)
registry.add_command(write_report)
registry.add_command(render_edition)
