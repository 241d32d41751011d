"""Bytes into text by evidence, what is said about it, and the way back to the bytes."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents import Span
from sayso.errors import EmptySource, NotText, TooLarge
from sayso.reading import Limits, read_bytes, read_source
from sayso.reading.decoding import declared_charset, decode

TEXT = "The café’s owner said: “We’ll stay open for as long as we can.”"


@pytest.mark.parametrize(
    "data, charset, encoding, note",
    [
        pytest.param(TEXT.encode(), None, "utf-8", "", id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), None, "utf-8", "", id="utf-8-with-mark"),
        pytest.param(TEXT.encode(), "iso-8859-1", "utf-8", "label says iso-8859-1", id="utf-8-labelled-latin-1"),
        pytest.param(TEXT.encode("cp1252"), None, "windows-1252", "no label", id="windows-1252-unlabelled"),
        pytest.param(TEXT.encode("cp1252"), "utf-8", "windows-1252", "label says utf-8", id="windows-1252-as-utf-8"),
        pytest.param(TEXT.encode("cp1252"), "ISO-8859-1", "windows-1252", "", id="latin-1-means-windows-1252"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), None, "utf-16-le", "", id="utf-16-le-with-mark"),
        pytest.param(TEXT.encode("utf-16-le"), None, "utf-16-le", "zero bytes", id="utf-16-le-without"),
        pytest.param(TEXT.encode("utf-16-be"), None, "utf-16-be", "zero bytes", id="utf-16-be-without"),
        pytest.param(b"Plain words.", "rot13", "utf-8", "names no encoding", id="label-of-no-encoding"),
    ],
)
def test_encoding_found(data: bytes, charset: str | None, encoding: str, note: str) -> None:
    source = decode(data, "a.txt", charset=charset)
    assert source.encoding == encoding
    assert source.text in (TEXT, "Plain words.")
    assert note in " ".join(source.notes)
    assert bool(note) == bool(source.notes)


def test_assumptions_reach_the_article() -> None:
    article = read_bytes(TEXT.encode("cp1252"), "a.txt")
    assert any("windows-1252" in warning for warning in article.warnings)


def test_a_few_damaged_bytes_keep_their_place() -> None:
    data = TEXT.encode() + b" Caf\xe9 and the rest of it"
    article = read_bytes(data, "a.txt")
    assert "Caf\ufffd and" in article.text
    assert article.source is not None
    start = article.text.index("rest")
    at = article.source.to_bytes(Span(start, start + 4))
    assert data[at.start : at.end] == b"rest"


@given(st.binary(max_size=80), st.sampled_from(["utf-8", "windows-1252", None, "shift_jis", "gbk", "utf-16"]))
def test_offsets_lead_to_the_bytes_whatever_they_are(data: bytes, charset: str | None) -> None:
    try:
        source = decode(b"The word " + data + b" end", "a.txt", charset=charset)
    except (NotText, EmptySource):
        return
    if any("approximate" in note for note in source.notes) or source.encoding.startswith("utf-16"):
        return
    at = source.to_bytes(Span(len(source.text) - 3, len(source.text)))
    assert (b"The word " + data + b" end")[at.start : at.end] == b"end"


@pytest.mark.parametrize(
    "data, error, said",
    [
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(50), NotText, "PNG", id="png"),
        pytest.param(b"PK\x03\x04" + bytes(50), NotText, "zip", id="zip"),
        pytest.param(b"%PDF-1.7 stream", NotText, "PDF", id="pdf"),
        pytest.param(b"\x7fELF" + bytes(50), NotText, "executable", id="elf"),
        pytest.param(b"some words\x00and zero bytes", NotText, "zero bytes", id="zero-bytes"),
        pytest.param(bytes(range(1, 32)) * 20, NotText, "control characters", id="control-characters"),
        pytest.param(b"", EmptySource, "empty", id="empty"),
        pytest.param(b" \n\t\r\n", EmptySource, "nothing in it", id="white-space"),
        pytest.param(b"--- 123 ---", EmptySource, "no letter", id="no-letter"),
        pytest.param(b"word " * 1000, TooLarge, "limit", id="too-large"),
    ],
)
def test_not_an_article(data: bytes, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        read_bytes(data, "a.txt", limits=Limits(max_bytes=4_000))


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)  # A hole: it takes no room on disk, and no time unless it is read.
    with pytest.raises(TooLarge):
        read_source(path)


def test_declared_charset() -> None:
    assert declared_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">') == "koi8-r"
    assert declared_charset(b"<meta charset='utf-8'>") == "utf-8"
    assert declared_charset(b"<p>charset=none</p>") is None
