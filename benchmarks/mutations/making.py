"""Makes the cases of an exam: as many of each kind, the same for the same seed and transcripts."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from benchmarks.mutations.cases import Case, Draft
from benchmarks.mutations.kinds import KINDS, Kind
from benchmarks.mutations.passages import World
from benchmarks.mutations.printing import name_of, print_quote

TRIES = 60
"""A kind gives up after so many tries for each case that it is asked for."""


def make_cases(world: World, count: int, seed: int, kinds: Sequence[str] | None = None) -> list[Case]:
    """About `count` cases, as many of each kind as of any other as far as the transcripts have them.

    What a scarce kind cannot fill goes to the others. A kind's cases do not depend on which other kinds are asked for,
    but for how many.
    """
    chosen = [KINDS[name] for name in kinds or KINDS]
    makers = {kind.name: _drafts(kind, world, seed) for kind in chosen}
    cases: dict[str, list[Case]] = {kind.name: [] for kind in chosen}
    open_kinds = list(chosen)
    while open_kinds and (missing := count - sum(map(len, cases.values()))) > 0:
        share, rest = divmod(missing, len(open_kinds))
        for number, kind in enumerate([*open_kinds]):
            for _ in range(share + (number < rest)):
                draft = next(makers[kind.name], None)
                if draft is None:
                    open_kinds.remove(kind)
                    break
                cases[kind.name].append(_case(kind, draft, world, seed, len(cases[kind.name])))
    return [case for kind in chosen for case in cases[kind.name]]


def _drafts(kind: Kind, world: World, seed: int) -> Iterator[Draft]:
    """Drafts of a kind, no two with the same words, until the transcripts seem to have no more."""
    rng = random.Random(f"{seed}/{kind.name}")
    seen: set[tuple[str, ...]] = set()
    failed = 0
    while failed < TRIES * (len(seen) + 20):
        draft = kind.make(rng, world)
        if draft is None or draft.pieces in seen:
            failed += 1
            continue
        seen.add(draft.pieces)
        yield draft


def _case(kind: Kind, draft: Draft, world: World, seed: int, number: int) -> Case:
    text, spans = print_quote(draft, random.Random(f"{seed}/{kind.name}/{number}"))
    desk = draft.desk
    if desk is None:
        desk = next(
            each.number for each in world.desks if any(one.id == draft.gold[0].transcript for one in each.transcripts)
        )
    return Case(
        id=f"{kind.name}/{number}",
        kind=kind.name,
        desk=desk,
        text=text,
        spans=spans,
        speaker=name_of(draft.speaker) or "the speaker",
        gold=draft.gold,
        right=kind.right if draft.right is None else draft.right,
        reverses=kind.reverses if draft.reverses is None else draft.reverses,
        sense=kind.sense,
        note=draft.note,
        label=draft.speaker,
    )
