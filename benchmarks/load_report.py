"""The tables of a load measurement, for the terminal and the page."""

from __future__ import annotations

from typing import Any


def load_tables(measured: dict[str, Any]) -> str:
    """What `benchmarks.load` measured, as Markdown."""
    rows = [_row(f"all views, {measured['clients']} people", measured["all"])]
    rows += [_row(view, each) for view, each in measured["views"].items()]
    memory = measured["memory_mb"]
    told = (
        f"{measured['minutes']:g} minutes, {measured['clients']} people, each on to the next view after "
        f"{measured['think_s']:g} s on the average; an article added every {measured['every_s']:g} s "
        f"({measured['added']} in all). Answers of 500 and above: {measured['broken']}. Of the processor, an "
        f"answer took {measured['processor_ms']:.0f} ms on the average. Memory of the serving "
        f"process: {memory['before']:.0f} MB after the first minute, {memory['after']:.0f} MB at the end "
        f"({memory['growth']:+.1%})."
    )
    first = measured["first_byte"]
    byte = "\n".join(_row(f"first byte of an article's page, {name}", each) for name, each in first.items())
    head = "| | answers | median | p95 | p99 | worst |\n|---|---:|---:|---:|---:|---:|"
    return "\n".join([told, "", head, *rows, byte])


def _row(name: str, each: dict[str, float]) -> str:
    times = " | ".join(f"{each[key]:,.0f} ms" for key in ("median_ms", "p95_ms", "p99_ms", "worst_ms"))
    return f"| {name} | {each['count']:,.0f} | {times} |"
