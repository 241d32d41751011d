"""What makes a check fail: what is named, and nothing that is in doubt."""

from __future__ import annotations

import pytest

from sayso.checks.contract import FAIL_ON
from sayso.checks.failing import failing, names_of
from sayso.documents import Span
from sayso.errors import BadSetting
from sayso.verdicts import FigureVerdict, Finding, HeadlineVerdict, QuoteVerdict, Verdict

WHERE = [Span(0, 4)]


@pytest.mark.parametrize(
    "verdict, names, fails",
    [
        pytest.param(QuoteVerdict("v1", WHERE, "altered"), FAIL_ON, True, id="altered"),
        pytest.param(QuoteVerdict("v1", WHERE, "trimmed"), FAIL_ON, False, id="trimmed-not-by-default"),
        pytest.param(QuoteVerdict("v1", WHERE, "trimmed"), ("trimmed",), True, id="trimmed-where-named"),
        pytest.param(QuoteVerdict("v1", WHERE, "altered", doubt="a gap"), FAIL_ON, False, id="in-doubt"),
        pytest.param(
            QuoteVerdict("v1", WHERE, "altered", doubt="a gap"), ("doubtful",), True, id="in-doubt-where-that-is-named"
        ),
        pytest.param(QuoteVerdict("v1", WHERE, "verbatim", doubt="a gap"), ("doubtful",), False, id="nothing-to-doubt"),
        pytest.param(
            QuoteVerdict("v1", WHERE, "not found", doubt="partial", incomplete=True), FAIL_ON, False, id="incomplete"
        ),
        pytest.param(
            QuoteVerdict("v1", WHERE, "not found", doubt="partial", incomplete=True), ("incomplete",), True, id="named"
        ),
        pytest.param(
            QuoteVerdict("v1", WHERE, "unchecked", indirect=True), ("unchecked",), False, id="no-quote-at-all"
        ),
        pytest.param(FigureVerdict("v1", WHERE, "inconsistent"), FAIL_ON, True, id="a-figure"),
        pytest.param(
            HeadlineVerdict("v1", WHERE, "stronger", findings=[Finding("own words", WHERE)]),
            ("own words",),
            True,
            id="a-lesser-finding-counts-too",
        ),
    ],
)
def test_what_fails(verdict: Verdict, names: tuple[str, ...], fails: bool) -> None:
    assert bool(failing([verdict], names)) is fails


def test_names_are_read_as_people_write_them() -> None:
    assert names_of("Altered, not-found,own_words") == ("altered", "not found", "own words")
    assert names_of("none") == ()


def test_a_name_that_no_verdict_has_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadSetting, match="'altered'"):
        names_of("alterd")
