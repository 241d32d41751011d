"""Kinds that change words and none of what `reverses` names: replaced, added, moved, left out without a mark."""

from __future__ import annotations

import random
import re

from benchmarks.mutations.cases import DATA
from benchmarks.mutations.edits import WORD, Edit, Finder, Maker, any_of, edited, is_harmless, like, pairs_of
from benchmarks.mutations.marking import can_go, harmless_runs
from benchmarks.mutations.passages import Passage, ending_of
from sayso.checks.words import words_of
from sayso.wordlists import entries_of

_LONG_WORD = re.compile(r"(?<![\w'’-])[a-z]{5,}(?![\w'’-])")


def _replace_word(passage: Passage, rng: random.Random) -> list[Edit]:
    found = []
    for each in _LONG_WORD.finditer(passage.text):
        pool = passage.desk.vocabulary.get(ending_of(each[0]), [])
        if not pool or not is_harmless(each[0]):
            continue
        other = rng.choice(pool)
        if is_harmless(other) and other[:3] != each[0][:3] and other not in passage.text:
            found.append(Edit(*each.span(), other))
    return found


def _partners(name: str) -> tuple[re.Pattern[str], Finder]:
    """What replaces a word by its partner in a list of pairs."""
    partners: dict[str, list[str]] = {}
    for first, second in pairs_of(name):
        partners.setdefault(first, []).append(second)
        partners.setdefault(second, []).append(first)
    pattern = any_of(list(partners))

    def find(passage: Passage, rng: random.Random) -> list[Edit]:
        return [
            Edit(*each.span(), like(each[0], rng.choice(partners[each[0].lower()])))
            for each in pattern.finditer(passage.text)
            if each[0].lower() in partners
        ]

    return pattern, find


_SYNONYM, _replace_by_synonym = _partners("synonyms")
_ANTONYM, _replace_by_antonym = _partners("antonyms")


_DETERMINER = re.compile(r"(?<=[a-z] )(?:the|our|their|this|a|my|his) (?=[bcdfghjklmnpqrstvwxyz][a-z]{3,})")
_SUBJECT = re.compile(
    r"\b(?:we|they|he|she|I|people|We|They|He|She) (?=(?:have|had|were|are|was|is|know|want|need|took|went|came|work"
    r"|saw|asked|called|believe|said|support|agreed|made|gave|live|see|think|talk|fight|met)\b)"
)
_ADJECTIVES = entries_of(DATA / "added.tsv", "after a determiner")
_ADVERBS = entries_of(DATA / "added.tsv", "after a subject")


def _add_word(passage: Passage, rng: random.Random) -> list[Edit]:
    found = []
    for each in _DETERMINER.finditer(passage.text):
        fit = [one for one in _ADJECTIVES if each[0] != "a " or one[0] not in "aeiou"]
        found.append(Edit(each.end(), each.end(), f"{rng.choice(fit)} "))
    found += [Edit(each.end(), each.end(), f"{rng.choice(_ADVERBS)} ") for each in _SUBJECT.finditer(passage.text)]
    return found


_DASH = re.compile(r"\s*(?:—|–|-)")
"""After it a speaker who breaks off may say the same again."""
_PAIR = re.compile(r"(?<![\w'’-])([a-z]{4,})( and | or )([a-z]{4,})(?![\w'’-])")
_TWO_CLAUSES = re.compile(r"(?:^|(?<=[.?!] ))([A-Z][^,.;:?!—–]{8,60}), ([^,.;:?!—–]{8,70})(?=[.?!])")
_SMALL_FIRST = re.compile(
    r"(?:If|When|In|At|For|After|Before|Since|On|Because|Where|With|As|By|From|While|Until|Under)\b"
)


def _move(passage: Passage, rng: random.Random) -> list[Edit]:
    text = passage.text
    found = [
        Edit(*each.span(), f"{each[3]}{each[2]}{each[1]}")
        for each in _PAIR.finditer(text)
        if each[1] != each[3] and is_harmless(each[1]) and is_harmless(each[3])
    ]
    for each in _TWO_CLAUSES.finditer(text):
        if _SMALL_FIRST.match(each[1]) and max(len(words_of(each[1])), len(words_of(each[2]))) <= 12:
            second = each[2][0].upper() + each[2][1:]
            found += [Edit(*each.span(), f"{second} {each[1][0].lower()}{each[1][1:]}")] * 3
    return found


def _trim(passage: Passage, rng: random.Random) -> list[Edit]:
    """Phrases between commas, whole sentences, adverbs, and other runs, each as likely where there is one."""
    text = passage.text
    runs = harmless_runs(passage, 15)
    fit = set(runs)
    ways = [
        [(each.start() + 1, each.end() - 1) for each in re.finditer(r", [^,.;:?!]{3,70}(?:,|[.] )", text)],
        [(each.start(), each.end()) for each in re.finditer(r"(?<=[.?!] )[A-Z][^.?!]{5,80}[.?!](?= [A-Z])", text)],
        [(each.start(), each.end()) for each in re.finditer(r"\b[a-z]{3,}ly\b", text)],
        [each for each in runs if len(text[slice(*each)].split()) in (1, 2)],
        [each for each in runs if len(text[slice(*each)].split()) > 2],
    ]
    fitting = []
    for way in ways:
        kept = [
            (start, end)
            for start, end in way
            if not _DASH.match(text[end:])
            and ((start, end) in fit or _is_fit(text[start:end], text[:start]))
            and len(words_of(text[start:end])) <= 15
        ]
        if kept:
            fitting.append(kept)
    if not fitting:
        return []
    start, end = rng.choice(rng.choice(fitting))
    return [Edit(start, end, "")]


def _is_fit(stretch: str, before: str) -> bool:
    """Whether a phrase or a sentence may go; the capital of a sentence is no name."""
    stretch = stretch.strip()
    words = before.split()
    follows_well = before.rstrip()[-1:] in (".", "?", "!") or (bool(words) and can_go(words[-1], stretch.split()[0]))
    return follows_well and is_harmless(stretch[:1].lower() + stretch[1:]) and not stretch.startswith("I ")


MAKERS: dict[str, Maker] = {
    "word replaced": edited(_LONG_WORD, _replace_word, inside=1),
    "synonym": edited(_SYNONYM, _replace_by_synonym, inside=1),
    "antonym": edited(_ANTONYM, _replace_by_antonym, inside=1),
    "word added": edited(WORD, _add_word, inside=1),
    "words moved": edited(re.compile(f"{_PAIR.pattern}|[A-Z][^.]*, "), _move),
    "trimmed": edited(WORD, _trim, inside=3),
}
