"""sayso search: statements in the archive, by words, phrases, meaning, and who said what, where, when and how."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import click

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
from sayso.cli.running import EXIT_UNREADABLE
from sayso.errors import BadQuery

SORTS = ("relevance", "newest", "oldest", "said", "speaker", "outlet")
FACETS = ("speaker", "outlet", "quotation", "stance", "act", "polarity", "verdict", "is", "year", "month")


@click.command(
    cls=QueryCommand,
    epilog="""\b
Examples:
  sayso search recorder
  sayso search 'speaker:askvold "defective radar" -union'
  sayso search --speaker askvold --stance distancing --since 2026-03-01
  sayso search 'about:northline (denied OR rejected) until:2026-03-31' --facets speaker,outlet
  sayso search 'like:"the bridge answered every call"' --format json
""",
)
@click.argument("words", metavar="[QUERY]...", nargs=-1)
@click.option("--speaker", metavar="NAME", help="Said by; the same as speaker:NAME in the query.")
@click.option("--about", metavar="NAME", help="Who is talked about.")
@click.option("--outlet", metavar="NAME", help="Published by.")
@click.option("--since", metavar="DAY", help="Published on that day or later (2026-03-14, 2026-03, 7d).")
@click.option("--until", metavar="DAY", help="Published on that day or earlier.")
@click.option("--stance", metavar="STANCE", help="neutral, endorsing or distancing; commas between several.")
@click.option("--quotation", metavar="TYPE", help="direct, indirect or mixed.")
@click.option("--verdict", metavar="VERDICT", help="What a check found: verbatim, altered, not-found, ...")
@click.option("--sort", type=click.Choice(SORTS), help="[default: relevance where there are words, else newest]")
@click.option("-n", "--limit", type=click.IntRange(0, 1000), default=20, show_default=True, metavar="N",
              help="Statements on a page.")  # fmt: skip
@click.option("--after", metavar="CURSOR", help="The next page: what the page before it gave at its end.")
@click.option("--facets", metavar="NAMES", default="",
              help=f"Count what was found by {', '.join(FACETS)}; commas between.")  # fmt: skip
@answer_option("text", "json", "jsonl")
@output_option
@archive_option
def search(
    *,
    words: tuple[str, ...],
    sort: str | None,
    limit: int,
    after: str | None,
    facets: str,
    form: str,
    output: Path | None,
    where: str | None,
    **filters: str | None,
) -> int:
    """Search the archive for statements.

    QUERY is made of words, "exact phrases", prefix*, -without, OR, parentheses, and fields: speaker: about: outlet:
    since: until: published: said: quotation: stance: act: polarity: verdict: is: like:. Dates are days of publication.
    The whole language: docs/search.md.
    """
    query = " ".join(each for each in (query_of(words), *_fields(filters)) if each)
    wanted = [name.strip() for name in facets.split(",") if name.strip()]
    for name in wanted:
        if name not in FACETS:
            raise click.BadParameter(
                f"{name!r} cannot be counted; expected {', '.join(FACETS)}", param_hint="'--facets'"
            )
    with opened(where, elsewhere=True) as archive:
        try:
            page = archive.search(query, sort=sort, limit=limit, after=after, facets=wanted)
        except BadQuery as error:
            from sayso.archive.searching.query import pointed

            complain(str(error))
            for line in pointed(error).splitlines():
                click.echo(f"  {line}", err=True)
            return EXIT_UNREADABLE
    if form == "json":
        from sayso.archive.json_form import page_to_json

        print_json(page_to_json(page), output)
        return 0
    if form == "jsonl":
        from sayso.archive.json_form import hit_to_json

        lines = (json.dumps(hit_to_json(each), ensure_ascii=False) + "\n" for each in page.hits)
        print_answer(lambda width, colour: lines, output=output, for_people=False)
        for note in page.notes:
            complain(note)
    else:
        from sayso.exports.found import render

        print_answer(lambda width, colour: render(page, width=width, colour=colour), output=output, for_people=True)
    if page.next:
        rest = page.total - page.before - len(page.hits)
        complain(f"{rest:,} more; for the next page add: --after {shlex.quote(page.next)}")
    return 0


def _fields(filters: dict[str, str | None]) -> list[str]:
    """The options as fields of the query."""
    found = []
    for name, value in filters.items():
        if value is not None:
            # A quotation mark would end the value, and no name is found by it.
            text = (value.replace("-", " ") if name == "verdict" else value).replace('"', " ")
            found.append(f"{name}:{text}" if text.replace("-", "").isalnum() else f'{name}:"{text}"')
    return found
