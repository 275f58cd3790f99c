"""`standwith serve`: the workspace on this machine, with nothing else to start."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from standwith.cli.output import BadInput
from standwith.cli.workspace import home_option, open_workspace


@click.command()
@home_option
@click.option("--host", default="localhost", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
@click.option("--institution", default="Our ministry", help="Name of your institution, at first.")
@click.option("--demo", is_flag=True, help="Load the demo cases, at first.")
def serve(
    home: Path | None, host: str, port: int, threads: int, institution: str, *, demo: bool
) -> None:
    """Serve the workspace; the first time, print a one-time link to sign in."""
    open_workspace(home)
    from standwith.services.setup import FirstRun, prepare

    ready: FirstRun = prepare(institution, demo=demo)
    address = f"http://{host}:{port}"
    if ready.token:
        click.echo(f"Sign in here, once, within three days:\n{address}/invitation/{ready.token}\n")
    click.echo(f"Standwith is at {address}/ (Ctrl-C stops). Folder: {ready.home}")
    try:
        import_module("standwith.web.server").run(host, port, threads)
    except OSError as error:
        raise BadInput(f"cannot listen on {host}:{port}: {error}; choose another --port") from error
