"""What must hold of every article: a character that was not put in by the reader stands in the source."""

from __future__ import annotations

import html
import json
import re
import unicodedata

from sayso.documents import Article

_PUT_IN = re.compile(r"(?:\n\n|, )?")
_SPACES = [0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
_MARKS = {"“": r"<(?:\w+:)?q\b", "”": r"</(?:\w+:)?q\b"}


_UNSEEN = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


def seen(text: str) -> str:
    """What of a text is seen: letters and their accents in one, plain spaces, nothing that has no width."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text)).translate(dict.fromkeys(_SPACES, " "))


def assert_maps_back(article: Article) -> None:
    """Each piece of the map is what its stretch of the source decodes to, and between pieces only breaks stand."""
    assert article.source is not None
    assert article.offsets is not None
    end = 0
    for piece in article.offsets.pieces:
        assert piece.start >= end, "pieces overlap"
        assert _PUT_IN.fullmatch(article.text[end : piece.start]), article.text[end : piece.start]
        end = piece.start + piece.length
        shown = article.text[piece.start : end]
        written = article.source.text[piece.origin : piece.origin + piece.source_length]
        if piece.length == piece.source_length and shown == written:
            continue
        assert any(_same(shown, each) for each in _readings(written)), (shown, written)
    assert end == len(article.text)


def _readings(written: str) -> list[str]:
    """What a stretch of XML, of a JSON string, or of one inside the other may say."""
    found = [written]
    for decode in (_unescaped, html.unescape, html.unescape):
        found += [decode(each) for each in found]
    return found


def _unescaped(written: str) -> str:
    try:
        said = json.loads(f'"{written}"', strict=False)
    except ValueError:
        return written
    return str(said)


def _same(shown: str, reading: str) -> bool:
    if shown == "\n" and reading in ("\r", "\r\n"):
        return True
    if shown == " ":
        return not reading.strip() or bool(re.fullmatch(r"\s*<br[^>]*>\s*", reading))
    if shown in _MARKS and re.match(_MARKS[shown], reading):
        return True
    return seen(shown) == seen(re.sub(r"[\ud800-\udfff]", "\ufffd", reading))
