"""The quality gate of figures, and the scorer that it rests on."""

from __future__ import annotations

import pytest

from sayso.documents import Span
from training.figures import LEVELS, SHARED, Quantity, count_right, predict, read_sets, score

FLOORS = {"hand-labelled": 0.97, "own dev": 0.95, "own test": 0.90, "own late": 0.93}
"""F1 by value, kind and unit. The test half of our own is the one that nobody looked at while building."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("hand-labelled", marks=pytest.mark.shared),
        pytest.param("own dev"),
        pytest.param("own test"),
        pytest.param("own late"),
    ],
)
def test_no_set_below_its_floor(name: str) -> None:
    sentences = read_sets(SHARED).get(name)
    if sentences is None:
        pytest.skip(f"{name}: no shared corpora at {SHARED}")
    reached = score(sentences, predict([each.text for each in sentences]))
    assert reached.f1 >= FLOORS[name], f"{reached.f1:.3f} measured"
    assert reached.precision >= FLOORS[name] - 0.01


GOLD = Quantity(Span(0, 9), "lower", 40.0, 40.0, None, "boat")


@pytest.mark.parametrize(
    "found, levels",
    [
        pytest.param(GOLD, 3, id="the-same"),
        pytest.param(Quantity(Span(8, 12), "lower", 40.0, 40.0, None, "boat"), 3, id="spans-touch"),
        pytest.param(Quantity(Span(9, 12), "lower", 40.0, 40.0, None, "boat"), 0, id="elsewhere"),
        pytest.param(Quantity(Span(0, 9), "lower", 40.0, 40.0, None, "ship"), 2, id="another-unit"),
        pytest.param(Quantity(Span(0, 9), "exact", 40.0, None, None, "boat"), 1, id="another-bound"),
        pytest.param(Quantity(Span(0, 9), "lower", 41.0, 41.0, None, "boat"), 0, id="another-value"),
        pytest.param(Quantity(Span(0, 9), "range", None, 40.0, 50.0, "boat"), 0, id="a-range"),
    ],
)
def test_levels(found: Quantity, levels: int) -> None:
    assert sum(count_right([GOLD], [found], level) for level in LEVELS) == levels


def test_each_counts_once() -> None:
    assert count_right([GOLD], [GOLD, GOLD], LEVELS[0]) == 1
    assert count_right([GOLD, GOLD], [GOLD], LEVELS[0]) == 1
