"""Statements of an archive that may be of one utterance with some words: by rare words that they share, and by gist.

Both find too much, and cheaply; `sayso.archive.tracing.grouping.related` says what is what.
"""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection, select

from sayso.archive.folding import fold_words
from sayso.archive.matching import And, Key, Match, Or, Phrase, Word
from sayso.archive.schema import statement
from sayso.archive.searching.meaning import gists_in
from sayso.archive.stores.base import Store
from sayso.archive.tracing.pieces import pieces_of
from sayso.archive.tracing.rarity import rarity, stock_words
from sayso.extraction.gists import gist_of, nearness

_PAIRS = 6
"""Rare words of which any two are looked for together."""
_ENOUGH = 4
"""Rare words from which they alone are looked for."""
_RUN = 3
_RUNS = 4
"""Runs of so many words that are looked for where there are fewer, the rarest first."""
_RARE = 0.45
"""Rarity from which a word is looked for with another one; more frequent ones are in too many statements."""
MOST = 120
"""Statements that are compared word for word,"""
NEAR = 24
"""and that are compared by meaning."""
GIST = 0.5
"""Nearness of gists below which two sentences hardly say the same."""

_FAR = 0.3
"""Where none are so near: nearness of those that are named as the nearest."""
THEIRS = 60
"""Statements of one speaker in one week that are compared by meaning."""
_ROUND = 3
"""Days before and after."""


def match_of(text: str, keys: tuple[str, ...] = ()) -> Match | None:
    """What the index of words is asked: any two of the rarest words, and runs of words where few are rare.

    `keys` must hold as well. None for a text of which everybody says every word: then no words can find it.
    """
    folded = fold_words(text)
    words = [each.word for each in folded]
    if not words:
        return None
    capital = [text[each.start : each.start + 1].isupper() for each in folded]
    tells = [rarity(word, is_name=capital[at]) for at, word in enumerate(words)]
    ranked = sorted(range(len(words)), key=lambda at: -tells[at])
    rare = list(dict.fromkeys(words[at] for at in ranked if tells[at] >= _RARE))[:_PAIRS]
    parts: list[Match] = [
        And((Word((one,)), Word(tuple(rare[at + 1 :])))) for at, one in enumerate(rare) if at + 1 < len(rare)
    ]
    if len(rare) < _ENOUGH:
        # Of everyday words only those that stand so together.
        stock = stock_words(words)
        runs = [
            (sum(tells[at : at + _RUN]), tuple(words[at : at + _RUN]))
            for at in range(max(1, len(words) - _RUN + 1))
            if len(words) < _RUN or not stock.issuperset(range(at, at + _RUN))
        ]
        chosen = list(dict.fromkeys(run for _, run in sorted(runs, key=lambda each: -each[0])))[:_RUNS]
        parts += [Phrase(run) for run in chosen] or [Phrase(tuple(words))]
    found: Match = Or(tuple(parts)) if len(parts) > 1 else parts[0]
    return And((found, *map(Key, keys))) if keys else found


def by_words(store: Store, connection: Connection, text: str, *, keys: tuple[str, ...] = ()) -> list[int]:
    """Statements that share rare words with a text, the likeliest first."""
    match = match_of(text, keys)
    if match is None:
        return []
    found = store.match(match).order_by("rank", "id").limit(MOST)
    return [row.id for row in connection.execute(found)]


def by_gist(store: Store, connection: Connection, text: str) -> dict[int, float]:
    """The statements nearest to what a text says, with how near they are, the nearest first; see `GIST`."""
    codes, ids = gists_in(store, connection)
    asked = gist_of(text)
    if not len(ids) or not asked.any():
        return {}
    near = nearness(asked, codes)
    # Sorting a million takes longer than looking which are near at all.
    best = next((each for each in (np.flatnonzero(near >= least) for least in (GIST, _FAR)) if len(each)), None)
    best = np.arange(len(near)) if best is None else best
    best = best[np.argsort(-near[best], kind="stable")][:NEAR]
    return {int(ids[at]): float(near[at]) for at in best}


def of_speaker(store: Store, connection: Connection, text: str, speaker: int, day: int) -> dict[int, float]:
    """The statements of a speaker round a day that are nearest to what a text says, with how near, the nearest first.

    A sentence that went through another language may be far from itself, but who said it and when stays.
    """
    theirs = connection.scalars(
        select(statement.c.id)
        .where(statement.c.speaker_id == speaker, statement.c.published_day.between(day - _ROUND, day + _ROUND))
        .order_by(statement.c.published_day, statement.c.id)
        .limit(MOST)
    ).all()
    codes, ids = gists_in(store, connection)
    if not theirs or not len(ids):
        return {}
    places = np.searchsorted(ids, np.array(theirs, dtype=np.int64)).clip(max=len(ids) - 1)
    # Of several sentences each may be told alone.
    asked = [text, *(piece.of(text) for piece in pieces_of(text))] if len(pieces_of(text)) > 1 else [text]
    nearest = np.max([nearness(gist_of(each), codes[places]) for each in asked], axis=0)
    near = np.where(ids[places] == theirs, nearest, 0)
    return {int(theirs[at]): float(near[at]) for at in np.argsort(-near, kind="stable")[:THEIRS]}
