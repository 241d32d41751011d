"""Gists: checked before use, near for like sentences, the same for a text in any company and at any number of codes."""

import shutil

import numpy as np
import pytest

from sayso.errors import DamagedModel
from sayso.extraction import gists
from sayso.extraction.gists import (
    CODE_BYTES,
    DIMENSIONS,
    GIST_PARAMETERS,
    GISTS,
    gist_codes,
    gist_of,
    nearness,
    read_gists,
)
from sayso.extraction.shipped import ENGLISH, VOCABULARY

SAID = [
    "The bridge will be shut for repairs until the spring.",
    "Two hundred nurses will lose their jobs by the end of the year.",
    "She had never met the man before the trial.",
    "Milk prices have fallen for the third month in a row.",
    "Our keeper was offside when the goal was given.",
]


@pytest.fixture
def folder(tmp_path):
    for name in (GISTS, GIST_PARAMETERS, VOCABULARY):
        shutil.copy(ENGLISH / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", [GISTS, VOCABULARY])
def test_one_changed_byte_is_refused(folder, name):
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(DamagedModel, match=name):
        read_gists(folder)


@pytest.mark.parametrize("name", [GISTS, GIST_PARAMETERS, VOCABULARY])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(DamagedModel, match=name):
        read_gists(folder)


def test_unreadable_parameters_are_refused(folder):
    (folder / GIST_PARAMETERS).write_text("{}", encoding="utf-8")
    with pytest.raises(DamagedModel):
        read_gists(folder)


def test_the_file_is_small():
    assert (ENGLISH / GISTS).stat().st_size < 4_000_000


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        pytest.param("They are closing the crossing for works, perhaps until April.", 0, id="bridge"),
        pytest.param("The hospital is to lay off 200 of its staff.", 1, id="lay-offs"),
        pytest.param("In court he was a stranger to her.", 2, id="trial"),
        pytest.param("Dairy farmers get less for what they sell once more.", 3, id="prices"),
        pytest.param("That goal should not have stood, the striker was beyond the last defender.", 4, id="football"),
    ],
)
def test_the_nearest_is_the_one_that_says_the_same(asked, place):
    assert int(nearness(gist_of(asked), gist_codes(SAID)).argmax()) == place


def test_a_code_does_not_depend_on_the_texts_beside_it():
    together = gist_codes(["", *SAID, "", SAID[0]])
    assert together.shape == (len(SAID) + 3, CODE_BYTES)
    for text, code in zip(["", *SAID, "", SAID[0]], together, strict=True):
        assert (gist_codes([text])[0] == code).all()


def test_no_texts_have_no_codes():
    assert gist_codes([]).shape == (0, CODE_BYTES)


def test_what_nobody_sees_does_not_change_a_gist():
    assert (gist_codes(["The br\u00adidge is shut."]) == gist_codes(["the bridge is shut."])).all()


def test_a_text_without_words_is_near_to_nothing():
    assert not gist_of(" ").any()
    assert not nearness(gist_of(""), gist_codes(SAID)).any()


def test_a_text_is_nearest_to_itself_at_about_one():
    for place, text in enumerate(SAID):
        near = nearness(gist_of(text), gist_codes(SAID))
        assert near.argmax() == place
        assert near[place] == pytest.approx(1, abs=0.05)


@pytest.fixture(params=["as it is", "NumPy 1"])
def numpy_of(request, monkeypatch):
    if request.param == "NumPy 1" and hasattr(np, "bitwise_count"):
        monkeypatch.delattr(np, "bitwise_count")
    return request.param


def test_among_many_the_nearest_are_measured_as_among_few(numpy_of):
    chance = np.random.default_rng(11)
    codes = chance.integers(0, 256, (3 * gists._REFINED, CODE_BYTES), dtype=np.uint8)
    query = chance.standard_normal(DIMENSIONS).astype(np.float32)
    query /= np.linalg.norm(query)
    near = np.packbits(query > 0)
    near[0] ^= 255
    codes[7_000] = near
    signs = np.unpackbits(codes, axis=1).astype(np.float32) * 2 - 1
    exact = signs @ query / np.sqrt(2 * DIMENSIONS / np.pi)
    found = nearness(query, codes)
    assert found.dtype == np.float32
    assert int(found.argmax()) == 7_000
    best = np.argsort(-exact)[:50]
    assert np.allclose(found[best], exact[best], atol=1e-4)
    # The others are estimates of the same measure.
    assert np.abs(found - exact).max() < 0.25


def test_many_copies_of_one_text_are_all_near():
    codes = np.repeat(gist_codes(SAID[:1]), 3 * gists._REFINED, axis=0)
    assert nearness(gist_of(SAID[0]), codes).min() > 0.95
