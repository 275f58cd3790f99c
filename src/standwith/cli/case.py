"""`standwith case`: make, check, list and show case files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from standwith.assess.case import read_case
from standwith.assess.problem import UnusableCase
from standwith.cli.inputs import (
    as_of_option,
    day_asked,
    open_case,
    open_document,
    shipped_cases,
    today,
)
from standwith.cli.output import BadInput, formats, output_option, write
from standwith.kernel.document import Document, read_document
from standwith.kernel.ids import slug
from standwith.kernel.pack import read_yaml
from standwith.kernel.place import place


@click.group()
def case() -> None:
    """Make, check and show case files."""


@case.command("list")
@formats(("text", "json"))
def list_(form: str) -> None:
    """List the cases that ship with the program."""
    found = [(name, read_yaml(path).data) for name, path in shipped_cases().items()]
    if form == "json":
        from standwith.publish.plain import encode

        rows = [{"case": name, "title": d["title"]["en"], "as_of": d["as_of"]} for name, d in found]
        write(encode(rows), None)
    else:
        write("".join(f"{n:<16} {d['as_of']}  {d['title']['en']}\n" for n, d in found), None)


@case.command()
@click.argument("path", type=click.Path(path_type=Path))
def check(path: Path) -> None:
    """Check the case file at PATH and report every error with line, column and mend."""
    known = shipped_cases()
    document = read_yaml(known[str(path)]) if str(path) in known else open_document(path)
    _checked(document)
    claims = len(document.data["claims"])
    click.echo(f"{path}: valid; {claims} claims", err=True)


def _checked(document: Document) -> None:
    try:
        read_case(document, today=today())
    except UnusableCase as error:
        raise BadInput(str(error)) from error


@case.command()
@click.argument("case_name", metavar="CASE")
@as_of_option
@formats(("text", "json"))
@output_option
def show(case_name: str, as_of: str | None, form: str, output: Path | None) -> None:
    """Show what a case holds: organisations, claims by fact, requests, acts."""
    from standwith.assess.situation import as_known
    from standwith.publish.dossier import case_data, case_text

    situation = open_case(case_name)
    known = as_known(situation, as_of=day_asked(as_of, situation))
    if form == "json":
        from standwith.publish.plain import encode

        write(encode(case_data(known)), output)
    else:
        write(case_text(known), output)


@case.command()
@output_option
def new(output: Path | None) -> None:
    """Ask a few questions and write a valid case file."""
    from standwith.assess.draft import Draft, draft_text

    draft = Draft(
        case=_ask("Id of the case, such as belarus-2020", slug),
        title=click.prompt("Title", err=True),
        country=_ask("Country (ISO 3166, such as BY)", place, keep=True),
        as_of=_ask("As of (day)", date.fromisoformat, keep=True, default=today().isoformat()),
        trigger=click.prompt("What triggered it", err=True),
        trigger_date=_ask("On which day", date.fromisoformat, keep=True),
        source=_ask("Id of your first source, such as report-1", slug),
        source_title=click.prompt("Title of that source", err=True),
        source_author=click.prompt("Its author", err=True),
        source_published=_ask("Published on", date.fromisoformat, keep=True),
        organisation=_ask("Id of the organisation, such as protest-movement", slug),
        organisation_name=click.prompt("Its name", err=True),
        organisation_kind=click.prompt(
            "Its kind", type=click.Choice(["civic", "political", "armed"]), err=True
        ),
        facts=tuple(_facts()),
        decides=click.prompt(
            "Does this source decide alone (first-hand, official record)? Say why, or leave empty",
            default="",
            show_default=False,
            err=True,
        ),
        signs=_signs(),
    )
    text = draft_text(draft)
    _checked(read_document(text.encode(), str(output or "the new case")))
    write(text, output)


def _ask(
    question: str, read: Callable[[str], object], *, keep: bool = False, default: str | None = None
) -> str:
    while True:
        text = str(click.prompt(question, default=default, err=True)).strip()
        try:
            value = read(text)
        except ValueError as error:
            click.echo(f"  {error}", err=True)
        else:
            return text if keep else str(value)


def _facts() -> list[tuple[str, str]]:
    from standwith.assess.draft import FIRST_FACTS
    from standwith.assess.fact import fact_definitions

    answers = []
    for fact in FIRST_FACTS:
        question = fact_definitions()[fact].question
        answer = click.prompt(
            question, type=click.Choice(["yes", "no", "unknown"]), default="unknown", err=True
        )
        if answer != "unknown":
            answers.append((fact, "true" if answer == "yes" else "false"))
    return answers


def _signs() -> tuple[str, ...]:
    from standwith.assess.phase import indicators

    known = indicators()
    for name, (title, _) in known.items():
        click.echo(f"  {name}: {title}", err=True)
    while True:
        text = click.prompt(
            "Signs of the phase, with blanks between", default="", show_default=False, err=True
        )
        chosen = tuple(dict.fromkeys(text.split()))
        if unknown := [name for name in chosen if name not in known]:
            click.echo(f"  {', '.join(unknown)}: no such sign; take them from the list", err=True)
        else:
            return chosen
