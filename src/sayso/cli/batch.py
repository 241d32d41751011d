"""sayso batch: articles by the million into tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.archived import answer_option, print_answer, print_json
from sayso.cli.messages import complain
from sayso.cli.progress import Meter
from sayso.cli.running import EXIT_UNREADABLE, day_option
from sayso.exports.counts import counted

if TYPE_CHECKING:
    from sayso.batching import Progress, Report

_VERBS = {"planning": "Planning", "reading": "Reading", "grouping": "Grouping"}
_NAMED = 10
"""Inputs that could not be read of which each gets a line."""


@click.command(
    epilog="""\b
Examples:
  sayso batch crawl.warc.gz --output crawl
  sayso batch wire.jsonl news.parquet warcs/ --output news --outlet "The Tidewater Courier"
  sayso batch warcs/ --output /mnt/news --address auto --workers 64
  sayso batch --output news --group
  sayso add news
"""
)
@click.argument("inputs", metavar="[INPUT]...", nargs=-1)
@click.option("-o", "--output", metavar="DIR", required=True, type=click.Path(path_type=Path),
              help="The folder for the tables, made where there is none; a batch that is in it goes on.")  # fmt: skip
@click.option("--engine", type=click.Choice(("local", "ray")),
              help="What carries the work: processes here, or Ray.  [default: local; with --address, ray]")  # fmt: skip
@click.option(
    "--address", metavar="HOST:PORT", help="The Ray cluster that does the work; auto: the one this machine is in."
)
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Articles at a time.  [default: one a core]")
@click.option("--date", "published", metavar="DAY", callback=day_option,
              help="Day of publication (2026-03-14), where the source does not say.")  # fmt: skip
@click.option("--outlet", metavar="NAME", help="Name of the outlet, where the source does not say.")
@click.option("--any-language", is_flag=True, help="Read articles that are not in English too, as if they were.")
@click.option("--group", is_flag=True, help="Find copies of articles and of quotes, once all is read.")
@click.option(
    "--verify", is_flag=True, help="Look at every byte of what is done already; what is damaged is done anew."
)
@answer_option("text", "json", by_name=False)
def batch(
    *,
    inputs: tuple[str, ...],
    output: Path,
    engine: str | None,
    address: str | None,
    workers: int | None,
    published: date | None,
    outlet: str | None,
    any_language: bool,
    group: bool,
    verify: bool,
    form: str,
) -> int:
    """Read articles by the million into tables (Parquet).

    INPUT is a WARC file, Parquet or JSON Lines of texts, any other file that `sayso add` reads, or a folder of them.
    The same command goes on where it was left, however it ended; without an INPUT the batch in DIR goes on. Each
    article is one row in `articles` or, with the reason, in `failures`; the exit code is 2 where an INPUT could not be
    opened, or no article could be read. What happens is written to DIR/events.jsonl, a line each.
    """
    from sayso.batching import run_batch

    with Meter("Planning", own_time=True) as meter:
        told = _Told(meter)
        try:
            report = run_batch(
                inputs, output, engine=engine, address=address, workers=workers, date=published, outlet=outlet,
                any_language=any_language, group=group, verify=verify, on_progress=told.progress, on_note=meter.say,
            )  # fmt: skip
        except KeyboardInterrupt:
            if told.begun:
                meter.say(f"{output}: what is done is kept; the same command goes on from there")
            raise
    for each in report.unreadable[:_NAMED]:
        complain(each)
    if report.failures:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in report.failed.items())
        complain(f"{counted(report.failures, 'failure')} ({kinds}), each with its reason in {output / 'failures'}")
    if form == "json":
        print_json(report.to_json())
    else:
        print_answer(lambda width, colour: _summary(report), output=None, for_people=True)
    return EXIT_UNREADABLE if report.unreadable or not report.articles else 0


class _Told:
    """Shows how far it is."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._stage = "planning"
        self.begun = False
        """Whether there is anything yet to go on with."""

    def progress(self, progress: Progress) -> None:
        """As `run_batch` tells it, from whichever thread."""
        self.begun = True
        if progress.stage != self._stage:
            self._stage = progress.stage
            self._meter.begin(_VERBS[progress.stage])
        told = [progress.unit]
        told += [f"{progress.per_s:,.1f}/s"] if progress.per_s and progress.stage == "reading" else []
        told += [counted(progress.failures, "failure")] * bool(progress.failures)
        told += [f"{duration(progress.left_s)} left"] if progress.left_s else []
        self._meter.show(progress.done, progress.total, " · ".join(told))


def duration(seconds: float) -> str:
    """A stretch of time as people read it: its two largest units, of which no more is told than is full.

    >>> duration(42.4), duration(190), duration(7300), duration(200_000)
    ('42 s', '3 min 10 s', '2 h 1 min', '2 d 7 h')
    """
    whole = round(seconds)
    parts = [(whole // 86400, "d"), (whole // 3600 % 24, "h"), (whole // 60 % 60, "min"), (whole % 60, "s")]
    first = next((number for number, (count, _) in enumerate(parts) if count), len(parts) - 1)
    return " ".join(f"{count} {unit}" for count, unit in parts[first : first + 2] if count) or "0 s"


def _summary(report: Report) -> Iterator[str]:
    """The result for people: a line, and what it took."""
    done, cost = report.articles + report.failures, report.cost
    yield f"{report.output}: {counted(report.articles, 'article')} read, {counted(report.failures, 'failure')}\n\n"
    for name, count in report.rows.items():
        yield _line(name, f"{count:,}")
    if groups := report.groups:
        yield _line("copies", f"{groups['copies']:,}", f"articles of {counted(groups['texts'], 'text')}")
        yield _line("utterances", f"{groups['utterances']:,}", f"in {counted(groups['told'], 'statement')}")
    yield _line("words", f"{report.words:,}")
    yield _line("size", _size(report.bytes))
    yield _line("time", duration(cost.wall_s), f"in {counted(cost.runs, 'run')}" if cost.runs > 1 else "")
    if done and cost.reading_s:
        yield _line("speed", f"{done / cost.reading_s:,.1f}", "articles a second")
    if done and cost.cpu_s:
        yield _line("processor", f"{cost.cpu_s / done:.3f} s", "an article")
    if cost.peak_mb:
        yield _line("memory", f"{cost.peak_mb:,.0f} MB", "a worker, at most")
    if cost.deaths:
        yield _line("deaths", f"{cost.deaths:,}", "of workers; their work was done again")


def _line(name: str, value: str, more: str = "") -> str:
    return f"{name:<13}{value:>14}  {more}".rstrip() + "\n"


def _size(count: int) -> str:
    """A number of bytes as people read it.

    >>> _size(900), _size(12_400_000)
    ('900 B', '12.4 MB')
    """
    size = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.{0 if unit == 'B' else 1}f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
