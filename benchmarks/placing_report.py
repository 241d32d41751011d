"""The figures of the placing as Markdown, for the terminal and for the pages alike."""

from __future__ import annotations

from typing import Any

from training.tables import table


def placing_tables(measured: dict[str, Any]) -> str:
    """The figures as Markdown."""
    index, looked, memory = measured["index"], measured["look_up"], measured["in_memory"]

    def row(name: str, spread: dict[str, float]) -> list[str]:
        return [name, *(f"{spread[figure] * 1000:,.0f} ms" for figure in ("median", "worst", "processor"))]

    times = table(
        ["one quote", "median", "worst", "processor"],
        [
            row("index open, read for the second time", looked["warm"]),
            row("index open, read for the first time", looked["first"]),
            row("new process, from its start to its end", measured["new_process"]),
            row("new process, index not in the system's cache", measured["new_process_from_disk"]),
            row("for comparison: scan of one plain text, exact only", looked["plain_scan"]),
        ],
    )
    article = table(
        [f"{memory['quotes']} quotes in {memory['words']:,} words", "median", "worst", "processor", "placed"],
        [
            [*row("sayso, making the library included", memory["ours"]), f"{memory['found']:.1%}"],
            [
                *row("for comparison: rapidfuzz, partial alignment", memory["plain"]),
                f"{memory['plain_found_transcript']:.1%} (transcript)",
            ],
        ],
    )
    found = table(["quotes", "placed"], [[kind, f"{share:.1%}"] for kind, share in looked["found"].items()])
    return "\n\n".join(
        [
            f"sayso {measured['sayso']}, {index['transcripts']:,} transcripts of {index['words']:,} words together "
            f"({index['material']}), {measured['quotes']} quotes; {measured['machine']['processor']}, "
            f"Python {measured['machine']['python']}.",
            f"Building: {index['words_per_cpu_s']:,.0f} words a processor second, {index['peak_mb']:,.0f} MB at the "
            f"peak; on disk {index['bytes_per_word']:.1f} bytes a word, the transcripts included (plain text: "
            f"{index['text_bytes_per_word']:.1f}). One more transcript is added in {index['add_one_s']:.2f} s.",
            times,
            found,
            f"In memory: {1 / memory['times_faster']:.2f} of the plain way's processor time, in the same rounds.",
            article,
        ]
    )
