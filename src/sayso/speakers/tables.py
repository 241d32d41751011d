"""Tables of word forms: how they are read, and when a form of a table is found in a text.

How a form is written in its table says how it is found:

- in lower case ("minister"), in any case;
- with a capital ("Kyiv", "Sister"), only where the text has that capital;
- all in capitals ("US", "PM"), only as it stands.

Full stops, commas, hyphens, accents and the shape of apostrophes make no difference ("U.S.", "Elysee").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from sayso.wordlists import read_rows

_DATA = Path(__file__).parent / "data"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LETTERS = {"‐": "-", "‑": "-", "–": "-", "’": "'", "‘": "'", "ʼ": "'"}
_LETTERS |= {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE", "ß": "ss"}
_Row = TypeVar("_Row")


class Table(Generic[_Row]):
    """Rows by their forms; the first lines of the module say when one is found.

    All forms are made plain in one go: one by one they would take most of the time that loading takes. Of two rows
    with one form the later counts.
    """

    def __init__(self, forms: Sequence[str], rows: Sequence[_Row]) -> None:
        text = _fold("\n".join(forms))
        self._forms, self._rows = text.split("\n"), rows
        self._index = dict(zip(form_key(text).split("\n"), range(len(rows)), strict=True))

    def __iter__(self) -> Iterator[_Row]:
        return iter(self._rows)

    def words(self) -> set[str]:
        """The single words of all forms, in their plain form."""
        return set(" ".join(self._forms).split())

    def find(self, plain: str) -> _Row | None:
        """The row of a form that `plain_form` has made plain."""
        index = self._index.get(form_key(plain))
        if index is None:
            return None
        form, row = self._forms[index], self._rows[index]
        if len(form) > 1 and form.isupper():
            return row if form == plain else None
        return row if form[0] == plain[0] or form[0].islower() else None


def _fold(text: str) -> str:
    text = text if text.isascii() else _NOT_ASCII.sub(_letter, text)
    return text.replace(".", "").replace(",", "").replace("-", " ")


def _letter(found: re.Match[str]) -> str:
    return _ascii(found[0])


@lru_cache(maxsize=1024)
def _ascii(letter: str) -> str:
    if letter in _LETTERS:
        return _LETTERS[letter]
    return "".join(each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each))


def plain_form(text: str) -> str:
    """The text with the differences gone that make none: accents, full stops, hyphens, curly apostrophes."""
    return " ".join(_fold(text).split())


def form_key(plain: str) -> str:
    """What two plain forms share that differ in case or apostrophes alone."""
    return plain.replace("'", "").lower()


def without_article(plain: str) -> str:
    """The plain form without a "the" at its start."""
    return plain[4:] if plain[:4] in {"the ", "The ", "THE "} else plain


def without_possessive(plain: str) -> str:
    """The plain form without a possessive ending ("Kyiv's", "the Netherlands'")."""
    if plain[-2:] in {"'s", "'S"}:
        return plain[:-2]
    return plain.removesuffix("'")


@lru_cache(maxsize=1024)
def singulars(plain: str) -> tuple[str, ...]:
    """What the form may be the plural of, the likeliest first."""
    if not plain.endswith(("s", "people", "men")):
        return ()
    found = []
    for plural, singular in (("people", "person"), ("men", "man"), ("ies", "y"), ("ves", "f"), ("s", ""), ("es", "")):
        stem = plain.removesuffix(plural)
        # "his" and "as" are no plurals, "MPs" is one
        if stem != plain and (len(stem) > 2 or (len(stem) == 2 and stem.isupper()) or (stem and singular)):
            found.append(stem + singular)
    return tuple(found)


def rows_of(name: str) -> list[list[str]]:
    """The rows of one of this room's tables."""
    return read_rows(_DATA / name, heading=True)
