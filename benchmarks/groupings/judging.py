"""How well a grouping did: of all pairs that belong together, those that it put together, and the other way round."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.groupings.building import read_truth
from sayso.archive.tracing.linking import link
from sayso.batch.grouping.told import Told, told_in
from sayso.batch.layout import Folder
from sayso.batch.parquet import read_parts

_ASKED = 4_000
"""Pairs of which it is looked whether tracing would link them at all."""


def judge(root: Path) -> dict[str, Any]:
    """Precision and recall, by pairs: of copies, of all statements, and of those of texts that are no copies."""
    original = {row["article"]: row["original"] for row in read_parts(root, "copies", columns=("article", "original"))}
    utterance: dict[tuple[str, str], str] = {}
    for row in read_parts(root, "utterances", columns=("article", "statement", "utterance")):
        utterance.setdefault((row["article"], row["statement"]), row["utterance"])
    articles: list[tuple[Hashable, Hashable]] = []
    told: list[tuple[Hashable, Hashable, Hashable]] = []
    for name, wire, its in read_truth(root):
        articles.append((wire or name, original.get(name, name)))
        for at, each in enumerate(its, start=1):
            statement = f"st{at}"
            told.append((each, utterance.get((name, statement), f"{name} {statement}"), wire or name))
    every = _pairs((truth, found) for truth, found, _ in told)
    within = _pairs(((truth, source), (found, source)) for truth, found, source in told)
    return {
        "copies": _figures(_pairs(articles)),
        "utterances": _figures(every),
        "across": _figures(tuple(all_ - inner for all_, inner in zip(every, within, strict=True))),
        "linkable": linkable(root),
    }


def linkable(root: Path) -> float:
    """Of pairs in different words that tell one utterance, the share that tracing would link when it compares them."""
    truth = {name: its for name, _, its in read_truth(root)}
    groups: dict[str, list[Told]] = defaultdict(list)
    folder = Folder(root)
    for path in folder.parts("statements")[:40]:
        for each in told_in(folder, int(path.stem.removeprefix("part-"))):
            groups[truth[each.article][int(each.statement.removeprefix("st")) - 1]].append(each)
    chance = random.Random(0)
    pairs = []
    for its in groups.values():
        texts = list({each.utterance.text: each.utterance for each in its}.values())
        if len(texts) > 1:
            pairs.append(chance.sample(texts, 2))
    pairs = chance.sample(pairs, min(_ASKED, len(pairs)))
    return sum(link(one, other) is not None for one, other in pairs) / max(1, len(pairs))


def _pairs(told: Iterable[tuple[Hashable, Hashable]]) -> tuple[int, int, int]:
    """How many pairs belong together, were put together, and both."""
    truth: Counter[Hashable] = Counter()
    found: Counter[Hashable] = Counter()
    both: Counter[Hashable] = Counter()
    for one, other in told:
        truth[one] += 1
        found[other] += 1
        both[one, other] += 1
    belong, put, right = (sum(n * (n - 1) // 2 for n in each.values()) for each in (truth, found, both))
    return belong, put, right


def _figures(pairs: tuple[int, ...]) -> dict[str, float]:
    belong, put, right = pairs
    return {"pairs": belong, "put": put, "precision": right / max(1, put), "recall": right / max(1, belong)}
