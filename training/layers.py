"""Speakers and statements measured: on our own articles with layers, and on GUM's documents.

Given the annotated attributions, so that what these rooms do is measured apart from what extraction misses; and, for
speakers, from raw text as well.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import sayso
from sayso.documents import Article, Span
from sayso.extraction import learned_classes, read_scores
from sayso.speakers import resolve_speakers
from sayso.statements import compose
from tests.gold.layers import GoldLayer, GoldLayers
from tests.gold.markup import GoldArticle
from training.coreference import conll
from training.resolved import (
    Judgement,
    article_of,
    attributions_of,
    gum_article,
    gum_records,
    judge_gum,
    judge_layers,
    judge_raw,
    layered_articles,
)
from training.scoring import Judged, Tallies, Tally, figures_of, figures_to_json, jaccard, reliability, words_of

OCCASION_AGREES = 0.6
"""Jaccard index of words from which two occasions are the same, as the acceptance case has it."""
CLASSES = {
    "act": ("communication", "attitude", "factive", "control"),
    "stance": ("neutral", "endorsing", "distancing"),
    "polarity": ("affirms", "denies", "questions"),
}
RELATIONS = ("disputes", "responds to", "supports")


def share(rights: Iterable[bool]) -> Tally:
    """A share as a tally: it has no said side."""
    counted = list(rights)
    return Tally(0, 0, sum(counted), len(counted))


def read_layered(gold: GoldArticle, layers: GoldLayers) -> Article:
    """A gold article with its gold attributions, and what the rooms make of them."""
    article = article_of(gold, layers)
    article.attributions = attributions_of(gold)
    reading = read_scores(article)
    resolve_speakers(article, reading)
    compose(article, learned=learned_classes(article.attributions, reading))
    return article


def tally_speakers(judged: Sequence[Judgement], kinds: Sequence[str]) -> Tallies:
    """Right speakers, in all and by how the source refers."""
    found = {"speaker": share(each.right for each in judged)}
    for kind in kinds:
        found[f"speaker, {kind}"] = share(each.right for each in judged if kind in each.kinds)
    return found


def tally_statements(article: Article, layers: GoldLayers) -> Tallies:
    """Act, stance, polarity, occasion, date, same statements and relations, in all and by class."""
    wanted = {each.attribution: each for each in layers.layers}
    found: Tallies = {}
    for name, classes in CLASSES.items():
        pairs = [(_class(name, wanted[each.id]), _said(name, each)) for each in article.attributions]
        found[name] = share(want == said for want, said in pairs)
        for value in classes:
            right = sum(want == said == value for want, said in pairs)
            found[f"{name}, {value}"] = Tally(
                right, sum(said == value for _, said in pairs), right, sum(want == value for want, _ in pairs)
            )
    occasions = [
        (words_of(article.text, wanted[each.id].occasion), words_of(article.text, each.occasion.words))
        for each in article.attributions
    ]
    agree = [jaccard(want, said) >= OCCASION_AGREES for want, said in occasions]
    found["occasion"] = share(agree)
    right = sum(ok and bool(want) for ok, (want, _) in zip(agree, occasions, strict=True))
    found["occasion, where there is one"] = Tally(
        right, sum(bool(said) for _, said in occasions), right, sum(bool(want) for want, _ in occasions)
    )
    dates = [(wanted[each.id].date, each.occasion.date) for each in article.attributions]
    right = sum(want == said is not None for want, said in dates)
    found["date"] = Tally(
        right, sum(said is not None for _, said in dates), right, sum(want is not None for want, _ in dates)
    )
    return found | _tally_relations(article, layers)


def _class(name: str, layer: GoldLayer) -> str:
    return str(getattr(layer, name))


def _said(name: str, attribution: sayso.Attribution) -> str:
    return attribution.stance.value if name == "stance" else str(getattr(attribution, name))


def _tally_relations(article: Article, layers: GoldLayers) -> Tallies:
    home = {name: each.id for each in article.statements for name in each.attributions}
    same = {frozenset(pair) for group in layers.same for pair in combinations(group, 2)}
    merged = {frozenset(pair) for each in article.statements for pair in combinations(each.attributions, 2)}
    right = len(same & merged)
    found = {"same statement": Tally(right, len(merged), right, len(same))}
    said = {(each.kind, each.from_, each.to) for each in article.relations if each.kind in RELATIONS}
    want = [(kind, home[one], home[other]) for kind, one, other in layers.relations]
    for kind in ("", *RELATIONS):
        ours = {each for each in said if kind in ("", each[0])}
        theirs = [each for each in want if kind in ("", each[0])]
        found[f"relation, {kind}" if kind else "relation"] = Tally(
            sum(each in set(theirs) for each in ours), len(ours), sum(each in ours for each in theirs), len(theirs)
        )
    return found


def measure_layers(folder: Path) -> dict[str, Any]:
    """All figures of one folder of articles with layers, as `training.evaluate` keeps them."""
    tallies: list[Tallies] = []
    judged: list[Judgement] = []
    right_by_article = {}
    articles = layered_articles(folder)
    kinds = sorted({kind for _, layers in articles for each in layers.layers for kind in each.kinds})
    for gold, layers in articles:
        article = read_layered(gold, layers)
        ours = judge_layers(article, layers)
        raw = judge_raw(gold, layers)
        tallies.append(
            tally_speakers(ours, kinds)
            | {"speaker from raw text": share(each.right for each in raw)}
            | {"speaker of those found": share(each.right for each in raw if each.said != "not found")}
            | tally_statements(article, layers)
        )
        judged += ours
        right_by_article[gold.id] = sum(each.right for each in ours)
    shares = {name for each in tallies for name, tally in each.items() if name.startswith("speaker")}
    shares |= {*CLASSES, "occasion"}
    return {
        "articles": len(articles),
        "words": sum(len(gold.text.split()) for gold, _ in articles),
        "attributions": sum(len(gold.attributions) for gold, _ in articles),
        "figures": figures_to_json(figures_of(tallies, shares=shares)),
        "reliability": reliability([Judged(each.score, each.right) for each in judged if each.score > 0]),
        "right_by_article": right_by_article,
    }


def measure_gum(shared: Path) -> dict[str, Any] | None:
    """Speakers on GUM's news and coreference on its test documents of other kinds; None where GUM is not there."""
    news, other = shared / "corpora/gum/news.jsonl", shared / "corpora/gum/other.jsonl"
    if not news.is_file() or not other.is_file():
        return None
    records = gum_records(news)
    tallies = []
    for record in records:
        tallies.append({"speaker, source given": share(each.right for each in judge_gum(record))})
    figures = figures_to_json(figures_of(tallies, shares={"speaker, source given"}))
    figures |= _raw_on_gum(records, news, shared / "evaluation/score_speakers.py")
    held_out = [record for record in gum_records(other) if record["split"] == "test"]
    for title, documents in (("coreference in news", records), ("coreference elsewhere", held_out)):
        figures |= {
            f"{title}, {name}": {"value": round(value, 4), "low": None, "high": None, "gold": len(documents)}
            for name, value in conll([clusters_of(record) for record in documents]).items()
        }
    return {"articles": len(records), "held out": len(held_out), "figures": figures, "right_by_article": {}}


