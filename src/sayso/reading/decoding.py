"""Bytes into text, by evidence: byte order mark, zero bytes, strict UTF-8, then the declared label, then windows-1252.

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
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "euc-kr": "cp949", "iso-8859-9": "cp1254",
    **{f"windows-{page}": f"cp{page}" for page in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}  # fmt: skip

_NAMES = {"cp1252": "windows-1252"}
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LETTER = re.compile(r"[^\W\d_]")


def decode(data: bytes, name: str, *, charset: str | None = None) -> Source:
    """The source text of some bytes, with the encoding that was found and what had to be assumed.

    `charset` is the declared label (HTTP header, `<meta charset>`): it is believed only where the bytes allow it.
    Raises NotText for an image, an archive, a PDF and the like, EmptySource where there is no letter at all.
    """
    _refuse_signatures(data, name)
    if not data.strip(b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf\xfe\xff"):
        raise EmptySource(
            name, "there is nothing in it" if data else "it is empty", "Give a file with an article in it"
        )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name, encoding, mark_length=len(mark), notes=_clash(charset, encoding))
    wide = _zero_byte_pattern(data)
    if wide:
        return _decoded(data, name, wide, notes=(f"no byte order mark; read as {wide} for its zero bytes",))
    if b"\x00" in data:
        raise NotText(name, "it is not text (it has zero bytes)", "Give plain text, Markdown, HTML or JSON-LD")
    encoding, notes = _narrow(data, charset)
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
    """UTF-16 without a mark: in Latin-script text nearly every second byte is zero, and always on the same side."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _narrow(data: bytes, charset: str | None) -> tuple[str, tuple[str, ...]]:
    """The encoding of bytes without zeros, and what to note about it."""
    label = (charset or "").strip().lower()
    declared = LABELS.get(label)
    unknown = (f"the label '{charset}' names no encoding that is read",) if label and declared is None else ()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8", unknown if data.isascii() else unknown + _clash(charset, "utf-8")
    if declared and declared not in ("utf-8", "utf-16-le", "utf-16-be"):
        try:
            data.decode(declared)
        except UnicodeDecodeError:
            pass
        else:
            return declared, ()
    text = data.decode("utf-8", "surrogateescape")
    damaged = sum(1 for character in text if "\udc80" <= character <= "\udcff")
    sound = sum(1 for character in text if character > "\x7f") - damaged
    if sound >= 4 * damaged:
        return "utf-8", (*unknown, f"{damaged} bytes are not UTF-8 and are shown as U+FFFD; the rest is")
    said = f"the label says {charset}, but the bytes are not" if label else "no label, and the bytes are not UTF-8"
    return "cp1252", (f"{said}; read as windows-1252",)


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
