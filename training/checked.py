"""The whole check on real articles and the transcripts of the days before: `python -m training.checked`.

PolNeAR's articles of 2015 and 2016 against the debates and speeches of `../shared` (or `--shared`) that were held up to
`--days` before: quotes as sayso finds and attributes them, nothing given. What is called sound was said; what accuses
somebody is printed with both texts, to be read: is the accusation true? (There are no labels for that.)
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sayso
from sayso.checks.failing import failing
from sayso.checks.library import Library
from sayso.documents import Article, Transcript
from sayso.verdicts import QuoteVerdict
from training.evaluate import SHARED
from training.quotations import read_corpus

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_articles(shared: Path, split: str) -> Iterator[dict[str, Any]]:
    """The articles of a split of PolNeAR, as they stand in the corpus."""
    with (shared / "corpora" / "polnear" / f"{split}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def near(transcripts: list[Transcript], day: date, days: int) -> list[Transcript]:
    """The transcripts of a day and of those before it."""
    return [each for each in transcripts if each.date and timedelta(0) <= day - each.date <= timedelta(days)]


def show(article: Article, verdict: QuoteVerdict) -> str:
    """A verdict with both texts."""
    texts = {each.id: each.text for each in article.transcripts}
    speaker = next((a.speaker for a in article.attributions if a.id == verdict.attribution), None)
    name = next((s.name for s in article.speakers if s.id == speaker), "?")
    lines = [f"{verdict.value} ({name}): {verdict.why} {verdict.doubt or ''}"]
    lines += [f"  article     {' … '.join(span.of(article.text) for span in verdict.spans)}"]
    for each in verdict.passages:
        lines.append(f"  {each.speaker or '?':11} {' '.join(each.span.of(texts[each.transcript]).split())}")
    return "\n".join(lines)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="checked", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--split", default="dev", choices=("train", "dev"))
    parser.add_argument("--days", type=int, default=2)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--limit", type=int, help="articles at the most")
    parser.add_argument("--skip", type=int, default=0, help="articles to pass over first")
    parser.add_argument("--values", help="verdicts to print, with commas between (default: those that fail a check)")
    arguments = parser.parse_args()
    transcripts = list(read_corpus(arguments.shared))
    counts: Counter[str] = Counter()
    done = passed = 0
    for row in read_articles(arguments.shared, arguments.split):
        name = row.get("id") or row.get("article_id") or ""
        found = _DAY.search(name)
        sources = near(transcripts, date.fromisoformat(found.group()), arguments.days) if found else []
        if not sources or (arguments.limit and done >= arguments.limit):
            continue
        if passed < arguments.skip:
            passed += 1
            continue
        done += 1
        article = sayso.read_text(row["text"], name=name, date=found.group() if found else None)
        verdicts = [
            v for v in sayso.check(article, Library.of(sources)) if isinstance(v, QuoteVerdict) and not v.indirect
        ]
        counts.update(f"{each.value}{' in doubt' if each.doubt else ''}" for each in verdicts)
        wanted = failing(verdicts) if not arguments.values else verdicts
        for each in wanted:
            if isinstance(each, QuoteVerdict) and (not arguments.values or each.value in arguments.values.split(",")):
                print(f"{name}\n{show(article, each)}\n")
    print(f"{done} articles, {counts.total()} quotes")
    for value, count in counts.most_common():
        print(f"{count:6} {value}")


if __name__ == "__main__":
    main()
