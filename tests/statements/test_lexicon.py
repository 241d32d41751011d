"""The lexicon's data is sound, and a cue's words find the sense of its reporting head."""

from __future__ import annotations

from importlib.resources import files
from typing import get_args

import pytest

from sayso.records import Act, Commitment, Polarity
from sayso.statements.lexicon import Part, find_sense, is_one, load_constructions, load_lexicon, senses_of

ORIGINS = {"PDTB", "Hooper", "Hyland", "Karttunen", "own"}


def rows(name: str) -> list[list[str]]:
    lines = files("sayso.statements").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def test_every_line_of_the_lexicon_has_a_known_class() -> None:
    heading, *lines = rows("lexicon.tsv")
    assert heading == ["lemma", "part", "act", "stance", "polarity", "origin"]
    for line in lines:
        lemma, part, act, stance, polarity, origin = line
        assert lemma == lemma.strip().lower(), line
        assert part in get_args(Part), line
        assert act in get_args(Act), line
        assert stance in get_args(Commitment), line
        assert polarity in get_args(Polarity), line
        assert origin in ORIGINS, line
        assert (" " in lemma) == (part in ("phrasal", "phrase")) or (part == "noun"), line


def test_the_lexicon_says_each_thing_once() -> None:
    lines = rows("lexicon.tsv")[1:]
    keys = [(lemma, part) for lemma, part, *_ in lines]
    assert len(keys) == len(set(keys))
    assert len({lemma for lemma, _ in keys}) >= 650


def test_irregular_forms_and_constructions_are_said_once() -> None:
    for name in ("irregular.tsv", "constructions.tsv"):
        lines = [tuple(line) for line in rows(name)]
        assert len(lines) == len(set(lines))
        assert {len(line) for line in lines} == {2}


@pytest.mark.parametrize(
    "word, lemma",
    [
        pytest.param("denies", "deny", id="y-to-ies"),
        pytest.param("denied", "deny", id="y-to-ied"),
        pytest.param("accusing", "accuse", id="silent-e"),
        pytest.param("admitted", "admit", id="doubled-consonant"),
        pytest.param("mimicked", "mimicked", id="no-such-word"),
        pytest.param("panicking", "panic", id="c-to-ck"),
        pytest.param("said", "say", id="irregular"),
        pytest.param("criticises", "criticize", id="british-ise"),
        pytest.param("criticized", "criticize", id="american-ize"),
        pytest.param("rumours", "rumour", id="british-our"),
        pytest.param("rumors", "rumor", id="american-or"),
        pytest.param("pressing", "press", id="double-s-stays"),
    ],
)
def test_forms_find_their_lemma(word: str, lemma: str) -> None:
    found = {sense.lemma for sense in senses_of(word)}
    assert found == ({lemma} if lemma != word else set())


def test_adverbs_and_phrases_are_not_inflected() -> None:
    assert senses_of("allegedlys") == ()
    assert find_sense(["accordings", "to"]) is None


@pytest.mark.parametrize(
    "cue, lemma",
    [
        pytest.param("said", "say", id="bare"),
        pytest.param("has always denied", "deny", id="auxiliary-and-adverb"),
        pytest.param("said in a statement", "say", id="verb-before-noun"),
        pytest.param("brushed off", "brush off", id="phrasal"),
        pytest.param("called publicly for", "call for", id="adverb-inside-a-phrase"),
        pytest.param("did not respond to", "respond to", id="negated-phrasal"),
        pytest.param("was quoted as saying", "say", id="quoted-as-saying"),
        pytest.param("issued a statement saying", "say", id="light-verb-gives-way"),
        pytest.param("issued a warning", "warning", id="light-verb-gives-way-to-a-noun"),
        pytest.param("refused to say", "say", id="refusal-gives-way"),
        pytest.param("was forced to admit", "admit", id="control-gives-way-to-what-was-said"),
        pytest.param("went on to say", "go on to say", id="longest-phrase"),
        pytest.param("wants to know", "want to know", id="phrase-before-chain"),
        pytest.param("is confident", "confident", id="adjective"),
        pytest.param("according to", "according to", id="preposition"),
        pytest.param("reportedly", "reportedly", id="adverb"),
        pytest.param("warning of", "warn of", id="participle"),
    ],
)
def test_the_reporting_head_is_found(cue: str, lemma: str) -> None:
    match = find_sense(cue.split())
    assert match is not None
    assert match.sense.lemma == lemma


@pytest.mark.parametrize(
    "cue, act, stance, polarity",
    [
        ("said", "communication", "neutral", "affirms"),
        ("hinted", "communication", "neutral", "affirms"),
        ("accuses", "communication", "neutral", "affirms"),
        ("believes", "attitude", "neutral", "affirms"),
        ("hopes", "attitude", "neutral", "affirms"),
        ("worried", "attitude", "neutral", "affirms"),
        ("noted", "factive", "endorsing", "affirms"),
        ("pointed out", "factive", "endorsing", "affirms"),
        ("realised", "factive", "endorsing", "affirms"),
        ("aware", "factive", "neutral", "affirms"),
        ("knows", "factive", "neutral", "affirms"),
        ("admitted", "communication", "endorsing", "affirms"),
        ("recalled", "factive", "endorsing", "affirms"),
        ("called on", "control", "neutral", "affirms"),
        ("vowed", "control", "neutral", "affirms"),
        ("refused", "control", "neutral", "denies"),
        ("claims", "communication", "distancing", "affirms"),
        ("allegations", "communication", "distancing", "affirms"),
        ("accusations", "communication", "neutral", "affirms"),
        ("reports", "communication", "neutral", "affirms"),
        ("purportedly", "communication", "distancing", "affirms"),
        ("scoffed at", "communication", "neutral", "denies"),
        ("denial", "communication", "neutral", "denies"),
        ("questioned", "communication", "neutral", "questions"),
        ("doubts", "attitude", "neutral", "questions"),
    ],
)
def test_classes(cue: str, act: str, stance: str, polarity: str) -> None:
    match = find_sense(cue.split())
    assert match is not None
    assert match.sense[2:] == (act, stance, polarity)


def test_a_complement_decides_between_senses() -> None:
    found = {word: find_sense(["asked"], complement=word) for word in ("to", "whether")}
    assert {word: match.sense.act for word, match in found.items() if match} == {
        "to": "control",
        "whether": "communication",
    }


def test_a_noun_is_told_from_a_verb_by_its_place() -> None:
    verb, noun = find_sense(["calls"]), find_sense(["calls"], nominal=True)
    assert verb is not None and noun is not None
    assert (verb.sense.act, noun.sense.act) == ("communication", "control")


def test_words_that_report_nothing_are_not_in_the_lexicon() -> None:
    assert find_sense("the green harbour".split()) is None


def test_constructions_know_every_form() -> None:
    assert is_one("declined", "withholder") and is_one("labelled", "judging")
    assert not is_one("said", "withholder")
    assert load_constructions()["rejecting"] and load_lexicon().phrases
