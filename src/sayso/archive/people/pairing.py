"""Pairs of speakers whose names are alike, found in blocks so that not all meet all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from sqlalchemy import Connection, select

from sayso.archive.people.naming import fold_name, parts_agree, parts_of_key, short_forms
from sayso.archive.people.profiles import Profile
from sayso.archive.schema import speaker, speaker_key

LARGEST = 24
"""Speakers of one block that meet each other; of a larger one those that are known best."""
NEIGHBOURS = 3
"""Of organisations whose name is nobody's, each meets so many that were added next: one story's articles come in
together."""
_SAME, _SHORT, _INITIAL, _SURNAME, _SLIP, _ACRONYM, _OTHER_OUTLET, _OTHER_KIND, _VOICE, _COMMON = (
    0.6, 0.4, 0.3, 0.2, 0.3, 0.35, 0.3, 0.5, 0.6, 0.2
)  # fmt: skip
"""What a likeness of names is worth by itself; own judgement, so that the likelier stand first."""


@dataclass(slots=True, eq=False)
class Card:
    """A speaker as its keys tell of it, those included that were merged into it."""

    id: int
    name: str
    kind: str
    stands_for: str | None
    keys: list[str] = field(default_factory=list)
    profile: Profile = field(default_factory=Profile)
    apart: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two speakers whose names are alike, and how."""

    one: Card
    other: Card
    score: float
    reason: str
    least_beside: int = 0
    """Others that both have to stand beside: without these the names say nothing."""


def cards_of(connection: Connection) -> dict[int, Card]:
    """All speakers that have keys, by id, and organisations that have several words for a name without any; who was
    merged is part of whom it went into."""
    rows = connection.execute(select(speaker_key.c.speaker_id, speaker_key.c.key)).all()
    into = {row.speaker_id: int(row.key.split(":")[1]) for row in rows if row.key.startswith("into:")}

    def live(number: int) -> int:
        while number in into:
            number = into[number]
        return number

    cards = {
        row.id: Card(row.id, row.name, row.kind, row.stands_for)
        for row in connection.execute(select(speaker.c.id, speaker.c.name, speaker.c.kind, speaker.c.stands_for))
        if row.id not in into
    }
    for number, key in rows:
        card = cards[live(number)]
        if key.startswith("apart:"):
            card.apart.add(live(int(key.split(":")[1])))
        elif not key.startswith("into:"):
            card.keys.append(key)
            card.profile.learn(key)
    return {number: card for number, card in cards.items() if card.keys or _is_described(card)}


def _is_described(card: Card) -> bool:
    """Whether it is a "seafarers' union": nobody's by its name, yet one and the same over a story's articles."""
    words = card.name.split()
    return card.kind == "organisation" and len(words) > 1 and all(word.islower() for word in words[1:])


def pairs_of(cards: dict[int, Card]) -> list[Pair]:
    """Pairs of live speakers whose names are alike, each once with the best reason."""
    best: dict[tuple[int, int], Pair] = {}
    for pair in (*_persons(cards.values()), *_others(cards.values())):
        one, other = sorted((pair.one, pair.other), key=lambda card: card.id)
        if one is other or other.id in one.apart:
            continue
        known = best.get((one.id, other.id))
        if known is None or known.score < pair.score:
            best[one.id, other.id] = Pair(one, other, pair.score, pair.reason, pair.least_beside)
    return list(best.values())


def _blocks(cards: Iterable[tuple[str, Card]]) -> Iterator[list[Card]]:
    blocks: dict[str, dict[int, Card]] = defaultdict(dict)
    for key, card in cards:
        blocks[key][card.id] = card
    for block in blocks.values():
        if len(block) > 1:
            yield sorted(block.values(), key=lambda card: (-len(card.keys), card.id))[:LARGEST]


