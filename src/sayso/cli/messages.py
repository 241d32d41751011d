"""What is said beside the results: one line each, on standard error."""

from __future__ import annotations

import sys
import traceback

import click

from sayso.errors import SaysoError


def complain(message: str) -> None:
    """Prints one line that starts with `sayso:`, whatever characters the message (a file name, say) is made of."""
    line = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in message)
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    click.echo(f"sayso: {line.encode(encoding, 'backslashreplace').decode(encoding)}", err=True)


def reason(name: str, error: Exception) -> str:
    """Why a source was not read, in one line.

    A fault of ours takes no more than that either, since the other sources go on: what to report, and where it is.
    """
    if isinstance(error, SaysoError):
        return str(error)
    if isinstance(error, OSError):
        return f"{name}: {error.strerror or error}"
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"{name}: sayso failed on it ({type(error).__name__}: {error}{place}). Please report this"
