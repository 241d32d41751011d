"""The words of a text as the search index has them: what hides a word from a reader's query is taken off.

Invariant: a folded word holds only letters and digits, folding it again gives it back, and it never is `BREAK`. Index
and query go through the same folding, on both databases, so that what is found is the same.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sayso.wordlists import read_rows

BREAK = "é"
"""Stands between the wordings of a statement, so that no phrase runs across: folding takes this letter apart, hence no
word has it."""
LONGEST = 64
"""Characters of a folded word that count: PostgreSQL refuses a lexeme of more than 2,046 bytes."""
_LETTERS = Path(__file__).parent / "data/letters.tsv"
_APOSTROPHES = "'’‘‛ʼʻʹ´′＇"
_INVISIBLE = "\u115f\u1160\u3164\uffa0"
"""Letters by their category that print nothing (Hangul fillers)."""
_WORD = re.compile(
    r"\d{1,3}(?:,\d{3})+(?!\d)"  # 1,500 is 1500
    r"|[^\W\d_](?:\.[^\W\d_])+(?:\.?'s)?(?![^\W_])"  # U.S. is US, U.S.'s too
    r"|[^\W_]+(?:'[^\W\d_][^\W_]*)*"
)
_NO_LETTERS = re.compile(r"[,.']")
_HYPHENS = "-\u2010\u2011\ufe63\uff0d"
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_PARTED = re.compile(r"(?<![^\W_])(?<![-.'])([^\W\d_]+)-([^\W\d_]+)(?:'s)?(?![^\W_]|[-'][^\W_])")


class Folded(NamedTuple):
    """A folded word and where it stands: `[start, end)` in characters of the text, a possessive 's left out."""

    word: str
    start: int
    end: int


def fold_words(text: str) -> list[Folded]:
    """The words of a text in order, folded, with their places.

    Letter case, accents, soft hyphens, zero-width and direction marks, the shape of apostrophes and the possessive
    do not count; hyphens part words; a number's thousands and the letters of an abbreviation are one word.

    >>> fold_words("Mayor’s bud\u00adget")
    [Folded(word='mayor', start=0, end=5), Folded(word='budget', start=8, end=15)]
    """
    shown, places = _shown(text)
    found = []
    for match in _WORD.finditer(shown):
        word, cut = _bare(match[0])
        if word:
            start, end = match.start(), match.end() - cut
            found.append(Folded(word, places[start], places[end - 1] + 1) if places else Folded(word, start, end))
    return found


def words_in(text: str) -> list[str]:
    """The folded words of a text, without their places: what is indexed.

    >>> words_in("The U.S. won’t pay 1,500 to José’s front-line crews")
    ['the', 'us', 'wont', 'pay', '1500', 'to', 'jose', 'front', 'line', 'crews']
    """
    shown = text.lower() if text.isascii() else text.translate(_SHOWN)
    return [word for word in (_bare(found)[0] for found in _WORD.findall(shown)) if word]


def joined_in(text: str) -> list[Folded]:
    """What a hyphen parts in two, as the one word that others write, with its place.

    >>> joined_in("Front-line crews, a mother-in-law, an F-16 and e-mails")
    [Folded(word='frontline', start=0, end=10), Folded(word='emails', start=47, end=54)]
    """
    if _HYPHEN.search(text) is None:
        return []
    shown, places = _shown(text)
    found = []
    for match in _PARTED.finditer(shown):
        start, end = match.start(), match.end(2)
        word = (match[1] + match[2])[:LONGEST]
        found.append(Folded(word, places[start], places[end - 1] + 1) if places else Folded(word, start, end))
    return found


def _bare(found: str) -> tuple[str, int]:
    """A word as found, without possessive and punctuation, and by how much the possessive made it longer."""
    cut = 0
    if found.endswith("'s"):
        cut = 3 if found.endswith(".'s") else 2
        found = found[:-cut]
    if not found.isalnum():
        found = _NO_LETTERS.sub("", found)
    return found[:LONGEST], cut


def _shown(text: str) -> tuple[str, list[int] | None]:
    """The text with each character as `_show` has it, and the place of each in `text`; None where they are the same."""
    if text.isascii():
        return text.lower(), None
    shown = [_SHOWN[ord(char)] for char in text]
    if all(len(each) == 1 for each in shown):
        return "".join(shown), None
    return "".join(shown), [place for place, each in enumerate(shown) for _ in each]


@cache
def plain_letters() -> dict[str, str]:
    """What stands for the letters that Unicode does not take apart into a plain one and a mark: "o" for "ø"."""
    return dict(read_rows(_LETTERS))


def _show(char: str) -> str:
    """A character in small letters without marks; nothing for what prints nothing, a space for what parts words."""
    if char in _APOSTROPHES:
        return "'"
    if char in _INVISIBLE:
        return ""
    if char in _HYPHENS:
        return "-"
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    out = []
    for each in apart:
        if each in _APOSTROPHES:
            out.append("'")
        elif each.isalnum():
            out.append(plain_letters().get(each, each))
        elif unicodedata.category(each)[0] != "M" and unicodedata.category(each) != "Cf":
            out.append(each if each in ",." else " ")
    return "".join(out)


class _Shown(dict[int, str]):
    """`_show` of each character that was met, by its number, as `str.translate` asks for it."""

    def __missing__(self, number: int) -> str:
        self[number] = shown = _show(chr(number))
        return shown


_SHOWN = _Shown()
