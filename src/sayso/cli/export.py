"""sayso export: the archive, a query's result or single articles, in the formats of others."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.archived import QueryCommand, archive_option, may_be_written, opened, query_of
from sayso.cli.messages import complain
from sayso.cli.progress import Meter
from sayso.documents import Article
from sayso.exports.counts import counted

if TYPE_CHECKING:
    from sayso.archive import Archive


@click.command(
    cls=QueryCommand,
    epilog="""\b
Examples:
  sayso export -o archive.jsonl
  sayso export 'speaker:askvold since:2026-03-01' --format csv -o askvold.csv
  sayso export --article 12 --format brat -o annotations/
  sayso export 'outlet:"Coastal Wire"' --format webannotation
  sayso export --list
""",
)
@click.argument("words", metavar="[QUERY]...", nargs=-1)
@click.option("--article", "numbers", type=click.IntRange(1), multiple=True, metavar="ID",
              help="This article of the archive; as often as there are several.")  # fmt: skip
@click.option("-f", "--format", "name", metavar="FORMAT",
              help="See --list.  [default: as the name of the -o file says, else jsonl]")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), callback=may_be_written,
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
    if form.binary and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{form.name} is nothing for a terminal: name a file with -o")
    with opened(where, elsewhere=True) as archive:
        wanted = _wanted(archive, query_of(words), numbers)
        total = archive.info().articles if wanted is None else len(wanted)
        with Meter("Writing", wanted=output is not None) as meter:

            def articles() -> Iterator[Article]:
                from sayso.exports.cutting import only

                for done, (number, article) in enumerate(archive.corrected_articles(wanted), 1):
                    found = wanted[number] if wanted else None
                    yield article if found is None else only(article, found)
                    meter.show(done, total, "articles")

            # A single article is one object; what a query finds is a list, however much that is today.
            written = export(articles(), form.name, output, many=bool(words) or len(numbers) != 1)
    _tell(wanted, written, output)


def _wanted(archive: Archive, query: str, numbers: tuple[int, ...]) -> dict[int, list[str] | None] | None:
    """The articles to write, each with the statements of it, or None for all of them; None for the whole archive."""
    found: dict[int, list[str] | None] = dict.fromkeys(numbers)
    if query.strip():
        found |= {number: statements for number, statements in archive.found(query).items() if number not in found}
    return found if query.strip() or numbers else None


def _tell(wanted: dict[int, list[str] | None] | None, written: int, output: Path | None) -> None:
    statements = sum(len(each) for each in (wanted or {}).values() if each is not None)
    of_them = f" with {counted(statements, 'statement')} found" if statements else ""
    if written:
        complain(f"{counted(written, 'article')}{of_them} written{f' to {output}' if output else ''}")
    else:
        complain("nothing was found, so there is no article in it" if wanted == {} else "the archive has no article")
