"""The figures of the grouping as Markdown, for the terminal and for the page alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from training.tables import table

_STAGES = ("sketch", "pairs", "connect", "gather", "settle")


def grouping_tables(measured: dict[str, Any]) -> str:
    """The figures as Markdown, a column a size."""
    sizes = list(measured["sizes"].values())
    columns = [f"{each['statements']:,}" for each in sizes]

    def row(name: str, figure: Callable[[dict[str, Any]], str]) -> list[str]:
        return [name, *map(figure, sizes)]

    def stage(kind: str, name: str) -> Callable[[dict[str, Any]], str]:
        return lambda each: f"{each['stages_s'].get(f'{kind} {name}', 0):,.1f} s"

    def of(what: str) -> list[list[str]]:
        return [
            row(f"pairs of {_NAMES[what]}", lambda each: f"{each['quality'][what]['pairs']:,}"),
            row("precision", lambda each: f"{each['quality'][what]['precision']:.3f}"),
            row("recall", lambda each: f"{each['quality'][what]['recall']:.3f}"),
        ]

    cost = table(
        ["statements", *columns],
        [
            row("articles", lambda each: f"{each['articles']:,}"),
            row("text", lambda each: f"{each['text_bytes'] / 1e6:,.0f} MB"),
            row("**processor, all workers**", lambda each: f"{each['cpu_s']:,.1f} s"),
            row("**processor, a statement**", lambda each: f"{each['cpu_s'] / each['statements'] * 1e6:,.0f} µs"),
            row("processor, driver", lambda each: f"{each['driver_s']:,.1f} s"),
            *(row(f"{kind}: {name}", stage(kind, name)) for kind in ("copies", "utterances") for name in _STAGES),
            row("peak memory of a worker", lambda each: f"{each['worker_mb']:,.0f} MB"),
            row("files of work, at the most", lambda each: f"{each['work_bytes'] / 1e6:,.0f} MB"),
            row("let go in too large components", lambda each: f"{each['cut']:,}"),
        ],
    )
    quality = table(
        ["statements", *columns],
        [
            row("copies found", lambda each: f"{each['copies']:,} of {each['texts']:,} texts"),
            *of("copies"),
            row("statements grouped", lambda each: f"{each['told']:,} in {each['utterances']:,} utterances"),
            *of("utterances"),
            *of("across"),
            row("of pairs in other words, tracing links", lambda each: f"{each['quality']['linkable']:.3f}"),
        ],
    )
    machine = measured["machine"]
    return (
        f"sayso {measured['sayso']}, local engine, workers: {measured['workers']}; {machine['processor']}, "
        f"Python {machine['python']}.\n\n{cost}\n\n{quality}{_news(measured.get('news'))}"
    )


def _news(news: dict[str, Any] | None) -> str:
    if news is None:
        return ""
    return (
        f"\n\nReal news, {news['articles']:,} articles of PolNeAR with {news['statements']:,} marked attributions: "
        f"{news['linked']} of {news['links']} pairs of quotations that people link are grouped, and {news['wrong']} of "
        f"{news['others']} that they do not; {news['told']:,} statements in {news['utterances']:,} utterances, "
        f"{news['copies']} articles of {news['texts']} texts, let go in too large components: {news['cut']:,}."
    )


_NAMES = {
    "copies": "copies of one agency's report",
    "utterances": "statements of one utterance",
    "across": "these in texts that are no copies",
}