def _raw_on_gum(records: list[dict[str, Any]], path: Path, scorer: Path) -> dict[str, Any]:
    """From raw text, by the corpus's own scorer, run as it is."""
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said.jsonl"
        with said.open("w", encoding="utf-8") as out:
            for record in records:
                article = sayso.read_text(record["text"], name=record["id"], any_language=True)
                out.write(json.dumps(sayso.article_to_json(article)) + "\n")
        done = subprocess.run(
            [sys.executable, str(scorer), str(path), str(said)], capture_output=True, text=True, check=False
        )
    found = re.findall(r"(?m)^(found|speaker|speaker if found) +([\d.]+) of (\d+)$", done.stdout)
    if len(found) != 3:
        raise RuntimeError(f"The speakers' scorer printed no figures. It said: {done.stderr.strip()[-500:]}")
    names = {"found": "found", "speaker": "speaker from raw text", "speaker if found": "speaker of those found"}
    return {
        names[name]: {"value": float(value), "low": None, "high": None, "gold": int(count)}
        for name, value, count in found
    }


def clusters_of(record: dict[str, Any]) -> tuple[list[frozenset[tuple[int, int]]], list[frozenset[tuple[int, int]]]]:
    """The annotated and the found mentions of those who speak in one GUM document, its attributions given."""
    article = gum_article(record)
    speaking = {each["speaker_entity"] for each in record["attributions"] if each["speaker_entity"]}
    key = [frozenset(map(tuple, each["mentions"])) for each in record["entities"] if each["id"] in speaking]
    chosen = {each.speaker for each in article.attributions}
    taken: set[Span] = set()
    said = []
    for each in article.speakers:
        mentions = {span for span in each.mentions if span not in taken}
        if each.id in chosen and mentions:
            taken |= mentions
            said.append(frozenset((span.start, span.end) for span in mentions))
    return key, said


def confusion(articles: Iterable[tuple[Article, GoldLayers]], name: str) -> dict[str, Counter[str]]:
    """How often each class was taken for each other: for the reader of a page, and for whoever mends a rule."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for article, layers in articles:
        wanted = {each.attribution: each for each in layers.layers}
        for each in article.attributions:
            found[_class(name, wanted[each.id])][_said(name, each)] += 1
    return found
