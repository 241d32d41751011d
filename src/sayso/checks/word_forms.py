"""What a single word is compared as: its spelling, its house style, the words a contraction stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.checks.numerals import currencies, number_words
from sayso.checks.spellings import spelt
from sayso.wordlists import read_rows

_DATA = Path(__file__).parent / "data"
_INITIALS = re.compile(r"[a-z](?:\.[a-z])+")
_PRONOUNS = frozenset(
    "it he she that what there here who where how this when why everything something nothing everybody everyone "
    "somebody someone nobody one".split()
)
"""Words after which "'s" is "is" rather than a possessive."""
ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12}
IN_CAPITALS = frozenset("us it am who so is in on or as at an me he we no to do go be by if up my of aid may".split())
"""Words that are others where they stand in capitals: "US", "WHO"."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a single word is compared as; `also` are readings that a capital or a point allows."""

    parts: tuple[tuple[str, tuple[str, ...]], ...]
    """Key and other keys of each token."""
    why: str = ""
    short: bool = False
    pointed: tuple[str, ...] = ()
    special: bool = False
    """Whether what stands round the word has to be looked at."""


@dataclass(frozen=True, slots=True)
class Style:
    single: dict[str, tuple[str, str]]
    pointed: dict[str, tuple[tuple[str, ...], str]]
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]]
    """By their first word: the words, the key, the reason; the longest first."""


@cache
def style() -> Style:
    single: dict[str, tuple[str, str]] = {}
    pointed: dict[str, tuple[tuple[str, ...], str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for reason, forms in read_rows(_DATA / "house_style.tsv", heading=True):
        key, *others = forms.split(",")
        for form in others:
            if " " in form:
                words = tuple(form.split(" "))
                phrases.setdefault(words[0], []).append((words, key, reason))
            elif form.endswith("."):
                keys = (*pointed.get(form[:-1], ((), ""))[0], key)
                pointed[form[:-1]] = (keys, reason)
            else:
                single[form] = (key, reason)
    for each in phrases.values():
        each.sort(key=lambda entry: -len(entry[0]))
    return Style(single, pointed, phrases)


@cache
def contractions() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The readings of each contraction, each as its words."""
    return {
        form: tuple(tuple(reading.split(" ")) for reading in readings.split("|"))
        for form, readings in read_rows(_DATA / "contractions.tsv", heading=True)
    }


FORMS: dict[str, Form] = {}


def form_of_word(word: str) -> Form:
    known = FORMS.get(word)
    if known is None:
        known = _make_form(word)
        if len(FORMS) < 200_000:
            FORMS[word] = known
    return known


def _make_form(word: str) -> Form:
    if word[0].isdigit() or word in number_words() or word in currencies() or word in ("a", "half"):
        return Form(((word, ()),), special=True)
    listed = style()
    special = word in listed.phrases or word in IN_CAPITALS or word in ROMAN or f"`{word}" in contractions()
    if word in contractions():
        return Form(_parts(contractions()[word]), "a casual form", short=True, special=special)
    if "'" in word:
        taken = _taken_apart(word)
        if taken is not None:
            return taken
    if _INITIALS.fullmatch(word):
        joined = word.replace(".", "")
        if joined in listed.single:
            key, why = listed.single[joined]
            return Form(((key, ()),), why)
        return Form(((joined + "!" if joined in IN_CAPITALS and joined != "am" else joined, ()),), "points of initials")
    if word in listed.single:
        key, why = listed.single[word]
        return Form(((key, ()),), why, special=special)
    if word == "cannot":
        return Form((("can", ()), ("not", ())), "one word or two")
    key = spelt(word)
    why = "" if key == word else "a spelling"
    key = listed.single.get(key, (key, ""))[0]
    if word in listed.pointed:
        keys, why = listed.pointed[word]
        return Form(((key, ()),), why, pointed=keys, special=True)
    return Form(((key, ()),), why, special=special)


def _parts(readings: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The tokens of a contraction: those of its first reading, with the others where these have as many words."""
    first = readings[0]
    same = [reading for reading in readings[1:] if len(reading) == len(first)]
    return tuple(
        (spelt(word), tuple(dict.fromkeys(each[at] for each in same if each[at] != word)))
        for at, word in enumerate(first)
    )


def _taken_apart(word: str) -> Form | None:
    """A word with an ending that is a word of its own ("she'll", "couldn't've"); None if it has none."""
    table = contractions()
    for ending in ("n't", "'re", "'ve", "'ll", "'m", "'d", "'s"):
        base = word.removesuffix(ending)
        if base == word or not base:
            continue
        inner = form_of_word(base)
        parts = inner.parts
        if ending == "'s":
            tail: tuple[tuple[str, tuple[str, ...]], ...]
            tail = (("is", ("has", "'s")),) if base in _PRONOUNS else (("'s", ("is", "has")),)
        else:
            tail = _parts(table[ending if ending != "n't" else "'n't"])
        return Form((*parts, *tail), "a contraction", short=True)
    return None
