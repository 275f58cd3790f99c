"""Commands for who runs a workspace: people, backup, restore, move to another database."""

from __future__ import annotations

from pathlib import Path

import click

from standwith.cli.output import BadInput
from standwith.cli.workspace import folder_of, home_option, need_extra, open_workspace

passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="File whose first line is the passphrase.",
)


def _passphrase(path: Path) -> str:
    try:
        return path.read_text("utf-8").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError) as error:
        message = f"{path}: no passphrase can be read ({error}); write it in the first line"
        raise BadInput(message) from error


@click.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@passphrase_option
@home_option
def backup(target: Path, passphrase_file: Path, home: Path | None) -> None:
    """Write an encrypted backup to TARGET, read again before it counts."""
    phrase = _passphrase(passphrase_file)
    open_workspace(home)
    from standwith.services.backup import write_backup
    from standwith.services.vault import UnusableBackup

    try:
        kept = write_backup(target, phrase)
    except (UnusableBackup, OSError) as error:
        raise BadInput(f"{target}: {error}") from error
    click.echo(f"wrote {target}: {sum(kept.rows.values())} rows, {kept.log} log entries, verified")


@click.command()
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@passphrase_option
@home_option
def restore(source: Path, passphrase_file: Path, home: Path | None) -> None:
    """Restore the backup SOURCE into an empty folder or database, and verify it."""
    phrase, folder = _passphrase(passphrase_file), folder_of(home)
    need_extra()
    from standwith.services.vault import UnusableBackup, write_keys

    try:
        write_keys(source, phrase, folder)
        open_workspace(home)
        from standwith.services.backup import restore as bring_back
        from standwith.services.setup import bring_up_to_date

        bring_up_to_date()
        kept = bring_back(source, phrase)
    except (UnusableBackup, OSError) as error:
        raise BadInput(f"{source}: {error}") from error
    click.echo(f"restored {sum(kept.rows.values())} rows, {kept.log} log entries, verified")


@click.command("move-database")
@click.argument("address")
@home_option
def move_database(address: str, home: Path | None) -> None:
    """Copy the workspace to PostgreSQL at ADDRESS, comparing every row there."""
    open_workspace(home)
    from standwith.services.address import database
    from standwith.services.move import UnableToMove, move
    from standwith.services.place import home as folder

    def progress(table: str, rows: int) -> None:
        click.echo(f"{table}: {rows} rows", err=True)

    try:
        moved = move(database(address, folder()), progress)
    except (UnableToMove, ValueError) as error:
        raise BadInput(str(error)) from error
    total = sum(moved.rows.values())
    click.echo(f"moved and compared {total} rows; now set STANDWITH_DATABASE to that address")


@click.group()
def people() -> None:
    """Invite people from the host, where no administrator can yet."""


@people.command("invite")
@click.argument("handle")
@click.option("--name", required=True, help="Name of the person.")
@click.option("--institution", required=True, help="Where the person works.")
@click.option("--role", "roles", multiple=True, required=True, help="Role; may be repeated.")
@click.option("--at-home", is_flag=True, help="The institution, if new, is of the own state.")
@home_option
def invite(
    handle: str,
    name: str,
    institution: str,
    roles: tuple[str, ...],
    home: Path | None,
    *,
    at_home: bool,
) -> None:
    """Invite HANDLE, and print the path of the one-time link."""
    open_workspace(home)
    from standwith.services.people import Invited, invite_from_host
    from standwith.services.returning import UnusableInvitation
    from standwith.services.setup import bring_up_to_date

    bring_up_to_date()
    try:
        token = invite_from_host(Invited(handle, name, institution, roles), home=at_home)
    except UnusableInvitation as error:
        raise BadInput(str(error)) from error
    click.echo(f"/invitation/{token}")
