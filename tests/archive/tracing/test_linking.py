"""Whether two wordings are of one utterance: invented quotes, each with the story that it tells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sayso.archive.tracing.differing import covered, differences
from sayso.archive.tracing.forms import Utterance
from sayso.archive.tracing.linking import days_between, link
from sayso.archive.tracing.overlap import overlap, worded
from sayso.archive.tracing.rarity import rarity, stock_words
from sayso.archive.tracing.rewording import is_english, reworded
from sayso.archive.tracing.voices import one_voice

WHOLE = "We will not sell the ferry to anyone, and certainly not to a company that has never carried a passenger."


def said(text: str, speaker: str | None = "Ottoline Marsh", day: int | None = 100, *, quoted: bool = True) -> Utterance:
    return Utterance(text, quoted, speaker_name=speaker, day=day)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        pytest.param(WHOLE, WHOLE.replace("We", "“We").rstrip(".") + ",”", "exact", id="typography-is-no-difference"),
        pytest.param("It cost $4 million in May.", "it cost four million dollars in May", "exact", id="house-style"),
        pytest.param(WHOLE, "not sell the ferry to anyone", "cut", id="one-contains-the-other"),
        pytest.param(
            "Let me be frank with you, not one crate has left that warehouse",
            "not one crate has left that warehouse, nor will it before the frost",
            "cut",
            id="cut-at-both-ends",
        ),
        pytest.param(WHOLE, WHOLE.replace("will not", "will gladly"), "altered", id="a-negation-is-gone"),
        pytest.param(WHOLE, WHOLE.replace("anyone", "any bidder at all"), "altered", id="words-exchanged"),
        pytest.param(
            "the next president of the United States will read it",
            "I want to be the next president of the United States",
            None,
            id="a-stock-phrase-links-nothing",
        ),
        pytest.param(
            "At the end of the day the herring decide", "Boats rot, at the end of the day", None, id="nor-does-a-saying"
        ),
        pytest.param(WHOLE, "Nobody asked the pilots whether the buoys were lit", None, id="nothing-in-common"),
        pytest.param("", WHOLE, None, id="no-words"),
        pytest.param("…", "—", None, id="no-words-in-either"),
    ],
)
def test_how_two_wordings_are_linked(one: str, other: str, kind: str | None) -> None:
    for a, b in ((one, other), (other, one)):
        found = link(said(a), said(b, day=101))
        assert (found and found.kind) == kind


def test_who_and_when_decide_where_the_words_leave_it_open() -> None:
    words = "It is a very difficult time for everybody in our town"
    mine = said(words)
    cut = replace(mine, text="a very difficult time for everybody", day=101)
    assert link(mine, cut) is not None
    assert link(mine, replace(cut, speaker_name="Casimir Vale", day=900)) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("Ottoline Marsh", "Marsh", True, id="a-surname"),
        pytest.param("Ottoline Marsh", "Casimir Vale", False, id="two-names"),
        pytest.param("Ottoline Marsh", "she", None, id="a-pronoun"),
        pytest.param("Ottoline Marsh", "the chairwoman of the board", None, id="a-description"),
        pytest.param("a senior official", "a senior official", True, id="the-same-description"),
        pytest.param("Ottoline Marsh, who chairs the board,", "Ottoline Marsh", True, id="an-apposition"),
        pytest.param(None, "Ottoline Marsh", None, id="nobody-named"),
    ],
)
def test_one_voice(one: str | None, other: str | None, expected: bool | None) -> None:
    assert one_voice(said("a", one), said("b", other)) is expected
    assert one_voice(said("a", other), said("b", one)) is expected


def test_two_entries_of_one_name_may_be_one_person() -> None:
    a, b = replace(said("a"), speaker=1), replace(said("b", "O. Marsh"), speaker=2)
    assert one_voice(a, b) is True
    assert one_voice(replace(a, speaker_name="Ottoline Marsh"), replace(b, speaker=1, speaker_name="Vale")) is True


def test_days_are_those_of_saying_where_both_tell() -> None:
    a, b = said("a", day=100), said("b", day=110)
    assert days_between(a, b) == 10
    assert days_between(replace(a, said=99), replace(b, said=99)) == 0
    assert days_between(replace(a, day=None), b) is None


@pytest.mark.parametrize(
    ("one", "other", "linked"),
    [
        pytest.param(
            "The engine on that vessel is thirty-one years old, and nobody makes parts for it",
            "The ship's engine is 31 years old and spare parts for it are no longer manufactured",
            True,
            id="translated-twice",
        ),
        pytest.param(
            "The engine on that vessel is thirty-one years old, and nobody makes parts for it",
            "A vessel with a new engine will cost four hundred million crowns",
            False,
            id="the-same-topic",
        ),
        pytest.param("No comment", "Nothing to say", False, id="too-few-words"),
    ],
)
def test_other_words_for_the_same(one: str, other: str, linked: bool) -> None:
    found = reworded(said(one), said(other, day=102))
    assert (found is not None) is linked
    if found is not None:
        assert found.kind == "translated"
        told = reworded(said(one), said(other, day=102, quoted=False))
        assert told is not None and told.kind == "paraphrased"
        assert reworded(said(one), said(other, "Casimir Vale")) is None
        assert reworded(said(one), said(other, day=200)) is None


def test_another_language_is_not_compared_by_meaning() -> None:
    assert not is_english("Abbiamo visto che la linea del fronte non è cambiata")
    assert is_english("We have seen that the front line did not move")


def test_what_everybody_says_tells_little() -> None:
    assert rarity("the") < rarity("people") < rarity("pilings")
    assert rarity("Marsh".casefold(), is_name=True) < rarity("pilings")
    assert stock_words("make america great again with herring".split()) == {0, 1, 2, 3}


def test_differences_are_typed_and_placed() -> None:
    text = WHOLE.replace("will not", "will gladly")
    found, senses = differences(text, WHOLE)
    assert "negation" in senses
    assert [(each.article.of(text), each.transcript.of(WHOLE)) for each in found if each.reverses] == [
        ("gladly", "not")
    ]
    assert differences("Something else altogether was on the table", WHOLE) == ([], [])
    assert covered("the ferry to anyone", WHOLE) == (17, 36)
    assert covered("pilings", WHOLE) is None


_WORDS = some.lists(some.sampled_from([*WHOLE.split(), "herring", "$4", "31", "don’t"]), max_size=14).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(_WORDS, _WORDS)
def test_both_ways_give_the_same(one: str, other: str) -> None:
    a, b = overlap(worded(one), worded(other)), overlap(worded(other), worded(one))
    assert 0 <= a.of_longer <= a.of_shorter <= 1
    assert a.of_shorter == pytest.approx(b.of_shorter, abs=0.35)
    for start, place, size in a.runs:
        assert worded(one).keys[start : start + size] == worded(other).keys[place : place + size]
    if worded(one).keys:
        assert overlap(worded(one), worded(one)).of_longer == 1
