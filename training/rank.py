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
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sayso.documents import Article, Span
from sayso.extraction import Reading, read_scores
from sayso.extraction.layout import layout_of
from sayso.extraction.model import PARAMETERS, Model, read_model
from sayso.extraction.shipped import ENGLISH
from sayso.records import Attribution
from sayso.speakers.attributing import resolve_certain, resolve_rest
from sayso.speakers.entities import Entity
from sayso.speakers.forms import plain_word
from sayso.speakers.looking_back import LookingBack
from sayso.speakers.mentions import Mention, kinds_of
from sayso.speakers.ranking import FEATURES, SORTS, Ranking, rows_of, sort_of
from sayso.speakers.resolving import Resolver
from training.corpora import read_polnear
from training.entities import EntityExample, EntityText, entity_example, read_gum
from training.layout import as_read
from training.resolved import article_of, attributions_of, layered_articles

TALK = frozenset({"fiction", "conversation", "vlog", "podcast"})
"""Genres of GUM in which speakers take turns: who spoke last is there the one who does not speak next."""
SILVER = 1.0
OWN = 4.0
"""How much each case of our own articles counts: GUM's are many, but seldom news."""
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
        span = Span(words[each.first].start, words[each.last - 1].end)
        found.append(Mention(each.head, each.first, each.last, span, kinds_of(chances[each.head])))
    return found


def cases_of(text: EntityText, spoken: list[tuple[int, str]], model: Model) -> list[tuple[str, Case]]:
    """The cases of one document, by sort; `spoken` are the offsets and entities of its sources."""
    example = entity_example(text, model.pieces)
    article = Article(text.id, text.text, paragraphs=text.blocks)
    reading = Reading(example.tokens, layout_of(article), model.scores(example.tokens), model)
    offsets = {offset for offset, _ in spoken}
    mentions = gold_mentions(example, reading)
    sources = {str(number): number for number, each in enumerate(mentions) if each.span.start in offsets}
    resolver = Resolver(article, reading, mentions=mentions, sources=sources)
    looking = LookingBack(resolver, Ranking({}), sources)
    entities = {number: resolver.create() for number in range(len(text.entities))}
    numbers = {each.id: number for number, each in enumerate(text.entities)}
    for number, form in enumerate(resolver.forms):
        if form.shape in ("person", "proper"):
            resolver.join(number, entities[example.mentions[number].entity])
    for offset, name in spoken:
        if name in numbers:
            looking.spoke(offset, numbers[name])
    looking.prepare_ranking()
    asked = set(looking.asked())
    found = []
    for number in range(len(resolver.mentions)):
        if not resolver.relevant(number):
            continue
        right = entities[example.mentions[number].entity]
        if number in asked:
            candidates = looking.candidates(number)
            rows = rows_of(resolver.forms[number], candidates)
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
        if text.split == split and text.genre not in TALK:
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
        looking, sources = resolve_certain(article, read_scores(article, model=model), ranking)
        resolver = looking.resolver
        keys = {each.attribution: each.speaker for each in layers.layers}
        key_of = {number: keys[name] for name, number in sources.items()}
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

        def decide(
            number: int,
            ranked: bool,
            looking: LookingBack = looking,
            resolver: Resolver = resolver,
            key_of: dict[int, str | None] = key_of,
            known: dict[str, Entity] = known,
        ) -> Entity | None:
            key = key_of.get(number)
            if key is None:
                return None
            right = known.get(key)
            if ranked:
                candidates = looking.candidates(number)
                form = resolver.forms[number]
                rows = rows_of(form, candidates)
                place = next((index for index, (entity, _) in enumerate(candidates) if entity is right), -1)
                found[sort_of(form)].append(Case(rows, place))
            return known.setdefault(key, right or resolver.create())

        resolve_rest(looking, decide=decide)
    return found


def silver_cases(path: Path, model: Model, ranking: Ranking, *, articles: int = 840) -> dict[str, list[Case]]:
    """Cases from real news without annotated entities, by the trade's own rule: where one person only has been a source
    by name in a paragraph, "he said" later in the paragraph is that person."""
    found: dict[str, list[Case]] = defaultdict(list)
    for article, text in map(as_read, islice(read_polnear(path), articles)):
        article.attributions = [
            Attribution(f"g{number}", each.source, each.cue, each.content)
            for number, each in enumerate(text.attributions)
        ]
        looking, _ = resolve_certain(article, read_scores(article, model=model), ranking)
        resolver = looking.resolver

        def decide(
            number: int, ranked: bool, resolver: Resolver = resolver, looking: LookingBack = looking
        ) -> Entity | None:
            form = resolver.forms[number]
            if not ranked or number not in resolver.sources or form.party not in ("he", "she"):
                return None
            named = {
                entity
                for other in resolver.sources
                if other < number
                and resolver.block_of[other] == resolver.block_of[number]
                and resolver.forms[other].shape == "person"
                and (entity := resolver.cast.of_mention[other]) is not None
            }
            candidates = looking.candidates(number)
            right = next((index for index, (entity, _) in enumerate(candidates) if entity.number in named), -1)
            if len(named) != 1 or right < 0 or len(candidates) < 2:
                return None
            found["he"].append(Case(rows_of(form, candidates), right))
            return candidates[right][0]

        resolve_rest(looking, decide=decide)
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


def fit(cases: list[Case], counts: list[float], *, steps: int = 500, decay: float = 1e-3, rate: float = 0.05) -> Floats:
    """The weights of one sort, [features]; `counts` is how much each case counts."""
    rows, there, right = stacked(cases)
    scale = np.array(counts) / sum(counts)
    weights = np.zeros(len(FEATURES))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    flat = rows.reshape(-1, rows.shape[-1])
    picked = scale @ rows[np.arange(len(rows)), right]
    for step in range(1, steps + 1):
        expected = (chances(weights, rows, there) * scale[:, None]).reshape(-1) @ flat
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
    fitted = {sort: fit(train[sort], [1.0] * len(train[sort])) for sort in SORTS}
    polnear = arguments.shared / "corpora" / "polnear" / "train.jsonl"
    real = silver_cases(polnear, model, Ranking(dict(fitted)))
    print({sort: len(cases) for sort, cases in real.items()}, "silver cases")
    for _ in range(2):
        ranking = Ranking(dict(fitted))
        for sort, cases in layer_cases(arguments.texts, model, ranking).items():
            silver = real.get(sort, [])
            counts = [1.0] * len(train[sort]) + [OWN] * len(cases) + [SILVER] * len(silver)
            fitted[sort] = fit(train[sort] + cases + silver, counts)
    ours = layer_cases(arguments.texts.parent / "dev-layers", model, ranking)
    for sort in SORTS:
        for name, cases in (("GUM dev", dev[sort]), ("dev texts", ours[sort])):
            rows, there, right = stacked(cases)
            said = chances(fitted[sort], rows, there)
            known = right < rows.shape[1] - 1
            hit = said.argmax(axis=1) == right
            likelihood = np.log(said[np.arange(len(said)), right] + 1e-12).mean()
            print(
                f"{sort:8} {name:10} right {hit.mean():.3f} of {len(hit)}; told of before {hit[known].mean():.3f} of "
                f"{known.sum()}, mean log-likelihood {likelihood:.3f}"
            )
    linking = {sort: np.round(each, 4).tolist() for sort, each in fitted.items()}
    parameters = json.loads((arguments.folder / PARAMETERS).read_text(encoding="utf-8"))
    parameters["linking"] = linking
    (arguments.folder / PARAMETERS).write_text(json.dumps(parameters, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
