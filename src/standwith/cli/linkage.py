"""`standwith linkage`: who is the same person on several lists, and how sure that is."""

from __future__ import annotations

import csv
import hashlib
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standwith.cli.inputs import read_bytes
from standwith.cli.output import BadInput, formats, output_option, write

if TYPE_CHECKING:
    from standwith.account.linkage.partition import Draws
    from standwith.account.linkage.weigh import Record
    from standwith.engine.linkage.folder import Folder
    from standwith.engine.linkage.link import Linked, Manner

LIMIT = 500_000_000


@click.group()
def linkage() -> None:
    """Find who is the same person on several lists, with reasons, and how sure that is."""


@linkage.command("link")
@click.argument("lists", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--single", multiple=True, metavar="LIST", help="A list that has nobody twice.")
@click.option(
    "--column",
    multiple=True,
    metavar="FIELD=HEAD",
    help="The head of a column: name, born, sex, happened, place, code, id, given, family.",
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "plain", "duckdb", "spark"]),
    default="auto",
    show_default=True,
    help="auto: plain (fixed weights) to 5,000 records, duckdb (learned) beyond.",
)
@click.option("--model", type=click.Path(path_type=Path), help="A settings file learned before.")
@click.option("--decisions", type=click.Path(path_type=Path), help="What was decided of pairs.")
@click.option("--draws", type=click.IntRange(0, 1000), default=200, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="A new folder."
)
def link_lists(
    lists: tuple[Path, ...],
    single: tuple[str, ...],
    column: tuple[str, ...],
    engine: str,
    model: Path | None,
    decisions: Path | None,
    draws: int,
    seed: int,
    output: Path,
) -> None:
    """Link LISTS, CSV files with one record in each row, and write persons to a new folder.

    The list is called as its file. Draws of who is who carry how unsure the linkage is into
    `standwith undercount average`; 0 makes none.
    """
    _need_packages(*(["pyspark"] if engine == "spark" else []))
    raw = {path: read_bytes(path, LIMIT) for path in lists}
    if len({path.stem for path in lists}) < len(lists):
        raise BadInput("two files have the same name, and the name is the list's; rename one")
    records = _records(raw, _columns(column))
    kept = b"" if decisions is None else read_bytes(decisions, LIMIT)
    linked = _linked(records, frozenset(single), kept, _manner(engine, model, seed))
    hashes = {path.name: hashlib.sha256(data).hexdigest() for path, data in raw.items()}
    held = {"seed": seed, "inputs_sha256": hashes}
    _write(output, linked, _drawn(linked, draws, seed), held, kept)
    click.echo(_summary(linked, output))


def _need_packages(*more: str) -> None:
    needed = ("numba", "duckdb", "splink", "pyarrow", *more)
    missing = [name for name in needed if find_spec(name) is None]
    if missing:
        extra = "linkage,spark" if more else "linkage"
        raise BadInput(f"this needs {', '.join(missing)}; run: pip install 'standwith[{extra}]'")


def _columns(given: tuple[str, ...]) -> dict[str, str]:
    from standwith.account.linkage.lists import HEADS

    found = dict[str, str]()
    for text in given:
        field, equals, head = text.partition("=")
        if not equals or field not in HEADS:
            raise BadInput(f"--column {text}: write FIELD=HEAD, FIELD one of {', '.join(HEADS)}")
        found[field] = head
    return found


def _records(raw: dict[Path, bytes], columns: dict[str, str]) -> list[Record]:
    from standwith.account.linkage.cluster import UnusableLinks
    from standwith.account.linkage.lists import read_list

    found = list["Record"]()
    for path, data in raw.items():
        try:
            found += read_list(path.stem, data.decode("utf-8"), columns)
        except UnusableLinks as error:
            raise BadInput(str(error)) from error
        except UnicodeDecodeError as error:
            raise BadInput(f"{path}: no UTF-8 text ({error.reason}); save it as UTF-8") from error
    return found


def _manner(engine: str, model: Path | None, seed: int) -> Manner:
    from standwith.engine.linkage.link import Manner

    if model is None:
        return Manner(engine, None, seed)
    if engine == "plain":
        raise BadInput("a settings file goes with --engine duckdb or spark, not with plain")
    from standwith.account.linkage.cluster import UnusableLinks
    from standwith.engine.linkage.model import read

    try:
        return Manner(engine, read(read_bytes(model, LIMIT).decode("utf-8", "replace")), seed)
    except UnusableLinks as error:
        raise BadInput(f"{model}: {error}") from error


