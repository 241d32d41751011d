"""sayso add: articles and transcripts into the archive."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from sayso.adding import Added, Checking, check_kept
from sayso.adding import add as add_sources
from sayso.cli.archived import answer_option, archive_option, opened, print_answer, seconds_of
from sayso.cli.messages import complain
from sayso.cli.progress import Meter
from sayso.cli.running import EXIT_UNREADABLE, day_option
from sayso.exports.counts import counted
from sayso.following import follow

if TYPE_CHECKING:
    from sayso.archive import Archive


@click.command(
    epilog="""\b
Examples:
  sayso add articles/ --outlet "The Tidewater Courier"
  sayso add report.txt https://www.example.org/news/bridge
  sayso add examples/coverage.jsonl -t examples/transcripts/ --check
  sayso add crawl.warc.gz newsml/ --archive crawl.db
  sayso add https://www.example.org/feed.xml --every 15m
  sayso add crawl-tables/
"""
)
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@click.option("-t", "--transcript", "transcripts", metavar="FILE", multiple=True,
              help="A transcript, in any of the formats of `sayso check`, or a folder of them.")  # fmt: skip
@click.option("--date", "published", metavar="DAY", callback=day_option,
              help="Day of publication (2026-03-14), where the source does not say.")  # fmt: skip
@click.option("--outlet", metavar="NAME", help="Name of the outlet, where the source does not say.")
@click.option("--any-language", is_flag=True, help="Keep articles that are not in English too.")
@click.option("--check", "checked", is_flag=True, help="Check what comes in against the archive's transcripts.")
@click.option("--every", "every_s", metavar="TIME", callback=seconds_of,
              help="Follow feeds: look for new entries every so often (15m, 2h), until interrupted.")  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(0), metavar="N", help="Articles at a time.  [default: one a core]")
@answer_option("text", "jsonl", by_name=False)
@archive_option
def add(
    *,
    sources: tuple[str, ...],
    transcripts: tuple[str, ...],
    published: date | None,
    outlet: str | None,
    any_language: bool,
    checked: bool,
    every_s: float | None,
    jobs: int | None,
    form: str,
    where: str | None,
) -> int:
    """Keep articles and transcripts in the archive.

    SOURCE is a file, a folder, a URL, an RSS or Atom feed, a WARC file, NewsML-G2, ninjs, JSON-LD, Parquet or JSON
    Lines of texts, or - for standard input. The folder that `sayso batch` wrote comes in as it was read then. What is
    in already is not read again; an article that changed becomes a new version of itself. What cannot be kept whole is
    listed by `sayso archive problems`, and the exit code is 2.
    """
    _look_at(sources, transcripts, every_s)
    reading: dict[str, Any] = {"date": published, "outlet": outlet, "any_language": any_language, "jobs": jobs}
    with opened(where, make=True) as archive:
        with Meter("Adding") as meter:
            told = _Told(form, meter)
            try:
                named = sources if every_s is None else ()
                kept = list(told.all(add_sources(
                    named, archive, transcripts=transcripts, on_progress=told.progress, on_note=meter.say, **reading
                )))  # fmt: skip
                if checked:
                    _check(archive, kept, meter)
                if every_s is not None:
                    told.each = True
                    checking = Checking(archive) if checked else None
                    for number in told.all(follow(sources, archive, every_s=every_s, **reading)):
                        if checking is not None:
                            checking.check(number, archive.article(number))
            except BaseException:
                # What is in is in for good, whatever happened then.
                if told.counts:
                    meter.say(told.summary(archive))
                raise
        told.sum_up(archive)
        if checked and not kept and told.counts["transcripts"] and archive.info().articles:
            complain("the articles that were in already are not checked: sayso archive check")
    return EXIT_UNREADABLE if told.counts["problem"] else 0


def _look_at(sources: tuple[str, ...], transcripts: tuple[str, ...], every_s: float | None) -> None:
    """Raises UsageError, before any work is done, for what cannot be meant."""
    if not sources and not transcripts:
        raise click.UsageError("Nothing to add: name a SOURCE, or a transcript with -t")
    if every_s is not None:
        if not sources:
            raise click.UsageError("Nothing to follow: name the URL of a feed")
        for source in sources:
            if "://" not in source:
                raise click.UsageError(f"{source!r} is no feed to follow: name its URL, or leave out --every")
    named = [*sources, *transcripts]
    if named.count("-") > 1:
        raise click.UsageError("Standard input can be one source only, an article or a transcript")
    if "-" in named and sys.stdin.isatty():
        complain("reading from the terminal; end it with Ctrl-D")


class _Told:
    """Tells what became of each source, and counts it."""

    def __init__(self, form: str, meter: Meter) -> None:
        self.form = form
        self.meter = meter
        self.counts: Counter[str] = Counter()
        self.each = False
        """Whether what went well is told as well, a line each: of feeds, which come in now and then."""
        self._in_parts = False
        """Whether the intake tells how far it is."""

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Shows how far it is."""
        self._in_parts = True
        self.meter.show(done, total, unit)

    def all(self, results: Iterable[Added]) -> Iterator[int]:
        """Goes through all results. The ids of the articles that came in new or changed, as they come."""
        for done, each in enumerate(results, 1):
            self._tell(each)
            if not self._in_parts and not self.each:
                self.meter.show(done, None, "texts")
            if each.saved is not None:
                self.counts[each.saved.kind + "s"] += each.outcome == "added"
                if each.saved.kind == "article" and each.outcome != "unchanged":
                    yield each.saved.id

    def _tell(self, added: Added) -> None:
        self.counts[added.outcome] += 1
        if added.problem is not None:
            advice = f". {added.problem.advice}" if added.problem.advice else ""
            self.meter.say(f"{added.name}: {added.problem.kind}: {added.problem.reason}{advice}")
        for warning in added.warnings:
            self.meter.say(f"{added.name}: warning: {warning}")
        if self.each and added.outcome in ("added", "new version"):
            self.meter.say(f"{added.name}: {added.outcome}")
        if self.form == "jsonl":
            line = json.dumps(added.to_json(), ensure_ascii=False) + "\n"
            print_answer(lambda width, colour: iter([line]), output=None, for_people=False)

    def summary(self, archive: Archive) -> str:
        """One line on all of it."""
        counts = self.counts
        transcripts = f" and {counted(counts['transcripts'], 'transcript')}" if counts["transcripts"] else ""
        parts = [f"{counted(counts['articles'], 'article')}{transcripts} added"]
        parts += [f"{counts['new version']:,} in a new version"] * bool(counts["new version"])
        parts += [f"{counts['unchanged']:,} known already"] * bool(counts["unchanged"])
        parts += [f"{counts['problem']:,} with a problem (sayso archive problems)"] * bool(counts["problem"])
        return f"{archive.where}: {', '.join(parts)}"

    def sum_up(self, archive: Archive) -> None:
        """Prints that line: the result, or in JSON Lines something beside it."""
        if self.form == "text":
            print_answer(lambda width, colour: iter([self.summary(archive) + "\n"]), output=None, for_people=True)
        else:
            complain(self.summary(archive))


def _check(archive: Archive, kept: list[int], meter: Meter) -> None:
    meter.begin("Checking")
    for done, _ in enumerate(check_kept(archive, kept), 1):
        meter.show(done, len(kept), "articles")
