"""`standwith registry report` and `render`: the annual report, and any past edition again."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

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
    from standwith.account.registry.annual import Asked
    from standwith.account.registry.comparison import Population
    from standwith.account.registry.record import Episode, Person
    from standwith.ingest.batch import Batch

Data = dict[str, Any]
FORMS = ("html", "pdf", "docx", "xlsx", "json")
_language = click.option(
    "-l", "--language", default="en", show_default=True, help="Of the report: ar, en or ru."
)


@click.command("report")
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
@click.option("--population", type=click.Path(path_type=Path, dir_okay=False),
              help="CSV with country, inhabitants, year, source.")  # fmt: skip
@click.option("--public", is_flag=True, help="Withhold small numbers.")
@_language
@formats(FORMS)
@output_option
def write_report(
    imports: tuple[Path, ...],
    persons: Path | None,
    population: Path | None,
    language: str,
    form: str,
    output: Path | None,
    **asked: Any,  # noqa: ANN401 - year, as_of, edition and the flags
) -> None:
    """Write the annual report of a year from one or more IMPORTS, in one go.

    The JSON is the whole edition: `render` writes it in every form and language again. No name
    stands in it. Exits 1 where a figure is not explained by the flows: a residual.
    """
    known = read_day(asked["as_of"])
    batches = [read_import(place) for place in imports]
    check_sources(batches, told=asked["distinct"] or persons is not None)
    held = known_then(batches, known)
    labels = read_labels(persons)
    told = _asked(asked, known)
    given = joined(held, labels), _people(held, labels), _populations(population)
    found = _edition(told, *given, public=asked["public"], before=asked["edition"])
    write(_rendered(found, form, language), output)
    if not found["publishable"]:
        raise SystemExit(1)


def _asked(asked: Mapping[str, Any], known: date) -> Asked:
    from standwith.account.registry.annual import Asked

    year, edition = asked["year"], asked["edition"]
    printed, then = read_edition(edition, year) if edition else (None, None)
    if then is not None and then > known:
        raise BadInput(f"{edition}: made from what was known on {then}, after {known}")
    return Asked(year, known, not asked["without_unsure"], printed, then)


def _people(held: list[Batch], labels: Mapping[str, str]) -> dict[str, tuple[Person, ...]]:
    """Persons of all lists by the id of who they are; of a source what its last list says."""
    last = {one.id: one for batch in sorted(held, key=lambda b: b.known) for one in batch.persons}
    found: dict[str, tuple[Person, ...]] = {}
    for one in last.values():
        key = labels.get(one.id, one.id)
        found[key] = (*found.get(key, ()), replace(one, id=key))
    return found


def _populations(path: Path | None) -> dict[str, Population]:
    from standwith.account.registry.comparison import Population

    if path is None:
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {
                row["country"]: Population(
                    int(row["inhabitants"]), int(row["year"]), row["source"].strip()
                )
                for row in csv.DictReader(file)
            }
    except (OSError, KeyError, ValueError, AttributeError, csv.Error) as error:
        what = "columns country, inhabitants, year and source, numbers without separators"
        raise BadInput(f"{path}: {what} ({error})") from error


def _edition(
    told: Asked,
    episodes: list[Episode],
    persons: Mapping[str, tuple[Person, ...]],
    populations: Mapping[str, Population],
    *,
    public: bool,
    before: Path | None,
) -> Data:
    from standwith.account.reports.edition import Inputs, edition

    printed = None
    if before is not None:
        held = json.loads(before.read_text("utf-8"))
        printed = held.get("annual", held)
    return edition(
        Inputs(
            told,
            episodes,
            persons,
            populations=populations,
            before=printed,
            public=public,
        )
    )


def _rendered(found: Data, form: str, language: str) -> str | bytes:
    from standwith.publish.edition_files import edition_docx, edition_pdf, edition_xlsx
    from standwith.publish.edition_html import edition_html

    if form == "json":
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    forms: dict[str, Callable[[Data, str], str | bytes]] = {
        "html": edition_html,
        "pdf": edition_pdf,
        "docx": edition_docx,
        "xlsx": edition_xlsx,
    }
    try:
        return forms[form](found, language)
    except ValueError as error:
        raise BadInput(str(error)) from error


_PARTS = {"year", "known", "public", "findings", "tables", "charts", "countries"}


@click.command("render")
@click.argument("edition", type=click.Path(path_type=Path, dir_okay=False))
@_language
@formats(FORMS)
@output_option
def render_edition(edition: Path, language: str, form: str, output: Path | None) -> None:
    """Write a past EDITION (the JSON of `report`) again: the same edition, the same bytes."""
    try:
        found = json.loads(edition.read_text("utf-8"))
        known = found["version"] == 1 and set(found) >= _PARTS
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{edition}: no edition that `report` wrote ({error})") from error
    if not known:
        raise BadInput(f"{edition}: no whole edition; write it anew with `report`")
    write(_rendered(found, form, language), output)
