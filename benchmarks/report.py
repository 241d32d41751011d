"""The speed figures as Markdown, for the terminal and for the pages alike."""

from __future__ import annotations

from typing import Any

from training.tables import table

YARDSTICK = "spaCy small"


def summary_table(measured: dict[str, Any]) -> str:
    """One row an engine: speed, its ratio to spaCy's small pipeline, memory."""
    engines = measured["engines"]
    base = engines.get(YARDSTICK, {}).get("words_per_cpu_s")
    return table(
        ["", "words per CPU-second", f"times {YARDSTICK}", "peak memory"],
        [
            [
                name,
                f"{each['words_per_cpu_s']:,.0f}",
                f"{each['words_per_cpu_s'] / base:.2f}" if base else "",
                f"{each['peak_mb']:.0f} MB",
            ]
            for name, each in engines.items()
        ],
    )


def speed_tables(measured: dict[str, Any]) -> str:
    """The summary, the spread over the rounds, the cold start, and where it was measured."""
    articles, machine = measured["articles"], measured["machine"]
    spread = table(
        ["", "slowest round", "fastest round", "loading", "found"],
        [
            [
                name,
                f"{each['slowest']:,.0f}",
                f"{each['fastest']:,.0f}",
                f"{each['load_s']:.2f} s",
                f"{each['found']:,}",
            ]
            for name, each in measured["engines"].items()
        ],
    )
    cold = "not measured" if measured["cold_start_s"] is None else f"{measured['cold_start_s']:.2f} s"
    return "\n\n".join(
        [
            f"sayso {measured['sayso']}, weights {measured['model']}. {articles['count']} articles "
            f"({articles['name']}, {articles['words']:,} words), one core, median of {measured['rounds']} rounds; "
            f"{machine['processor']}, Python {machine['python']}.",
            summary_table(measured),
            spread,
            f"Cold start, `sayso read` of one article from process start to exit: {cold}.",
        ]
    )
