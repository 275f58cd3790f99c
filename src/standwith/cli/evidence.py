"""`standwith evidence`: receipts checked offline, and the log of a workspace verified."""

from __future__ import annotations

import json
from pathlib import Path

import click

from standwith.cli.output import BadInput, formats, write
from standwith.cli.workspace import home_option, open_workspace
from standwith.kernel.note import UnusableNote, parse_key
from standwith.kernel.receipt import Proven, check_receipt, parse_receipt

LARGEST = 1_000_000


@click.group()
def evidence() -> None:
    """Check receipts offline; verify the log of a workspace."""


@evidence.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--key", required=True, help="Public key of the log: name+id+key.")
@formats(("text", "json"))
def verify(path: Path, key: str, form: str) -> None:
    """Check the receipt at PATH without any network; exit 1 if it proves nothing."""
    from standwith.cli.workspace import need_extra

    need_extra()
    from standwith.services.keys import verify_ed25519

    try:
        keys = [parse_key(key)]
    except UnusableNote as error:
        raise BadInput(f"--key: {error}") from error
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST).decode("utf-8")
        proven = check_receipt(parse_receipt(text), keys, verify_ed25519)
    except (UnusableNote, UnicodeDecodeError) as error:
        click.echo(f"{path}: proves nothing: {error}", err=True)
        raise SystemExit(1) from error
    write(_shown(proven, form), None)


def _shown(proven: Proven, form: str) -> str:
    if form == "json":
        found = {
            "index": proven.index,
            "entry": proven.entry,
            "record": proven.record,
            "log": proven.checkpoint.origin,
            "size": proven.checkpoint.size,
        }
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    lines = [
        f"proved: entry {proven.index} of {proven.checkpoint.size} in {proven.checkpoint.origin}",
        f"  {proven.entry.get('type')} at {proven.entry.get('at')}",
    ]
    if proven.record is None:
        lines.append("  the record was erased; that it was there is proved")
    else:
        fields = proven.record.get("fields", {})
        lines += [f"  {name}: {value}" for name, value in fields.items() if value or value == 0]
    return "\n".join(lines) + "\n"


@evidence.command()
@home_option
def check(home: Path | None) -> None:
    """Verify log and rows of the workspace; exit 1 if anything was altered."""
    open_workspace(home)
    from standwith.services.setup import bring_up_to_date
    from standwith.services.verification import verify as verify_all

    bring_up_to_date()
    found = verify_all(lambda done: click.echo(f"{done} entries", err=True))
    if found.sound:
        click.echo(f"sound: {found.size} entries")
        return
    for item in found.findings:
        click.echo(f"{item.where}: {item.what}")
    raise SystemExit(1)
