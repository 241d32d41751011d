"""Words and word pieces."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extraction.shipped import ENGLISH, VOCABULARY
from sayso.extraction.wordpiece import WordPieces, fold, split_words


@pytest.fixture(scope="module")
def pieces():
    return WordPieces.from_file(ENGLISH / VOCABULARY)


@pytest.mark.parametrize(
    "text, words",
    [
        pytest.param("“We won’t,” she said.", ["“", "We", "won", "’", "t", ",", "”", "she", "said", "."], id="quotes"),
        pytest.param("€50m for F-16s", ["€", "50m", "for", "F", "-", "16s"], id="symbols-stand-alone"),
        pytest.param("Zo\u00adë\u200bs naïve", ["Zo\u00adë\u200bs", "naïve"], id="unseen-characters-split-nothing"),
        pytest.param("cafe\u0301 bar", ["cafe\u0301", "bar"], id="combining-accent-stays"),
        pytest.param("a_b", ["a", "_", "b"], id="underscore-is-a-mark"),
        pytest.param("\u200b\u202e \u00ad", [], id="nothing-to-see"),
    ],
)
def test_split_words(text, words):
    assert [word.of(text) for word in split_words(text)] == words


@pytest.mark.parametrize(
    "word, folded",
    [
        pytest.param("NATO", "nato", id="upper"),
        pytest.param("Erdoğan", "erdogan", id="breve"),
        pytest.param("co\u00adop", "coop", id="soft-hyphen"),
    ],
)
def test_fold(word, folded):
    assert fold(word) == folded


def test_a_word_nobody_sees_changes_nothing(pieces):
    assert pieces.pieces("nego\u00adti\u200bations") == pieces.pieces("negotiations")


def test_an_endless_word_is_one_unknown_piece(pieces):
    assert pieces.pieces("x" * 101) == (pieces.unknown,)


def test_same_pieces_as_the_reference_tokenizer(pieces):
    tokenizers = pytest.importorskip("tokenizers", reason="the reference tokenizer comes with the test extra")
    from tokenizers import models, normalizers, pre_tokenizers

    reference = tokenizers.Tokenizer(models.WordPiece(vocab=pieces.ids, unk_token="[UNK]"))
    reference.normalizer = normalizers.BertNormalizer()
    reference.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    text = (
        "BRUSSELS, Nov. 27 — Ms. Ødegård-Müller’s “unprecedented” rebuttal (of 3,400 pages!) wasn't "
        "untranslatable; Győr's mayor, 41, tweeted: @gyor_city «Nem!» 12.5% of semiconductors, naïvely..."
    )
    ours = [number for word in split_words(text) for number in pieces.pieces(word.of(text))]
    assert ours == reference.encode(text, add_special_tokens=False).ids


@given(st.text(max_size=80))
def test_words_are_in_order_and_hold_no_space(text):
    words = split_words(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(words))
    assert all(word.of(text) and not any(char.isspace() for char in word.of(text)) for word in words)
