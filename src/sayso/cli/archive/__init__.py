"""sayso archive: what is in the archive, who is whom in it, and its upkeep."""

from __future__ import annotations

import click

from sayso.cli.archive.articles import check, disputes, show, versions
from sayso.cli.archive.people import apart, decisions, merge, speakers, split, stands_for, suggestions, undo
from sayso.cli.archive.upkeep import backup, info, problems, restore, verify


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  sayso archive info
  sayso archive problems
  sayso archive speakers askvold
  sayso archive merge 12 40 --reason "both are the transport minister"
  sayso archive backup monday.db
""",
)
@click.pass_context
def archive(context: click.Context) -> None:
    """Look after the archive: problems, speakers, versions, backup."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (
    *(info, problems, show, versions, check, disputes),
    *(speakers, suggestions, merge, split, apart, stands_for, undo, decisions),
    *(verify, backup, restore),
):
    archive.add_command(command)
