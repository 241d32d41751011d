"""Speakers by the articles' own annotation: gold attributions in, speakers out, and how many are right.

Two sorts of gold: GUM's entities, by the definition of its scorer (a speaker is right where most of its mentions that
coincide with annotated ones are the entity's, and its name shares a capitalised word with one of its names); and our
own layers, where a speaker is right where most of the attributions given to him are that speaker's and the name agrees.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import sayso
from sayso.documents import Article, Span
from sayso.extraction import read_scores
from sayso.extraction.model import Model
from sayso.reading import read_text
from sayso.records import Attribution, Speaker, SpeakerKind
from sayso.speakers import resolve_speakers
from tests.gold.layers import GoldLayers, GoldSpeaker, read_layers
from tests.gold.markup import GoldArticle, read_gold
from training.scoring import pair_by_content, words_of

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NAMELESS = frozenset("he she they it i we his her their the a an you my our its".split())


@dataclass(slots=True)
class Judgement:
    """One attribution's speaker judged."""

    article: str
    attribution: str
    right: bool
    said: str
    wanted: str
    kinds: list[str] = field(default_factory=list)
    score: float = 0.0


def _spans(spans: Iterable[Sequence[int]]) -> list[Span]:
    return [Span(start, end) for start, end in spans]


def attributions_of(gold: GoldArticle) -> list[Attribution]:
    """Gold attributions as records."""
    return [
        Attribution(
            each["id"], _spans(each["source"]), _spans(each["cue"]), _spans(each["content"]),
            quotation=each["quotation"], inside=each["inside"], confidence=1.0,
        )
        for each in gold.attributions
    ]  # fmt: skip


def layered_articles(folder: Path) -> list[tuple[GoldArticle, GoldLayers]]:
    """The articles of a folder that have layers."""
    found = []
    for path in sorted(folder.glob("*.layers")):
        gold = read_gold(path.with_suffix(".txt"))
        found.append((gold, read_layers(path, gold)))
    return found


def article_of(gold: GoldArticle, layers: GoldLayers) -> Article:
    """A gold article as reading gives it."""
    article = read_text(gold.text, name=gold.id, published=layers.published, outlet=gold.outlet)
    if article.text != gold.text:
        raise ValueError(f"{gold.id}: reading changes the text")
    return article


def with_gold_attributions(article: Article, attributions: list[Attribution], *, model: Model | None = None) -> Article:
    """The article with its gold attributions and the speakers found for them."""
    article.attributions = attributions
    resolve_speakers(article, read_scores(article, model=model))
    return article


def with_gold_speakers(article: Article, layers: GoldLayers) -> Article:
    """The article with the speakers of its layers in place of found ones, its attributions being set already.

    So statements can be measured apart from what speakers miss, and without a model.
    """
    speaker_of = {each.attribution: each.speaker for each in layers.layers}
    article.speakers = [
        Speaker(each.key, each.name, cast(SpeakerKind, each.kind), list(each.titles), stands_for=each.stands_for)
        for each in layers.speakers
    ]
    for each in article.attributions:
        each.speaker = speaker_of[each.id]
    return article


def capitalised(text: str) -> set[str]:
    """The words with a capital."""
    return {word for word in _WORD.findall(text) if word[0].isupper()}


def name_agrees(speaker: Speaker, wanted: GoldSpeaker) -> bool:
    """Whether two names are of one: a capitalised word of the wanted name where it has one, else any content word."""
    if wanted.kind == "author":
        return speaker.kind == "author"
    named = {word for word in capitalised(wanted.name) if word.lower() not in _NAMELESS}
    if named and wanted.kind not in ("anonymous", "group", "document"):
        # a capital and its state are one voice, whichever of the two an article names it by
        voice = wanted.stands_for is not None and wanted.stands_for == speaker.stands_for
        return voice or bool(capitalised(speaker.name) & named)
    words = {word.lower() for word in _WORD.findall(wanted.name)} - _NAMELESS
    return bool({word.lower() for word in _WORD.findall(speaker.name)} & words)


def _right_speaker(
    layers: GoldLayers, said: dict[str, str | None], speakers: dict[str, Speaker]
) -> Callable[[str], bool]:
    """Judges, by attribution id, whether the speaker (by id) that it was given is the layers' one: most of what he was
    given is that one's, and the name agrees; nobody is right where nobody is wanted."""
    keys = {each.attribution: each.speaker for each in layers.layers}
    gold = {each.key: each for each in layers.speakers}
    votes: dict[str, Counter[str | None]] = defaultdict(Counter)
    for name, speaker in said.items():
        if speaker is not None:
            votes[speaker][keys[name]] += 1

    def judge(name: str) -> bool:
        wanted = gold.get(keys[name] or "")
        speaker = speakers.get(said.get(name) or "")
        if wanted is None or speaker is None:
            return wanted is None and speaker is None
        owners = votes[speaker.id]
        return owners[wanted.key] == max(owners.values()) and name_agrees(speaker, wanted)

    return judge


