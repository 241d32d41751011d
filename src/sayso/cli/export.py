"""sayso export: the archive, a query's result or single articles, in the formats of others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.archived import archive_option, opened
from sayso.cli.progress import Meter
from sayso.documents import Article

if TYPE_CHECKING:
    from sayso.archive import Archive


@click.command(
    epilog="""\b
Examples:
  sayso export -o archive.jsonl
  sayso export 'speaker:askvold since:2026-03-01' --format csv -o askvold.csv
  sayso export --article 12 --format brat -o annotations/
  sayso export outlet:"Coastal Wire" --format webannotation
  sayso export --list
"""
)
@click.argument("words", metavar="[QUERY]...", nargs=-1)
@click.option("--article", "numbers", type=click.IntRange(1), multiple=True, metavar="ID",
              help="This article of the archive; as often as there are several.")  # fmt: skip
@click.option("-f", "--format", "name", metavar="FORMAT",
              help="See --list.  [default: as the name of the -o file says, else jsonl]")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path),
              help="Write to FILE, or to a folder where the format makes several files.")  # fmt: skip
@click.option("--list", "listed", is_flag=True, help="List the formats, and leave.")
@archive_option
def export(
    *,
    words: tuple[str, ...],
    numbers: tuple[int, ...],
    name: str | None,
    output: Path | None,
    listed: bool,
    where: str | None,
) -> None:
    """Write articles of the archive in another format.

    Without a QUERY the whole archive is written. With one, what it finds: each article with the statements that match
    and those they lie inside. The language of QUERY is that of `sayso search`.
    """
    from sayso.exports.interchange import INTERCHANGES, export, interchange_of

    if listed:
        for each in INTERCHANGES.values():
            click.echo(f"{each.name:15}{each.help}")
        return
    chosen = name or (interchange_of(output.name) if output else None) or "jsonl"
    if chosen not in INTERCHANGES:
        raise click.BadParameter(f"{chosen!r} is none; expected {', '.join(INTERCHANGES)}", param_hint="'--format'")
    form = INTERCHANGES[chosen]
    if form.folder and output is None:
        raise click.UsageError(f"{form.name} makes several files: name a folder for them with -o")
    with opened(where) as archive, Meter("Writing", wanted=output is not None) as meter:
        wanted = _wanted(archive, " ".join(words), numbers)
        if wanted == {}:
            raise click.ClickException("Nothing matches the query, so nothing was written")
        total = archive.info().articles if wanted is None else len(wanted)

        def articles() -> Iterator[Article]:
            from sayso.exports.cutting import only

            for done, (number, article) in enumerate(archive.articles(wanted), 1):
                found = wanted[number] if wanted else None
                yield article if found is None else only(article, found)
                meter.show(done, total, "articles")

        export(articles(), form.name, output, many=total != 1 or wanted is None)


def _wanted(archive: Archive, query: str, numbers: tuple[int, ...]) -> dict[int, list[str] | None] | None:
    """The articles to write, each with the statements of it, or None for all of them; None for the whole archive."""
    found: dict[int, list[str] | None] = dict.fromkeys(numbers)
    if query:
        found |= {number: statements for number, statements in archive.found(query).items() if number not in found}
    return found if query or numbers else None
