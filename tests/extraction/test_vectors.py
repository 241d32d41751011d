"""The sentence encoder on the shipped weights: checked before use, near for like sentences, alone for each."""

import shutil

import numpy as np
import pytest

from sayso.errors import DamagedModel
from sayso.extraction.grafting import graft, raw_constant
from sayso.extraction.model import GRAPH, VECTOR_PARAMETERS, VECTORS, open_vectors
from sayso.extraction.shipped import ENGLISH, VOCABULARY
from sayso.extraction.vectors import LONGEST_PIECES, load_encoder, unit


@pytest.fixture
def folder(tmp_path):
    for name in (GRAPH, VECTORS, VECTOR_PARAMETERS, VOCABULARY):
        shutil.copy(ENGLISH / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", [VECTORS, GRAPH])
def test_one_changed_byte_is_refused(folder, name):
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(DamagedModel, match=name):
        open_vectors(folder)


@pytest.mark.parametrize("name", [VECTORS, VECTOR_PARAMETERS])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(DamagedModel, match=name):
        open_vectors(folder)


def test_unreadable_parameters_are_refused(folder):
    (folder / VECTOR_PARAMETERS).write_text("{}", encoding="utf-8")
    with pytest.raises(DamagedModel):
        open_vectors(folder)


def test_the_part_is_small():
    assert (ENGLISH / VECTORS).stat().st_size < 650_000


def cosine(one: str, other: str) -> float:
    encoder = load_encoder()
    return float(unit(encoder.encode(one).whole) @ unit(encoder.encode(other).whole))


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        pytest.param("The bridge is shut.", "The viaduct was closed.", "The choir sang well.", id="synonyms"),
        pytest.param("He resigned on Monday.", "He quit at the start of the week.", "He slept.", id="paraphrase"),
    ],
)
def test_like_sentences_are_nearer(text, near, far):
    assert cosine(text, near) > cosine(text, far) + 0.2


def test_shapes_and_lengths():
    encoder = load_encoder()
    found = encoder.encode("The quay is closed, she said.")
    pieces = len(found.pieces)
    assert found.count == pieces + 2
    assert found.words.shape == (pieces, found.whole.shape[0])
    assert np.allclose(np.linalg.norm(found.words, axis=1), 1, atol=1e-3)
    comma = found.pieces.tolist().index(encoder.ids(",")[0])
    assert found.weights[comma] == 0
    assert found.weights.max() <= 1


def test_a_text_of_no_words_has_no_pieces():
    assert load_encoder().encode("").words.shape[0] == 0


def test_a_text_longer_than_is_read_is_cut():
    assert len(load_encoder().encode("quay " * 1000).pieces) == LONGEST_PIECES


def test_words_without_context_are_near_their_like():
    encoder = load_encoder()
    quay, wharf, song = (encoder.plain(encoder.ids(word))[0] for word in ("quay", "wharf", "song"))
    assert quay @ wharf > quay @ song + 0.2


def test_a_constant_is_found_by_its_whole_name():
    data = (ENGLISH / GRAPH).read_bytes()
    with pytest.raises(KeyError):
        raw_constant(data, "no such constant")


@pytest.mark.parametrize("data", [pytest.param(b"\x3a\xff", id="cut-short"), pytest.param(b"\x3b", id="no-such-kind")])
def test_what_is_no_message_is_refused(data):
    with pytest.raises(ValueError):
        graft(data, b"")
