"""What a number counts: the noun behind it, in the singular, people as "person"."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sayso.figures.designations import past_designation
from sayso.figures.lexicon import DATA, noun_classes
from sayso.figures.titles import plain_name
from sayso.figures.tokens import Tokens
from sayso.wordlists import read_rows

_DEMONYMS = Path(__file__).parent.parent / "speakers/data/demonyms.tsv"
_FURTHEST = 6
"""So many words may stand between a number and what it counts."""
_DESCRIBES = re.compile(r".+(?:ous|ful|less|able|ible|ic|ical|ive|ish|ary|al|ian|ean|ese|ly)$")
_PAST = re.compile(r".{2,}[^e]ed$")


class Counted(NamedTuple):
    """A counted noun: its name in the singular, and the tokens from its first word to before `end`."""

    name: str
    start: int
    end: int


def has_class(form: str, label: str) -> bool:
    """Whether a word in lower case belongs to a class of nouns.tsv."""
    return label in noun_classes(form)


@cache
def _singulars() -> dict[str, str]:
    return {row[0]: row[1] for row in read_rows(DATA / "plurals.tsv")}


@cache
def _peoples() -> frozenset[str]:
    return frozenset(row[0].lower() for row in read_rows(_DEMONYMS, heading=True))


@cache
def singular(word: str) -> str:
    """A noun in the singular.

    >>> [singular(word) for word in ("matches", "houses", "viruses", "countries", "policemen", "drives", "glasses")]
    ['match', 'house', 'virus', 'country', 'policeman', 'drive', 'glass']
    """
    if known := _singulars().get(word):
        return known
    for ending, instead in (("men", "man"), ("women", "woman"), ("children", "child"), ("people", "person")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + instead
    if not is_plural(word) or len(word) < 4 or not word.endswith("s"):
        return word.removesuffix("s") if word.endswith("s") and word[:-1].isupper() else word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|zz)es$|[^ao]uses$", word) and not re.search(r"(?:[cf]|^|exc|ab|am)uses$", word):
        return word[:-2]
    return word[:-1]


def is_plural(form: str) -> bool:
    """Whether a word looks like a plural."""
    classes = noun_classes(form)
    if "plural" in classes:
        return True
    if form.endswith(("men", "people")) and len(form) > 5 and form not in {"specimen", "regimen", "abdomen"}:
        return True
    return (
        form.endswith("s") and len(form) > 2 and not form.endswith(("ss", "us", "is")) and "not plural" not in classes
    )


def unit_name(word: str, modifier: str = "") -> str:
    """By which name a counted noun goes: in the singular, people as "person", a compound with its first word."""
    form = word.lower()
    one = singular(form)
    if has_class(form, "person") or has_class(one, "person"):
        return "person"
    if word[:1].isupper() and (
        one in _peoples() or form in _peoples() or one.removesuffix("man") + "man" in _peoples()
    ):
        return "person"
    if modifier and has_class(f"{modifier.lower()} {one}", "compound"):
        return f"{modifier.lower()} {one}"
    return singular(word) if word[:1].isupper() else one


def _named(tokens: Tokens, at: int, modifier: str) -> str:
    """The same of a token, whose capital may be that of a headline."""
    name = unit_name(tokens.raw[at], modifier)
    plain = plain_name(tokens, at) if name[:1].isupper() else None
    return unit_name(plain, modifier) if plain else name


def counted_noun(tokens: Tokens, at: int, value: float | None) -> Counted | None:
    """The noun that a number before the token `at` counts; None where none follows."""
    return _one_thing(tokens, at) if value == 1 else _things(tokens, at)


def _things(tokens: Tokens, at: int) -> Counted | None:
    here = at
    while here < at + _FURTHEST:
        form = tokens.forms[here]
        if end := past_designation(tokens, here):
            if tokens.forms[end] == "s" and tokens.touch(end - 1):
                return Counted("".join(tokens.raw[here:end]), here, end + 1)
            here = end
            continue
        if not tokens.is_word(here):
            # Of "pan-democratic", "heat-attributed" and the like.
            if here > at and tokens.skip_hyphen(here) != here:
                here += 1
                continue
            if form in {'"', "“", "‘", "'"} and here == at and tokens.is_word(here + 1):
                here += 1
                continue
            return None
        if has_class(form, "casualty") and not _goes_on(tokens, here + 1):
            return Counted("person", here, here + 1)
        if has_class(form, "stop") and not has_class(form, "casualty") and not _is_adjective_here(tokens, here, at):
            return None
        if is_plural(form) and not form.endswith("'s"):
            while (
                is_plural(tokens.forms[here + 1])
                and tokens.is_word(here + 1)
                and not has_class(tokens.forms[here + 1], "stop")
            ):
                here += 1
            before = tokens.raw[here - 1] if here > at and tokens.is_word(here - 1) else ""
            name = _named(tokens, here, before)
            if here - 2 >= at and tokens.skip_hyphen(here - 1) == here and name != "person":
                name = f"{tokens.forms[here - 2]}-{name}"
            return Counted(name, here, here + 1)
        here += 1
    return None


def _is_adjective_here(tokens: Tokens, here: int, at: int) -> bool:
    """Of the stops, some are adjectives right behind a number: "20 long years", "three old men"."""
    return here == at and tokens.forms[here] in {"long", "high", "old", "deep", "tall", "wide", "more", "back", "set"}


def _goes_on(tokens: Tokens, at: int) -> bool:
    """Whether a noun in the plural follows within two words: "20 injured soldiers"."""
    for here in (at, at + 1):
        form = tokens.forms[here]
        if not tokens.is_word(here) or has_class(form, "stop"):
            return False
        if is_plural(form):
            return True
    return False


def _one_thing(tokens: Tokens, at: int) -> Counted | None:
    """What "one" counts: the last word before a verb, a preposition or a sign."""
    here = at
    last = -1
    while here < at + 4 and tokens.is_word(here):
        form = tokens.forms[here]
        if last < 0 and (end := past_designation(tokens, here)):
            if not tokens.is_word(end) or has_class(tokens.forms[end], "stop"):
                return Counted("".join(tokens.raw[here:end]), here, end)
            here = end
            continue
        if has_class(form, "stop") or form.endswith("'s") or (last >= 0 and (_PAST.match(form) or form.endswith("ly"))):
            break
        if has_class(form, "speaks"):
            break
        describes = has_class(form, "adjective") or _DESCRIBES.match(form) or form.endswith(("ing", "ed"))
        if not describes or last >= 0:
            if is_plural(form) and form not in _singulars().values():
                # "one needs to know"
                break
            if last >= 0 and describes:
                break
            last = here
        here += 1
        if tokens.skip_hyphen(here) != here:
            here += 1
    if last < 0:
        return None
    before = tokens.raw[last - 1] if last > at else ""
    return Counted(_named(tokens, last, before), last, last + 1)
