"""Noun phrases of running text: where one ends that begins at a given character."""

from __future__ import annotations

import re

from sayso.statements.dates import match_when
from sayso.statements.nouns import DETERMINERS

WORD = re.compile(r"\d{1,3}(?:,\d{3})+|[^\W_](?:[\w'’&.\-/]*\w)?(?:\.(?=\s+[^\W_])|(?<=s)['’](?=\s+\w))?|&(?=\s)")
BREAK = re.compile(r"\s*[,;:()“”\"«»!?–—…]|\s+-\s|\s*\.*\s*$|\s*[‘'](?=\w)")
SPACE = re.compile(r"\s*")
PREPOSITION = re.compile(
    r"(?P<word>in\s+front\s+of|in|at|on|during|amid|after|before|following|ahead\s+of|outside|inside|near|by|via|through|over|to|with|from"
    r"|under|within|across|aboard|alongside|for|of|about|into|between|against|since|until|regarding|concerning|beside|towards?)(?=\s|$)",
    re.IGNORECASE,
)
STOPS = frozenset(
    "that who whom whose which where when while whereas but because although though if whether as so then nor or how"
    " why what saying adding than be is was were are been has had have will would could can should may might did does"
    " do not warning calling accusing insisting arguing noting".split()
)
_PARTICIPLES = frozenset(
    "published issued released posted carried given sent held organised organized aired seen made obtained"
    " delivered shown attended called convened hosted addressed read written recorded uploaded circulated distributed"
    " streamed televised marking dated signed printed translated entitled titled filed submitted taken tabled seen"
    " broadcast lodged".split()
)
_ADVERBS = frozenset("later afterwards earlier privately repeatedly again publicly also then only simply".split())
_ENDS_NOUN = STOPS | _PARTICIPLES | _ADVERBS


def is_participle(word: str) -> bool:
    """Whether a word says of a medium how it came about: "a statement, read by his lawyer"."""
    return word in _PARTICIPLES


def noun_phrase_end(text: str, at: int, end: int) -> int:
    """Where the noun phrase that begins at `at` ends: at a preposition (but "of"), a date, a stop or `end`."""
    stop = at
    while stop < end:
        word_at = skip(SPACE, text, stop, end)
        word = WORD.match(text, word_at, end)
        if not word or (stop > at and BREAK.match(text, stop, end)):
            break
        lower = word.group().lower()
        if stop > at or lower not in DETERMINERS:
            if lower == "and":
                if not joins_nouns(text, word.end(), end):
                    break
            elif (
                (lower in _ENDS_NOUN and not (lower in _PARTICIPLES and text[at:stop].endswith("ly")))
                or (lower != "of" and PREPOSITION.match(text, word_at, end))
                or (stop > at and match_when(text, word_at, end))
            ):
                break
        stop = word.end()
    return stop


def joins_nouns(text: str, at: int, end: int) -> bool:
    """Whether an "and" is followed by another noun rather than by what else was done."""
    word = WORD.match(text, skip(SPACE, text, at, end), end)
    return word is not None and (word.group()[0].isupper() or word.group().lower() in DETERMINERS)


def skip(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    """Where a pattern ends that is matched at `at`; `at` where it does not match."""
    matched = pattern.match(text, at, end)
    return matched.end() if matched else at
