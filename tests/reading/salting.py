"""Texts with characters that nobody sees, in the places where they are found on real pages."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

_GAP = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")


def _inside_words(character: str, every: int = 5) -> Callable[[str], str]:
    """The character between letters of a word, every so often."""

    def salted(text: str) -> str:
        places = [found.start() for found in _GAP.finditer(text)][::every]
        parts = [text[at:end] for at, end in zip([0, *places], [*places, len(text)], strict=True)]
        return character.join(parts)

    return salted


def _around_words(before: str, after: str, every: int = 3) -> Callable[[str], str]:
    """The characters around words, every so often."""

    def salted(text: str) -> str:
        counted = iter(range(len(text)))
        return re.sub(r"\w+", lambda word: word[0] if next(counted) % every else before + word[0] + after, text)

    return salted


def _around_quotes(before: str, after: str) -> Callable[[str], str]:
    """The characters around quotation marks and what is in them."""
    return lambda text: re.sub(r'(["“])([^"“”]*)(["”])', rf"{before}\1{after}\2{before}\3{after}", text)


def _spaces(space: str, every: int = 1) -> Callable[[str], str]:
    def salted(text: str) -> str:
        counted = iter(range(len(text)))
        return re.sub(" ", lambda found: " " if next(counted) % every else space, text)

    return salted


def _all_at_once(text: str) -> str:
    """Any of them anywhere, by chance."""
    chance = random.Random(7)
    out = []
    for character in unicodedata.normalize("NFD", text):
        out.append("\u00a0" if character == " " and chance.random() < 0.3 else character)
        if character != "\n" and chance.random() < 0.15:
            out.append(chance.choice("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\u2066\u2069\ufeff\u061c"))
    return "".join(out)


SALTED: dict[str, Callable[[str], str]] = {
    "soft hyphens": _inside_words("\u00ad"),
    "zero-width spaces in words": _inside_words("\u200b"),
    "zero-width spaces around words": _around_words("\u200b", "\u200b"),
    "zero-width non-joiners": _inside_words("\u200c"),
    "zero-width joiners": _inside_words("\u200d"),
    "word joiners": _around_words("\u2060", "\u2060"),
    "byte order marks inside": _around_words("\ufeff", ""),
    "a byte order mark before each line": lambda text: re.sub(r"(?m)^(?=.)", "\ufeff", text),
    "combining grapheme joiners": _inside_words("\u034f"),
    "left-to-right marks around quotation marks": _around_quotes("\u200e", "\u200e"),
    "right-to-left marks around words": _around_words("\u200f", "\u200f"),
    "embeddings around words": _around_words("\u202a", "\u202c"),
    "overrides around words": _around_words("\u202d", "\u202c", every=7),
    "isolates around words": _around_words("\u2068", "\u2069"),
    "isolates around quotations": _around_quotes("\u2066", "\u2069"),
    "Arabic letter marks": _around_words("", "\u061c"),
    "isolates around lines": lambda text: re.sub(r"(?m)^(.+)$", "\u2067\\1\u2069", text),
    "no-break spaces everywhere": _spaces("\u00a0"),
    "no-break spaces here and there": _spaces("\u00a0", every=4),
    "narrow no-break spaces": _spaces("\u202f", every=3),
    "thin spaces": _spaces("\u2009", every=3),
    "variation selectors": _around_words("", "\ufe0f"),
    "variation selectors after marks": lambda text: re.sub(r"([“”\"’'.,—])", "\\1\ufe0e", text),
    "accents apart": lambda text: unicodedata.normalize("NFD", text),
    "all at once": _all_at_once,
}
