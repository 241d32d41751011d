"""Wordings gathered into utterances: a splice joins nothing."""

from __future__ import annotations

from itertools import permutations

import pytest

from sayso.archive.tracing.forms import Link, Utterance
from sayso.archive.tracing.grouping import group
from sayso.archive.tracing.pieces import sentences_round
from sayso.documents import Span

FERRY = "We will not sell the ferry to anyone this year"
PIER = "the pier has sunk every autumn since I came to office"
UTTERANCES = [
    Utterance(text, speaker_name="Ottoline Marsh", day=day)
    for day, text in enumerate(
        [FERRY, FERRY.replace("anyone", "anybody"), FERRY.replace("this year", ""), PIER, PIER.replace("every", "each")]
    )
]


def linking(pairs: set[tuple[str, str]]) -> object:
    def linked(a: Utterance, b: Utterance) -> Link | None:
        return Link("cut", 0.9, 1.0, "") if {(a.text, b.text), (b.text, a.text)} & pairs else None

    return linked


@pytest.mark.parametrize("order", [pytest.param(order, id=str(order)) for order in [(0, 1, 2, 3, 4), (4, 2, 0, 3, 1)]])
def test_each_utterance_has_its_group(order: tuple[int, ...]) -> None:
    found = group([UTTERANCES[place] for place in order])
    assert sorted(sorted(order[place] for place in each) for each in found) == [[0, 1, 2], [3, 4]]


def test_a_splice_is_in_both_groups_and_joins_them_not() -> None:
    spliced = Utterance(f"{FERRY}, {PIER}", speaker_name="Ottoline Marsh", day=1)
    found = group([*UTTERANCES, spliced])
    assert sorted(found) == [[0, 1, 2, 5], [3, 4, 5]]


def test_a_wording_that_holds_two_others_joins_them() -> None:
    names = [Utterance(each) for each in ("whole", "head", "tail", "alone")]
    pairs = {("whole", "head"), ("whole", "tail")}
    for order in permutations(range(4)):
        found = group([names[place] for place in order], linking(pairs))  # type: ignore[arg-type]
        assert sorted(sorted(order[place] for place in each) for each in found) == [[0, 1, 2], [3]]


def test_nothing_and_one() -> None:
    assert group([]) == []
    assert group(UTTERANCES[:1]) == [[0]]


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        pytest.param(Span(22, 26), "It was cold and wet there.", id="inside-one"),
        pytest.param(Span(5, 20), "We came at dawn. It was cold and wet there.", id="over-two"),
        pytest.param(None, "We came at dawn. It was cold and wet there. Nobody spoke.", id="none-is-all"),
    ],
)
def test_sentences_round(stretch: Span | None, expected: str) -> None:
    assert (
        sentences_round("We came at dawn. It was cold and wet there. Nobody spoke.", [stretch] if stretch else None)
        == expected
    )
