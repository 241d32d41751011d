"""How often the verdicts on figures are right, on sentences that say what the verdicts should be.

    python -m training.reckoning tests/checks/reckoning.jsonl       each sentence that is judged otherwise, and the sums
    python -m training.reckoning --read FILE.jsonl [--limit N]       every verdict other than `consistent` on articles

A line of the first kind has `text`, `expect` (rule, value and some words of the figure that is judged), and where they
matter `headline` and `published`; of the second kind `text`, and `headline` and `date` where they are known.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sayso.checks.figures import check_figures
from sayso.documents import Article, Span
from sayso.figures import extract_figures
from sayso.verdicts import FigureVerdict


def article_of(case: dict[str, Any]) -> Article:
    """The article of a line, its figures read."""
    text = case["text"]
    article = Article(case.get("id", ""), text)
    headline = case.get("headline")
    if headline and text.startswith(headline):
        article.headline = Span(0, len(headline))
        article.paragraphs = [Span(start, end) for start, end in _lines(text) if start >= len(headline)]
    day = case.get("published") or case.get("date")
    article.published = date.fromisoformat(day[:10]) if day else None
    article.figures = extract_figures(article)
    return article


def mistakes_in(case: dict[str, Any]) -> list[str]:
    """What is wrong with the verdicts on a sentence, one line each; empty where all are as they should be."""
    article = article_of(case)
    verdicts = check_figures(article)
    mistakes = []
    for wanted in case["expect"]:
        at = article.text.index(wanted["figure"])
        place = Span(at, at + len(wanted["figure"]))
        met = next((each for each in verdicts if each.spans[0].overlaps(place)), None)
        if met is None or (met.rule, met.value) != (wanted["rule"], wanted["value"]):
            mistakes.append(
                f"wanted {wanted['rule']} {wanted['value']} of {wanted['figure']!r}, got {_line(met, article)}"
            )
        if met:
            verdicts.remove(met)
    return mistakes + [f"wanted nothing, got {_line(each, article)}" for each in verdicts]


def cases_of(path: Path) -> list[dict[str, Any]]:
    """The lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield at, at + len(line.rstrip())
        at += len(line)


def _line(verdict: FigureVerdict | None, article: Article) -> str:
    if verdict is None:
        return "nothing"
    return f"{verdict.rule} {verdict.value} of {verdict.spans[0].of(article.text)!r}: {verdict.why}"


def _judge(path: Path) -> None:
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    accused = 0
    for case in cases_of(path):
        kind = case["expect"][0]["value"] if case["expect"] else "nothing"
        mistakes = mistakes_in(case)
        of[kind] += 1
        right[kind] += not mistakes
        accused += kind != "inconsistent" and any(" got " in each and " inconsistent of" in each for each in mistakes)
        for mistake in mistakes:
            print(f"{case['id']}: {case['text']}\n    {mistake}")
    for kind, count in of.most_common():
        print(f"{kind:13} {right[kind]:4} of {count} right")
    print(f"{'all':13} {right.total():4} of {of.total()} right, {accused} accused that should not be")


def _read(path: Path, limit: int) -> None:
    found: Counter[str] = Counter()
    spent = words = 0.0
    for case in cases_of(path)[:limit]:
        article = article_of(case)
        start = time.process_time()
        verdicts = check_figures(article)
        spent += time.process_time() - start
        words += len(article.text.split())
        for verdict in verdicts:
            found[f"{verdict.rule} {verdict.value}"] += 1
            if verdict.value != "consistent":
                start_, end = verdict.spans[0]
                print(f"{_line(verdict, article)}\n    ...{article.text[max(0, start_ - 150) : end + 80]!r}")
    for name, count in sorted(found.items()):
        print(f"{count:5} {name}")
    print(f"{spent / max(words, 1) * 500_000:.2f} ms for 500 words")


def main() -> None:
    """Measures, or reads."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--read", action="store_true")
    parser.add_argument("--limit", type=int, default=400)
    arguments = parser.parse_args()
    if arguments.read:
        _read(arguments.path, arguments.limit)
    else:
        _judge(arguments.path)


if __name__ == "__main__":
    main()
