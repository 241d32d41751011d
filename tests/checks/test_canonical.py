"""Words as they are compared: tokens, numbers, spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.checks.canonical import keys_of, tokens_of
from sayso.checks.numerals import numeral_at
from sayso.checks.spellings import spelt
from sayso.checks.words import words_of


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("We don’t", ["we", "do", "not"], id="contraction"),
        pytest.param("He'd've", ["he", "would", "have"], id="two-endings"),
        pytest.param("won't can't shan't", ["will", "not", "can", "not", "shall", "not"], id="irregular"),
        pytest.param("$5 million", ["#5000000", "$"], id="sign-after-the-number"),
        pytest.param("five million dollars", ["#5000000", "$"], id="words-in-the-same-order"),
        pytest.param("US$5bn", ["#5000000000", "$"], id="us-dollar"),
        pytest.param("9:30 p.m.", ["#9", "#30", "pm"], id="clock"),
        pytest.param("U.S. and US and us", ["us!", "and", "us!", "and", "us"], id="us"),
        pytest.param("per cent", ["percent"], id="phrase"),
        pytest.param("two-thirds", ["#2/3"], id="fraction"),
        pytest.param("9/11", ["#9", "#11"], id="no-fraction"),
        pytest.param("one of us", ["#1", "of", "us"], id="one"),
    ],
)
def test_keys(text: str, keys: list[str]) -> None:
    assert list(keys_of(text)) == keys


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        pytest.param("two hundred and fifty men", 250, 4, id="and"),
        pytest.param("one hundred and two hundred", 100, 2, id="two-numbers"),
        pytest.param("twenty sixteen", 20, 1, id="no-sum"),
        pytest.param("three million five hundred thousand", 3_500_000, 5, id="two-magnitudes"),
        pytest.param("half a million", 500_000, 3, id="half-a-million"),
        pytest.param("a million and a half", 1_500_000, 5, id="and-a-half"),
        pytest.param("one point two million", 1_200_000, 4, id="point"),
        pytest.param("twenty, five", 20, 1, id="comma-parts"),
        pytest.param("1,234.5", 1234.5, 1, id="digits"),
        pytest.param("twenty-first", 21, 2, id="ordinal"),
    ],
)
def test_numbers(text: str, value: float, words: int) -> None:
    found = numeral_at(words_of(text), 0, 20)
    assert found is not None
    assert (found.value, found.end) == (value, words)


@pytest.mark.parametrize("text", ["a house", "half of it", "point", "and", "hundreds", "million"])
def test_no_numbers(text: str) -> None:
    assert numeral_at(words_of(text), 0, 20) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("colour", "color"), ("neighbourhood", "neighborhood"), ("organisation", "organization"),
        ("centre", "center"), ("kilometres", "kilometers"), ("travelling", "traveling"), ("defence", "defense"),
        ("programme", "program"), ("grey", "gray"), ("cheque", "check"), ("analyse", "analyze"), ("fulfil", "fulfill"),
        ("learnt", "learned"), ("paediatric", "pediatric"), ("manoeuvre", "maneuver"), ("dialogue", "dialog"),
    ],
)  # fmt: skip
def test_spellings_of_one_word(one: str, other: str) -> None:
    assert spelt(one) == spelt(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("four", "for"), ("our", "or"), ("tour", "tor"), ("prise", "prize"), ("here", "her"), ("fillet", "filet"),
        ("rise", "rice"), ("advise", "advice"), ("called", "caled"), ("tonne", "ton"), ("storey", "store"),
        ("affect", "effect"), ("principal", "principle"), ("insure", "ensure"), ("metal", "mettle"), ("bare", "bear"),
        ("their", "there"), ("desert", "dessert"), ("council", "counsel"), ("complement", "compliment"),
    ],
)  # fmt: skip
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert spelt(one) != spelt(other)


@given(st.text(alphabet="abcdeinorstu'’-., $€%0123456789\n", max_size=80))
def test_tokens_cover_all_words_and_slice(text: str) -> None:
    words = words_of(text)
    tokens = tokens_of(words, 0, len(words))
    covered = {word for at in range(len(tokens)) for word in range(tokens.firsts[at], tokens.ends[at])}
    assert covered == set(range(len(words)))
    assert all(tokens.raw(at) == text[tokens.start(at) : tokens.end(at)] for at in range(len(tokens)))
