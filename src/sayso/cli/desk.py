"""sayso desk: the web pages on the archive, with the API under them."""

from __future__ import annotations

from typing import Any

import click

from sayso.cli.serve import run_server, server_options


@click.command(
    epilog="""\b
Examples:
  sayso desk
  sayso desk --sample --open
  sayso desk --host 0.0.0.0
"""
)
@click.option("--open", "open_browser", is_flag=True, help="Open it in a browser.")
@click.option("--sample", is_flag=True, help="Show a sample archive, made anew and gone at the end.")
@server_options
def desk(*, where: str | None, sample: bool, **options: Any) -> None:
    """Open the web pages on the archive, until Ctrl-C.

    On this machine's own address nobody has to sign in. At any other users have to: make them with `sayso users`.
    """
    if sample and where is not None:
        raise click.UsageError("--sample has an archive of its own: leave --archive out")
    run_server(where, desk=True, sample=sample, make=True, **options)
