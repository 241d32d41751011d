"""The encoder's figures as Markdown, for the terminal and for the pages alike."""

from __future__ import annotations

from typing import Any

from training.tables import table

NAMES = {
    "DynamicQuantizeMatMul": "products in 8-bit integers, quantising included",
    "MatMulIntegerToFloat": "products in 8-bit integers, of what is quantised already",
    "MultiHeadAttention": "attention, in floats",
    "Gelu": "Gelu",
    "Gemm": "the heads' product, in floats",
    "LayerNormalization": "layer norm",
}
LEAST = 0.02
"""Kinds of nodes that take less of the time are one row."""
_OTHERS = "all else: norms spelt out, sums, look-ups"


def encoder_tables(measured: dict[str, Any]) -> str:
    """Peak and share of it, where the time goes, and what reading side by side and shorter windows first come to."""
    articles, windows, seconds = measured["articles"], measured["windows"], measured["seconds"]
    count = windows["count"]
    overlap = windows["pieces"] - 2 * count - windows["of_the_text"]
    head = (
        f"Weights {measured['model']}. {articles['count']} articles ({articles['name']}, {articles['words']:,} words, "
        f"{windows['of_the_text']:,} pieces) in {count} windows, whose overlaps are {overlap:,} pieces more; "
        f"{measured['machine']}, one core, processor time, median of {measured['rounds']} rounds."
    )
    return "\n\n".join([head, _speeds(articles["words"], count, seconds), _peak(measured), _nodes(measured)])


def _speeds(words: int, windows: int, seconds: dict[str, float]) -> str:
    return table(
        ["", "words per CPU-second", "a window"],
        [[name, f"{words / each:,.0f}", f"{each / windows * 1000:.1f} ms"] for name, each in seconds.items()],
    )


def _sums(measured: dict[str, Any]) -> tuple[float, float]:
    nodes = measured["profile"]["nodes"].values()
    return sum(each["seconds"] for each in nodes), sum(each["macs"] for each in nodes)


def _fastest(measured: dict[str, Any]) -> float:
    nodes: list[dict[str, float]] = list(measured["profile"]["nodes"].values())
    return max(each["macs"] / each["seconds"] for each in nodes if each["seconds"])


def _peak(measured: dict[str, Any]) -> str:
    seconds, macs = _sums(measured)
    peak, profile = measured["peak"], measured["profile"]
    ceiling = peak["int8_macs"] if peak else _fastest(measured)
    told = (
        f"Peak, in registers alone: {peak['int8_macs'] / 1e9:.0f} billion multiply-adds of 8-bit integers a second, "
        f"{peak['float_macs'] / 1e9:.0f} of floats, at {peak['hertz'] / 1e9:.2f} GHz."
        if peak
        else f"No peak measured (no compiler, or no AVX-512 VNNI): for it stands the network's own fastest product, "
        f"{ceiling / 1e9:.0f} billion multiply-adds a second."
    )
    return (
        f"{told} The network: {macs / 1e9:.2f} billion multiply-adds a window of {profile['pieces']:.0f} pieces in "
        f"{seconds * 1000:.1f} ms, {macs / seconds / 1e9:.0f} billion a second: "
        f"**{macs / seconds / ceiling:.0%} of the 8-bit peak**."
    )


def _nodes(measured: dict[str, Any]) -> str:
    """Where the time goes, against the peak of the kind of number that each reckons in."""
    peak = measured["peak"]
    total, _ = _sums(measured)
    rows: list[list[str]] = []
    rest = {"seconds": 0.0, "nodes": 0.0}
    for kind, each in sorted(measured["profile"]["nodes"].items(), key=lambda item: -item[1]["seconds"]):
        if each["seconds"] < LEAST * total and not (kind in NAMES and each["macs"]):
            rest = {name: rest[name] + each[name] for name in rest}
            continue
        number = "int8_macs" if kind in ("DynamicQuantizeMatMul", "MatMulIntegerToFloat") else "float_macs"
        speed = each["macs"] / each["seconds"]
        counted = each["macs"] > 0.01 * total * 1e9
        rows.append(
            [
                NAMES.get(kind, kind),
                f"{each['nodes']:.0f}",
                f"{each['seconds'] * 1000:.1f} ms",
                f"{each['seconds'] / total:.0%}",
                f"{each['macs'] / 1e9:.2f}" if counted else "",
                f"{speed / 1e9:.0f}" if counted else "",
                f"{speed / peak[number]:.0%}" if counted and peak else "",
            ]
        )
    rows.append(
        [
            _OTHERS,
            f"{rest['nodes']:.0f}",
            f"{rest['seconds'] * 1000:.1f} ms",
            f"{rest['seconds'] / total:.0%}",
            *[""] * 3,
        ]
    )
    return table(
        ["a window", "nodes", "time", "share", "billion multiply-adds", "billion a second", "of its kind's peak"], rows
    )
