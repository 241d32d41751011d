"""sayso archive: what is in the archive, who is whom in it, and its upkeep."""

from __future__ import annotations

import click

from sayso.cli.later import Later

MODULES = {
    "articles": ("show", "versions", "check", "disputes"),
    "people": ("speakers", "suggestions", "merge", "split", "apart", "stands-for", "undo", "decisions"),
    "corrections": ("corrections", "correct", "undo-correction", "review-queue"),
    "upkeep": ("info", "problems", "verify", "backup", "restore"),
}
"""The modules beside this one, with their commands."""


@click.group(
    commands=Later({name: f"{__name__}.{module}" for module, names in MODULES.items() for name in names}),
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
    """Look after the archive: problems, speakers, versions, corrections, backup."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
