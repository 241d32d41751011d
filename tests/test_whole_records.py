"""Whole records, by the shipped model, of articles as nobody would write them: what must hold of any text."""

from __future__ import annotations

import json
import random
from pathlib import Path

import jsonschema
import pytest

import sayso
from sayso.exports.json import record_of
from tests.gold.markup import gold_files, read_gold

SCHEMA = json.loads((Path(sayso.__file__).parent / "record.schema.json").read_text(encoding="utf-8"))
STRAY = "“”\"'’.,\n—-()é\u00ad\u200b😀"


def damaged(text: str, chance: random.Random) -> str:
    """A stretch of a text with characters lost, doubled, in capitals, or strayed in."""
    letters = list(text)
    for _ in range(chance.randrange(60)):
        at = chance.randrange(len(letters))
        match chance.randrange(4):
            case 0:
                letters[at] = ""
            case 1:
                letters[at] = chance.choice(STRAY)
            case 2:
                letters[at] = letters[at].upper()
            case _:
                letters.insert(at, chance.choice(letters))
    return "".join(letters)[chance.randrange(200) : chance.randrange(300, len(letters))]


@pytest.mark.parametrize("seed", range(25))
def test_a_record_is_sound_whatever_the_text(seed: int) -> None:
    chance = random.Random(seed)
    text = damaged(read_gold(chance.choice(gold_files())).text, chance)
    try:
        article = sayso.read_text(text, any_language=True, date="2026-03-14")
    except sayso.EmptySource:
        return
    record = record_of(article)
    jsonschema.validate(record, SCHEMA)
    speakers = {each.id: each for each in article.speakers}
    for each in [*article.speakers, *article.mentioned]:
        assert each.name
        for span in each.mentions:
            words = span.of(article.text)
            assert words
            assert words == words.strip()
    for attribution in article.attributions:
        assert attribution.speaker is None or attribution.speaker in speakers
        assert {each.speaker for each in attribution.candidates} <= speakers.keys()
        assert sum(each.score for each in attribution.candidates) <= 1 + 1e-6
        for span in [*attribution.stance.words, *attribution.occasion.words, *attribution.occasion.question]:
            assert span.of(article.text).strip()
    home = [name for each in article.statements for name in each.attributions]
    assert sorted(home) == sorted(each.id for each in article.attributions)
    statements = {each.id for each in article.statements}
    assert {end for each in article.relations for end in (each.from_, each.to)} <= statements


def test_a_record_is_the_same_each_time() -> None:
    text = read_gold(gold_files()[0]).text
    first, second = (json.dumps(record_of(sayso.read_text(text, any_language=True))) for _ in range(2))
    assert first == second
