"""The command line: `standwith`, with one group for each stage, loaded only when called."""

from __future__ import annotations

import importlib
import sys

import click

COMMANDS = {
    "demo": ("standwith.cli.demo", "demo", "Run the main job on Belarus, August 2020."),
    "brief": ("standwith.cli.brief", "brief", "Write the brief of a case."),
    "assess": ("standwith.cli.brief", "assess", "Assess a case against the criteria."),
    "case": ("standwith.cli.case", "case", "Make, check and show case files."),
    "catalogue": ("standwith.cli.catalogue", "catalogue", "Read, check and export the actions."),
    "registry": ("standwith.cli.registry", "registry", "Import lists of prisoners; count."),
    "linkage": ("standwith.cli.linkage", "linkage", "Find who is the same person on lists."),
    "undercount": ("standwith.cli.undercount", "undercount", "Estimate who is on no list."),
    "serve": ("standwith.cli.serve", "serve", "Serve the workspace of a task force."),
    "people": ("standwith.cli.operate", "people", "Invite people from the host."),
    "backup": ("standwith.cli.operate", "backup", "Write an encrypted, verified backup."),
    "restore": ("standwith.cli.operate", "restore", "Restore a backup, and verify it."),
    "move-database": ("standwith.cli.operate", "move_database", "Move to PostgreSQL."),
    "evidence": ("standwith.cli.evidence", "evidence", "Check receipts; verify the log."),
    "doctor": ("standwith.cli.doctor", "doctor", "Check that this installation works."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called, so that help stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """List the names in the order of the stages."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; unknown names give None, and click suggests."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, name, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=LazyGroup)
@click.version_option(package_name="standwith")
def standwith() -> None:
    """From a situation to a cited, gated, ranked brief.

    WATCH what is coming, ASSESS the case, CHOOSE lawful and useful actions, ACT together,
    ACCOUNT for what happened. Start with `standwith demo`.
    """


def run() -> None:
    """Run the command line; a reader that closes the pipe early is no error."""
    try:
        standwith(windows_expand_args=False)
    except BrokenPipeError:
        sys.stderr.close()
