"""sayso trace: every wording of one utterance, over all articles of the archive."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sayso.cli.archived import answer_option, archive_option, opened, output_option, print_answer, print_json
from sayso.cli.running import day_option


@click.command(
    epilog="""\b
Examples:
  sayso trace "Whether that is so, the recorder will tell us"
  sayso trace --statement 4711
  sayso trace "the recorder will tell us" --speaker askvold --since 2026-03-01 --format json
"""
)
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@click.option("--statement", type=click.IntRange(1), metavar="ID", help="Trace this statement of the archive.")
@click.option("--speaker", metavar="NAME", help="Only what this speaker said.")
@click.option("--since", metavar="DAY", callback=day_option, help="Published on that day or later (2026-03-14).")
@click.option("--until", metavar="DAY", callback=day_option, help="Published on that day or earlier.")
@answer_option("text", "json")
@output_option
@archive_option
def trace(
    *,
    words: tuple[str, ...],
    statement: int | None,
    speaker: str | None,
    since: date | None,
    until: date | None,
    form: str,
    output: Path | None,
    where: str | None,
) -> None:
    """Trace one utterance through every article that carries it.

    Its wordings are shown with what differs: exact, cut differently, altered, translated twice or paraphrased; who
    printed each first, and how many independent witnesses there are, copies of one agency's text counting once. Where
    the archive has the transcript, each quoted wording comes with the verdict of the check.
    """
    if bool(words) == (statement is not None):
        raise click.UsageError("Name the WORDS to trace, or a statement with --statement")
    with opened(where, elsewhere=True) as archive:
        found = archive.trace(" ".join(words), statement=statement, speaker=speaker, since=since, until=until)
    if form == "json":
        from sayso.archive.json_form import as_json

        print_json(as_json(found), output)
        return
    from sayso.exports.traced import render

    print_answer(lambda width, colour: render(found, width=width, colour=colour), output=output, for_people=True)
