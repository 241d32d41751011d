"""Numbers as values, written in digits or in words: "forty-five" is 45, "2.3bn" is 2,300,000,000, "3rd" is "third".

This is for comparing the same spoken words; quantities with their units and bounds are the business of the figures.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sayso.checks.words import Words
from sayso.wordlists import read_rows

_DATA = Path(__file__).parent / "data" / "numbers.tsv"
_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_TIGHT = re.compile(r"[\]~]*\s*[-‐‑–]?\s*")
"""What may stand inside one number; the marks of a corrected one ("~~11~~ [14] million") among them."""
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})


class Numeral(NamedTuple):
    """A number that the words up to `end` say."""

    end: int
    value: float
    mantissa: float
    power: int
    """The power of ten that a word or its abbreviation gives: 6 of "5 million"."""
    kind: str = ""
    """`th` of an ordinal, `s` of a decade, "/3" of thirds, else empty."""

    @property
    def key(self) -> str:
        """What equal numbers share."""
        return f"#{round(self.value, 6):.15g}{self.kind}" if self.kind[:1] != "/" else f"#{self.mantissa:g}{self.kind}"


class _Tables(NamedTuple):
    small: dict[str, int]
    tens: dict[str, int]
    ordinals: dict[str, int]
    decades: dict[str, int]
    powers: dict[str, int]
    short: dict[str, int]
    currencies: dict[str, str]
    fractions: dict[str, int]


@cache
def _tables() -> _Tables:
    rows: dict[str, list[list[str]]] = {}
    for label, words in read_rows(_DATA, heading=True):
        rows.setdefault(label, []).append(words.split(","))
    ordinals = {word: value for value, word in enumerate(rows["ordinal"][0])}
    ordinals |= {word: 10 * (place + 2) for place, word in enumerate(rows["ordinal ten"][0])}
    powers, short = (
        {word: int(power) for word, power in (entry.split(" ") for entry in rows[label][0])}
        for label in ("magnitude", "short magnitude")
    )
    return _Tables(
        {word: value for value, word in enumerate(rows["unit"][0])},
        {word: 10 * (place + 2) for place, word in enumerate(rows["ten"][0])},
        ordinals,
        {word: 10 * (place + 2) for place, word in enumerate(rows["decade"][0])},
        powers,
        short,
        {word: entries[0] for entries in rows["currency"] for word in entries},
        {word: int(below) for word, below in (entry.split(" ") for entry in rows["fraction"][0])},
    )


@cache
def number_words() -> frozenset[str]:
    """The words at which a number may begin, "a" and "half" with what follows apart."""
    tables = _tables()
    return frozenset({*tables.small, *tables.tens, *tables.ordinals, *tables.decades, *tables.powers})


def currencies() -> dict[str, str]:
    """The sign of a currency by its sign, word or code."""
    return _tables().currencies


def numeral_at(words: Words, first: int, end: int) -> Numeral | None:
    """The longest number that begins at the word `first` and ends before `end`; None if there is none.

    >>> from sayso.checks.words import words_of
    >>> [numeral_at(words_of(text), 0, 9).value for text in ("forty-five", "2.3bn", "two point five")]
    [45, 2300000000.0, 2.5]
    """
    end = min(end, len(words))
    form = words.forms[first]
    if form[0].isdigit():
        return _digits(words, first, end)
    return _spelt(words, first, end)


def fraction_at(words: Words, first: int, numeral: Numeral, end: int) -> Numeral | None:
    """The fraction that a number begins ("two-thirds", "3/4"); None if it begins none."""
    at, above = numeral.end, numeral.value
    if at >= end or numeral.kind or numeral.power or not 0 < above < 20:
        return None
    form = words.forms[at]
    below = _tables().fractions.get(form, 0) if _tight(words, at) else 0
    if below and (above == 1) == (not form.endswith("s")):
        return Numeral(at + 1, above / below, above, 0, f"/{below}")
    if _gap(words, at) == "/" and form.isdigit() and above < int(form) <= 10 and words.forms[first].isdigit():
        return Numeral(at + 1, above / int(form), above, 0, f"/{int(form)}")
    return None


def a_fraction_at(words: Words, first: int, end: int) -> Numeral | None:
    """The fraction in "a third of"; None if there is none."""
    if first + 2 < end and words.forms[first] == "a" and words.forms[first + 2] == "of":
        below = _tables().fractions.get(words.forms[first + 1], 0)
        if below and not words.forms[first + 1].endswith("s"):
            return Numeral(first + 2, 1 / below, 1, 0, f"/{below}")
    return None


def _digits(words: Words, first: int, end: int) -> Numeral | None:
    form = words.forms[first]
    if not _NUMERAL.fullmatch(form):
        return None
    plain = form.replace(",", "")
    value: float = float(plain) if "." in plain else int(plain)
    at = first + 1
    if at < end and _gap(words, at) in ("", "'", "’"):
        ending = words.forms[at]
        if ending in _ORDINAL_ENDINGS and not _gap(words, at):
            return Numeral(at + 1, value, value, 0, "th")
        if ending == "s" and value >= 10 and value % 10 == 0:
            return Numeral(at + 1, value, value, 0, "s")
        if ending in _tables().short and not _gap(words, at):
            return _scaled(at + 1, value, _tables().short[ending])
    if at + 1 < end and words.forms[at : at + 2] == ["and", "a"] and words.forms[at + 2 : at + 3] == ["half"]:
        value, at = value + 0.5, at + 3
    power = 0
    while at < end and words.forms[at] in _tables().powers and _tight(words, at):
        power += _tables().powers[words.forms[at]]
        at += 1
        if words.forms[at - 1].endswith("th"):
            return _scaled(at, value, power, "th")
    return _scaled(at, value, power)


def _scaled(end: int, mantissa: float, power: int, kind: str = "") -> Numeral:
    return Numeral(end, mantissa * 10**power, mantissa, power, kind)


def _spelt(words: Words, first: int, end: int) -> Numeral | None:
    value: float
    tables, forms = _tables(), words.forms
    at = first
    total: float = 0
    current: float = 0
    power = 0
    last = ""
    kind = ""
    if forms[at] == "a" and at + 1 < end and forms[at + 1] in tables.powers and forms[at + 1] != "hundredth":
        current, last, at = 1, "small", at + 1
    elif forms[at] == "half" and forms[at + 1 : at + 2] == ["a"] and forms[at + 2 : at + 3]:
        if forms[at + 2] in ("percent", "per", "%"):
            return Numeral(at + 2, 0.5, 0.5, 0)
        scale = tables.powers.get(forms[at + 2], 0)
        return _scaled(at + 3, 0.5, scale) if scale >= 3 and at + 3 <= end else None
    while at < end:
        form = forms[at]
        if last and not _tight(words, at):
            break
        if form in tables.small or form in tables.ordinals:
            ordinal = form in tables.ordinals
            value = tables.ordinals[form] if ordinal else tables.small[form]
            if not _fits(value, last, current):
                break
            current += value
            last, at = "small", at + 1
            if ordinal:
                kind = "th"
                break
        elif form in tables.tens or form in tables.decades:
            if last in ("small", "ten"):
                break
            current += tables.tens.get(form) or tables.decades[form]
            last, at = "ten", at + 1
            if form in tables.decades:
                return Numeral(at, total + current, total + current, 0, "s")
        elif form in tables.powers:
            scale = tables.powers[form]
            if not last or (scale == 2 and (current >= 100 or not current)) or form.endswith("th"):
                if last and form.endswith("th"):
                    current, kind, at = (current or 1) * 10**scale, "th", at + 1
                break
            if scale == 2:
                current *= 100
            else:
                total += (current or 1) * 10**scale if last != "power" else 0
                if last == "power":
                    total *= 10**scale
                power, current = scale, 0
            last, at = "hundred" if scale == 2 else "power", at + 1
        elif form == "and" and last in ("hundred", "power", "small", "ten"):
            if forms[at + 1 : at + 3] == ["a", "half"] and at + 3 <= end:
                step = 10**power if last == "power" else 100 if last == "hundred" else 1
                total, at = total + step * 0.5, at + 3
                if at < end and forms[at] in tables.powers and step == 1:
                    return _scaled(at + 1, total + current, tables.powers[forms[at]])
                break
            if last in ("small", "ten") or not _goes_on(forms, at + 1, end, last):
                break
            at += 1
            last = "and"
        elif form == "point" and last in ("small", "ten") and forms[at + 1 : at + 2]:
            decimals = ""
            ahead = at + 1
            while ahead < end and tables.small.get(forms[ahead], 10) < 10:
                decimals += str(tables.small[forms[ahead]])
                ahead += 1
            if not decimals:
                break
            value = float(f"{int(total + current)}.{decimals}")
            if ahead < end and forms[ahead] in tables.powers:
                return _scaled(ahead + 1, value, tables.powers[forms[ahead]])
            return Numeral(ahead, value, value, 0)
        else:
            break
    if not last or at == first:
        return None
    value = total + current
    return Numeral(at, value, value / 10**power if power and not current else value, power if not current else 0, kind)


def _fits(value: int, last: str, current: float) -> bool:
    """Whether a number below twenty may follow what was said: "twenty five", not "five five" or "twenty sixteen"."""
    if last == "ten":
        return 0 < value < 10 and current % 10 == 0
    return last != "small"


def _goes_on(forms: list[str], at: int, end: int, last: str) -> bool:
    """Whether a number below a hundred follows that is not of the next one: "and five", not "and two hundred".

    Of hundreds a power may follow that all of them are of: "two hundred and forty million".
    """
    tables = _tables()
    if at >= end or not (forms[at] in tables.small or forms[at] in tables.tens or forms[at] in tables.ordinals):
        return False
    ahead = at + 1
    if forms[at] in tables.tens and ahead < end and forms[ahead] in tables.small:
        ahead += 1
    power = tables.powers.get(forms[ahead]) if ahead < end else None
    return power is None or (last == "hundred" and power > 2)


def _gap(words: Words, at: int) -> str:
    return words.text[words.ends[at - 1] : words.starts[at]]


def _tight(words: Words, at: int) -> bool:
    """Whether nothing but space or a hyphen parts a word from the one before."""
    return _TIGHT.fullmatch(_gap(words, at)) is not None
