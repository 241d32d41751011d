"""sayso read: articles in, who said what out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sayso.cli.running import EXIT_UNREADABLE, Run, again, form_of, format_option, source_options, write
from sayso.exports import FORMATS, render


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
@format_option("; ".join(f"{each.name}, {each.help}" for each in FORMATS.values()))
@click.option(
    "--by", "grouped_by", type=click.Choice(["speaker"]), help="Group what is said by speaker, in text and html."
)
@source_options
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

    SOURCE is a file, a folder (searched for .txt, .md, .html, .jsonld and .xml files), a URL, or - for standard input.
    A source that cannot be read gets a line on standard error; the others go on, and the exit code is 2.
    """
    form = form_of(format_name, output)
    if grouped_by and not form.groups:
        able = " and ".join(each.name for each in FORMATS.values() if each.groups)
        raise click.BadParameter(f"{form.name} records are not grouped, only {able} are", param_hint="'--by'")
    run = Run(sources, output)
    articles = run.articles(published=published, outlet=outlet, any_language=any_language, jobs=jobs)
    with run.bar:
        first = next(articles, None)
        if first is None:
            # Nothing could be read: an empty page or array would look like an answer, and FILE stays as it was.
            return EXIT_UNREADABLE
        write(
            output,
            form,
            lambda width, colour: render(
                again(first, articles),
                form.name,
                many=run.found.many,
                width=width,
                colour=colour,
                by_speaker=grouped_by == "speaker",
            ),
        )
    return EXIT_UNREADABLE if run.failed else 0