def _linked(records: list[Record], single: frozenset[str], kept: bytes, manner: Manner) -> Linked:
    from standwith.account.linkage.cluster import UnusableLinks
    from standwith.account.linkage.decisions import read_decisions
    from standwith.account.linkage.review import standing
    from standwith.engine.linkage.link import link

    try:
        stands = standing(read_decisions(kept.decode("utf-8", "replace")))
        return link(records, single=single, stands=stands, manner=manner, tell=_tell)
    except UnusableLinks as error:
        raise BadInput(str(error)) from error


def _tell(text: str) -> None:
    click.echo(f"{text} ...", err=True)


def _drawn(linked: Linked, count: int, seed: int) -> Draws | None:
    if not count:
        return None
    from numpy.random import PCG64, Generator

    from standwith.account.linkage.partition import MOST, Known, draw

    if len(linked.records) > MOST:
        _tell(f"no draws: {len(linked.records):,} records, and draws are made of {MOST:,} at most")
        return None
    _tell(f"drawing who is who, {count} times")
    rng = Generator(PCG64(seed))
    known = Known(linked.prior)
    where, single = linked.where(), linked.single
    return draw(where, linked.links, rng, single=single, count=count, known=known)


def _write(
    output: Path, linked: Linked, drawn: Draws | None, held: dict[str, Any], kept: bytes
) -> None:
    from standwith.account.linkage.cluster import UnusableLinks
    from standwith.engine.linkage.folder import write_folder

    try:
        write_folder(output, linked, drawn, held, kept)
    except UnusableLinks as error:
        raise BadInput(str(error)) from error
    except OSError as error:
        raise BadInput(f"{output}: {error.strerror}; choose another place for it") from error


def _summary(linked: Linked, output: Path) -> str:
    persons = linked.clusters.persons
    several = sum(len(person) > 1 for person in persons)
    whole = f"{len(linked.records):,} records of {len(linked.lists)} lists"
    found = f"{len(persons):,} persons ({several:,} of several records)"
    lines = [f"{whole} are {found}, by {linked.engine} weights."]
    if linked.clusters.refused:
        lines.append(
            f"{len(linked.clusters.refused):,} likely pairs were kept apart; see pairs.csv."
        )
    return "\n".join([*lines, f"Written to {output}."])


@linkage.command("review")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--count", type=click.IntRange(1), default=20, show_default=True)
@click.option("--same", nargs=2, metavar="LEFT RIGHT", help="Decide: one person.")
@click.option("--different", nargs=2, metavar="LEFT RIGHT", help="Decide: two persons.")
@click.option("--reopen", nargs=2, metavar="LEFT RIGHT", help="Take a decision back.")
@click.option("--by", metavar="NAME", help="Who decides.")
@click.option("--reason", metavar="TEXT", help="Why.")
@formats(("text", "json"))
@output_option
def review(
    folder: Path,
    count: int,
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    reopen: tuple[str, str] | None,
    by: str | None,
    reason: str | None,
    form: str,
    output: Path | None,
) -> None:
    """List the pairs of a linked FOLDER that a person should look at, or decide one of them.

    A decision is added to decisions.csv in the folder, and counts when the lists are linked again
    with --decisions; a later one of the same pair stands in its place.
    """
    asked = [(pair, word) for pair, word in ((same, "same"), (different, "different"),
                                             (reopen, "open")) if pair]  # fmt: skip
    _need_packages()
    held = _opened(folder)
    if asked:
        if len(asked) > 1 or not by or not reason:
            raise BadInput("decide one pair at a time, and say --by and --reason")
        _decide(held, *asked[0], by, reason)
        click.echo(f"added to {folder / 'decisions.csv'}; link again with --decisions to apply it")
        return
    found = _told(held, count)
    write(_encode(found) if form == "json" else _questions(found), output)


def _opened(folder: Path) -> Folder:
    from standwith.account.linkage.cluster import UnusableLinks
    from standwith.engine.linkage.folder import read_folder

    try:
        return read_folder(folder)
    except UnusableLinks as error:
        raise BadInput(str(error)) from error


def _decide(held: Folder, pair: tuple[str, str], word: str, by: str, reason: str) -> None:
    from standwith.account.linkage.decisions import WORDS, written
    from standwith.account.linkage.review import Decision

    known = held.records()
    unknown = [record for record in pair if record not in known]
    if unknown or pair[0] == pair[1]:
        raise BadInput(f"{(unknown or pair)[0]!r}: name two different records of the folder")
    try:
        with (held.place / "decisions.csv").open("a", encoding="utf-8", newline="") as file:
            file.write(written(Decision(*pair, WORDS[word], by, reason)))
    except OSError as error:
        raise BadInput(f"{held.place}: {error.strerror}; nothing was decided") from error


