"""Sound kinds: the same words in another house style."""

from __future__ import annotations

import random
import re

from benchmarks.mutations.edits import Edit, Finder, Maker, any_of, edited, like, pairs_of
from benchmarks.mutations.numbers import DIGITS, IN_WORDS, stands_alone, to_words, value_of
from benchmarks.mutations.passages import Passage

_ROUND = re.compile(r"(?<![\w.,$£€/:-])(\d{1,2})(,000| thousand)(?![\w%/:,-])")
_HUNDRED = re.compile(
    r"(?i)(?<![\w.,$£€/:-])(?:([2-9])00|(two|three|four|five|six|seven|eight|nine) hundred)(?![\w%/:,-])"
)
_MAGNITUDE = re.compile(
    r"(?i)(?<![\w.,$£€/:-])(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) (million|billion)\b"
)
_CENTURY = re.compile(r"\b(?:21st|20th|19th|18th) century|\btwenty-first century")
_CENTURIES = {"21st": "twenty-first", "20th": "twentieth", "19th": "nineteenth", "18th": "eighteenth"}
_PERCENT = re.compile(r"(?<![\w.,$£€/:-])(\d+(?:[.,]\d+)*)(?:( percent| per cent)\b|%(?!\w))")
_MONEY = re.compile(
    r"([$£€])(\d+(?:[.,]\d+)*)(?!\d|[.,]\d)(?:[ -](million|billion|trillion)\b)?"
    r"(?!-|[ -](?:million|billion|trillion|thousand|dollars|euros)|[a-z])"
)
_SPELT = re.compile(
    r"(?<![\w.,$£€/:-])(\d+(?:[.,]\d+)*)(?: (million|billion|trillion))? (dollars|(?<=lion )pounds|euros)\b"
)
_BEFORE_NOUN = re.compile(r"(?i)\b(?:an?|the|this|that|another|our|his|her|their|its|my)(?: [a-z]+)? $")
"""Before "$1 million loan", which is spoken "one million dollar loan"."""
_SIGNS = {"$": "dollars", "£": "pounds", "€": "euros"}
_SHORT = {"million": "m", "billion": "bn", "trillion": "tn"}
_MONTH = {
    "January": "Jan.", "February": "Feb.", "August": "Aug.", "September": "Sept.", "October": "Oct.",
    "November": "Nov.", "December": "Dec.",
}  # fmt: skip
_DATE = re.compile(
    rf"\b({'|'.join([*_MONTH, 'March', 'April', 'May', 'June', 'July'])}) (\d{{1,2}})(st|nd|rd|th)?(?![\w,]*\d)"
)
_COMPOUND = re.compile(r"\b[A-Za-z]{2,}(?:-[a-z]{2,})+\b")


def _numbers(passage: Passage, rng: random.Random) -> list[Edit]:
    text = passage.text
    found = [
        Edit(*each.span(), to_words(int(each[0])))
        for each in DIGITS.finditer(text)
        if "," not in each[0] and 1 < int(each[0]) < 100 and stands_alone(text, *each.span())
    ]
    found += [
        Edit(*each.span(), str(value_of(each[0])))
        for each in IN_WORDS.finditer(text)
        if stands_alone(text, *each.span())
    ]
    found += [Edit(*each.span(), each[0].replace(",", "")) for each in DIGITS.finditer(text) if len(each[0]) == 5]
    for each in _ROUND.finditer(text):
        new = f"{each[1]} thousand" if each[2] == ",000" else f"{each[1]},000"
        found.append(Edit(*each.span(), new))
        if int(each[1]) > 1:
            found.append(Edit(*each.span(), f"{to_words(int(each[1]))} thousand"))
    for each in _HUNDRED.finditer(text):
        new = f"{to_words(int(each[1]))} hundred" if each[1] else f"{value_of(each[2])}00"
        if stands_alone(text, *each.span()):
            found.append(Edit(*each.span(), new))
    for each in _MAGNITUDE.finditer(text):
        if each[1].isdigit():
            if int(each[1]) > 1:
                found.append(Edit(*each.span(), f"{to_words(int(each[1]))} {each[2]}"))
        else:
            found.append(Edit(*each.span(), f"{value_of(each[1])} {each[2]}"))
    for each in _CENTURY.finditer(text):
        first = each[0].split()[0]
        found.append(Edit(*each.span(), f"{_CENTURIES.get(first, '21st')} century"))
    return [each for each in found if text[each.start : each.end] != each.new]


def _percent(passage: Passage, rng: random.Random) -> list[Edit]:
    found = []
    for each in _PERCENT.finditer(passage.text):
        news = [f"{each[1]}%", f"{each[1]} per cent", f"{each[1]} percent"]
        if each[1].isdigit() and 1 < int(each[1]) < 100:
            news.append(f"{to_words(int(each[1]))} percent")
        found += [Edit(*each.span(), new) for new in news if new != each[0]]
    return found


