"""Words as they are compared: house style gone, contractions taken apart, numbers as their values.

A token has a key that equal words share, and knows which words of the text it stands for: "$5 million" is the number
5,000,000 and a dollar sign, and so is "five million dollars"; "don't" is "do" and "not", which share a word. That two
keys are equal says only that the words are the same as spoken; whether they are written alike is seen from the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sayso.checks.numerals import Numeral, a_fraction_at, currencies, fraction_at, number_words, numeral_at
from sayso.checks.spellings import spelt
from sayso.checks.words import Words, words_of
from sayso.wordlists import read_rows

_DATA = Path(__file__).parent / "data"
_APOSTROPHES = "'’ʼ`´‘"
_INITIALS = re.compile(r"[a-z](?:\.[a-z])+")
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_PRONOUNS = frozenset(
    "it he she that what there here who where how this when why everything something nothing everybody everyone "
    "somebody someone nobody one".split()
)
"""Words after which "'s" is "is" rather than a possessive."""
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12}
_IN_CAPITALS = frozenset("us it am who so is in on or as at an me he we no to do go be by if up my of aid may".split())
"""Words that are others where they stand in capitals: "US", "WHO"."""


@dataclass(slots=True)
class Tokens:
    """The tokens of a stretch of words, one list a property, in text order."""

    words: Words
    keys: list[str] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    """The words that a token stands for, as a range; a contraction's tokens share theirs."""
    also: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Other keys that a token may stand for."""
    why: dict[int, str] = field(default_factory=dict)
    """Why a token is compared as something else than what is written."""
    numerals: dict[int, Numeral] = field(default_factory=dict)
    short: set[int] = field(default_factory=set)
    """Tokens of contractions and casual forms."""

    def __len__(self) -> int:
        return len(self.keys)

    def start(self, at: int) -> int:
        """The character where a token's words begin."""
        return self.words.starts[self.firsts[at]]

    def end(self, at: int) -> int:
        """The character where a token's words end."""
        return self.words.ends[self.ends[at] - 1]

    def raw(self, at: int) -> str:
        """A token's words as the text has them."""
        return self.words.text[self.start(at) : self.end(at)]

    def readings(self, at: int) -> tuple[str, ...]:
        """All keys of a token."""
        return (self.keys[at], *self.also.get(at, ()))

    def add(
        self,
        key: str,
        first: int,
        end: int,
        *,
        also: tuple[str, ...] = (),
        why: str = "",
        short: bool = False,
    ) -> None:
        """Append a token."""
        at = len(self.keys)
        self.keys.append(key)
        self.firsts.append(first)
        self.ends.append(end)
        if also:
            self.also[at] = also
        if why:
            self.why[at] = why
        if short:
            self.short.add(at)


@dataclass(frozen=True, slots=True)
class _Form:
    """What a single word is compared as; `also` are readings that a capital or a point allows."""

    parts: tuple[tuple[str, tuple[str, ...]], ...]
    """Key and other keys of each token."""
    why: str = ""
    short: bool = False
    pointed: tuple[str, ...] = ()
    special: bool = False
    """Whether what stands round the word has to be looked at."""


@dataclass(frozen=True, slots=True)
class _Style:
    single: dict[str, tuple[str, str]]
    pointed: dict[str, tuple[tuple[str, ...], str]]
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]]
    """By their first word: the words, the key, the reason; the longest first."""


@cache
def _style() -> _Style:
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
    return _Style(single, pointed, phrases)


