"""Real news: PolNeAR's articles with the attributions that people marked, and pairs of quotations that they judged.

`quotations/across-outlets.jsonl` says of pairs from two articles whether both are of one utterance; pairs that were
left open are not counted. Speakers are known by the words of the source alone, a surname or a pronoun, which is less
than a reading finds.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.groupings.building import write_shard
from sayso.archive.forms import Given
from sayso.batch.engines.local import LocalEngine
from sayso.batch.grouping import group
from sayso.batch.layout import Folder
from sayso.batch.parquet import read_parts
from sayso.batch.rows import rows_of
from sayso.batch.tables import Row
from sayso.documents import Article, Span
from sayso.records import Attribution, Quotation, Speaker, Statement, article_to_json

_SHARD = 64
_MARKS = '"“”'


def measure_news(corpora: Path, root: Path) -> dict[str, Any] | None:
    """What is grouped of it, and how many of the judged pairs rightly; None where the corpora are not there."""
    if not (corpora / "polnear").is_dir():
        return None
    articles = [
        _article(json.loads(line))
        for name in ("train", "dev")
        for line in (corpora / "polnear" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    folder = Folder(root)
    for start in range(0, len(articles), _SHARD):
        rows: dict[str, list[Row]] = defaultdict(list)
        for article in articles[start : start + _SHARD]:
            for table, its in rows_of(Given(article.id), article_to_json(article)).items():
                rows[table] += its
        write_shard(folder, start // _SHARD, rows)
    engine = LocalEngine(1)
    began = time.monotonic()
    try:
        report = group(folder, engine)
    finally:
        engine.close()
    pairs = (corpora / "quotations" / "across-outlets.jsonl").read_text(encoding="utf-8").splitlines()
    return {
        "articles": report.articles,
        "statements": report.statements,
        "copies": report.copies,
        "texts": report.texts,
        "told": report.told,
        "utterances": report.utterances,
        "cut": report.cut,
        "wall_s": time.monotonic() - began,
        **_judged(root, {article.id: article for article in articles}, [json.loads(pair) for pair in pairs]),
    }


def _judged(root: Path, articles: dict[str, Article], pairs: list[dict[str, Any]]) -> dict[str, int]:
    tells: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in read_parts(root, "utterances", columns=("article", "statement", "utterance")):
        tells[row["article"], row["statement"]].add(row["utterance"])

    def told(side: dict[str, Any]) -> set[str] | None:
        """The utterances of the statements in which a quotation stands; None where it stands in none."""
        article, place = articles[side["article_id"]], Span(side["b"], side["e"])
        its = [
            f"st{number}"
            for number, each in enumerate(article.attributions, start=1)
            if any(place.overlaps(span) for span in each.content)
        ]
        return set().union(*(tells[article.id, each] for each in its)) if its else None

    counts = {"links": 0, "linked": 0, "others": 0, "wrong": 0}
    for pair in pairs:
        one, other = told(pair["a"]), told(pair["b"])
        if pair["link"] is None or one is None or other is None:
            continue
        together = bool(one & other)
        counts["links"] += pair["link"]
        counts["linked"] += pair["link"] and together
        counts["others"] += not pair["link"]
        counts["wrong"] += together and not pair["link"]
    return counts


def _article(told: dict[str, Any]) -> Article:
    text = told["text"]
    article = Article(told["id"], text, language="en", outlet=told["publisher"])
    article.published = date.fromisoformat(told["date"])
    speakers: dict[str, Speaker] = {}
    for number, each in enumerate(told["attributions"], start=1):
        source, content = ([Span(*span) for span in each.get(part) or ()] for part in ("source", "content"))
        name = " ".join(span.of(text) for span in source)
        if name and name not in speakers:
            speakers[name] = Speaker(f"s{len(speakers) + 1}", name)
        who = speakers[name].id if name else None
        words = " ".join(span.of(text) for span in content)
        article.attributions.append(Attribution(f"a{number}", source, [], content, _quotation(words), speaker=who))
        article.statements.append(Statement(f"st{number}", who, [f"a{number}"], words))
    article.speakers = list(speakers.values())
    return article


def _quotation(words: str) -> Quotation:
    bare = words.strip().rstrip(".,")
    if bare[:1] in _MARKS and bare[-1:] in _MARKS:
        return "direct"
    return "mixed" if any(mark in words for mark in _MARKS) else "indirect"