def _money(passage: Passage, rng: random.Random) -> list[Edit]:
    found = []
    for each in _MONEY.finditer(passage.text):
        if each[3]:
            found.append(Edit(*each.span(), f"{each[1]}{each[2]}{_SHORT[each[3]]}"))
        if _BEFORE_NOUN.search(passage.text[: each.start()]):
            continue
        spelt = f"{each[2]} {each[3]}" if each[3] else each[2]
        if each[2] != "1" or each[3]:
            found.append(Edit(*each.span(), f"{spelt} {_SIGNS[each[1]]}"))
        if each[2].isdigit() and 1 < int(each[2]) < 100:
            words = to_words(int(each[2])) + (f" {each[3]}" if each[3] else "")
            found.append(Edit(*each.span(), f"{words} {_SIGNS[each[1]]}"))
    sign = {name: sign for sign, name in _SIGNS.items()}
    for each in _SPELT.finditer(passage.text):
        found.append(Edit(*each.span(), f"{sign[each[3]]}{each[1]}" + (f" {each[2]}" if each[2] else "")))
    return found


def _dates(passage: Passage, rng: random.Random) -> list[Edit]:
    found = []
    for each in _DATE.finditer(passage.text):
        month = _MONTH.get(each[1], each[1])
        found += [Edit(*each.span(), new) for new in (f"{month} {each[2]}", f"{each[1]} {each[2]}") if new != each[0]]
    return found


def _pairs(name: str, *, cased: bool = False, before_name: bool = False) -> tuple[re.Pattern[str], Finder]:
    """What a list of pairs changes, both ways; a word that is in several pairs may become any of its partners."""
    partners: dict[str, list[str]] = {}
    for first, second in pairs_of(name):
        partners.setdefault(first, []).append(second)
        partners.setdefault(second, []).append(first)
    lowered = {word.casefold(): others for word, others in partners.items()}
    pattern = any_of(list(partners), cased=cased)
    if before_name:
        pattern = re.compile(pattern.pattern + r"(?= [A-Z][a-z])")

    def find(passage: Passage, rng: random.Random) -> list[Edit]:
        found = []
        for each in pattern.finditer(passage.text):
            others = partners.get(each[0]) or lowered[each[0].casefold()]
            found += [Edit(*each.span(), other if cased else like(each[0], other)) for other in others]
        return found

    return pattern, find


def _hyphens(passage: Passage, rng: random.Random) -> list[Edit]:
    return [Edit(*each.span(), each[0].replace("-", " ")) for each in _COMPOUND.finditer(passage.text)]


def _initials() -> tuple[re.Pattern[str], Finder]:
    find = _pairs("initials", cased=True)[1]

    def fit(passage: Passage, rng: random.Random) -> list[Edit]:
        # "am" and "US" may be words of their own; points tell the initials.
        found = [each for each in find(passage, rng) if passage.text[each.start : each.end] not in ("am", "pm", "US")]
        return found + [Edit(*each.span(), _RANKS[each[0].lower()]) for each in _RANK.finditer(passage.text)]

    return re.compile(
        r"\b(?:U\.S\.(?:A\.)?|U\.K\.|U\.N\.|E\.U\.|D\.C\.|OK|okay|O\.K\.|[ap]\.m\.|vs\.|No\. 1\b|[Nn]umber one\b)"
    ), fit


_RANKS = {"no. 1": "number one", "number one": "No. 1"}
_RANK = re.compile(r"(?i)\b(?:No\. 1|number one)\b(?![.,]\d)")


_TITLES = _pairs("titles", cased=True, before_name=True)
_SPELLING = _pairs("spelling")
_JOINED = _pairs("joined")
_INITIALS = _initials()

FINDERS: tuple[Finder, ...] = (_numbers, _percent, _money, _dates, _TITLES[1], _SPELLING[1], _JOINED[1], _INITIALS[1])

MAKERS: dict[str, Maker] = {
    "style: number": edited(re.compile(f"{DIGITS.pattern}|{IN_WORDS.pattern[4:]}"), _numbers, most=2, sound=True),
    "style: percent": edited(_PERCENT, _percent, sound=True),
    "style: currency": edited(re.compile(f"{_MONEY.pattern}|{_SPELT.pattern}"), _money, sound=True),
    "style: date": edited(_DATE, _dates, sound=True),
    "style: title": edited(_TITLES[0], _TITLES[1], most=2, sound=True),
    "style: spelling": edited(_SPELLING[0], _SPELLING[1], most=3, sound=True),
    "style: joined": edited(_JOINED[0], _JOINED[1], most=2, sound=True),
    "style: hyphen": edited(_COMPOUND, _hyphens, most=3, sound=True),
    "style: initials": edited(_INITIALS[0], _INITIALS[1], most=2, sound=True),
}