@cache
def contractions() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The readings of each contraction, each as its words."""
    return {
        form: tuple(tuple(reading.split(" ")) for reading in readings.split("|"))
        for form, readings in read_rows(_DATA / "contractions.tsv", heading=True)
    }


_FORMS: dict[str, _Form] = {}


def _form(word: str) -> _Form:
    known = _FORMS.get(word)
    if known is None:
        known = _make_form(word)
        if len(_FORMS) < 200_000:
            _FORMS[word] = known
    return known


def _make_form(word: str) -> _Form:
    if word[0].isdigit() or word in number_words() or word in currencies() or word in ("a", "half"):
        return _Form(((word, ()),), special=True)
    style = _style()
    special = word in style.phrases or word in _IN_CAPITALS or word in _ROMAN or f"`{word}" in contractions()
    if word in contractions():
        return _Form(_parts(contractions()[word]), "a casual form", short=True, special=special)
    if "'" in word:
        taken = _taken_apart(word)
        if taken is not None:
            return taken
    if _INITIALS.fullmatch(word):
        joined = word.replace(".", "")
        if joined in style.single:
            key, why = style.single[joined]
            return _Form(((key, ()),), why)
        return _Form(
            ((joined + "!" if joined in _IN_CAPITALS and joined != "am" else joined, ()),), "points of initials"
        )
    if word in style.single:
        key, why = style.single[word]
        return _Form(((key, ()),), why, special=special)
    if word == "cannot":
        return _Form((("can", ()), ("not", ())), "one word or two")
    key = spelt(word)
    why = "" if key == word else "a spelling"
    key = style.single.get(key, (key, ""))[0]
    if word in style.pointed:
        keys, why = style.pointed[word]
        return _Form(((key, ()),), why, pointed=keys, special=True)
    return _Form(((key, ()),), why, special=special)


def _parts(readings: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The tokens of a contraction: those of its first reading, with the others where these have as many words."""
    first = readings[0]
    same = [reading for reading in readings[1:] if len(reading) == len(first)]
    return tuple(
        (spelt(word), tuple(dict.fromkeys(each[at] for each in same if each[at] != word)))
        for at, word in enumerate(first)
    )


def _taken_apart(word: str) -> _Form | None:
    """A word with an ending that is a word of its own ("she'll", "couldn't've"); None if it has none."""
    table = contractions()
    for ending in ("n't", "'re", "'ve", "'ll", "'m", "'d", "'s"):
        base = word.removesuffix(ending)
        if base == word or not base:
            continue
        inner = _form(base)
        parts = inner.parts
        if ending == "'s":
            tail: tuple[tuple[str, tuple[str, ...]], ...]
            tail = (("is", ("has", "'s")),) if base in _PRONOUNS else (("'s", ("is", "has")),)
        else:
            tail = _parts(table[ending if ending != "n't" else "'n't"])
        return _Form((*parts, *tail), "a contraction", short=True)
    return None


def tokens_of(words: Words, first: int, end: int) -> Tokens:
    """The tokens of the words from `first` to before `end`.

    >>> from sayso.checks.words import words_of
    >>> words = words_of("We don’t have $5 million, Sen. Reyes.")
    >>> tokens_of(words, 0, len(words)).keys
    ['we', 'do', 'not', 'have', '#5000000', '$', 'sen', 'reyes']
    """
    tokens = Tokens(words)
    forms = words.forms
    at = first
    while at < end:
        form = _FORMS.get(forms[at]) or _form(forms[at])
        if form.special:
            at = _special(tokens, form, at, end)
            continue
        _plain(tokens, form, at)
        at += 1
    return tokens


def _plain(tokens: Tokens, form: _Form, at: int, also: tuple[str, ...] = ()) -> None:
    for key, others in form.parts:
        tokens.add(key, at, at + 1, also=others + also, why=form.why, short=form.short)


