"""The forms that a word of a query stands for: number, tense, and the spellings of other countries.

The index keeps words as they are, so that a phrase in quotation marks finds exactly these; a plain word of a query is
looked up in all its forms. A form that is no word does no harm, since no text has it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import sayso.checks
from sayso.archive.folding import words_in
from sayso.checks.spellings import spelt
from sayso.wordlists import read_rows

_INFLECTIONS = Path(__file__).parent / "data/inflections.tsv"
_SPELLINGS = Path(sayso.checks.__file__).parent / "data/spelling.tsv"
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r".*[aeiouy]([bdgklmnprtvz])\1$")
_DOUBLES = re.compile(r"(?:.*[^aeiou])?[aeiouy][bdgklmnprtvz]$")
"""One vowel and one consonant at its end: "plan", "admit"; also "visit", whose doubled form no text has."""
_NEEDS_E = re.compile(r"[^aeiou]*[aeiou][bdgklmnprtvz]$")
"""A stem of one syllable that would have doubled: what is before -ing in "hoping" is "hope", not "hop"."""
_SWAPS = tuple(
    (has, re.compile(has + rest), instead)
    for has, rest, instead in (
        ("or", "", "our"),
        ("our", "", "or"),
        ("er", "(?=s?$)", "re"),
        ("ered", "$", "red"),
        ("re", "(?=s?$)", "er"),
        ("red", "$", "ered"),
        ("iz", "(?=e|ing|ation)", "is"),
        ("is", "(?=e|ing|ation)", "iz"),
        ("l", "(?<!ll)(?=ed|ing|er|ation|or|ous|ist)", "ll"),
        ("ll", "(?=ed|ing|er|ation|or|ous|ist)", "l"),
    )
)
"""What spelling changes: letters that a word must have, the whole, and what is written instead. Whether the other word
is the same one, `spelt` says."""


@lru_cache(maxsize=4096)
def forms_of(word: str) -> tuple[str, ...]:
    """The folded words that a folded word of a query finds, itself first.

    >>> forms_of("bridges"), forms_of("news")
    (('bridges', 'bridge', 'bridged', 'bridging'), ('news',))
    """
    found = {word: None}
    if word.isalpha() and len(word) > 1 and word not in _listed("alone"):
        for spelling in _spellings(word):
            for base in _bases(spelling):
                found |= dict.fromkeys(_inflected(base))
            if spelling.endswith("ing"):
                found[f"{spelling}s"] = None
            found |= dict.fromkeys(form for group in _irregular().get(spelling, ()) for form in group)
        for form in list(found):
            found |= dict.fromkeys(_spellings(form))
    return tuple(found)


def _bases(word: str) -> list[str]:
    """What the word may be a form of, itself where it is of none."""
    if word in _irregular():
        # "Left" is of "leave" alone; "bases" may be of "base" as well as of "basis".
        return _of_s(word) if word.endswith("s") else []
    if word not in _listed("ends"):
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return _of_s(word)
        for ending in ("ed", "ing"):
            stem = word.removesuffix(ending)
            if stem != word and len(stem) > 2 and _VOWEL.search(stem) and not word.endswith("eed"):
                return _of_stem(stem, ending)
    return [word]


def _of_s(word: str) -> list[str]:
    if word.endswith("ies"):
        return [f"{word[:-3]}y", word[:-1]]
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        return [word[:-2], word[:-1]]
    return [word[:-1]] if len(word) > 3 else [word]


def _of_stem(stem: str, ending: str) -> list[str]:
    if ending == "ed" and stem.endswith("i"):
        return [f"{stem[:-1]}y"]
    if stem.endswith("ck"):
        return [stem, stem[:-1]]
    if _DOUBLED.match(stem):
        return [stem, stem[:-1]]
    if _NEEDS_E.fullmatch(stem):
        return [f"{stem}e"]
    return [stem, f"{stem}e"]


def _inflected(base: str) -> list[str]:
    """A base with its forms, by the rules of spelling; both where they leave a choice."""
    after_consonant = len(base) > 1 and base[-2] not in "aeiou"
    if base.endswith("y") and after_consonant:
        return [base, f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing"]
    if base.endswith(("s", "x", "z", "ch", "sh")):
        plurals = [f"{base}es"]
    elif base.endswith("o"):
        plurals = [f"{base}s", f"{base}es"]
    else:
        plurals = [f"{base}s"]
    if base.endswith("e"):
        whole = base.endswith(("ee", "oe", "ye"))
        return [base, *plurals, f"{base}d", f"{base}ing" if whole else f"{base[:-1]}ing"]
    found = [base, *plurals, f"{base}ed", f"{base}ing"]
    if base.endswith("c"):
        found += [f"{base}ked", f"{base}king"]
    elif _DOUBLES.match(base):
        found += [f"{base}{base[-1]}ed", f"{base}{base[-1]}ing"]
    return found


@lru_cache(maxsize=4096)
def _spellings(word: str) -> tuple[str, ...]:
    """The word as it is spelt here and there, itself first."""
    key = spelt(word)
    found = {word: None, **dict.fromkeys(_other_spellings().get(key, ()))}
    for has, pattern, instead in _SWAPS:
        for match in pattern.finditer(word) if has in word else ():
            other = word[: match.start()] + instead + word[match.end() :]
            if spelt(other) == key:
                found[other] = None
    return tuple(found)


@cache
def _other_spellings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, entries in read_rows(_SPELLINGS, heading=True):
        if kind == "pair":
            for entry in entries.split(","):
                words = words_in(entry)
                if len(words) == 1:
                    found.setdefault(spelt(words[0]), []).append(words[0])
    return found


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(
        entry
        for label, entries in read_rows(_INFLECTIONS, heading=True)
        if label == kind
        for entry in entries.split(",")
    )


@cache
def _irregular() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for kind, entries in read_rows(_INFLECTIONS, heading=True):
        if kind == "forms":
            group = tuple(entries.split(","))
            for entry in group:
                found.setdefault(entry, []).append(group)
    return found
