"""Units of measure and currencies: which one stands at a token, and by which name it goes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from sayso.figures.lexicon import DATA
from sayso.figures.tokens import Tokens, tokens_of
from sayso.wordlists import read_rows

_LONGEST = 5
Key = tuple[str, ...]


class Unit(NamedTuple):
    """A unit that ends before the token `end`; the number is to be multiplied by `times`."""

    name: str
    end: int
    times: float = 1.0
    money: bool = False


class _Entry(NamedTuple):
    name: str
    times: float = 1.0
    behind: bool = False
    """Only right behind the numeral."""
    money: bool = False
    scaled: bool = False
    """Only after a scale word."""


def _key(words: str, *, lower: bool) -> Key:
    tokens = tokens_of(words)
    return tuple((tokens.forms if lower else tokens.raw)[: tokens.size])


def _plural(word: str) -> str:
    return word + ("es" if word.endswith(("s", "x", "ch")) else "s")


@cache
def _tables() -> tuple[dict[Key, _Entry], dict[Key, _Entry]]:
    """Words in lower case, and symbols as they are written."""
    prefixes = dict(read_rows(DATA / "prefixes.tsv"))
    words: dict[Key, _Entry] = {}
    symbols: dict[Key, _Entry] = {}
    for row in read_rows(DATA / "units.tsv"):
        name, named, symbol, prefixed, times = (*row, "", "", "", "")[:5]
        worth = float(times or 1)
        for word in filter(None, named.split(",")):
            for prefix in ["", *filter(None, prefixed.split(","))]:
                whole = prefixes.get(prefix, "") + word
                entry = _Entry(prefixes.get(prefix, "") + name, worth)
                for form in (whole, _plural(whole)):
                    words.setdefault(_key(form, lower=True), entry)
                if " " in whole and not prefix:
                    head, _, rest = whole.partition(" ")
                    words.setdefault(_key(f"{_plural(head)} {rest}", lower=True), entry)
        for written in filter(None, symbol.split(",")):
            behind = written.endswith("!")
            for prefix in ["", *filter(None, prefixed.split(","))]:
                key = _key(prefix + written.rstrip("!"), lower=False)
                symbols.setdefault(key, _Entry(prefixes.get(prefix, "") + name, worth, behind=behind and not prefix))
    for row in read_rows(DATA / "currencies.tsv"):
        code, _, named, hundredths = (*row, "", "", "")[:4]
        for word in filter(None, named.split(",")):
            entry = _Entry(code, money=True, scaled=word.endswith("!"))
            for form in (word.rstrip("!"), _plural(word.rstrip("!"))):
                words.setdefault(_key(form, lower=True), entry)
        for word in filter(None, hundredths.split(",")):
            short = len(word) == 1
            entry = _Entry(code, 0.01, behind=short, money=True)
            if short:
                symbols.setdefault(_key(word, lower=False), entry)
            for form in () if short else (word, _plural(word)):
                words.setdefault(_key(form, lower=True), entry)
        symbols.setdefault((code,), _Entry(code, money=True))
    return words, symbols


@cache
def _firsts() -> tuple[frozenset[str], frozenset[str]]:
    words, symbols = _tables()
    return frozenset(key[0] for key in words), frozenset(key[0] for key in symbols)


def read_unit(tokens: Tokens, at: int, *, scaled: bool = False) -> Unit | None:
    """The unit that starts at a token, behind a number or a hyphen; None where there is none.

    >>> read_unit(tokens_of("sq km of forest"), 0)
    Unit(name='square kilometre', end=2, times=1.0, money=False)
    """
    words, symbols = _tables()
    first_words, first_symbols = _firsts()
    if tokens.forms[at] not in first_words and tokens.raw[at] not in first_symbols:
        return None
    for key, end in _keys(tokens, at):
        entry = symbols.get(tuple(tokens.raw[at:end])) if len(key) == end - at else None
        if entry and (
            (entry.behind and not tokens.touch(at - 1)) or (tokens.numeric[end - 1] and not tokens.touch(end - 2))
        ):
            # "6 in"; "5 ft 2"
            entry = None
        entry = entry or words.get(key)
        if entry and (scaled or not entry.scaled) and not _cut_short(tokens, at, end, entry):
            return Unit(entry.name, end, entry.times, entry.money)
    return None


def _keys(tokens: Tokens, at: int) -> Iterator[tuple[Key, int]]:
    """The longest first: the forms from a token on, a hyphen between two words left out or kept."""
    ends = [end for end in range(at + _LONGEST, at, -1) if tokens.forms[end - 1]]
    for end in ends:
        key = tuple(tokens.forms[at:end])
        yield key, end
        if len(key) > 2 and "-" in key[1:-1]:
            yield tuple(form for form in key if form != "-"), end


def _cut_short(tokens: Tokens, at: int, end: int, entry: _Entry) -> bool:
    """Whether what looks like a unit goes on as another word: the "in" of "in-house", the "m" of "m&a", "C" of "C4"."""
    if not tokens.touch(end - 1):
        return False
    after = tokens.raw[end]
    if after == "-" and len(tokens.raw[at]) == 1 and tokens.touch(end):
        return tokens.raw[at].isupper()
    if tokens.numeric[end]:
        return not tokens.raw[at][0].isalpha() or entry.money or len(tokens.raw[at]) < 2
    return after == "&" or (after.isalpha() and tokens.is_word(end - 1) and after not in {"²", "³"})


@cache
def _signs() -> dict[Key, str]:
    """Signs and codes that may stand before a number, and for which currency."""
    signs: dict[Key, str] = {}
    for row in read_rows(DATA / "currencies.tsv"):
        signs[(row[0],)] = row[0]
        for sign in filter(None, row[1].split(",")):
            signs[_key(sign, lower=False)] = row[0]
    return signs


@cache
def money_starts() -> frozenset[str]:
    """Tokens that money in front of a number may start with."""
    return frozenset(key[0] for key in _signs())


def read_sign(tokens: Tokens, at: int) -> Unit | None:
    """The currency whose sign or code starts at a token and is followed by a numeral; None where there is none."""
    if tokens.raw[at] not in money_starts():
        return None
    for end in range(at + 4, at, -1):
        code = _signs().get(tuple(tokens.raw[at:end]))
        if code and (tokens.numeric[end] or (tokens.raw[end] == "-" and tokens.numeric[end + 1])):
            return Unit(code, end, 1.0, money=True)
    return None


def read_sign_behind(tokens: Tokens, at: int) -> Unit | None:
    """The same behind a number: "20 €", "500 CHF"."""
    for end in range(at + 3, at, -1):
        code = _signs().get(tuple(tokens.raw[at:end]))
        # A sign behind a number and before the next is the next one's.
        if code and not (tokens.numeric[end] and tokens.touch(end - 1)) and tokens.raw[at] != "R":
            return Unit(code, end, 1.0, money=True)
    return None
