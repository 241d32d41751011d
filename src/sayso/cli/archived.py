"""What every command over the archive shares: which archive, and the forms of its answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from sayso.cli.messages import complain
from sayso.cli.output import colours_wanted, file_output, standard_output, terminal_width
from sayso.errors import NoSuchArchive
from sayso.exports import format_of
from sayso.settings import ARCHIVE, TOKEN

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
        "-o",
        "--output",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        callback=may_be_written,
        # Before the form, which may follow from its name.
        is_eager=True,
        help="Write to FILE.",
    )(command)


def answer_option(*forms: str, by_name: bool = True) -> Callable[[Command], Command]:
    """The option that says in which form the answer is printed: the first one, unless the output's name says another.

    `by_name` is False of commands without an output.
    """

    def form_of(context: click.Context, option: click.Parameter, value: str | None) -> str:
        output = context.params.get("output")
        named = format_of(output.name) if output is not None else None
        return value or (named if named in forms else forms[0])

    default = f"[default: as the name of the -o file says, else {forms[0]}]" if by_name else f"[default: {forms[0]}]"
    return click.option(
        "-f", "--format", "form", type=click.Choice(forms), callback=form_of, help=f"What to print.  {default}"
    )


def may_be_written(context: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
    """The output, looked at before any work is done. Raises BadParameter for a place that will not do."""
    if value is None:
        return None
    if not value.resolve().parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(value.parent)!r} to write to")
    if value.is_file():
        with value.open("rb") as file:
            if file.read(15) == b"SQLite format 3":
                raise click.BadParameter(f"{str(value)!r} is a database, perhaps the archive, and would be overwritten")
    return value


class QueryCommand(click.Command):
    """A command with a query, in which `-word` leaves a word out, and which a shell hands over as options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click; what fails over a word to leave out says how to write it."""
        left_out = next((each for each in args if re.fullmatch(r"-\w[^\W\d_][\w:]+(\s.*)?", each)), None)
        try:
            return super().parse_args(ctx, args)
        except (click.NoSuchOption, click.BadParameter) as error:
            if left_out is None:
                raise
            how = f"quote the query: '... {left_out}'; one that begins with it needs -- before it: -- '{left_out}'"
            raise click.UsageError(f"{error.format_message().rstrip('.')}. To leave a word out, {how}", ctx) from None


def query_of(words: tuple[str, ...]) -> str:
    """What was typed as one query: of several arguments, one of bare words was quoted in the shell, as a phrase.

    >>> query_of(("ferry", "defective radar")), query_of(("defective radar",))
    ('ferry "defective radar"', 'defective radar')
    >>> query_of(("ferry", "radar OR sonar"))
    'ferry radar OR sonar'
    """
    return " ".join(f'"{each}"' if len(words) > 1 and _is_phrase(each) else each for each in words)


def _is_phrase(word: str) -> bool:
    parts = word.split()
    return len(parts) > 1 and not re.search(r'["“”:()|*#]|(?:^|\s)-', word) and not {"OR", "NOT", "AND"} & set(parts)


@contextmanager
def opened(where: str | None, *, make: bool = False, elsewhere: bool = False) -> Iterator[Archive]:
    """The archive, closed at the end; what a user should know of it goes to standard error.

    `elsewhere` is set by commands that only ask it: for them it may be behind the address of a server.
    """
    with _archive(where, make, elsewhere) as archive:
        for note in archive.notes:
            complain(note)
        yield archive


def _archive(where: str | None, make: bool, elsewhere: bool) -> Archive:
    place = where or ARCHIVE.value() or ""
    if elsewhere and place.lower().startswith(("http://", "https://")):
        from sayso.client import connect

        # It has the same methods, but for those that work on the file itself.
        return cast("Archive", connect(place, TOKEN.value()))
    from sayso.archive import open_archive

    try:
        return open_archive(where)
    except NoSuchArchive:
        if not make:
            raise
    archive = open_archive(where, make=True)
    complain(f"a new archive: {archive.where}")
    return archive


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
