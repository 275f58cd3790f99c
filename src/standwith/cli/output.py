"""Outputs of the commands: formats, files written whole or not at all, bad input in words."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])

output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write to this file."
)


class BadInput(click.ClickException):
    """Something that was given cannot be used; exit status 2."""

    exit_code = 2


def write(content: str | bytes, output: Path | None) -> None:
    """Write to a file whole or not at all, or to standard output.

    Raises:
        BadInput: the file cannot be written, or bytes would go to a terminal.
    """
    data = content.encode() if isinstance(content, str) else content
    if output is None:
        if isinstance(content, bytes) and sys.stdout.isatty():
            raise BadInput("this format is no text; name a file with -o")
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    _replace(output, data)
    click.echo(f"wrote {output} ({len(data):,} bytes)", err=True)


def _replace(output: Path, data: bytes) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=output.parent or Path(), prefix=f".{output.name}.")
    except OSError as error:
        raise BadInput(f"{output}: {error.strerror}; choose another place for it") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(output)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise BadInput(f"{output}: {error.strerror}; choose another place for it") from error


def formats(words: Sequence[str]) -> Callable[[Command], Command]:
    """Make the --format option with the given words, the first being the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(list(words)),
        default=words[0],
        show_default=True,
        help="Form of the output.",
    )