def judge_layers(article: Article, layers: GoldLayers) -> list[Judgement]:
    """Every attribution's speaker against the layers'; attributions are paired by id."""
    keys = {each.attribution: each for each in layers.layers}
    gold = {each.key: each for each in layers.speakers}
    speakers = {each.id: each for each in article.speakers}
    right = _right_speaker(layers, {each.id: each.speaker for each in article.attributions}, speakers)
    found = []
    for each in article.attributions:
        layer = keys[each.id]
        wanted = gold.get(layer.speaker or "")
        speaker = speakers.get(each.speaker or "")
        found.append(
            Judgement(
                article.id, each.id, right(each.id), speaker.name if speaker else "-", wanted.name if wanted else "-",
                layer.kinds, each.candidates[0].score if each.candidates else 0.0,
            )
        )  # fmt: skip
    return found


def judge_raw(gold: GoldArticle, layers: GoldLayers) -> list[Judgement]:
    """Every annotated attribution that has a speaker, against what reading the raw text says of the attribution that
    has its content; one that reading does not find is wrong."""
    article = sayso.read_text(gold.text, name=gold.id, date=layers.published, outlet=gold.outlet)
    if article.text != gold.text:
        raise ValueError(f"{gold.id}: reading changes the text")
    wanted = attributions_of(gold)
    pairs = pair_by_content(
        [words_of(gold.text, each.content) for each in wanted],
        [words_of(gold.text, each.content) for each in article.attributions],
    )
    match = {wanted[one].id: article.attributions[other] for one, other in pairs}
    names = {each.key: each for each in layers.speakers}
    speakers = {each.id: each for each in article.speakers}
    right = _right_speaker(layers, {name: each.speaker for name, each in match.items()}, speakers)
    found = []
    for layer in layers.layers:
        if layer.speaker is None:
            continue
        attribution = match.get(layer.attribution)
        speaker = speakers.get(attribution.speaker or "") if attribution else None
        said = "not found" if attribution is None else speaker.name if speaker else "-"
        found.append(
            Judgement(
                gold.id, layer.attribution, right(layer.attribution), said, names[layer.speaker].name, layer.kinds
            )
        )
    return found


def close(a: Span, b: Span) -> bool:
    """Whether two spans coincide: Jaccard index of characters of a half or more."""
    both = max(0, min(a.end, b.end) - max(a.start, b.start))
    return bool(both) and both / ((a.end - a.start) + (b.end - b.start) - both) >= 0.5


def gum_speaker_is_right(record: dict[str, Any], entity: dict[str, Any], speaker: Speaker) -> bool:
    """The definition of GUM's scorer."""
    votes: Counter[str] = Counter()
    for mention in speaker.mentions:
        for other in record["entities"]:
            if any(close(mention, Span(*span)) for span in other["mentions"]):
                votes[other["id"]] += 1
    if not votes or votes[entity["id"]] < max(votes.values()):
        return False
    names: set[str] = set()
    for start, end in entity["mentions"]:
        if end - start < 80:
            names |= capitalised(record["text"][start:end])
    named = {word for word in names if word.lower() not in _NAMELESS}
    return not named or bool(capitalised(speaker.name) & named)


def _kept(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in record["attributions"] if each["content_spans"] and not each["caption_credit"]]


def gum_article(record: dict[str, Any], *, model: Model | None = None) -> Article:
    """One GUM document with its gold attributions and the speakers found for them."""
    article = read_text(record["text"], name=record["id"], any_language=True)
    if article.text != record["text"]:
        raise ValueError(f"{record['id']}: reading changes the text")
    attributions = [
        Attribution(
            each["id"], _spans(each["source_spans"]), _spans(each["cue_spans"]), _spans(each["content_spans"]),
            inside=next(iter(each["nested_in"]), None),
            quotation="direct" if each["content_has_quote_marks"] else "indirect",
        )
        for each in _kept(record)
    ]  # fmt: skip
    return with_gold_attributions(article, attributions, model=model)


def judge_gum(record: dict[str, Any], *, model: Model | None = None) -> list[Judgement]:
    """Every gold attribution of one GUM document that has a speaker, its source given."""
    article = gum_article(record, model=model)
    by_id = {each.id: each for each in article.attributions}
    entities = {each["id"]: each for each in record["entities"]}
    speakers = {each.id: each for each in article.speakers}
    found = []
    for each in _kept(record):
        if not each["speaker_entity"]:
            continue
        entity = entities[each["speaker_entity"]]
        attribution = by_id[each["id"]]
        speaker = speakers.get(attribution.speaker or "")
        right = speaker is not None and gum_speaker_is_right(record, entity, speaker)
        wanted = " / ".join(record["text"][a:b][:40] for a, b in entity["mentions"][:4])
        found.append(Judgement(record["id"], each["id"], right, speaker.name if speaker else "-", wanted))
    return found


def gum_records(path: Path) -> list[dict[str, Any]]:
    """The documents of one GUM file as they are."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
