"""Kinds that do several things to one quote, as print does: sound changes together, and a bend among them."""

from __future__ import annotations

import random

from benchmarks.mutations import house_style, marking, sense, tidying
from benchmarks.mutations.cases import Draft
from benchmarks.mutations.edits import WORD, Edit, Finder, Maker, apply
from benchmarks.mutations.passages import Passage, World
from sayso.checks.words import words_of
from sayso.verdicts import QuoteValue

_SOUND: tuple[tuple[QuoteValue, tuple[Finder, ...]], ...] = (
    ("verbatim", house_style.FINDERS),
    ("tidied", tidying.FINDERS),
    ("marked", marking.FINDERS),
)
"""By the verdict that such a change alone calls for; a later one outranks those before it."""


def _sound_edits(passage: Passage, rng: random.Random, most: int, barred: list[Edit]) -> list[tuple[int, Edit]]:
    """Up to `most` sound changes that touch neither one another nor the barred ones, with the rank of each."""
    found = [
        (rank, edit)
        for rank, (_, finders) in enumerate(_SOUND)
        for finder in finders
        for edit in _few(finder(passage, rng), rng)
    ]
    rng.shuffle(found)
    chosen: list[tuple[int, Edit]] = []
    for rank, edit in found:
        taken = [*barred, *(each for _, each in chosen)]
        apart = all(edit.end < each.start or each.end < edit.start for each in taken)
        inside = words_of(passage.text[: edit.start]).forms and words_of(passage.text[edit.end :]).forms
        if apart and inside and len(chosen) < most:
            chosen.append((rank, edit))
    return chosen


def _few(edits: list[Edit], rng: random.Random) -> list[Edit]:
    """So that a finder with many places does not crowd out the others."""
    return rng.sample(edits, min(len(edits), 2))


def several(rng: random.Random, world: World) -> Draft | None:
    """Two or three sound changes of different sorts in one quote."""
    passage = world.draw(rng, WORD)
    chosen = _sound_edits(passage, rng, 3, []) if passage else []
    if passage is None or len(passage) < 10 or len(chosen) < 2 or len({rank for rank, _ in chosen}) < 2:
        return None
    right = _SOUND[max(rank for rank, _ in chosen)][0]
    edits = [edit for _, edit in chosen]
    if passage.desk.guard.stands(apply(passage.text, edits)):
        return None
    return Draft(
        (apply(passage.text, edits),), (passage.gold,), passage.speaker, _note(passage, edits), right=(right,),
        opens=passage.opens,
    )  # fmt: skip


def under_cover(rng: random.Random, world: World) -> Draft | None:
    """A change of the sense among one or two sound ones."""
    pattern, finder, reverses = rng.choice(sense.BENDS)
    passage = world.draw(rng, pattern)
    bends = finder(passage, rng) if passage else []
    if passage is None or len(passage) < 10 or not bends:
        return None
    bend = rng.choice(bends)
    if min(len(words_of(passage.text[: bend.start])), len(words_of(passage.text[bend.end :]))) < 2:
        return None
    cover = [edit for _, edit in _sound_edits(passage, rng, rng.randint(1, 2), [bend])]
    text = apply(passage.text, [bend, *cover])
    if not cover or passage.desk.guard.heard(text) or passage.desk.guard.heard(apply(passage.text, [bend])):
        return None
    return Draft(
        (text,), (passage.gold,), passage.speaker, _note(passage, [bend, *cover]), reverses=bend.reverses or reverses,
        opens=passage.opens,
    )  # fmt: skip


def _note(passage: Passage, edits: list[Edit]) -> str:
    return "; ".join(f"{passage.text[each.start : each.end]!r} -> {each.new!r}" for each in edits)


MAKERS: dict[str, Maker] = {"several sound changes": several, "bent among sound changes": under_cover}
