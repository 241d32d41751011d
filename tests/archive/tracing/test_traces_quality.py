"""The links between wordings, measured on real quotations: no change may take them below what they reach.

The held-out pairs are few (59 links): a floor has room for one more mistake than there is. The press conference is
looked at, never tuned on. The full measure is `python -m training.traces` and `python -m training.traced`; here are
one draw of folds, a part of the corpus, and some of the traces.
"""

from __future__ import annotations

from functools import cache
from statistics import mean

import pytest

from training.evaluate import SHARED
from training.traces import (
    ARTICLES,
    FOILS,
    PAIRS,
    PRESS,
    Groups,
    Pair,
    Score,
    cross_validate,
    foreign,
    measure,
    read_foils,
    read_pairs,
    read_press,
)

pytestmark = pytest.mark.shared


def needs(*names: object) -> None:
    for name in names:
        if not (SHARED / str(name)).is_file():
            pytest.skip(f"No {SHARED / str(name)}: the shared corpora are not beside the project")


@cache
def held_out() -> list[Score]:
    pairs = [pair for pair in read_pairs(SHARED) if pair.linked is not None]
    return cross_validate(pairs, foils()[:FOILS], draws=1)


@cache
def foils() -> list[Pair]:
    return read_foils(SHARED, FOILS + 1_000, articles=250)


def test_links_of_pairs_that_were_held_out() -> None:
    needs(PAIRS, ARTICLES)
    scores = held_out()
    assert mean(each.precision for each in scores) >= 0.97
    assert mean(each.recall for each in scores) >= 0.90


def test_links_as_they_ship() -> None:
    needs(PAIRS)
    score, _ = measure([pair for pair in read_pairs(SHARED) if pair.linked is not None])
    assert score.precision >= 0.98
    assert score.recall >= 0.93


def test_words_that_two_contents_happen_to_share_are_seldom_a_link() -> None:
    needs(ARTICLES)
    score, _ = measure(foils()[FOILS:])
    assert score.wrong <= 8


@cache
def press() -> Groups | None:
    return read_press(SHARED)


def test_the_wordings_of_a_press_conference_fall_into_their_sentences() -> None:
    needs(PRESS)
    found = press()
    assert found is not None
    assert len(found.whole) >= 12
    assert len(found.strangers) <= 1
    english = found.pairs(english=True)
    assert english.precision >= 0.9
    assert english.recall >= 0.94
    assert found.pairs(english=False).recall >= 0.8


def test_translations_into_other_languages() -> None:
    """What the kindred words of languages can carry is little; that it is never wrong is what counts."""
    score = foreign()
    assert score.wrong == 0
    assert score.right >= 3
