"""`standwith brief` and `standwith assess`: the main job."""

from __future__ import annotations

import os
from pathlib import Path

import click

from standwith.assess.picture import Assessment
from standwith.assess.policy import Profile
from standwith.choose.page import Brief
from standwith.cli.inputs import as_of_option, day_asked, open_case, open_profiles, profile_option
from standwith.cli.output import BadInput, formats, output_option, write


def work_out(case: str, as_of: str | None, profile: str) -> Brief:
    """Read a case and work out its brief."""
    # One thread: a brief is too small for more, which would only burn processor time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from numpy.random import PCG64, Generator

    from standwith.choose.brief import seed_of, write_brief

    assessed, profiles = _assessed(case, as_of, profile)
    rng = Generator(PCG64(seed_of(assessed, profiles)))
    return write_brief(assessed, profiles, rng=rng)


def _assessed(case: str, as_of: str | None, profile: str) -> tuple[Assessment, tuple[Profile, ...]]:
    from standwith.assess.assessment import assess as assess_situation

    profiles = open_profiles(profile)
    situation = open_case(case)
    return assess_situation(situation, as_of=day_asked(as_of, situation)), profiles


def render(
    brief: Brief, form: str, *, everything: bool = False, language: str = "en"
) -> str | bytes:
    """Render a brief in one of the forms of the command."""
    if form == "json":
        from standwith.publish import contract
        from standwith.publish.plain import encode

        return encode(contract.brief(brief))
    if form == "html":
        from standwith.publish.html import brief_page

        return brief_page(brief, language)
    if form == "pdf":
        from standwith.publish.pdf import UnableToSetPdf, brief_pdf

        try:
            return brief_pdf(brief, language)
        except UnableToSetPdf as error:
            raise BadInput(str(error)) from error
    if form == "docx":
        from standwith.publish.word import brief_docx

        return brief_docx(brief, language)
    from standwith.publish.terminal import brief_text

    return brief_text(brief, everything=everything)


@click.command()
@click.argument("case")
@formats(("text", "json", "html", "pdf", "docx"))
@as_of_option
@profile_option
@output_option
@click.option(
    "--language", type=click.Choice(["en", "ar"]), default="en", help="Of the HTML, PDF or DOCX."
)
@click.option("--all", "everything", is_flag=True, help="In text: list every action, not the top.")
def brief(
    case: str,
    form: str,
    as_of: str | None,
    profile: str,
    output: Path | None,
    language: str,
    *,
    everything: bool,
) -> None:
    """Write the brief of CASE: do now, ask first, hold, never, each with its reason.

    CASE is the path of a case file, or the id of a shipped case such as belarus-2020.
    """
    worked = work_out(case, as_of, profile)
    write(render(worked, form, everything=everything, language=language), output)


@click.command()
@click.argument("case")
@formats(("text", "json"))
@as_of_option
@profile_option
@output_option
def assess(case: str, form: str, as_of: str | None, profile: str, output: Path | None) -> None:
    """Assess CASE: context, phase, and each criterion for each organisation."""
    assessed, profiles = _assessed(case, as_of, profile)
    name = profiles[0].id if len(profiles) == 1 else profile
    if form == "json":
        from standwith.publish import contract
        from standwith.publish.plain import encode

        write(encode(contract.assessment(assessed, name)), output)
        return
    from standwith.publish.terminal import assessment_text

    write(assessment_text(assessed), output)
