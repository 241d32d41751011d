"""Bytes into text, by evidence: byte order mark, zero bytes, strict UTF-8, then the labels, then what text looks like.

Invariant: `Source.to_bytes` holds for every character of the text returned. Undecodable bytes become lone surrogates
(one a byte, PEP 383) in the source text; the article's own text shows U+FFFD in their place.
"""

from __future__ import annotations

import codecs
import re

from sayso.documents import Source
from sayso.errors import EmptySource, NotText

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP, WAV or AVI)"),
    (b"PK\x03\x04", "a zip archive (or a DOCX, ODT or EPUB, which are zip archives)"),
    (b"PK\x05\x06", "a zip archive"),
    (b"%PDF-", "a PDF"),
    (b"\x7fELF", "an executable"),
    (b"MZ\x90", "an executable"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh9", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"PAR1", "a Parquet file"),
)

# Labels as the web means them (WHATWG Encoding Standard: "iso-8859-1" and "ascii" are windows-1252). Only these are
# believed: Python also knows codecs such as rot13, hex and utf-7, which no article is written in.
LABELS = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252",
    "windows-1252": "cp1252", "cp1252": "cp1252", "utf-8": "utf-8", "utf8": "utf-8",
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16-le": "utf-16-le", "utf-16be": "utf-16-be",
    "utf-16-be": "utf-16-be", "macintosh": "mac-roman", "x-mac-roman": "mac-roman", "koi8-r": "koi8-r",
    "koi8-u": "koi8-u", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5", "euc-jp": "euc-jp",
    "ibm866": "cp866", "cp866": "cp866", "x-mac-cyrillic": "mac-cyrillic", "windows-874": "cp874", "tis-620": "cp874",
    "iso-8859-11": "cp874", "iso-2022-jp": "iso2022-jp", "ibm437": "cp437", "cp437": "cp437", "ibm850": "cp850",
    "cp850": "cp850", "ibm852": "cp852", "cp852": "cp852", "utf-8-sig": "utf-8", "utf-32": "utf-32-le",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "euc-kr": "cp949", "iso-8859-9": "cp1254",
    **{f"windows-{page}": f"cp{page}" for page in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}  # fmt: skip

_NAMES = {"cp1252": "windows-1252"}
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ESCAPES = re.compile(rb"\x1b\$[@B]")
_LETTER = re.compile(r"[^\W\d_]")


