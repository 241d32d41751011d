"""The figures of the archive as Markdown, for the terminal and for the pages alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from training.tables import table


def _of_kind(kind: str, size: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = size["search"]["kinds"][kind]
    return found


def _told(news: dict[str, Any]) -> str:
    return (
        f"PolNeAR's dev half in an archive of its own ({news['articles']} articles, {news['statements']:,} statements, "
        f"{news['text_bytes'] / 1e6:.2f} MB of text): adding costs {news['on_top']:.1%} on top of reading, "
        f"{news['adding_ms']:.1f} ms an article; the file grows by {news['times_text']:.2f} times the text."
    )


def archive_tables(measured: dict[str, Any]) -> str:
    """The figures as Markdown, a column a size."""
    sizes = measured["sizes"]
    columns = [f"{each['statements']:,}" for each in sizes.values()]

    def row(name: str, figure: Callable[[dict[str, Any]], str]) -> list[str]:
        return [name, *(figure(each) for each in sizes.values())]

    def times(at: Callable[[dict[str, Any]], dict[str, Any]], clock: str) -> Callable[[dict[str, Any]], str]:
        return lambda each: "{p50:,.0f} / {p95:,.0f} ms".format(**at(each)[clock])

    def both(name: str, at: Callable[[dict[str, Any]], dict[str, Any]]) -> list[list[str]]:
        return [
            row(f"{name}, processor", times(at, "processor")),
            row(f"{name}, on the wall", times(at, "wall")),
        ]

    growth = table(
        ["statements", *columns],
        [
            row("articles", lambda each: f"{each['articles']:,}"),
            row("text", lambda each: f"{each['text_bytes'] / 1e6:,.1f} MB"),
            row("file", lambda each: f"{each['file_bytes'] / 1e6:,.1f} MB"),
            row("**file, times the text**", lambda each: f"{each['file_bytes'] / each['text_bytes']:.2f}"),
            row("bytes a statement", lambda each: f"{each['file_bytes'] / each['statements']:,.0f}"),
            *both("**search**", lambda each: each["search"]["all"]),
            *both("search with facets", lambda each: each["search"]["with facets"]),
            *both("**trace of one quote**", lambda each: each["trace"]),
            row("first trace of a process, on the wall", lambda each: f"{each['trace']['first']:,.0f} ms"),
            row("traced quotes found", lambda each: f"{each['trace']['found']:.0%}"),
            row(
                "wordings / witnesses of a quote",
                lambda each: "{wordings:.1f} / {witnesses:.1f}".format(**each["trace"]),
            ),
            row("adding an article, processor", lambda each: f"{each['add']['adding_ms']:.1f} ms"),
            row("**on top of reading it**", lambda each: f"{each['add']['on_top']:.1%}"),
            row("adding an article, on the wall", lambda each: f"{each['add']['adding_wall_ms']:.1f} ms"),
            *both("`sayso search` as a process", lambda each: each["cold"]),
            row("peak memory of searching and tracing", lambda each: f"{each['memory_mb'][1]:,.0f} MB"),
        ],
    )
    last = list(sizes.values())[-1]
    kinds = table(
        ["search by kind, processor", *columns, "found in the largest (median)"],
        [
            [*row(kind, times(partial(_of_kind, kind), "processor")), f"{figures['found']:,.0f}"]
            for kind, figures in last["search"]["kinds"].items()
        ],
    )
    return "\n\n".join(
        [
            f"Median / 95%. sayso {measured['sayso']}, SQLite; {last['search']['all']['times']} queries, "
            f"{last['trace']['times']} quotes traced, {last['add']['articles']} articles read and added; "
            f"{measured['machine']['processor']}, Python {measured['machine']['python']}.",
            growth,
            kinds,
            *([_told(measured["news"])] if measured["news"] else []),
        ]
    )