def _told(held: Folder, count: int) -> list[dict[str, Any]]:
    """Write the open questions with both records, and what speaks for and against."""
    from standwith.account.linkage.cluster import UnusableLinks
    from standwith.account.linkage.review import queue

    try:
        found = queue(held.draws(), held.links(), count=count)
    except UnusableLinks as error:
        raise BadInput(str(error)) from error
    records = held.records()
    pairs = {(row["unique_id_l"], row["unique_id_r"]): row for row in held.rows("pairs.csv")}
    return [
        {"left": records[q.left], "right": records[q.right], "together": round(q.together, 4),
         "bits": round(q.bits, 4), "records": q.records,
         "parts": {name: float(value) for name, value in list(pairs[q.left, q.right].items())[5:]
                   if value}}
        for q in found
    ]  # fmt: skip


def _encode(found: object) -> str:
    from standwith.publish.plain import encode

    return encode(found)


def _questions(found: list[dict[str, Any]]) -> str:
    if not found:
        return "No pair is open: every draw agrees on who is who.\n"
    lines = list[str]()
    for number, item in enumerate(found, start=1):
        lines.append(f"{number}. one person in {item['together']:.0%} of draws"
                     f" ({item['records']} records hang on it)")  # fmt: skip
        for side in ("left", "right"):
            record = item[side]
            rest = "; ".join(f"{key} {value}" for key, value in record.items() if value and
                             key not in {"id", "name"})  # fmt: skip
            lines.append(f"   {record['id']}: {record['name'] or 'no name'}; {rest}")
        if item["parts"]:
            told = ", ".join(f"{name} {value:+.1f}" for name, value in item["parts"].items())
            lines.append(f"   {told}")
    return "\n".join(lines) + "\n"


@linkage.command("evaluate")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--truth", type=click.Path(path_type=Path), help="CSV: unique_id, person.")
@click.option("--sample", type=click.Path(path_type=Path), help="CSV of persons drawn by chance.")
@formats(("text", "json"))
@output_option
def evaluate(
    folder: Path, truth: Path | None, sample: Path | None, form: str, output: Path | None
) -> None:
    """Measure a linked FOLDER against the truth, or against a sample of true persons.

    Both files have the columns unique_id and person. The truth names every record; a sample has
    all records of persons who were drawn evenly among persons.
    """
    if (truth is None) == (sample is None):
        raise BadInput("give --truth or --sample")
    _need_packages()
    labels = _opened(folder).labels()
    found = _against(labels, truth) if truth else _sampled(labels, sample or Path())
    write(_encode(found) if form == "json" else _measures(found), output)


def _against(labels: dict[str, str], path: Path) -> dict[str, Any]:
    from standwith.account.linkage.cluster import UnusableLinks
    from standwith.account.linkage.evaluate import evaluate as measure

    try:
        found = measure(labels, _people(path))
    except UnusableLinks as error:
        raise BadInput(f"{path}: {error}") from error
    scores = {"pairs": found.pairs, "b_cubed": found.b_cubed}
    told: dict[str, Any] = {
        f"{name}_{part}": getattr(score, part)
        for name, score in scores.items()
        for part in ("precision", "recall", "f1")
    }
    told |= {"persons_found_whole": found.exact, "persons_found": found.found}
    return told | {"persons_true": found.true, "relative_error_of_persons": found.error}


def _sampled(labels: dict[str, str], path: Path) -> dict[str, Any]:
    from standwith.account.linkage.cluster import UnusableLinks
    from standwith.account.linkage.evaluate import from_sample

    persons: dict[str, list[str]] = {}
    for record, person in _people(path).items():
        persons.setdefault(person, []).append(record)
    try:
        precision, recall = from_sample(labels, list(persons.values()))
    except UnusableLinks as error:
        raise BadInput(f"{path}: {error}") from error
    return {
        "persons_sampled": len(persons),
        "pairs_precision": precision.value, "pairs_precision_error": precision.error,
        "pairs_recall": recall.value, "pairs_recall_error": recall.error,
    }  # fmt: skip


def _people(path: Path) -> dict[str, str]:
    """Read which person each record truly is."""
    rows = list(csv.reader(StringIO(read_bytes(path, LIMIT).decode("utf-8-sig", "replace"))))
    if not rows or [cell.strip() for cell in rows[0]] != ["unique_id", "person"]:
        raise BadInput(f"{path}: line 1: the columns are unique_id and person")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != 2 or not all(cell.strip() for cell in row):
            raise BadInput(f"{path}: line {number}: write a record and its person")
    found = dict[str, str](rows[1:])
    if len(found) < len(rows) - 1:
        raise BadInput(f"{path}: a record stands twice; each is one person")
    return found


def _measures(found: dict[str, Any]) -> str:
    return "".join(f"{name.replace('_', ' '):<28} {value:.4f}\n" if isinstance(value, float)
                   else f"{name.replace('_', ' '):<28} {value:,}\n"
                   for name, value in found.items())  # fmt: skip
