"""How long it takes to look round in an archive: `python -m benchmarks.browsing --archive FILE-OR-ADDRESS`.

The lists, an outlet, a speaker and a timeline, of those that have most, which take longest: each asked several times of
an archive that `benchmarks.archives` made, first in this process and then again. On the wall and of the processor.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Callable
from typing import Any

from benchmarks.archive import _Clock
from sayso.archive import open_archive
from sayso.archive.archive import Archive

TIMES = 9


def acts(archive: Archive) -> dict[str, Callable[[], Any]]:
    """What is asked, by what it is called in the table."""
    speakers = archive.speakers(limit=10)
    outlet = archive.outlet_list()[0]
    articles = archive.article_list()
    (hit,) = archive.search("", limit=1).hits
    return {
        "articles": archive.article_list,
        "articles, the second page": lambda: archive.article_list(after=articles.next),
        "articles with a word": lambda: archive.article_list(words="bridge"),
        "articles of an outlet": lambda: archive.article_list(outlet=outlet.id),
        "articles that are not checked": archive.unchecked,
        "what came in last": archive.recent,
        "transcripts": archive.transcript_list,
        "all outlets": archive.outlet_list,
        "the outlet with most statements": lambda: archive.outlet(outlet.id),
        "the speaker with most statements": lambda: archive.speaker_profile(speakers[0].id),
        "the tenth speaker": lambda: archive.speaker_profile(speakers[-1].id),
        "timeline of everything": archive.timeline,
        "timeline of a word": lambda: archive.timeline("bridge"),
        "timeline of a word in two of three": lambda: archive.timeline("the"),
        "timeline of what is not anonymous": lambda: archive.timeline("-is:anonymous"),
        "a statement's place": lambda: archive.statement_place(hit.statement),
        "an article's statements": lambda: archive.article_places(hit.article),
    }


def measure(archive: Archive, *, times: int = TIMES) -> dict[str, dict[str, float]]:
    """By act, in milliseconds: the first time, the median of the others, and the same of the processor."""
    found = {}
    for name, act in acts(archive).items():
        clock = _Clock()
        for _ in range(times):
            clock.time(act)
        wall, processor = clock.wall, clock.processor
        found[name] = {
            "first": wall[0] * 1000,
            "wall": statistics.median(wall[1:]) * 1000,
            "processor": statistics.median(processor[1:]) * 1000,
            "best": min(wall) * 1000,
        }
    return found


def table(measured: dict[str, dict[str, float]]) -> str:
    """As a table in Markdown."""
    lines = ["| ms | first | median | processor | best |", "|---|--:|--:|--:|--:|"]
    for name, each in measured.items():
        cells = " | ".join(f"{each[column]:.1f}" for column in ("first", "wall", "processor", "best"))
        lines.append(f"| {name} | {cells} |")
    return "\n".join(lines)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="browsing", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--archive", required=True, metavar="FILE-OR-ADDRESS")
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--json", action="store_true", help="print JSON in place of the table")
    arguments = parser.parse_args()
    with open_archive(arguments.archive) as archive:
        measured = measure(archive, times=arguments.times)
    print(json.dumps(measured, indent=1) if arguments.json else table(measured))


if __name__ == "__main__":
    main()
