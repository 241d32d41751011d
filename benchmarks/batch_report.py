"""What `benchmarks.batch` measured, as Markdown."""

from __future__ import annotations

from typing import Any

from training.tables import table

NEWS_A_DAY = 380_000
"""Articles of a day of the open web's news: the reckoning's assumption; docs/speed.md says whence."""
MILLION = 1_000_000
CORES = (2, 64, 1_000)


def batch_tables(measured: dict[str, Any]) -> str:
    """All tables of docs/speed.md's section."""
    machine = measured["machine"]
    head = (
        f"sayso {measured['sayso']}, weights {measured['model']}. {measured['articles']:,} generated articles "
        f"({measured['words']:,} words, pages of {measured['page_kb']:.0f} KB, {measured['crawl_mb']:.0f} MB packed; "
        f"{measured['failures']} failures), median of {measured['rounds']} rounds; {machine['processor']}, "
        f"Python {machine['python']}."
    )
    return "\n\n".join([head, _rates(measured), _steps(measured), _reckoned(measured)])


def _a_core(measured: dict[str, Any]) -> float:
    """Articles a second of a core."""
    return float(measured["articles"] / measured["cpu_s"])


def _rates(measured: dict[str, Any]) -> str:
    words = measured["words"] / measured["cpu_s"]
    wall = measured["wall_s"]
    rows = [
        ["articles a second and core", f"{_a_core(measured):.2f}"],
        ["words a second and core", f"{words:,.0f}"],
        *(
            [
                f"words a second and core: {name}, on {measured['peer_texts']} of the texts, the pages not counted",
                f"{rate:,.0f}",
            ]
            for name, rate in measured["peers"].items()
        ),
        ["two workers against one, articles a second on the wall", f"{wall['1'] / wall['2']:.2f} times"],
        ["peak memory of a worker", f"{measured['peak_mb']:,.0f} MB"],
        ["tables, for each article", f"{measured['tables_mb'] * 1000 / measured['articles']:.1f} kB"],
    ]
    return table(["", ""], rows)


def _steps(measured: dict[str, Any]) -> str:
    whole = sum(measured["steps"].values())
    ordered = sorted(measured["steps"].items(), key=lambda each: (each[0] == "the rest", -each[1]))
    rows = [
        [name, f"{seconds / whole:.1%}", f"{seconds * 1000 / measured['articles']:.1f} ms"] for name, seconds in ordered
    ]
    return table(["step", "of the processor's time", "an article"], rows)


def _reckoned(measured: dict[str, Any]) -> str:
    rate = _a_core(measured)
    rows = [[f"{cores:,}", _time(MILLION / (rate * cores)), _time(NEWS_A_DAY / (rate * cores))] for cores in CORES]
    hours = MILLION / rate / 3600
    rows.append(["core hours", f"{hours:,.0f}", f"{hours * NEWS_A_DAY / MILLION:,.0f}"])
    return table(["cores", "a million articles", f"a day's news ({NEWS_A_DAY:,} articles)"], rows)


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5_400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def sizing_table(measured: dict[str, Any]) -> str:
    """The table of docs/sizing.md."""
    size = measured["tables_mb"] / measured["articles"] * MILLION / 1000
    return "\n\n".join(
        [
            _reckoned(measured),
            f"A worker takes {measured['peak_mb']:,.0f} MB at its peak; the tables of a million articles take "
            f"{size:,.0f} GB.",
        ]
    )
