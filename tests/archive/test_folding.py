from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.archive.folding import BREAK, LONGEST, fold_words, joined_in, words_in


@pytest.mark.parametrize(
    "text, words",
    [
        pytest.param("Port Halvern", "port halvern", id="letter-case"),
        pytest.param("bud\u00adget", "budget", id="soft-hyphen"),
        pytest.param("bud\u200bget bri\u2060dge", "budget bridge", id="zero-width-characters"),
        pytest.param("\u202bbridge\u202c toll\u200f", "bridge toll", id="marks-of-direction"),
        pytest.param("\ufeffbridge", "bridge", id="byte-order-mark-inside"),
        pytest.param("naïve Café", "naive cafe", id="accents"),
        pytest.param("nai\u0308ve", "naive", id="accents-as-marks-of-their-own"),
        pytest.param("Jørgen Łukasz Straße Æsir", "jorgen lukasz strasse aesir", id="letters-without-a-mark"),
        pytest.param("ﬁnance oﬃce", "finance office", id="ligatures"),
        pytest.param("ｂｒｉｄｇｅ", "bridge", id="wide-letters"),
        pytest.param("won't won’t wonʼt won´t", "wont wont wont wont", id="apostrophes"),
        pytest.param("Kestrel's Kestrel’s workers’", "kestrel kestrel workers", id="possessives"),
        pytest.param("O’Brien's", "obrien", id="apostrophe-in-a-name"),
        pytest.param("‘toll’ “road”", "toll road", id="quotation-marks"),
        pytest.param("front-line front–line front\u2011line", "front line front line front line", id="hyphens"),
        pytest.param("1,500 12,345,678 3.5 12,34", "1500 12345678 3 5 12 34", id="numbers"),
        pytest.param("U.S. U.S.'s a.m. e.g. J.K. Marsh", "us us am eg jk marsh", id="letters-with-full-stops"),
        pytest.param("courier.example end.Start", "courier example end start", id="full-stops-between-words"),
        pytest.param("km² ½", "km2 1 2", id="raised-digits-and-fractions"),
        pytest.param("İstanbul ǅ", "istanbul dz", id="capitals-that-change-in-number"),
        pytest.param("... — % &", "", id="no-words"),
        pytest.param("a_b\x00c\ud800d", "a b c d", id="signs-and-control-characters"),
        pytest.param("x" * 200, "x" * LONGEST, id="endless-word"),
    ],
)
def test_words(text, words):
    assert words_in(text) == words.split()


@pytest.mark.parametrize(
    "text, joined",
    [
        pytest.param("Front-line front\u2011line", "frontline frontline", id="hyphens"),
        pytest.param("the start-up’s e-mails", "startup emails", id="possessive"),
        pytest.param("a “ré-élection”", "reelection", id="accents"),
        pytest.param("mother-in-law anti-money-laundering", "", id="three-parts-are-no-word"),
        pytest.param("F-16 2019-20 10-year", "", id="numbers"),
        pytest.param("front–line front - line -line front-", "", id="dashes"),
        pytest.param("U.S.-led o'clock-bound pre-'90s", "", id="signs-inside"),
    ],
)
def test_what_a_hyphen_parts_in_two_is_one_word_too(text, joined):
    found = joined_in(text)
    assert [each.word for each in found] == joined.split()
    assert [words_in(text[each.start : each.end].replace("-", "").replace("\u2011", "")) for each in found] == [
        [each.word] for each in found
    ]


TRICKY = st.text(st.sampled_from("aB1é’'.,-–\u00ad\u200b\u0301ßﬁ½ İŉ日\n") | st.characters(), max_size=60)


@given(TRICKY)
def test_places_and_plain_words_agree_and_point_into_the_text(text):
    found = fold_words(text)
    assert [each.word for each in found] == words_in(text)
    last = 0
    for word, start, end in found:
        assert last <= start < end <= len(text) or (start < end <= len(text) and start == last - 1)  # "½" is 1 and 2
        assert words_in(text[start:end])
        assert word[0] in "".join(words_in(text[start:end]))
        last = end


@given(TRICKY)
def test_a_folded_word_is_letters_and_digits_and_stays_as_it_is(text):
    for word in words_in(text):
        assert word.isalnum()
        assert words_in(word) == [word]
        assert word != BREAK
        assert len(word) <= LONGEST


@given(TRICKY)
def test_what_is_hidden_does_not_count(text):
    hidden = "\u00ad".join(text)
    assert words_in(hidden) == words_in(text)
