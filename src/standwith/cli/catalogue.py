"""`standwith catalogue`: read, check, compare and export the actions."""

from __future__ import annotations

import json
from pathlib import Path

import click

from standwith.choose.action import DIMENSIONS
from standwith.choose.catalogue import catalogue as actions
from standwith.choose.release import by_id, compile_release, current, encode
from standwith.cli.output import BadInput, formats, output_option, write
from standwith.kernel.document import Data
from standwith.publish.plain import encode as encode_plain


@click.group()
def catalogue() -> None:
    """Read, check and export the actions."""


@catalogue.command("list")
@formats(("text", "json"))
@click.option("--tier", help="Only this tier: T0, T1, T2, T3 or REF.")
@output_option
def list_(form: str, tier: str | None, output: Path | None) -> None:
    """List the actions in catalogue order."""
    chosen = [a for a in actions().values() if tier in {None, a.tier}]
    if not chosen:
        raise BadInput(f"--tier {tier!r} is no tier; write T0, T1, T2, T3 or REF")
    if form == "json":
        from standwith.publish import contract

        write(encode_plain([contract.action(a) for a in chosen]), output)
    else:
        write("".join(f"{a.id:<7} {a.tier:<4} {a.title}\n" for a in chosen), output)


@catalogue.command()
@click.argument("identifier", metavar="ID")
@formats(("text", "json"))
@output_option
def show(identifier: str, form: str, output: Path | None) -> None:
    """Show the whole record with this ID: action, criterion, figure, definition or evidence."""
    record = _record(identifier)
    if form == "json":
        write(encode_plain(record), output)
        return
    from standwith.publish.record import record_text

    write(record_text(record, current()), output)


def _record(identifier: str) -> Data:
    for folder in ("actions", "criteria", "statistics", "definitions", "evidence"):
        found = by_id(current()[folder]).get(identifier)
        if found is not None:
            return found
    message = f"{identifier!r} is no record; `standwith catalogue list` shows the actions"
    raise BadInput(f"{message}, others are K01, R1, ST-01, DF-01, EV-01")


@catalogue.command()
@click.option("--rows", default="phases", show_default=True, help=", ".join(DIMENSIONS))
@click.option("--columns", default="goals", show_default=True, help="Another of these.")
@formats(("text", "json"))
@output_option
def matrix(rows: str, columns: str, form: str, output: Path | None) -> None:
    """Show any two of the six dimensions as a matrix."""
    from standwith.choose.matrix import matrix as cross

    try:
        found = cross(actions().values(), rows, columns)
    except ValueError as error:
        raise BadInput(str(error)) from error
    if form == "json":
        cells = {
            row: {c: list(found.cells.get((row, c), ())) for c in found.columns}
            for row in found.rows
        }
        data = {"rows": found.row_dimension, "columns": found.column_dimension, "cells": cells}
        write(encode_plain(data), output)
        return
    from standwith.publish.record import matrix_text

    write(matrix_text(found), output)


@catalogue.command()
@click.option(
    "--sources",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="STANDWITH_SOURCES",
    help="Folder with the source texts (ID.txt), to check that cited lines are unchanged.",
)
@formats(("text", "json"))
def lint(sources: Path | None, form: str) -> None:
    """Check that the catalogue is complete and honest; exit 1 if anything is found."""
    from standwith.choose.lint import lint as check
    from standwith.choose.lint import sourced_share
    from standwith.choose.reach import unreachable

    texts = {
        p.stem: p.read_text("utf-8").split("\n") for p in sorted((sources or Path()).glob("*.txt"))
    }
    found = check(texts if sources else None, unreachable())
    if form == "json":
        rows = [{"check": f.check, "record": f.record, "message": f.message} for f in found]
        write(encode_plain(rows), None)
    else:
        for item in found:
            click.echo(f"check {item.check}: {item.record}: {item.message}")
        spans = f"{len(texts)} source texts" if sources else "no source texts given"
        share = sourced_share(current())
        click.echo(
            f"{len(found)} findings in {len(current()['actions'])} actions; {spans}; "
            f"{share:.0%} of coded fields are stated by a source, the rest is editorial",
            err=True,
        )
    if found:
        raise SystemExit(1)


@catalogue.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path), required=False)
@formats(("text", "json"))
@output_option
def diff(old: Path, new: Path | None, form: str, output: Path | None) -> None:
    """Compare two releases field by field; NEW is the shipped one unless named."""
    from standwith.choose.diff import diff as compare
    from standwith.kernel.pack import read_yaml

    changes = read_yaml("catalogue/changes.yaml").data["changes"]
    reasons = {(row["id"], row["field"]): row["reason"] for row in changes}
    found = compare(_release(old), _release(new) if new else current(), reasons)
    if form == "json":
        rows = [
            {
                "record": c.record,
                "field": c.field,
                "before": c.before,
                "after": c.after,
                "reason": c.reason,
            }
            for c in found
        ]
        write(encode_plain(rows), output)
        return
    lines = [
        f"{c.record} {c.field}: {c.before or '-'} -> {c.after or '-'} "
        f"({c.reason or 'no reason given'})\n"
        for c in found
    ]
    write("".join(lines) or "no difference\n", output)


def _release(path: Path) -> Data:
    try:
        release = json.loads(path.read_bytes())
        if not isinstance(release, dict) or "actions" not in release:
            raise BadInput(f"{path}: this is no release; a release is written by catalogue export")
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}; check the path") from error
    except ValueError as error:
        raise BadInput(f"{path}: this is no JSON ({error}); export a release again") from error
    return release


@catalogue.command()
@formats(("json", "csv", "xlsx", "stix", "html"))
@click.option("--language", type=click.Choice(["en", "ar"]), default="en", help="Of the HTML.")
@output_option
def export(form: str, language: str, output: Path | None) -> None:
    """Export the catalogue: JSON release, CSV, XLSX, STIX 2.1 bundle or offline explorer."""
    write(_exported(form, language), output)


def _exported(form: str, language: str) -> str | bytes:
    if form == "json":
        return encode(current())
    if form == "csv":
        from standwith.publish.table import catalogue_csv

        return catalogue_csv(current())
    if form == "xlsx":
        from standwith.publish.table import catalogue_xlsx

        return catalogue_xlsx(current())
    if form == "stix":
        from standwith.publish.stix import catalogue_stix

        return encode_plain(catalogue_stix(current()))
    from standwith.publish.explorer import explorer_page

    return explorer_page(current(), language)


@catalogue.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="Where the release goes; in a checkout src/standwith/data/catalogue/release.json.",
)
def build(output: Path) -> None:
    """Compile the YAML records to a release (for editors of the catalogue)."""
    from standwith.choose.lint import unfit

    if faults := unfit(compile_release()):
        raise BadInput("\n".join(f"{f.record}: {f.message}; mend the record" for f in faults))
    write(encode(compile_release()), output)