def _persons(cards: Iterable[Card]) -> Iterator[Pair]:
    persons = [card for card in cards if card.kind == "person"]
    by_name, by_initial, by_slip, alone = [], [], [], []
    for card in persons:
        for key in card.keys:
            kind, value = key[:2], key[2:]
            if kind == "n:" or (kind == "u:" and " " in value):
                first, _, surname = value.partition(" ")
                by_name.append((value, card))
                by_initial.append((f"{first[0]} {surname}", card))
                by_initial += [(f"{short[0]} {surname}", card) for short in short_forms(first)]
                if len(surname) > 3:
                    # one letter changed, left out or doubled: what is left without it is the same
                    by_slip += [(f"{first} {surname[:at]}_{surname[at + 1 :]}", card) for at in range(len(surname))]
                    by_slip += [(f"{first} {surname[:at]}_{surname[at:]}", card) for at in range(len(surname) + 1)]
            if kind in ("s:", "u:") and " " not in value:
                alone.append((value, card))
    for block in _blocks(by_name):
        for one, other in combinations(block, 2):
            if not _names_contradict(one, other):
                yield Pair(one, other, _SAME, "the same name")
    for block in _blocks(by_initial):
        for one, other in combinations(block, 2):
            yield from _by_forms(one, other)
    for block in _blocks(by_slip):
        for one, other in combinations(block, 2):
            if _shared_name(one, other) or _names_contradict(one, other):
                continue
            yield Pair(one, other, _SLIP, f"one letter parts {one.name} and {other.name}")
    for block in _blocks(alone):
        full = [card for card in block if any(key[:2] == "n:" for key in card.keys)]
        bare = [card for card in block if all(key[:2] == "u:" for key in card.keys)]
        for one in full:
            for other in bare:
                # "Bell-Hale" is not the surname of Ana Marsh-Hale
                within = set(fold_name(other.name).split()) <= set(fold_name(one.name).split())
                if within and (len(full) == 1 or " " in other.name):
                    yield Pair(one, other, _SURNAME, f"{other.name} is the surname of {one.name}")


def _shared_name(one: Card, other: Card) -> bool:
    return any(key[:2] == "n:" and key in other.keys for key in one.keys)


def _names_contradict(one: Card, other: Card) -> bool:
    """Whether their names, written in full, are two persons': a father and a son, two middle names."""
    mine, theirs = ([parts_of_key(key) for key in card.keys if key[:2] == "w:"] for card in (one, other))
    return any(parts_agree(a, b) == "contradict" for a in mine for b in theirs)


def _by_forms(one: Card, other: Card) -> Iterator[Pair]:
    """Two whose given names are forms of one name, or of which one is an initial."""
    for mine in (key for key in one.keys if key[:2] == "n:"):
        for theirs in (key for key in other.keys if key[:2] == "n:"):
            a, b = parts_of_key(mine), parts_of_key(theirs)
            if a != b and parts_agree(a, b) == "compatible":
                if len(a.first) == 1 or len(b.first) == 1:
                    yield Pair(one, other, _INITIAL, f"{one.name} and {other.name} have the same initial and surname")
                else:
                    yield Pair(one, other, _SHORT, f"{one.name} and {other.name} have forms of one given name")


def _others(cards: Iterable[Card]) -> Iterator[Pair]:
    named = [card for card in cards if card.kind != "person"]
    acronyms, outlets, kinds, voices = [], [], [], []
    common = defaultdict(list)
    for card in named:
        if not card.keys:
            common[fold_name(card.name)].append(card)
        if card.stands_for:
            voices.append((card.stands_for, card))
        for key in card.keys:
            kind, value = key[:2], key[2:]
            if kind == "a:" or (kind == "o:" and " " not in value and "@" not in value):
                acronyms.append((value, card))
            if kind == "o:" and "@" in value:
                outlets.append((value.partition("@")[0], card))
            if kind in ("o:", "d:") and "@" not in value and len(value) > 3:
                kinds.append((value, card))
    for block in _blocks(acronyms):
        for one, other in combinations(block, 2):
            long = [card for card in (one, other) if any(key[:2] == "a:" for key in card.keys)]
            if len(long) == 1:
                short = other if long[0] is one else one
                yield Pair(one, other, _ACRONYM, f"the first letters of {long[0].name} are {short.name}")
    for block in _blocks(outlets):
        # one after another, they all come together
        for other in block[1:]:
            yield Pair(block[0], other, _OTHER_OUTLET, "the same name at two outlets")
    for block in _blocks(kinds):
        for one, other in combinations(block, 2):
            yield Pair(one, other, _OTHER_KIND, f"the same name, as {one.kind} and as {other.kind}")
    for block in _blocks(voices):
        for one, other in combinations(block, 2):
            yield Pair(one, other, _VOICE, f"both stand for {one.stands_for}")
    for alike in common.values():
        alike.sort(key=lambda card: card.id)
        for at, one in enumerate(alike):
            for other in alike[at + 1 : at + 1 + NEIGHBOURS]:
                yield Pair(one, other, _COMMON, f"both are called {one.name}", least_beside=2)