def _special(tokens: Tokens, form: _Form, at: int, end: int) -> int:
    """Appends what begins at a word that has to be looked at with its neighbours; where to go on."""
    words, word = tokens.words, tokens.words.forms[at]
    signs = currencies()
    sign = word
    ahead = at + 1
    if word == "us" and ahead < end and words.forms[ahead] in signs and words.starts[ahead] == words.ends[at]:
        sign, ahead = words.forms[ahead], ahead + 1
    if sign in signs and ahead < end and words.forms[ahead][0].isdigit():
        numeral = numeral_at(words, ahead, end)
        if numeral is not None:
            _number(tokens, ahead, numeral)
            tokens.add(signs[sign], at, ahead, why="a currency in words or as a sign")
            return _past_currency(tokens, numeral.end, end, signs[sign])
    if word in signs and tokens.keys and len(tokens) - 1 in tokens.numerals:
        tokens.add(signs[word], at, at + 1, also=(word,), why="a currency in words or as a sign")
        return at + 1
    for phrase, key, why in _style().phrases.get(word, ()):
        if at + len(phrase) <= end and tuple(words.forms[at : at + len(phrase)]) == phrase:
            tokens.add(key, at, at + len(phrase), why=why)
            return at + len(phrase)
    if word[0].isdigit() or word in number_words() or word in ("a", "half"):
        numeral = numeral_at(words, at, end)
        if numeral is not None:
            numeral = fraction_at(words, at, numeral, end) or numeral
            _number(tokens, at, numeral)
            return numeral.end
        if ":" in word:
            return _clock(tokens, at)
        share = a_fraction_at(words, at, end)
        if share is not None:
            _number(tokens, at, share)
            return share.end
    _plain(tokens, form, at, _readings(words, at, form))
    if word in _IN_CAPITALS and _is_capital(words, at):
        tokens.keys[-1] = f"{word}!"
        tokens.also[len(tokens) - 1] = (word,) if _shouts(words, at) else ()
    elif word in _ROMAN and _is_capital(words, at):
        tokens.also[len(tokens) - 1] = (f"#{_ROMAN[word]}",)
        tokens.why[len(tokens) - 1] = "a number in Roman numerals"
    elif word == "am" and tokens.keys[:-1] and len(tokens) - 2 in tokens.numerals:
        tokens.also[len(tokens) - 1] = ("a.m",)
    return at + 1


def _readings(words: Words, at: int, form: _Form) -> tuple[str, ...]:
    """Other words that this one may be short for where it stands."""
    raw = words.text[words.starts[at] : words.ends[at]]
    word = words.forms[at]
    if form.pointed and (raw[0].isupper() or words.text[words.ends[at] : words.ends[at] + 1] == "."):
        return form.pointed
    before = words.text[words.starts[at] - 1 : words.starts[at]]
    if before and before in _APOSTROPHES and f"`{word}" in contractions():
        return tuple(reading[0] for reading in contractions()[f"`{word}"])
    return ()


def _is_capital(words: Words, at: int) -> bool:
    raw = words.text[words.starts[at] : words.ends[at]]
    return len(raw) > 1 and raw.isupper()


def _shouts(words: Words, at: int) -> bool:
    """Whether the words next to one are in capitals as well, so that its own say nothing."""
    near = [each for each in (at - 1, at + 1) if 0 <= each < len(words) and len(words.forms[each]) > 1]
    return any(_is_capital(words, each) for each in near)


def _number(tokens: Tokens, first: int, numeral: Numeral) -> None:
    also: tuple[str, ...] = ()
    if numeral.kind == "th" and tokens.keys and not _MONTHS.isdisjoint(tokens.readings(len(tokens) - 1)):
        also = (numeral.key[:-2],)
    tokens.numerals[len(tokens)] = numeral
    tokens.add(numeral.key, first, numeral.end, also=also, why="a number in words or digits")


def _clock(tokens: Tokens, at: int) -> int:
    """ "9:30" as "nine thirty", "9:00" as "nine"."""
    for place, part in enumerate(tokens.words.forms[at].split(":")):
        value = int(part)
        if place and not value:
            continue
        tokens.numerals[len(tokens)] = numeral = Numeral(at + 1, value, value, 0)
        tokens.add(numeral.key, at, at + 1, why="a time in words or digits")
    return at + 1


def _past_currency(tokens: Tokens, at: int, end: int, sign: str) -> int:
    """Past the currency that is named again: "$5 dollars"."""
    words = tokens.words
    if at < end and currencies().get(words.forms[at]) == sign and words.forms[at] != sign:
        tokens.ends[-1] = at + 1
        return at + 1
    return at


def keys_of(text: str) -> tuple[str, ...]:
    """The keys of a text's tokens: how an entry of a list is compared."""
    words = words_of(text)
    return tuple(tokens_of(words, 0, len(words)).keys)
