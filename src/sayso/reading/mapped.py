"""Clean text together with the way back to its source, built run by run.

Invariant: pieces are in text order and never overlap; characters between them were put in here and have no source.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sayso.documents import OffsetMap, Piece, Span

# Characters that nobody sees and that are no part of a word: soft hyphens, joiners, marks of direction and the like
# (Unicode's Default_Ignorable_Code_Point).
_UNSEEN = "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f"
_NO_PLAIN_SPACE = "\t\n\r\f\v\u00a0\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
WHITE_SPACE = " " + _NO_PLAIN_SPACE
"""What is folded into one plain space."""
# What may not stay as it is: runs of white space that are not one plain space, invisible characters, lone surrogates.
_TO_FOLD = re.compile(f"(?:[{WHITE_SPACE}]{{2,}}|[{_NO_PLAIN_SPACE}])|([{_UNSEEN}{_CONTROLS}]+)|([\ud800-\udfff])")
_ODD = re.compile(f"[{_NO_PLAIN_SPACE}{_UNSEEN}{_CONTROLS}\u0300-\u036f\ufe00-\ufe0f\ud800-\udfff]")
"""Whatever may have to be folded: looked for first, being many times faster."""
_TO_CLEAN = re.compile(f"(\r\n?)|[{_UNSEEN}]+")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_MARK = re.compile("[\u0300-\u036f\ufe00-\ufe0f]")
# A letter and its accents, and what chooses another form of a letter or a mark. After a picture or a key that stays: it
# is part of how the picture is written.
_APART = re.compile("([^\\W\\d_][\u0300-\u036f]+)"
                    "|(?<=[\\w\\s\u0300-\u036f\"“”„‘’‚'.,:;!?()\\[\\]–—…-])[\ufe00-\ufe0f]+(?!\u20e3)")  # fmt: skip
_ENTITY = re.compile(r"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?)")


@dataclass(slots=True)
class Mapped:
    """A growing text with its pieces."""

    text: str = ""
    pieces: list[Piece] = field(default_factory=list)

    @classmethod
    def of(cls, atoms: Iterable[tuple[str, int, int]]) -> Mapped:
        """The folded text of some atoms `(text, origin, source_length)`: one space for any white space, none around."""
        atoms = list(atoms)
        if len(atoms) == 1 and (whole := _unfolded(*atoms[0])):
            return cls(*whole)
        parts: list[str] = []
        pieces: list[Piece] = []
        length = 0
        pending: Piece | None = None
        for run, origin, source_length in _folded(atoms):
            if run == " " and (source_length != 1 or pending or not length):
                pending = pending or Piece(0, origin, 1, source_length)
                continue
            lead = run[:1] == " " and len(run) > 1
            if (pending or lead) and length:
                at = pending.origin if pending else origin
                width = pending.source_length if pending else 1
                parts.append(" ")
                pieces.append(Piece(length, at, 1, width))
                length += 1
            pending = None
            body, start = (run[1:], origin + 1) if lead else (run, origin)
            width = source_length - 1 if lead else source_length
            if body.endswith(" "):
                pending = Piece(0, start + len(body) - 1, 1, 1)
                body, width = body[:-1], width - 1
            if not body:
                continue
            parts.append(body)
            pieces.append(Piece(length, start, len(body), width))
            length += len(body)
        return _composed(cls("".join(parts), pieces))

    def slice(self, start: int, end: int) -> Mapped:
        """A stretch of the text with its pieces."""
        pieces = []
        first = max(bisect_right(self.pieces, start, key=lambda each: each.start) - 1, 0)
        for index in range(first, len(self.pieces)):
            piece = self.pieces[index]
            if piece.start >= end:
                break
            left, right = max(piece.start, start), min(piece.start + piece.length, end)
            if left >= right:
                continue
            if piece.length == piece.source_length:
                pieces.append(Piece(left - start, piece.origin + left - piece.start, right - left, right - left))
            else:
                pieces.append(Piece(left - start, piece.origin, right - left, piece.source_length))
        return Mapped(self.text[start:end], pieces)

    def through(self, outer: OffsetMap) -> Mapped:
        """The same text, mapped on to the source of its source (HTML inside a JSON string, say)."""
        pieces: list[Piece] = []
        for piece in self.pieces:
            start, end = piece.origin, piece.origin + piece.source_length
            if piece.length != piece.source_length:
                there = outer.to_source(Span(start, end))
                if there:
                    pieces.append(Piece(piece.start, there.start, piece.length, there.end - there.start))
                continue
            first = max(bisect_right(outer.pieces, start, key=lambda each: each.start) - 1, 0)
            for index in range(first, len(outer.pieces)):
                each = outer.pieces[index]
                left, right = max(each.start, start), min(each.start + each.length, end)
                if each.start >= end:
                    break
                if left >= right:
                    continue
                exact = each.length == each.source_length
                origin = each.origin + (left - each.start if exact else 0)
                width = right - left if exact else each.source_length
                pieces.append(Piece(piece.start + left - start, origin, right - left, width))
        return Mapped(self.text, pieces)


def cleaned(source_text: str) -> tuple[str, OffsetMap | None]:
    """Plain text with one kind of line break, no lone surrogates and nothing unseen, letters and accents in one.

    The map is None where nothing had to move; a space of another kind becomes a plain one. Nothing else is touched, so
    that offsets in a record are offsets in the file wherever they can be.
    """
    text = re.sub("[\ud800-\udfff]", "\ufffd", source_text)
    text = text if text.isascii() else _SPACES.sub(" ", text)
    odd = not text.isascii() and bool(_ODD.search(text))
    if "\r" not in text and not (odd and (_TO_CLEAN.search(text) or _is_apart(text))):
        return text, None
    pieces: list[Piece] = []
    parts: list[str] = []
    at = start = 0
    for found in [*_TO_CLEAN.finditer(text), None]:
        run = text[at : found.start() if found else None]
        if run:
            pieces.append(Piece(start, at, len(run), len(run)))
            parts.append(run)
            start += len(run)
        if found and found[1]:
            pieces.append(Piece(start, found.start(), 1, len(found.group())))
            parts.append("\n")
            start += 1
        at = found.end() if found else at
    whole = _composed(Mapped("".join(parts), pieces))
    return whole.text, OffsetMap(tuple(whole.pieces))


def unplaced(text: str) -> Mapped:
    """A text on one line, folded as what has a place in the source, without any."""
    return Mapped(Mapped.of([(text, 0, len(text))]).text)


def joined(parts: Iterable[Mapped], *, between: str = "\n\n") -> tuple[str, OffsetMap, list[Span]]:
    """One text from several, its map, and the span of each part."""
    texts: list[str] = []
    pieces: list[Piece] = []
    spans: list[Span] = []
    length = 0
    for part in parts:
        if texts:
            texts.append(between)
            length += len(between)
        pieces += [piece._replace(start=piece.start + length) for piece in part.pieces]
        spans.append(Span(length, length + len(part.text)))
        texts.append(part.text)
        length += len(part.text)
    return "".join(texts), OffsetMap(tuple(pieces)), spans


def entity_atoms(source: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The atoms of a stretch of HTML text: literal runs, and character references as what they stand for."""
    at = start
    if source.find("&", start, end) < 0:
        if start < end:
            yield source[start:end], start, end - start
        return
    for found in _ENTITY.finditer(source, start, end):
        shown = html.unescape(found.group())
        if shown == found.group():
            continue
        if found.start() > at:
            yield source[at : found.start()], at, found.start() - at
        # html.unescape reads "&notit;" as "¬it;": what was no part of the reference stays in the atom, as a whole.
        yield shown, found.start(), len(found.group())
        at = found.end()
    if at < end:
        yield source[at:end], at, end - at


