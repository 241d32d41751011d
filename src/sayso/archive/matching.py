"""What a store's index of words can be asked, in no store's own language.

The index has, for each statement, two fields: the folded words of its wordings (`sayso.archive.folding`), and keys:
`all`, the marks (`marks.key_of`), `outletN`, `speakerN` and `aboutN` with ids of the archive.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """Any of some folded words."""

    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words in succession."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that starts so; the words before it, if any, stand in front of it."""

    start: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """A key."""

    key: str


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    parts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them."""

    parts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What it does not match."""

    part: Match


Match = Word | Phrase | Prefix | Key | And | Or | Not
EVERYTHING = Key("all")
