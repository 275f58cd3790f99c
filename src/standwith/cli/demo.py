"""`standwith demo`: the main job, on a case that ships with the program."""

from __future__ import annotations

import click


@click.command()
def demo() -> None:
    """Run the main job on Belarus, as known on 18 August 2020."""
    from standwith.cli.brief import render, work_out
    from standwith.cli.output import write

    write(render(work_out("belarus-2020", None, "strictest"), "text"), None)
    click.echo("Try: standwith brief belarus-2020 --format html -o brief.html", err=True)
