"""The door of the command line: a module for each command.

Exit codes: 0 done, 1 a check found what `--fail-on` names or the archive is damaged, 2 wrong usage or a source that
could not be read, 130 interrupted, 141 the reader of our output went away. Results go to standard output, everything
else to standard error.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import Any

import click

from sayso import __version__
from sayso.cli.later import Later
from sayso.cli.messages import complain
from sayso.errors import SaysoError

COMMANDS = ("read", "check", "index", "add", "batch", "search", "trace", "export", "archive", "desk", "serve", "users")
EXIT_USAGE = 2
EXIT_INTERRUPTED = 128 + signal.SIGINT
EXIT_BROKEN_PIPE = 141


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Python flushes standard output once more at exit; with nobody left to read it would complain there.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return EXIT_BROKEN_PIPE
        return done


@click.group(
    cls=_Commands,
    commands=Later({name: f"sayso.cli.{name}" for name in COMMANDS}),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Everything runs on this machine; nothing is sent anywhere.",
)
@click.version_option(__version__, "-V", "--version", message="sayso %(version)s")
@click.pass_context
def commands(context: click.Context) -> None:
    """Read news articles, put on record who said what, check it, and keep it."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and leaves with its exit code."""
    _stand_in()
    code = _run(sys.argv[1:] if arguments is None else arguments)
    if code == EXIT_INTERRUPTED:
        # Articles still being read in other threads would keep the process until they are done.
        _flush()
        os._exit(code)
    sys.exit(code)


def _stand_in() -> None:
    """Opens what we were started without (`>&-`), so that no file of ours gets its number and what is printed."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: PTH123, SIM115


def _run(arguments: list[str]) -> int:
    try:
        done = commands.main(arguments, prog_name="sayso", standalone_mode=False)
    except click.exceptions.Abort:
        complain("interrupted")
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context is not None else "sayso"
        message = error.format_message()
        complain(f"{message}{'' if message.endswith(('.', '?')) else '.'} See: {path} --help")
        return EXIT_USAGE
    except SaysoError as error:
        complain(str(error))
        return EXIT_USAGE
    except OSError as error:
        where = error.filename or "standard output"
        complain(f"{where}: {error.strerror or error}")
        return EXIT_USAGE
    return done if isinstance(done, int) else 0


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
