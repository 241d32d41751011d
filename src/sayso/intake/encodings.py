"""In which encoding a feed is: its byte order mark, UTF-8 where it is that, what it says, then the letters' look."""

from __future__ import annotations

import codecs
import re

from sayso.reading.decoding import LABELS

_DECLARED = re.compile(rb"<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decoder_of(data: bytes, charset: str | None) -> tuple[codecs.IncrementalDecoder, int]:
    """A decoder for what begins with these bytes, and the length of the mark that it is not to be given.

    `charset` is what they were sent as. What cannot be decoded becomes U+FFFD.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoder(name), len(mark)
    return _decoder(_name(data, charset)), 0


def _name(data: bytes, charset: str | None) -> str:
    if data[:2] == b"<\x00":
        return "utf-16-le"
    if data[:2] == b"\x00<":
        return "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError as error:
        declared = _DECLARED.search(data[:1000])
        for label in (charset, declared[1].decode("ascii") if declared else None):
            known = LABELS.get((label or "").lower())
            # A few broken bytes far on do not make it another encoding than it says; right at the first it does.
            if known and (known != "utf-8" or error.start > 0):
                return known
        return _guessed(data)
    return "utf-8"


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(re.sub(rb"<[^<>]*>", b" ", data[:100_000])).best()
    known = LABELS.get((best.encoding if best else "").replace("_", "-"))
    return known or (best.encoding if best else "cp1252")


def _decoder(name: str) -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(name)("replace")
