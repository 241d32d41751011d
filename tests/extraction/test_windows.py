"""How an article is shared out among windows."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extraction.windows import plan_windows


@given(st.lists(st.integers(1, 9), min_size=1, max_size=400), st.integers(30, 90))
def test_every_word_is_kept_once_and_every_window_fits(lengths, size):
    first_piece = np.cumsum([0, *lengths])
    plans = plan_windows(first_piece, size=size, overlap=12)
    kept = [word for plan in plans for word in range(plan.keep_start, plan.keep_end)]
    assert kept == list(range(len(lengths)))
    for plan in plans:
        assert plan.start <= plan.keep_start < plan.keep_end <= plan.end
        assert first_piece[plan.end] - first_piece[plan.start] <= size - 2


def test_neighbours_share_context():
    plans = plan_windows(np.arange(1001), size=258, overlap=48)
    assert all(a.end - b.start >= 40 for a, b in itertools.pairwise(plans))
    assert all(plan.keep_start - plan.start >= 20 for plan in plans[1:])


@pytest.mark.parametrize("words", [pytest.param(0, id="empty"), pytest.param(1, id="one-word")])
def test_short_articles(words):
    assert len(plan_windows(np.arange(words + 1))) == words
