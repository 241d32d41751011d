"""What came of the fuzzing, as Markdown."""

from __future__ import annotations

from typing import Any

from training.tables import table


def fuzzing_table(measured: dict[str, Any]) -> str:
    """A row for each reader, and the sum; and how long that was."""
    rows = []
    for name, each in measured["readers"].items():
        rows.append(
            [
                name,
                f"{each['cases']:,}",
                f"{100 * each['read'] / max(each['cases'], 1):.0f}%",
                each["crashes"] + each["died"],
                each["slow"],
                each["memory"],
                f"{each['slowest_s']:.2f} s",
                f"{each['peak_mb']:,} MB",
            ]
        )
    found = list(measured["readers"].values())
    rows.append(
        [
            "all",
            f"{sum(each['cases'] for each in found):,}",
            "",
            sum(each["crashes"] + each["died"] for each in found),
            sum(each["slow"] for each in found),
            sum(each["memory"] for each in found),
            f"{max(each['slowest_s'] for each in found):.2f} s",
            f"{max(each['peak_mb'] for each in found):,} MB",
        ]
    )
    columns = ["reader", "cases", "read all the same", "crashes", "over 10 s", "over 1 GiB", "slowest", "memory"]
    told = f"{measured['seconds']:g} s of a processor for all readers together."
    return f"{table(columns, [list(map(str, row)) for row in rows])}\n\n{told}"
