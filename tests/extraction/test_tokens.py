"""An article as the encoder sees it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents import Span
from sayso.extraction.shipped import ENGLISH, VOCABULARY
from sayso.extraction.tokens import CASES, tokenize
from sayso.extraction.wordpiece import WordPieces


@pytest.fixture(scope="module")
def pieces():
    return WordPieces.from_file(ENGLISH / VOCABULARY)


def test_blocks_are_told_apart(pieces):
    text = "Mayor quits\nHe left."
    tokens = tokenize(text, blocks=[Span(0, 11), Span(12, 20)], quoted=[], pieces=pieces)
    assert [word.of(text) for word in tokens.words] == ["Mayor", "quits", "", "He", "left", "."]
    assert tokens.is_break.tolist() == [False, False, True, False, False, False]
    assert tokens.pieces[tokens.first_piece[2]] == pieces.paragraph


def test_case_and_quotes_are_features(pieces):
    text = 'He said "NATO did".'
    tokens = tokenize(text, blocks=[Span(0, len(text))], quoted=[Span(8, 18)], pieces=pieces)
    assert tokens.feature.tolist() == [1, 0, CASES, CASES + 2, CASES, CASES, 0]


def test_no_words_no_pieces(pieces):
    tokens = tokenize("\u200b", blocks=[], quoted=[], pieces=pieces)
    assert tokens.words == []
    assert tokens.first_piece.tolist() == [0]


@given(st.text(alphabet="ab \n\"'.“”é\u00ad", max_size=60), st.lists(st.integers(0, 60), max_size=6))
def test_every_word_owns_its_pieces(text, cuts):
    vocabulary = ["[UNK]", "[CLS]", "[SEP]", "[unused1]", "a", "b", "##a", "##b", "e", '"', "."]
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    blocks = [Span(a, b) for a, b in itertools.pairwise(edges)]
    tokens = tokenize(text, blocks=blocks, quoted=[], pieces=WordPieces(vocabulary))
    assert len(tokens.first_piece) == len(tokens.words) + 1 == len(tokens.feature) + 1
    assert all(a < b for a, b in zip(tokens.first_piece, tokens.first_piece[1:], strict=False))
    assert tokens.first_piece[-1] == len(tokens.pieces)
    assert all((word.start == word.end) == flag for word, flag in zip(tokens.words, tokens.is_break, strict=True))