def _unfolded(run: str, origin: int, source_length: int) -> tuple[str, list[Piece]] | None:
    """A literal run in which nothing has to be folded but what stands around it: the most common case by far."""
    text = run.strip(WHITE_SPACE)
    if len(run) != source_length or not text or "  " in text or _ODD.search(text):
        return None
    return text, [Piece(0, origin + run.index(text[0]), len(text), len(text))]


def _is_apart(text: str) -> bool:
    return not text.isascii() and bool(_MARK.search(text)) and bool(_APART.search(text))


def _composed(mapped: Mapped) -> Mapped:
    """The same text with each letter and its accents in one character, where Unicode has it (NFC, UAX #15).

    Without what chooses a form of a letter.
    """
    text = mapped.text
    if not _is_apart(text):
        return mapped
    parts: list[str] = []
    pieces: list[Piece] = []
    length = at = 0
    for found in [*_APART.finditer(text), None]:
        one = unicodedata.normalize("NFC", found[1]) if found and found[1] else ""
        if found and one == found.group():
            continue
        before = mapped.slice(at, found.start() if found else len(text))
        pieces += [piece._replace(start=piece.start + length) for piece in before.pieces]
        parts += [before.text, one]
        length += len(before.text)
        if found:
            at = found.end()
        if found and one:
            there = OffsetMap(tuple(mapped.slice(*found.span()).pieces)).to_source(Span(0, len(found.group())))
            if there:
                pieces.append(Piece(length, there.start, len(one), there.end - there.start))
            length += len(one)
    return Mapped("".join(parts), pieces)


def _folded(atoms: Iterable[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """Atoms with white space runs, invisible characters and lone surrogates taken out of the literal runs."""
    for run, origin, source_length in atoms:
        if len(run) != source_length:
            clean = _TO_FOLD.sub(lambda found: "" if found[1] else "\ufffd" if found[2] else " ", run)
            if clean:
                yield clean, origin, source_length
            continue
        at = 0
        for found in _TO_FOLD.finditer(run):
            if found.start() > at:
                yield run[at : found.start()], origin + at, found.start() - at
            if found[2]:
                yield "\ufffd", origin + found.start(), 1
            elif not found[1]:
                # Two characters wide at least, or one that is not a plain space: never taken for a literal run.
                yield " ", origin + found.start(), len(found.group())
            at = found.end()
        if at < len(run):
            yield run[at:], origin + at, len(run) - at
