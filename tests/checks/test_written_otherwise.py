"""The same spoken words, written by an outlet and by a transcriber: never an accusation without a doubt."""

from __future__ import annotations

import pytest

from sayso.checks.judging import judge
from sayso.checks.library import Library
from sayso.checks.respelling import respelt
from sayso.documents import Span
from sayso.transcripts import read_transcript_text


@pytest.mark.parametrize(
    "quote, said",
    [
        pytest.param("$240 million for schools", "two hundred and forty million dollars for schools", id="millions"),
        pytest.param("240,000 people came", "two hundred and forty thousand people came", id="thousands"),
        pytest.param("five hundred and two hundred people", "500 and 200 people", id="two-numbers-stay-two"),
        pytest.param("Main St. is closed to cars", "Main Street is closed to cars", id="a-street"),
        pytest.param("St. Olaf would not have it", "Saint Olaf would not have it", id="a-saint"),
        pytest.param("rates fell 0.5% this year", "rates fell half a percent this year", id="half-a-percent"),
    ],
)
def test_is_verbatim(quote: str, said: str) -> None:
    transcript = read_transcript_text(f"MR. LIND: I tell you, {said}, now.\n\nMS. HOLM: Thank you.")
    library = Library.of([transcript])
    words = library.words(0)
    assert judge(quote, [Span(0, len(quote))], transcript, words, (0, len(words))).value == "verbatim"


def test_a_unit_that_was_plain_is_in_doubt() -> None:
    quote = "we need $60 million for the road"
    transcript = read_transcript_text("MR. LIND: Now we need sixty million for the road.\n\nMS. HOLM: Thank you.")
    library = Library.of([transcript])
    judgement = judge(quote, [Span(0, len(quote))], transcript, library.words(0), (0, 9))
    assert judgement.value == "altered" and judgement.doubt is not None


def test_a_quote_is_looked_for_in_the_other_writing() -> None:
    assert ["i", "don't", "buy", "that"] in respelt(["i", "do", "not", "buy", "that"])
    assert ["it's", "45", "percent"] in respelt(["it's", "forty", "five", "percent"])
    assert respelt(["nothing", "here"]) == []
