"""Fit the weights that choose who a pronoun or a description speaks of: `python -m training.rank`.

On GUM's training documents, with gold mentions and gold entities before each mention; what the encoder says of them is
the packaged model's. Multinomial logistic regression, full batches, Adam (Kingma and Ba 2015). Prints how often the
right entity is first on GUM's development documents.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sayso.documents import Article, Span
from sayso.extraction import Reading, read_scores
from sayso.extraction.layout import layout_of
from sayso.extraction.model import ENGLISH, PARAMETERS, Model, read_model
from sayso.speakers.attributing import resolve_rest
from sayso.speakers.entities import Entity
from sayso.speakers.forms import plain_word
from sayso.speakers.mentions import Mention
from sayso.speakers.ranking import FEATURES, SORTS, Ranking, features_of, sort_of
from sayso.speakers.resolving import Resolver
from sayso.speakers.sources import mentions_with_sources
from training.entities import EntityExample, EntityText, entity_example, read_gum
from training.resolved import article_of, attributions_of, layered_articles

OWN = 4
"""How often each case of our own articles counts: GUM's are many, but seldom news."""
Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class Case:
    """One mention to rank: a row of features a candidate, and the place of the right one (-1: nobody yet)."""

    rows: list[list[float]]
    right: int


def gold_mentions(example: EntityExample, reading: Reading) -> list[Mention]:
    """The annotated mentions with the kinds that the encoder gives their heads."""
    chances = np.exp(reading.scores.mentions.tags)
    words = example.tokens.words
    found = []
    for each in example.mentions:
        kinds = chances[each.head].copy()
        kinds[0] = 0
        kinds /= kinds.sum()
        span = Span(words[each.first].start, words[each.last - 1].end)
        found.append(Mention(each.head, each.first, each.last, span, tuple(kinds.tolist())))
    return found


def cases_of(text: EntityText, spoken: list[tuple[int, str]], model: Model) -> list[tuple[str, Case]]:
    """The cases of one document, by sort; `spoken` are the offsets and entities of its sources."""
    example = entity_example(text, model.pieces)
    article = Article(text.id, text.text, paragraphs=text.blocks)
    reading = Reading(example.tokens, layout_of(article), model.scores(example.tokens), model)
    resolver = Resolver(article, reading, Ranking({}), mentions=gold_mentions(example, reading))
    entities = {number: resolver.create() for number in range(len(text.entities))}
    numbers = {each.id: number for number, each in enumerate(text.entities)}
    for number, form in enumerate(resolver.forms):
        if form.shape in ("person", "proper"):
            resolver.join(number, entities[example.mentions[number].entity])
    resolver.set_spoken(sorted((offset, numbers[name]) for offset, name in spoken if name in numbers))
    resolver.prepare_ranking()
    asked = set(resolver.asked())
    found = []
    for number in range(len(resolver.mentions)):
        if not resolver.relevant(number):
            continue
        right = entities[example.mentions[number].entity]
        if number in asked:
            candidates = resolver.candidates(number)
            rows = [features_of(resolver.forms[number], entity, seen) for entity, seen in candidates]
            place = next((index for index, (entity, _) in enumerate(candidates) if entity is right), -1)
            found.append((sort_of(resolver.forms[number]), Case(rows, place)))
        resolver.join(number, right)
    return found


def gum_cases(path: Path, split: str, model: Model) -> dict[str, list[Case]]:
    """All cases of GUM's documents of a split."""
    spoken: dict[str, list[tuple[int, str]]] = {}
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            spoken[record["id"]] = [
                (each["speaker_mention"][0], each["speaker_entity"])
                for each in record["attributions"]
                if each["speaker_entity"] and each["speaker_mention"]
            ]
    found: dict[str, list[Case]] = defaultdict(list)
    for text in read_gum(path):
        if text.split == split:
            for sort, case in cases_of(text, spoken[text.id], model):
                found[sort].append(case)
    return found


