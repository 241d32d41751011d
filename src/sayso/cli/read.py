"""sayso read: articles in, who said what out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TextIO

import click

from sayso.cli.messages import reason
from sayso.cli.output import colours_wanted, file_output, is_file, standard_output, terminal_width
from sayso.cli.progress import Bar
from sayso.cli.sources import Sources, expand
from sayso.documents import Article
from sayso.errors import BadSetting, SaysoError, UnreadableSource
from sayso.exports import FORMATS, Format, format_of, render
from sayso.pipeline import day_of, read_many, worker_count

EXIT_UNREADABLE = 2


def _day(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    try:
        return day_of(value)
    except BadSetting as error:
        raise click.BadParameter(f"{value!r} is no date; expected {error.expected}") from None


@click.command(
    epilog="""\b
Examples:
  sayso read report.txt
  sayso read https://www.example.org/news/bridge --format html -o bridge.html
  sayso read report.txt --by speaker
  sayso read wire.txt --date 2026-03-14 --outlet "The Tidewater Courier"
  sayso read articles/ --format jsonl -o records.jsonl
  pbpaste | sayso read - --format json
"""
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "-f",
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    help="What to print: "
    + "; ".join(f"{each.name}, {each.help}" for each in FORMATS.values())
    + ".  [default: as the name of the -o file says, else text]",
)
@click.option(
    "--by", "grouped_by", type=click.Choice(["speaker"]), help="Group what is said by speaker, in text and html."
)
@click.option("--date", "published", metavar="DAY", callback=_day, help="Day of publication (2026-03-14).")
@click.option("--outlet", metavar="NAME", help="Name of the outlet, where the source does not say.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to FILE, which is replaced when all sources are done.",
)
@click.option("--any-language", is_flag=True, help="Read articles that are not in English too, as if they were.")
@click.option("-j", "--jobs", type=click.IntRange(0), metavar="N", help="Articles at a time.  [default: one a core]")
def read(
    *,
    sources: tuple[str, ...],
    format_name: str | None,
    grouped_by: str | None,
    published: date | None,
    outlet: str | None,
    output: Path | None,
    any_language: bool,
    jobs: int | None,
) -> int:
    """Show who said what in articles.

    SOURCE is a file, a folder (searched for .txt, .md, .html and .jsonld files), a URL, or - for standard input.
    A source that cannot be read gets a line on standard error; the others go on, and the exit code is 2.
    """
    form = FORMATS[format_name or (format_of(output.name) if output else None) or "text"]
    if grouped_by and not form.groups:
        able = " and ".join(each.name for each in FORMATS.values() if each.groups)
        raise click.BadParameter(f"{form.name} records are not grouped, only {able} are", param_hint="'--by'")
    leave_out = _checked(output, sources)
    found = expand(sources, leave_out=leave_out)
    run = _Run(found, to_file=output is not None or is_file(sys.stdout))
    if "-" in found.names and sys.stdin.isatty():
        run.bar.say("reading the article from the terminal; end it with Ctrl-D")
    articles = run.articles(
        published=published, outlet=outlet, any_language=any_language, jobs=_jobs(jobs, len(found.names))
    )
    with run.bar:
        first = next(articles, None)
        if first is None:
            # Nothing could be read: an empty page or array would look like an answer, and FILE stays as it was.
            return EXIT_UNREADABLE
        with _opened(output, form) as out:
            width, colour = (terminal_width(), colours_wanted()) if output is None else (80, False)
            chunks = render(
                _again(first, articles),
                form.name,
                many=found.many,
                width=width,
                colour=colour,
                by_speaker=grouped_by == "speaker",
            )
            for chunk in chunks:
                out.write(chunk)
                out.flush()
    return EXIT_UNREADABLE if run.failed else 0


class _Run:
    """The reading of all sources: articles come out, complaints go to standard error."""

    def __init__(self, found: Sources, *, to_file: bool) -> None:
        self.names = found.names
        self.bar = Bar(len(found.names), wanted=to_file)
        self.failed = bool(found.complaints)
        for complaint in found.complaints:
            self.bar.say(complaint)

    def articles(
        self, *, published: date | None, outlet: str | None, any_language: bool, jobs: int
    ) -> Iterator[Article]:
        for name, result in read_many(self.names, jobs=jobs, date=published, outlet=outlet, any_language=any_language):
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


def _jobs(jobs: int | None, count: int) -> int:
    return max(1, min(worker_count(jobs), count))


def _opened(output: Path | None, form: Format) -> AbstractContextManager[TextIO]:
    return standard_output(for_people=form.for_people) if output is None else file_output(output)


def _again(first: Article, rest: Iterator[Article]) -> Iterator[Article]:
    yield first
    yield from rest
