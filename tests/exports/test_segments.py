from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents import Article, Span
from sayso.exports.segments import Block, Mark, blocks, cut, share_out

LENGTH = 30
spans = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(lambda pair: Span(*sorted(pair)))
marks = st.lists(st.builds(Mark, spans, st.sampled_from(["source", "cue", "content"]), st.integers(1, 4)), max_size=8)


@given(spans.filter(lambda span: span.start < span.end), marks)
def test_segments_are_the_stretch_and_carry_exactly_its_marks(stretch: Span, marks: list[Mark]) -> None:
    segments = cut(stretch, marks)
    assert [char for segment in segments for char in range(*segment.span)] == list(range(*stretch))
    for segment in segments:
        for char in range(*segment.span):
            covering = [mark for mark in marks if mark.span.start <= char < mark.span.end]
            assert list(segment.marks) == covering


@given(marks, st.lists(st.integers(1, LENGTH - 1), max_size=5, unique=True))
def test_share_out_gives_each_block_the_marks_that_reach_into_it(marks: list[Mark], breaks: list[int]) -> None:
    edges = [0, *sorted(breaks), LENGTH]
    # Every second stretch is a gap between blocks.
    layout = [Block("paragraph", Span(start, end)) for start, end in pairwise(edges)][::2]
    expected = [[mark for mark in marks if mark.span.overlaps(block.span)] for block in layout]
    shares = share_out([mark for mark in marks if mark.span.start < mark.span.end], layout)
    assert shares == [[mark for mark in share if mark.span.start < mark.span.end] for share in expected]


@pytest.mark.parametrize(
    "layout, expected",
    [
        pytest.param({}, ["other:one", "other:two", "other:three"], id="nothing-known"),
        pytest.param({"headline": Span(0, 3)}, ["headline:one", "other:two", "other:three"], id="headline-alone"),
        pytest.param(
            {"paragraphs": [Span(4, 7), Span(2, 6)]}, ["other:on", "paragraph:e\ntw", "paragraph:o", "other:three"],
            id="overlapping-blocks-lose-nothing",
        ),
        pytest.param({"paragraphs": [Span(0, 14)]}, ["paragraph:one\ntwo\n\nthree"], id="one-block"),
    ],
)  # fmt: skip
def test_blocks_cover_every_line(layout: dict[str, object], expected: list[str]) -> None:
    article = Article("x", "one\ntwo\n\nthree", **layout)  # type: ignore[arg-type]
    assert [f"{block.kind}:{block.span.of(article.text)}" for block in blocks(article)] == expected
