"""News in forty encodings under right and wrong labels: read right, or with a word of doubt."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.encodings import ENCODINGS, labelled, outcome_of, text_in
from sayso.intake import Item, read_item
from sayso.reading import read_bytes
from sayso.reading.charsets import faults_of
from sayso.reading.decoding import decode


def found(what: str) -> Counter[str]:
    return Counter(outcome_of(data, text, *labels) for _, how, data, text, *labels in labelled() if how == what)


def test_there_is_something_to_read_wrong() -> None:
    assert len(ENCODINGS) == 40
    assert sum(text_in(codec).isascii() for codec in ENCODINGS.values()) == 0


def test_under_its_own_label_all_is_read_right() -> None:
    outcomes = found("the right label")
    assert outcomes["right"] + outcomes["right, with a warning"] == 40
    # Of a few there is no telling whether the label holds.
    assert outcomes["right"] >= 32


def test_without_a_label_nothing_is_read_wrong_without_a_word() -> None:
    outcomes = found("no label")
    assert outcomes["right"] + outcomes["right, with a warning"] >= 36
    assert outcomes["wrong without a word"] == 0


def test_under_another_label_nearly_all_is_read_right() -> None:
    outcomes = found("another label")
    assert outcomes["right"] + outcomes["right, with a warning"] >= 0.88 * outcomes.total()
    assert outcomes["wrong without a word"] <= 0.01 * outcomes.total()
    assert outcomes["refused"] == 0


@pytest.mark.parametrize("what", ["HTTP right, page wrong", "HTTP wrong, page right"])
def test_of_two_labels_that_differ_nothing_is_read_wrong_without_a_word(what: str) -> None:
    outcomes = found(what)
    assert outcomes["right"] + outcomes["right, with a warning"] >= 0.97 * outcomes.total()
    assert outcomes["wrong without a word"] == 0


@pytest.mark.parametrize("text", [
    pytest.param("“Yes,” he said – for £5, 30°, ½ of it… D’Arcy’s “‘no’” (“so”) café, naïve, Ångström.", id="western"),
    pytest.param("Сергей Иванов and Łukasz Żółć of Łódź, Αθηνά, İstanbul; São Tomé; 東京 (とうきょう)", id="names"),
    pytest.param("Nguyễn Văn Đức—said “it”", id="vietnamese"),
])  # fmt: skip
def test_sound_text_has_no_faults(text: str) -> None:
    assert faults_of(text) == (0.0, "")


def test_a_label_under_which_it_looks_odd_is_doubted() -> None:
    data = "It’s the mayor’s “café” for £5, he said.".encode("mac-roman")
    source = decode(data, "a.txt", charset="iso-8859-1")
    assert source.text == "It’s the mayor’s “café” for £5, he said."
    assert source.notes == ("the label says iso-8859-1, but the bytes are not; read as mac-roman",)


def test_a_pages_own_label_helps_where_that_of_http_does_not_hold() -> None:
    name = "Сергей Иванов"
    text = f"<!doctype html><meta charset=koi8-r><article><p>{name} said on Monday that the ferry was sold.</article>"
    item = Item("a.html", "a.html", text.encode("koi8-r"), media_type="text/html", charset="windows-1251")
    article = read_item(item)
    assert name in article.text
    assert any("koi8-r" in warning and "windows-1251" in warning for warning in article.warnings)


def test_utf_32_without_a_mark_is_read() -> None:
    text = "“We will not sell,” the mayor said."
    for codec in ("utf-32-le", "utf-32-be"):
        assert read_bytes(text.encode(codec), "a.txt").text == text
