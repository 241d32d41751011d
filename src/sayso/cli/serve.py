"""sayso serve: the HTTP API on the archive; and what it shares with `sayso desk`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from sayso.cli.archived import archive_option
from sayso.cli.messages import complain
from sayso.cli.progress import Meter

Command = TypeVar("Command", bound=Callable[..., Any])


def server_options(command: Command) -> Command:
    """The options of a server, for `@server_options` over a command."""
    for option in (
        click.option(
            "--behind-proxy", metavar="ADDRESSES",
            help="Addresses of proxies, with commas, whose X-Forwarded-For is believed.",
        ),
        click.option("--log", is_flag=True, help="Print a line for each request."),
        click.option(
            "--public-url", default="", metavar="URL",
            help="Under which others reach it through a proxy (https://desk.example); they have to sign in.",
        ),
        click.option("--login", is_flag=True, help="Have users sign in on this machine's own address too."),
        click.option(
            "-p", "--port", type=click.IntRange(0, 65535), default=8377, show_default=True, metavar="N",
            help="Port; 0 for any that is free.",
        ),
        click.option(
            "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
            help="Address to listen on; at any but this machine's own users have to sign in.",
        ),
    ):  # fmt: skip
        command = option(command)
    return archive_option(command)


def run_server(where: str | None, **options: Any) -> None:
    """Serves until it is interrupted; what it says goes to standard error."""
    from sayso.serving import serve as serve_archive

    with Meter("Reading the sample") as meter:

        def tell(sentence: str) -> None:
            meter.__exit__(None, None, None)
            complain(sentence)

        serve_archive(where, tell=tell, progress=meter.show, **options)


@click.command(
    epilog="""\b
Examples:
  sayso serve
  sayso serve --port 9000 --log
  sayso serve --public-url https://desk.example --behind-proxy 127.0.0.1
"""
)
@server_options
def serve(*, where: str | None, **options: Any) -> None:
    """Serve the HTTP API alone, under /api/v1/, until Ctrl-C."""
    run_server(where, desk=False, **options)
