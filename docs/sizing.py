"""The tables of docs/sizing.md, from what the desk's load, the archive and the batch were measured at."""

from __future__ import annotations

from typing import Any

from training.tables import table


def desk_table(measured: dict[str, Any]) -> str:
    """People at one core of a desk, and its memory."""
    people, think_s, each_ms = measured["clients"], measured["think_s"], measured["processor_ms"]
    memory, overall = measured["memory_mb"], measured["all"]
    answers = overall["count"] / (measured["minutes"] * 60)
    rows = [
        [f"people at it, each on to the next view after {think_s:g} s", f"{people}"],
        ["answers a second", f"{answers:.0f}"],
        ["processor for an answer", f"{each_ms:.0f} ms"],
        ["cores in use (reckoned from these two)", f"{answers * each_ms / 1000:.1f}"],
        ["median of the answers, 95 of 100", f"{overall['median_ms']:.0f} ms, {overall['p95_ms']:.0f} ms"],
        ["memory of the server, after a minute and at the end", f"{memory['before']:.0f} MB, {memory['after']:.0f} MB"],
    ]  # fmt: skip
    return table(["the desk under load", ""], rows)


def archive_table(measured: dict[str, Any]) -> str:
    """The file and its growth for each size of archive."""
    rows = []
    for size in measured["sizes"].values():
        articles, data = size["articles"], size["file_bytes"]
        each = [f"{data / articles / 1e3:.0f} kB", f"{data / size['text_bytes']:.1f}", f"{size['saving_ms']:.0f} ms"]
        rows.append([f"{size['statements']:,}", f"{articles:,}", f"{data / 1e6:,.0f} MB", *each])
    columns = ["statements", "articles", "file", "an article", "times its text", "saving an article"]
    return table(columns, rows)
