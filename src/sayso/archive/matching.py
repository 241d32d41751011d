"""What a store's index of words can be asked, in no store's own language, and how FTS5 and PostgreSQL are asked it.

The index has, for each statement, two fields: the folded words of its wordings (`sayso.archive.folding`), and keys:
`all`, the marks (`marks.key_of`), its days (`days.day_keys`), `outletN`, `speakerN` and `aboutN` with ids of the
archive. In PostgreSQL's vector a key is a lexeme that starts with `=`, which no word does.

Invariant: both compilers say what `holds` says, and take any string: one that the index cannot have matches nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
    """All of them; of none, everything."""

    parts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them; of none, nothing."""

    parts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What it does not match."""

    part: Match


Match = Word | Phrase | Prefix | Key | And | Or | Not
EVERYTHING = Key("all")
NOTHING = Key("none")
"""A key that no statement has."""


def holds(match: Match, words: Sequence[str], keys: Collection[str]) -> bool:
    """Whether an entry with these words and keys is matched: what the stores' answers are held against."""
    if isinstance(match, Word):
        return any(form in words for form in match.forms)
    if isinstance(match, Phrase):
        return bool(match.words) and _stands(tuple(words), match.words)
    if isinstance(match, Prefix):
        size = len(match.before)
        return bool(match.start) and any(
            word.startswith(match.start) and tuple(words[max(at - size, 0) : at]) == match.before
            for at, word in enumerate(words)
        )
    if isinstance(match, Key):
        return match.key in keys
    if isinstance(match, And):
        return all(holds(part, words, keys) for part in match.parts)
    if isinstance(match, Or):
        return any(holds(part, words, keys) for part in match.parts)
    return not holds(match.part, words, keys)


def _stands(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(words[at : at + size] == phrase for at in range(len(words) - size + 1))


def fts5_of(match: Match) -> str:
    """The match as a query of FTS5 over the columns `text` and `keys`.

    >>> fts5_of(And((Word(("bridge", "bridges")), Not(Key("outlet3")))))
    '(text:("bridge" OR "bridges")) NOT (keys:"outlet3")'
    """
    if isinstance(match, Word):
        forms = [form for form in match.forms if _can_be(form)]
        return f"text:({' OR '.join(map(_quoted, forms))})" if forms else _FTS5_NOTHING
    if isinstance(match, Phrase):
        whole = match.words and all(map(_can_be, match.words))
        return f"text:{_quoted(' '.join(match.words))}" if whole else _FTS5_NOTHING
    if isinstance(match, Prefix):
        words = (*match.before, match.start)
        return f"text:{_quoted(' '.join(words))}*" if all(map(_can_be, words)) else _FTS5_NOTHING
    if isinstance(match, Key):
        return f"keys:{_quoted(match.key)}" if _can_be(match.key) else _FTS5_NOTHING
    if isinstance(match, Or):
        return " OR ".join(f"({fts5_of(part)})" for part in match.parts) or _FTS5_NOTHING
    # FTS5 has only "this but not that": what is excluded goes after all that is asked for, or after everything.
    parts = match.parts if isinstance(match, And) else (match,)
    wanted = " AND ".join(f"({fts5_of(part)})" for part in parts if not isinstance(part, Not))
    excluded = [f"({fts5_of(part.part)})" for part in parts if isinstance(part, Not)]
    asked = wanted or f"({fts5_of(EVERYTHING)})"
    if not excluded:
        return asked
    several = len(excluded) > 1
    return f"{f'({asked})' if ' AND ' in asked else asked} NOT {'(' * several}{' OR '.join(excluded)}{')' * several}"


_FTS5_NOTHING = f'keys:"{NOTHING.key}"'


def tsquery_of(match: Match) -> str:
    """The match as the text of a PostgreSQL `tsquery`, to be cast, not parsed by `to_tsquery`.

    >>> tsquery_of(And((Word(("bridge", "bridges")), Not(Key("outlet3")))))
    "('bridge' | 'bridges') & !('=outlet3')"
    """
    if isinstance(match, Word):
        return " | ".join(_lexeme(form) for form in match.forms if _can_be(form)) or _TS_NOTHING
    if isinstance(match, Phrase):
        whole = match.words and all(map(_can_be, match.words))
        return " <-> ".join(map(_lexeme, match.words)) if whole else _TS_NOTHING
    if isinstance(match, Prefix):
        words = (*match.before, match.start)
        return " <-> ".join(map(_lexeme, words)) + ":*" if all(map(_can_be, words)) else _TS_NOTHING
    if isinstance(match, Key):
        return _lexeme("=" + match.key) if _can_be(match.key) else _TS_NOTHING
    if isinstance(match, Or):
        return " | ".join(f"({tsquery_of(part)})" for part in match.parts) or _TS_NOTHING
    parts = match.parts if isinstance(match, And) else (match,)
    asked = [f"!({tsquery_of(part.part)})" if isinstance(part, Not) else f"({tsquery_of(part)})" for part in parts]
    if all(isinstance(part, Not) for part in parts):  # The index is of no use to what only excludes.
        asked.insert(0, tsquery_of(EVERYTHING))
    return " & ".join(asked)


_TS_NOTHING = f"'={NOTHING.key}'"


def _can_be(token: str) -> bool:
    """Whether the index can have it: letters and digits only, none of them a capital."""
    return token.isalnum() and token == token.casefold()


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def _lexeme(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