def layer_cases(folder: Path, model: Model, ranking: Ranking) -> dict[str, list[Case]]:
    """The cases of our own articles with layers: of each source that is a pronoun or a description, its right speaker.
    Mentions that are no source are resolved by the ranking so far."""
    found: dict[str, list[Case]] = defaultdict(list)
    for gold, layers in layered_articles(folder):
        article = article_of(gold, layers)
        article.attributions = attributions_of(gold)
        reading = read_scores(article, model=model)
        sources = mentions_with_sources(article.attributions, article.text, reading)
        resolver = Resolver(
            article, reading, ranking, mentions=sources.mentions, sources=sources.of_attribution.values()
        )
        resolver.resolve_names()
        resolver.join_appositions(sources.beside)
        keys = {each.attribution: each.speaker for each in layers.layers}
        key_of = {number: keys[name] for name, number in sources.of_attribution.items()}
        known: dict[str, Entity] = {}
        for each in layers.speakers:
            words = {word for word in map(plain_word, each.name.split()) if word[:1].isupper()} - {"The", "A", "An"}
            shared = [
                (max(len(words & set(name)) / len(words | set(name)) for name in entity.names), -entity.number, entity)
                for entity in resolver.cast.entities
                if entity.names and words
            ]
            best = max(shared, default=None)
            if best is not None and best[0] >= 0.34:
                known[each.key] = best[2]

        def decide(number: int, ranked: bool) -> Entity | None:
            key = key_of.get(number)
            if key is None:
                return None
            right = known.get(key)
            if ranked:
                candidates = resolver.candidates(number)
                form = resolver.forms[number]
                rows = [features_of(form, entity, seen) for entity, seen in candidates]
                place = next((index for index, (entity, _) in enumerate(candidates) if entity is right), -1)
                found[sort_of(form)].append(Case(rows, place))
            return known.setdefault(key, right or resolver.create())

        resolve_rest(resolver, decide=decide)
    return found


def stacked(cases: list[Case]) -> tuple[Floats, npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """Features [cases, most candidates + 1, features] with nobody (all zero) last, which of them are there, and the
    place of the right one."""
    most = max(len(case.rows) for case in cases) + 1
    rows = np.zeros((len(cases), most, len(FEATURES)))
    there = np.zeros((len(cases), most), dtype=bool)
    right = np.full(len(cases), most - 1)
    for number, case in enumerate(cases):
        if case.rows:
            rows[number, : len(case.rows)] = case.rows
        there[number, : len(case.rows)] = True
        if case.right >= 0:
            right[number] = case.right
    there[:, -1] = True
    return rows, there, right


def chances(weights: Floats, rows: Floats, there: npt.NDArray[np.bool_]) -> Floats:
    """[cases, candidates + 1]"""
    scores = np.where(there, rows @ weights, -np.inf)
    raw = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raw / raw.sum(axis=1, keepdims=True))


def fit(cases: list[Case], *, steps: int = 600, decay: float = 1e-3, rate: float = 0.05) -> Floats:
    """The weights of one sort, [features]."""
    rows, there, right = stacked(cases)
    weights = np.zeros(len(FEATURES))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    picked = rows[np.arange(len(rows)), right].mean(axis=0)
    for step in range(1, steps + 1):
        expected = np.einsum("nc,ncf->f", chances(weights, rows, there), rows) / len(rows)
        slope = expected - picked + decay * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--texts", type=Path, default=Path(__file__).parent / "speaker-texts")
    parser.add_argument("--folder", type=Path, default=ENGLISH)
    arguments = parser.parse_args()
    model = read_model(arguments.folder)
    path = arguments.shared / "corpora" / "gum" / "other.jsonl"
    train, dev = gum_cases(path, "train", model), gum_cases(path, "dev", model)
    linking = {sort: fit(train[sort]).tolist() for sort in SORTS}
    for _ in range(2):
        for sort, cases in layer_cases(arguments.texts, model, Ranking(linking)).items():
            print(sort, len(cases), sum(case.right < 0 for case in cases))
            linking[sort] = fit(train[sort] + cases * OWN).tolist()
    for sort in SORTS:
        weights = np.array(linking[sort])
        linking[sort] = [round(float(value), 4) for value in weights]
        rows, there, right = stacked(dev[sort])
        said = chances(weights, rows, there)
        first = said.argmax(axis=1)
        likelihood = np.log(said[np.arange(len(said)), right] + 1e-12).mean()
        print(
            f"{sort:8} {len(train[sort])} cases; dev: right {(first == right).mean():.3f} of {len(right)}, "
            f"mean log-likelihood {likelihood:.3f}, nobody right {(right == rows.shape[1] - 1).mean():.2f}"
        )
        print("   " + " ".join(f"{name} {value:+.2f};" for name, value in zip(FEATURES, weights, strict=True)))
    parameters = json.loads((arguments.folder / PARAMETERS).read_text(encoding="utf-8"))
    parameters["linking"] = linking
    (arguments.folder / PARAMETERS).write_text(json.dumps(parameters, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
