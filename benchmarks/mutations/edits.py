"""Small changes to the text of a passage, and the kinds that consist of them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from benchmarks.mutations.cases import DATA, Draft
from benchmarks.mutations.passages import Passage, World
from sayso.checks.words import words_of
from sayso.verdicts import Sense
from sayso.wordlists import classes_of, read_rows


class Edit(NamedTuple):
    """Put `new` in place of `text[start:end]` of a passage."""

    start: int
    end: int
    new: str
    reverses: tuple[Sense | None, ...] | None = None
    """What of the sense it changes, where that is not its kind's."""


Finder = Callable[[Passage, random.Random], list[Edit]]
Maker = Callable[[random.Random, World], Draft | None]


WORD = re.compile(r"\b\w")
"""For kinds that work anywhere."""


def edited(
    pattern: re.Pattern[str],
    find: Finder,
    *,
    most: int = 1,
    inside: int = 0,
    least: int | None = None,
    sound: bool = False,
) -> Maker:
    """A maker that draws a passage with what a pattern finds, and makes up to `most` of the changes found there.

    `inside` is how many words of the quote must be left on either side of a change, `least` how many in all (None: four
    of a sound one, else six). Unless `sound`, what comes out must have been said nowhere on the desk, however loosely
    that is read; else it must not stand anywhere word by word.
    """

    def make(rng: random.Random, world: World) -> Draft | None:
        passage = world.draw(rng, pattern)
        if passage is None:
            return None
        found = [edit for edit in find(passage, rng) if not inside or _is_inside(passage.text, edit, inside)]
        if not found:
            return None
        rng.shuffle(found)
        chosen: list[Edit] = []
        for edit in found:
            if len(chosen) < most and not any(edit.start < one.end and one.start < edit.end for one in chosen):
                chosen.append(edit)
        text = apply(passage.text, chosen)
        guard = passage.desk.guard
        if len(words_of(text)) < (least or (4 if sound else 6)):
            return None
        said = guard.stands(text) and not _same(text, passage) if sound else bool(guard.heard(text))
        if said:
            return None
        note = "; ".join(f"{passage.text[each.start : each.end]!r} -> {each.new!r}" for each in chosen)
        return Draft((text,), (passage.gold,), passage.speaker, note, reverses=chosen[0].reverses, opens=passage.opens)

    return make


def _same(text: str, passage: Passage) -> bool:
    """Whether a change is none of the words (a hyphen, a point)."""
    return words_of(text).forms == words_of(passage.text).forms


def apply(text: str, edits: list[Edit]) -> str:
    """The text with changes made, spaces and stops put right."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return tidy(text)


def tidy(text: str) -> str:
    """The text without doubled spaces and stops, and without spaces before stops."""
    text = re.sub(r"\s+([,;:!?])|(?<!\.)\s+(\.)(?!\s?\.)", r"\1\2", " ".join(text.split()))
    text = re.sub(r"[,;:]+(?=[,;:.!?])", "", text)
    return text.strip(" ,;:")


def _is_inside(text: str, edit: Edit, words: int) -> bool:
    return len(words_of(text[: edit.start])) >= words and len(words_of(text[edit.end :])) >= words


@cache
def pairs_of(name: str) -> tuple[tuple[str, str], ...]:
    """The pairs of a list of two columns."""
    return tuple((first, second) for first, second in read_rows(DATA / f"{name}.tsv"))


@cache
def changes_of(name: str) -> dict[str, list[str]]:
    """What each entry of a list may be changed into."""
    found: dict[str, list[str]] = {}
    for first, second in read_rows(DATA / f"{name}.tsv"):
        found[first] = second.split(",")
    return found


def any_of(words: list[str] | tuple[str, ...], *, cased: bool = False) -> re.Pattern[str]:
    """A pattern that finds any of some words as whole words, the longest first."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    inner = "|".join(re.escape(word) for word in ordered)
    return re.compile(rf"(?<![\w'’-])(?:{inner})(?![\w'’-])", 0 if cased else re.IGNORECASE)


def like(model: str, word: str) -> str:
    """A word with the capital of another."""
    return word[:1].upper() + word[1:] if model[:1].isupper() and model[1:2] != model[1:2].upper() else word


def straight(text: str) -> str:
    """The text with straight apostrophes, as long as before."""
    return text.replace("’", "'")


def is_harmless(text: str) -> bool:
    """Whether leaving a stretch out plainly changes no sense: no negation, number, unit, name, modal, quantifier, verb
    form of time, condition in it."""
    listed = classes_of(DATA / "sense.tsv")
    return not any(
        form in listed or "'" in form or form.endswith("less") or any(each.isdigit() for each in form) or form in "%$£€"
        for form in words_of(text).forms
    ) and not re.search(r"\b(?!I\b)[A-Z]|\b(?:un|dis|non|mis)\w{4}", text)
