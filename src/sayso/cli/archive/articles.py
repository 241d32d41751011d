"""The articles of the archive: one of them, its versions, their verdicts, and who disputes whom."""

from __future__ import annotations

from pathlib import Path

import click

from sayso.adding import check_kept
from sayso.cli.archived import (
    QueryCommand,
    answer_option,
    archive_option,
    opened,
    output_option,
    print_answer,
    print_json,
    query_of,
)
from sayso.cli.messages import complain
from sayso.cli.progress import Meter
from sayso.exports import FORMATS
from sayso.exports.counts import counted


@click.command()
@click.argument("number", metavar="ID", type=click.IntRange(1))
@click.option("--version", type=click.IntRange(1), metavar="N", help="This version.  [default: the newest]")
@click.option("--corrected", is_flag=True, help="As its corrections have it, and not as it was read.")
@click.option("--checked", is_flag=True, help="Show the verdicts of its check, as `sayso check` does.")
@answer_option(*FORMATS)
@output_option
@archive_option
def show(
    *, number: int, version: int | None, corrected: bool, checked: bool, form: str, output: Path | None,
    where: str | None,
) -> None:  # fmt: skip
    """Show the record of an article, as `sayso read` does."""
    from sayso.exports import render, render_checked

    with opened(where) as archive:
        if corrected and version is not None:
            raise click.UsageError("--corrected is of the newest version; it does not go with --version")
        article = archive.corrected(number) if corrected else archive.article(number, version=version)
    if checked and not article.verdicts:
        complain(f"article {number} was not checked; do it now: sayso archive check {number}")
    elif article.verdicts and not checked and FORMATS[form].groups:
        complain("it was checked; for the verdicts add: --checked")
    show_it = render_checked if checked else render
    print_answer(
        lambda width, colour: show_it([article], form, width=width, colour=colour),
        output=output,
        for_people=FORMATS[form].for_people,
    )


@click.command()
@click.argument("number", metavar="ID", type=click.IntRange(1))
@answer_option("text", "json", by_name=False)
@archive_option
def versions(*, number: int, form: str, where: str | None) -> None:
    """List the versions of an article, with what changed in its statements."""
    from sayso.archive.json_form import as_json

    with opened(where) as archive:
        found = archive.versions(number)
    if form == "json":
        print_json(as_json(found))
        return
    for each in found:
        click.echo(f"version {each.number} · {each.added_at[:16].replace('T', ' ')} · {each.headline or 'no headline'}")
        for change in each.changes:
            click.echo(f"  {change.kind}")
            for sign, text, speaker in (
                ("-", change.before, change.speaker_before),
                ("+", change.after, change.speaker_after),
            ):
                if text is not None:
                    click.echo(f"    {sign} {speaker or 'nobody named'}: {text}")


@click.command()
@click.argument("numbers", metavar="[ID]...", nargs=-1, type=click.IntRange(1))
@click.option("-r", "--reference", "references", metavar="FILE", multiple=True,
              type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A table of values to hold figures against, as of `sayso check`.")  # fmt: skip
@archive_option
def check(*, numbers: tuple[int, ...], references: tuple[Path, ...], where: str | None) -> None:
    """Check articles of the archive (all, or those named) against its transcripts, and keep the verdicts.

    Then `sayso search verdict:altered` finds them.
    """
    count = 0
    with opened(where) as archive, Meter("Checking") as meter:
        total = len(numbers) or archive.info().articles
        for count, _ in enumerate(check_kept(archive, numbers or None, references=references), 1):
            meter.show(count, total, "articles")
        if not archive.info().transcripts:
            complain("the archive has no transcripts, so quotes are not checked; add some: sayso add -t FILE")
    click.echo(f"{counted(count, 'article')} checked")
    complain("to see what was found: sayso search verdict:altered, or --facets verdict")


@click.command(cls=QueryCommand)
@click.argument("words", metavar="[QUERY]...", nargs=-1)
@answer_option("text", "json")
@output_option
@archive_option
def disputes(*, words: tuple[str, ...], form: str, output: Path | None, where: str | None) -> None:
    """List who denied or answered what, in which article, by date; of statements that QUERY finds, or all."""
    from sayso.archive.json_form import as_json

    with opened(where) as archive:
        found = archive.disputes(query_of(words))
    if form == "json":
        print_json(as_json(found), output)
        return
    from sayso.exports.traced import render_disputes

    print_answer(
        lambda width, colour: render_disputes(found, width=width, colour=colour), output=output, for_people=True
    )
