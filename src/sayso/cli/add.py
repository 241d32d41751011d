"""sayso add: articles and transcripts into the archive."""

from __future__ import annotations

import contextlib
import json
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from sayso.adding import Added, check_kept
from sayso.adding import add as add_sources
from sayso.cli.archived import answer_option, archive_option, opened, seconds_of
from sayso.cli.messages import complain
from sayso.cli.progress import Meter
from sayso.cli.running import EXIT_UNREADABLE, day_option
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
@answer_option("text", "jsonl")
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

    SOURCE is a file, a folder, a URL, an RSS or Atom feed, a WARC file, NewsML-G2, ninjs, JSON-LD, JSON Lines of
    texts, or - for standard input. What is in already is not read again; an article that changed becomes a new version
    of itself. What cannot be kept whole is listed by `sayso archive problems`, and the exit code is 2.
    """
    if not sources and not transcripts:
        raise click.UsageError("Nothing to add: name a SOURCE, or a transcript with -t")
    if every_s is not None and not all("://" in source for source in sources):
        raise click.UsageError("Only feeds are followed: name their URLs, and leave out --every for the rest")
    with opened(where, make=True) as archive:
        told = _Told(form)
        if every_s is None:
            with Meter("Adding") as meter:
                results = add_sources(
                    sources, archive, transcripts=transcripts, date=published, outlet=outlet,
                    any_language=any_language, jobs=jobs, on_progress=meter.show, on_note=meter.say,
                )  # fmt: skip
                kept = told.all(results, meter)
        else:
            kept = []
            with contextlib.suppress(KeyboardInterrupt):
                told.all(
                    follow(
                        sources, archive, every_s=every_s, date=published, outlet=outlet, any_language=any_language,
                        jobs=jobs,
                    ),
                    None,
                )  # fmt: skip
        if checked and kept:
            _check(archive, kept)
        told.sum_up(archive)
    return EXIT_UNREADABLE if told.counts["problem"] else 0


class _Told:
    """Tells what became of each source, and counts it."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.counts: Counter[str] = Counter()

    def all(self, results: Iterable[Added], meter: Meter | None) -> list[int]:
        """Goes through all results. The ids of the articles that came in new or changed."""
        kept = []
        say = complain if meter is None else meter.say
        for each in results:
            self.counts[each.outcome] += 1
            if each.problem is not None:
                advice = f". {each.problem.advice}" if each.problem.advice else ""
                say(f"{each.name}: {each.problem.kind}: {each.problem.reason}{advice}")
            for warning in each.warnings:
                say(f"{each.name}: warning: {warning}")
            if meter is None and each.saved:
                say(f"{each.name}: {each.outcome}")
            if self.form == "jsonl":
                print(json.dumps(_as_json(each), ensure_ascii=False), flush=True)
            if each.saved and each.saved.kind == "article" and each.outcome in ("added", "new version"):
                kept.append(each.saved.id)
            if each.saved:
                self.counts[each.saved.kind + "s"] += each.outcome == "added"
        return kept

    def sum_up(self, archive: Archive) -> None:
        """One line on all of it."""
        counts = self.counts
        parts = [
            f"{counts['articles']:,} article{'s'[: counts['articles'] != 1]}"
            + (
                f" and {counts['transcripts']:,} transcript{'s'[: counts['transcripts'] != 1]}"
                * bool(counts["transcripts"])
            )
            + " added"
        ]
        parts += [f"{counts['new version']:,} in a new version"] * bool(counts["new version"])
        parts += [f"{counts['unchanged']:,} known already"] * bool(counts["unchanged"])
        parts += [f"{counts['problem']:,} with a problem (sayso archive problems)"] * bool(counts["problem"])
        out = sys.stdout if self.form == "text" else sys.stderr
        print(f"{archive.where}: {', '.join(parts)}", file=out)


def _check(archive: Archive, kept: list[int]) -> None:
    with Meter("Checking") as meter:
        for done, _ in enumerate(check_kept(archive, kept), 1):
            meter.show(done, len(kept), "articles")


def _as_json(added: Added) -> dict[str, Any]:
    from sayso.archive.json_form import as_json

    return {
        "name": added.name,
        "outcome": added.outcome,
        "saved": as_json(added.saved),
        "problem": as_json(added.problem),
    }