def decode(data: bytes, name: str, *, charset: str | None = None, inside: str | None = None) -> Source:
    """The source text of some bytes, with the encoding that was found and what had to be assumed.

    `charset` is the label that the bytes were sent with, `inside` what they say themselves (`<meta charset>`): either
    is believed only where the bytes allow it and what comes out looks like text.
    Raises NotText for an image, an archive, a PDF and the like, EmptySource where there is no letter at all.
    """
    _refuse_signatures(data, name)
    if not data.strip(b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf\xfe\xff"):
        raise EmptySource(
            name, "there is nothing in it" if data else "it is empty", "Give a file with an article in it"
        )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(
                data[len(mark) :], name, encoding, mark_length=len(mark), notes=_clash(charset or inside, encoding)
            )
    wide = _zero_byte_pattern(data)
    if wide:
        said = _known(charset or inside or "") == wide
        assumed = f"no byte order mark; read as {wide} for its zero bytes"
        return _decoded(data, name, wide, notes=() if said else (assumed,))
    if b"\x00" in data:
        raise NotText(name, "it is not text (it has zero bytes)", "Give plain text, Markdown, HTML or JSON-LD")
    encoding, notes = _narrow(data, [label for label in (charset, inside) if label])
    return _decoded(data, name, encoding, notes=notes)


def declared_charset(data: bytes) -> str | None:
    """The charset that a page or an XML document declares in its first 4,096 bytes; None where there is none."""
    found = re.search(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", data[:4096], re.IGNORECASE)
    found = found or re.match(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})""", data[:4096])
    return found.group(1).decode("ascii") if found else None


def _refuse_signatures(data: bytes, name: str) -> None:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise NotText(name, f"it is {what}, not text", "Give plain text, Markdown, HTML or JSON-LD")
    if data[4:8] == b"ftyp":
        raise NotText(name, "it is a video or audio file, not text", "Give plain text, Markdown, HTML or JSON-LD")


def _zero_byte_pattern(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: in Latin-script text most characters have the same bytes zero."""
    head = data[:4096]
    quarter = max(len(head) // 4, 1)
    zeros = [head[place::4].count(0) / quarter for place in range(4)]
    if len(head) >= 8 and min(zeros[2:]) > 0.95 and zeros[0] < 0.05:
        return "utf-32-le"
    if len(head) >= 8 and min(zeros[:2]) > 0.95 and zeros[3] < 0.05:
        return "utf-32-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _narrow(data: bytes, labels: list[str]) -> tuple[str, tuple[str, ...]]:
    """The encoding of bytes without zeros, and what to note about it."""
    label = labels[0] if labels else None
    unknown = tuple(f"the label '{each}' names no encoding that is read" for each in labels[:1] if _known(each) is None)
    if _ESCAPES.search(data) and (found := _japanese(data, label)):
        return found
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8", unknown if data.isascii() else unknown + _clash(label, "utf-8")
    return _by_look(data, labels, unknown)


def _by_look(data: bytes, labels: list[str], unknown: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The encoding of bytes that are not UTF-8."""
    from sayso.reading.charsets import faults_of, likeliest

    label = labels[0] if labels else None
    readings: list[tuple[float, str, str, str]] = []
    for each in labels:
        declared = _known(each)
        if declared and not declared.startswith("utf-"):
            try:
                faults, shown = faults_of(data.decode(declared))
            except UnicodeDecodeError:
                continue
            readings.append((faults, declared, shown, each))
    stated = min(readings, key=lambda reading: reading[0]) if readings else None
    differ = len(readings) > 1 and data.decode(readings[0][1]) != data.decode(readings[1][1])
    apart: tuple[str, ...] = (
        (f"it is labelled both {labels[0]} and {labels[-1]}; read as {stated[3]}",) if stated and differ else ()
    )
    if stated and not stated[0] and not apart and stated[1] != "cp1252":
        apart = _doubt(data, stated[1], stated[3])
    if stated and not stated[0]:
        return stated[1], apart or (_clash(label, stated[1]) if stated[3] != label else ())
    text = data.decode("utf-8", "surrogateescape")
    damaged = sum(1 for character in text if "\udc80" <= character <= "\udcff")
    sound = sum(1 for character in text if character > "\x7f") - damaged
    if sound >= 4 * damaged:
        return "utf-8", (*unknown, f"{damaged} bytes are not UTF-8 and are shown as U+FFFD; the rest is")
    found = likeliest(data)
    if stated and (found is None or found[1] > 0.5 * stated[0]):
        odd = f"characters stand in it ({stated[2]}) as in no text: it may be another"
        return stated[1], (*apart, f"read as {stated[3]}, but {odd}")
    said = f"the label says {label}, but the bytes are not" if label else "no label, and the bytes are not UTF-8"
    # Another than the most common one takes proof: marks that would stand in odd places.
    name = found[0] if found and (found[1] < 0.5 * found[2] and found[2] - found[1] >= 1) else "cp1252"
    return name, (f"{said}; read as {_NAMES.get(name, name)}",)


def _doubt(data: bytes, stated: str, label: str) -> tuple[str, ...]:
    """What to note where a label of few letters holds no better than the label of most texts would."""
    from sayso.reading.charsets import faults_of

    as_stated, western = data.decode(stated), data.decode("cp1252", "replace")
    if as_stated == western or "\ufffd" in western or faults_of(western)[0]:
        return ()
    letters = next(one for one, other in zip(as_stated, western, strict=False) if one != other)
    return (f"read as {label}; as windows-1252 it would look as sound, so letters such as {letters} may be others",)


def _known(label: str) -> str | None:
    return LABELS.get(label.strip().lower())


def _japanese(data: bytes, label: str | None) -> tuple[str, tuple[str, ...]] | None:
    """ISO-2022-JP, whose bytes are all ASCII: escapes say which of them are Japanese."""
    try:
        data.decode("iso2022-jp")
    except UnicodeDecodeError:
        return None
    said = () if _known(label or "") == "iso2022-jp" else ("it has escapes of iso-2022-jp; read as that",)
    return "iso2022-jp", (*said, "iso-2022-jp has escapes between characters: byte offsets are approximate")


def _clash(charset: str | None, found: str) -> tuple[str, ...]:
    declared = LABELS.get((charset or "").strip().lower())
    if declared is None or declared == found or declared[:6] == found[:6] == "utf-16":
        return ()
    return (f"the label says {charset}, the bytes are {_NAMES.get(found, found)}; read as {_NAMES.get(found, found)}",)


def _decoded(data: bytes, name: str, encoding: str, *, mark_length: int = 0, notes: tuple[str, ...] = ()) -> Source:
    # The UTF-16 and UTF-32 codecs know no surrogateescape; a damaged unit becomes U+FFFD, which is as wide as itself.
    wide = encoding.startswith(("utf-16", "utf-32"))
    text = data.decode(encoding, "replace" if wide else "surrogateescape")
    sample = text[:100_000]
    if len(_CONTROLS.findall(sample)) > max(0.005 * len(sample), 3):
        raise NotText(name, "it is not text (it is full of control characters)", "Give plain text or a saved page")
    if not _LETTER.search(text):
        raise EmptySource(name, "there is no letter in it", "Give a file with an article in it")
    if wide and "\ufffd" in text:
        notes = (*notes, f"some of it is not {encoding} and is shown as U+FFFD")
    elif not wide and len(text.encode(encoding, "surrogateescape")) != len(data):
        notes = (*notes, f"{encoding} writes some characters in two ways: byte offsets are approximate")
    return Source(name, text, _NAMES.get(encoding, encoding), mark_length, notes)
