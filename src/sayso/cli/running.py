"""What every command over articles shares: its sources, its output, and the complaints on the way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from sayso.cli.messages import reason
from sayso.cli.output import colours_wanted, file_output, is_file, standard_output, terminal_width
from sayso.cli.progress import Bar
from sayso.cli.sources import Sources, expand
from sayso.documents import Article
from sayso.errors import BadSetting, SaysoError, UnreadableSource
from sayso.exports import FORMATS, Format, format_of
from sayso.pipeline import day_of, read_many, worker_count

EXIT_UNREADABLE = 2

Command = TypeVar("Command", bound=Callable[..., Any])


def day_option(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """The day that an option gives. Raises BadParameter for a text that is none."""
    try:
        return day_of(value)
    except BadSetting as error:
        raise click.BadParameter(f"{value!r} is no date; expected {error.expected}") from None


def source_options(command: Command) -> Command:
    """The options that say how articles are read and where the results go, for `@source_options` over a command."""
    for option in (
        click.option(
            "-j", "--jobs", type=click.IntRange(0), metavar="N", help="Articles at a time.  [default: one a core]"
        ),
        click.option(
            "--any-language", is_flag=True, help="Read articles that are not in English too, as if they were."
        ),
        click.option(
            "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
            help="Write to FILE, which is replaced when all sources are done.",
        ),
        click.option("--outlet", metavar="NAME", help="Name of the outlet, where the source does not say."),
        click.option(
            "--date", "published", metavar="DAY", callback=day_option, help="Day of publication (2026-03-14)."
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def format_option(what: str) -> Callable[[Command], Command]:
    """The option that says in which form results are printed; `what` lists the forms for the help."""
    return click.option(
        "-f",
        "--format",
        "format_name",
        type=click.Choice(list(FORMATS)),
        help=f"What to print: {what}.  [default: as the name of the -o file says, else text]",
    )


class Run:
    """The reading of all sources: articles come out, complaints go to standard error."""

    def __init__(self, sources: tuple[str, ...], output: Path | None) -> None:
        self.found: Sources = expand(sources, leave_out=_checked(output, sources))
        self.names = self.found.names
        self.bar = Bar(len(self.names), wanted=output is not None or is_file(sys.stdout))
        self.failed = bool(self.found.complaints)
        for complaint in self.found.complaints:
            self.bar.say(complaint)
        if "-" in self.names and sys.stdin.isatty():
            self.bar.say("reading the article from the terminal; end it with Ctrl-D")

    def articles(
        self, *, published: date | None, outlet: str | None, any_language: bool, jobs: int | None
    ) -> Iterator[Article]:
        """The articles that could be read, in the order of their sources."""
        workers = max(1, min(worker_count(jobs), len(self.names)))
        for name, result in read_many(
            self.names, jobs=workers, date=published, outlet=outlet, any_language=any_language
        ):
            self.bar.step()
            if isinstance(result, Article):
                for warning in result.warnings:
                    self.bar.say(f"{name}: warning: {warning}")
                yield result
            elif isinstance(result, SaysoError) and not isinstance(result, UnreadableSource):
                # A damaged model or a bad setting is not this source's fault and would hit every other one as well.
                raise result
            else:
                self.failed = True
                self.bar.say(reason(name, result))


def _checked(output: Path | None, sources: tuple[str, ...]) -> Path | None:
    """The resolved output file. Raises before any work is done if it cannot be written or is one of the sources."""
    if output is None:
        return None
    target = output.resolve()
    if not target.parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(output.parent)!r} to write to", param_hint="'-o'")
    if target.is_file() and any(source != "-" and Path(source).resolve() == target for source in sources):
        raise click.BadParameter(f"{str(output)!r} is a source too and would be overwritten", param_hint="'-o'")
    return target


def form_of(format_name: str | None, output: Path | None) -> Format:
    """The format that is asked for by name, else by the output's name, else text."""
    return FORMATS[format_name or (format_of(output.name) if output else None) or "text"]


def write(output: Path | None, form: Format, rendered: Callable[[int, bool], Iterator[str]]) -> None:
    """Writes what `rendered` makes for a page of so many columns, with colours or not, each chunk as it comes."""
    width, colour = (terminal_width(), colours_wanted()) if output is None else (80, False)
    with standard_output(for_people=form.for_people) if output is None else file_output(output) as out:
        for chunk in rendered(width, colour):
            out.write(chunk)
            out.flush()


def again(first: Article, rest: Iterator[Article]) -> Iterator[Article]:
    """The articles with the one that was taken to see whether there are any."""
    yield first
    yield from rest
