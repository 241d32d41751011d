"""sayso check: articles against transcripts, their headlines against their bodies, their figures against arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.checks.contract import FAIL_ON
from sayso.cli.messages import complain, reason
from sayso.cli.running import EXIT_UNREADABLE, Run, again, form_of, format_option, source_options, write
from sayso.documents import Article
from sayso.errors import BadSetting, SaysoError
from sayso.exports import render_checked
from sayso.pipeline import check as check_article
from sayso.pipeline import library_of, tables_of

if TYPE_CHECKING:
    from sayso.checks.library import Library
    from sayso.checks.reference import Table

EXIT_FOUND = 1
_DEFAULT = ",".join(FAIL_ON).replace(" ", "-")


def _names(context: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    from sayso.checks.failing import names_of

    try:
        return names_of(value)
    except BadSetting as error:
        raise click.BadParameter(f"{error.value!r} is no verdict; expected {error.expected}") from None


@click.command(
    epilog="""\b
Examples:
  sayso check draft.txt --transcript briefing.txt
  sayso check draft.md -t interview.vtt -t speech.pdf --format html -o check.html
  sayso check draft.txt -t transcripts/ --fail-on altered,not-found
  sayso check drafts/ --reference population.csv --format json
  sayso check draft.txt --fail-on none
"""
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "-t",
    "--transcript",
    "transcripts",
    metavar="FILE",
    multiple=True,
    help="A transcript to hold the quotes against (text, Markdown, HTML, WebVTT, SRT, PDF, Word or JSON), a folder of "
    "them, a URL, or an index made by `sayso index`; as often as there are several.",
)
@click.option(
    "-r",
    "--reference",
    "references",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A table of values to hold figures against: CSV with the columns name, quantity, value, unit, source, year.",
)
@format_option("text, html (article and transcript side by side), json or jsonl")
@click.option(
    "--fail-on",
    metavar="VERDICTS",
    default=_DEFAULT,
    show_default=True,
    callback=_names,
    help="The verdicts that set exit code 1, with commas between; none for none.",
)
@source_options
def check(
    *,
    sources: tuple[str, ...],
    transcripts: tuple[str, ...],
    references: tuple[Path, ...],
    format_name: str | None,
    fail_on: tuple[str, ...],
    published: date | None,
    outlet: str | None,
    output: Path | None,
    any_language: bool,
    jobs: int | None,
) -> int:
    """Check articles: quotes, headline, figures.

    Every quotation is held word by word against the transcripts, the headline against the body, the figures against
    each other and against reference values; each verdict shows what it rests on. Exit code 1 says that there is a
    verdict which --fail-on names; a verdict that carries a doubt is no such verdict.
    """
    form = form_of(format_name, output)
    if "-" in sources and "-" in transcripts:
        raise click.BadParameter("standard input is the article already", param_hint="'--transcript'")
    _keep_apart(output, transcripts, references)
    tables = tables_of(references)
    run = Run(sources, output)
    library = _library(transcripts, run, output)
    judged = _Judged(run, library, tables, fail_on)
    articles = judged.articles(run.articles(published=published, outlet=outlet, any_language=any_language, jobs=jobs))
    with run.bar:
        first = next(articles, None)
        if first is None:
            return EXIT_UNREADABLE
        write(
            output,
            form,
            lambda width, colour: render_checked(
                again(first, articles), form.name, many=run.found.many, width=width, colour=colour, fail_on=fail_on
            ),
        )
    if run.failed:
        return EXIT_UNREADABLE
    if judged.found and output is not None:
        complain(f"{judged.found} verdict{'s'[: judged.found != 1]} that --fail-on names; see {output}")
    return EXIT_FOUND if judged.found else 0


def _keep_apart(output: Path | None, transcripts: tuple[str, ...], references: tuple[Path, ...]) -> None:
    """Raises, before any work is done, where the output would overwrite what the articles are held against."""
    given = [*map(Path, transcripts), *references]
    if output is not None and output.resolve() in {each.resolve() for each in given}:
        raise click.BadParameter(f"{str(output)!r} is what articles are held against", param_hint="'-o'")


def _library(transcripts: tuple[str, ...], run: Run, output: Path | None) -> Library | None:
    """The transcripts; None without any. Neither an article nor the report of a check counts as one."""
    if not transcripts:
        complain("no --transcript: quotes are not checked")
        return None
    articles = {Path(name).resolve() for name in run.names if name != "-"}
    for name in transcripts:
        if Path(name).resolve() in articles:
            raise click.BadParameter(f"{name!r} is an article that is checked", param_hint="'--transcript'")
    return library_of(transcripts, warn=complain, leave_out=articles | ({output.resolve()} if output else set()))


class _Judged:
    """Counts, on the way, the verdicts that make the check fail."""

    def __init__(self, run: Run, library: Library | None, tables: list[Table], fail_on: tuple[str, ...]) -> None:
        self.run = run
        self.library = library
        self.tables = tables
        self.fail_on = fail_on
        self.found = 0

    def articles(self, read: Iterator[Article]) -> Iterator[Article]:
        """The articles with their verdicts. One that we fail on gets a line, and the others go on."""
        from sayso.checks.failing import failing

        for article in read:
            try:
                verdicts = check_article(article, () if self.library is None else self.library, references=self.tables)
            except SaysoError:
                raise
            except Exception as error:
                self.run.failed = True
                self.run.bar.say(reason(article.source.name if article.source else article.id, error))
                continue
            self.found += len(failing(verdicts, self.fail_on))
            yield article
