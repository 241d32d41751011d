from __future__ import annotations

import pytest

from sayso.archive.searching.inflecting import forms_of


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("bridge bridges", id="plural"),
        pytest.param("city cities", id="plural-of-y"),
        pytest.param("boss bosses", id="plural-of-a-hiss"),
        pytest.param("knife knives", id="plural-with-another-consonant"),
        pytest.param("crisis crises", id="greek-plural"),
        pytest.param("hope hopes hoped hoping", id="verb-that-ends-in-e"),
        pytest.param("plan plans planned planning", id="consonant-doubled"),
        pytest.param("refer refers referred referring", id="consonant-doubled-after-a-stressed-syllable"),
        pytest.param("visit visits visited visiting", id="consonant-not-doubled"),
        pytest.param("deny denies denied denying", id="verb-that-ends-in-y"),
        pytest.param("panic panics panicked panicking", id="c-becomes-ck"),
        pytest.param("say says said saying", id="irregular-verb"),
        pytest.param("agree agreed agreeing", id="double-e"),
        pytest.param("colour color colours colors coloured colored", id="british-our"),
        pytest.param("organise organize organised organized organising organizing", id="british-ise"),
        pytest.param("travelled traveled travelling traveling", id="british-double-l"),
        pytest.param("centre center centres centers", id="british-re"),
        pytest.param("defence defense", id="british-ce"),
        pytest.param("programme program programmes programs", id="pair-of-spellings"),
        pytest.param("building buildings", id="plural-of-an-ing"),
    ],
)
def test_each_form_finds_the_others(words):
    for word in words.split():
        assert set(words.split()) <= set(forms_of(word)), word


@pytest.mark.parametrize(
    "word, other",
    [
        pytest.param("news", "new", id="news-is-no-plural"),
        pytest.param("evening", "even", id="evening-is-no-verb"),
        pytest.param("hundred", "hundr", id="hundred-is-no-past-tense"),
        pytest.param("need", "ne", id="need-is-no-past-tense"),
        pytest.param("hoping", "hop", id="one-consonant-is-of-hope"),
        pytest.param("hopping", "hope", id="two-consonants-are-of-hop"),
        pytest.param("ring", "r", id="too-short-a-stem"),
        pytest.param("four", "for", id="not-every-our-is-british"),
        pytest.param("us", "u", id="pronoun"),
        pytest.param("f16", "f16s16", id="not-a-word-of-letters"),
    ],
)
def test_what_only_looks_like_a_form_is_left_alone(word, other):
    assert other not in forms_of(word)
    assert forms_of(word)[0] == word


@pytest.mark.parametrize("word", ["bridge", "organisation", "neighbours", "travelling", "licences"])
def test_the_forms_stay_few(word):
    assert len(forms_of(word)) <= 25
