"""What every command over the archive shares: which archive, and the forms of its answers."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso.cli.messages import complain
from sayso.cli.output import colours_wanted, file_output, standard_output, terminal_width

if TYPE_CHECKING:
    from sayso.archive import Archive

Command = TypeVar("Command", bound=Callable[..., Any])
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def archive_option(command: Command) -> Command:
    """The option that names the archive, for `@archive_option` over a command."""
    return click.option(
        "--archive",
        "where",
        metavar="WHERE",
        help="The archive: a file, or the address of a PostgreSQL database (postgresql://user@host/name).  "
        "[default: SAYSO_ARCHIVE, else one in your data folder]",
    )(command)


def output_option(command: Command) -> Command:
    """The option for a file to write to instead of standard output."""
    return click.option(
        "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE."
    )(command)


def answer_option(*forms: str) -> Callable[[Command], Command]:
    """The option that says in which form the answer is printed, the first one by default."""
    return click.option(
        "-f", "--format", "form", type=click.Choice(forms), default=forms[0], show_default=True, help="What to print."
    )


@contextmanager
def opened(where: str | None, *, make: bool = False) -> Iterator[Archive]:
    """The archive, closed at the end; what a user should know of it goes to standard error."""
    from sayso.archive import open_archive

    with open_archive(where, make=make) as archive:
        for note in archive.notes:
            complain(note)
        yield archive


def print_answer(chunks: Callable[[int, bool], Iterator[str]], *, output: Path | None, for_people: bool) -> None:
    """Writes what `chunks` makes for a page of so many columns, with colours or not."""
    width, colour = (terminal_width(), colours_wanted()) if output is None else (80, False)
    with standard_output(for_people=for_people) if output is None else file_output(output) as out:
        for chunk in chunks(width, colour):
            out.write(chunk)
        out.flush()


def print_json(value: Any, output: Path | None = None) -> None:
    """Writes one value as indented JSON."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    print_answer(lambda width, colour: iter([text]), output=output, for_people=False)


def seconds_of(context: click.Context, option: click.Parameter, value: str | None) -> float | None:
    """A stretch of time as users write it: "90s", "15m", "2h", "1d"; a number alone counts minutes."""
    if value is None:
        return None
    found = re.fullmatch(r"(\d{1,6})([smhd]?)", value.strip().lower())
    if not found or not int(found[1]):
        raise click.BadParameter(f"{value!r} is no stretch of time; expected one like 15m, 2h or 90s")
    return float(int(found[1]) * _UNITS[found[2] or "m"])


def at_terminal() -> bool:
    """Whether somebody looks on: standard error is a terminal."""
    return sys.stderr.isatty()
