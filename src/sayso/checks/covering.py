"""A quote put together from several places: the fewest stretches of transcripts that have most of its words.

The best place of the quote is taken, then the best of what it leaves, and so on; from the pieces found that way, the
chain is chosen that has the most words of the quote at the least cost, a piece more costing `PIECE` words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from sayso.checks.placing import Placement
from sayso.checks.words import Words

FAR = 15
"""More words of the transcript than this between two stretches make them two pieces."""
LEAST_WORDS = 3
"""A piece has so many words that agree, or is a whole sentence of the transcript."""
DENSE = 0.6
"""So large a share of the quote's words from a piece's first to its last agree; three of them stand in succession."""
PIECE = 1.5
"""A piece is worth it if it adds more than so many words to the quote's cover."""
ELSEWHERE = 2.5
"""What it costs, in words, to go on in another transcript: the pieces of one quote are mostly of one occasion, and
three or four words in succession, put into a quote by the article itself, stand somewhere in any large library."""
ROUNDS = 8
"""So many remainders of a quote are looked for at the most."""
_SENTENCE_END = re.compile(r"[.?!…]|\n")

Place = Callable[[Sequence[str], int, int | None], list[Placement]]
"""The places of some words, at the most so many, in one transcript or (None) in all."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of the quote and of one transcript that agree, in order."""

    transcript: int
    pairs: tuple[tuple[int, int], ...]
    """Which word of the quote is which of the transcript."""

    @property
    def quote_first(self) -> int:
        return self.pairs[0][0]

    @property
    def quote_end(self) -> int:
        return self.pairs[-1][0] + 1

    def after(self, quote_word: int) -> _Piece | None:
        """What of it follows a word of the quote."""
        pairs = tuple(pair for pair in self.pairs if pair[0] >= quote_word)
        return _Piece(self.transcript, pairs) if pairs else None


def cover(forms: Sequence[str], place: Place, words: Callable[[int], Words]) -> list[Placement]:
    """The fewest placements that together have most of a quote's words, in the quote's order.

    Their order in the transcripts may be another. Each has three words that agree, or is a whole sentence; empty where
    nothing is.
    """
    pieces = _find_pieces(forms, place, words)
    return [
        Placement(
            transcript=piece.transcript,
            first=piece.pairs[0][1],
            end=piece.pairs[-1][1] + 1,
            quote_first=piece.quote_first,
            quote_end=piece.quote_end,
            score=len(piece.pairs) / len(forms),
        )
        for piece in _joined(_best_chain(pieces, words))
    ]


def _find_pieces(forms: Sequence[str], place: Place, words: Callable[[int], Words]) -> list[_Piece]:
    pieces: list[_Piece] = []
    pending = [(0, len(forms))] if forms else []
    homes: list[int] = []
    for _ in range(ROUNDS):
        if not pending:
            break
        pending.sort(key=lambda stretch: stretch[0] - stretch[1])
        start, end = pending.pop(0)
        sought = forms[start:end]
        found = [each for home in homes[:2] for each in place(sought, 3, home)]
        if end - start >= LEAST_WORDS:
            found += place(sought, 6, None)
        here = [
            piece
            for each in found
            for piece in _pieces_of(each, sought, words(each.transcript), start)
            if _counts(piece, words)
        ]
        if not here:
            continue
        pieces += here
        # Of equals the first: one in a transcript that other pieces are from.
        best = max(here, key=lambda piece: len(piece.pairs) - ELSEWHERE * (piece.transcript not in homes))
        if best.transcript not in homes:
            homes.append(best.transcript)
        pending += _left(best, start, end)
    return list(dict.fromkeys(pieces))


def _in_succession(pairs: Sequence[tuple[int, int]]) -> bool:
    return all((one[0] + 1, one[1] + 1) == other for one, other in pairwise(pairs))


def _left(piece: _Piece, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of the quote from `start` to `end` that a piece leaves, those inside it too where they are long."""
    left = [(start, piece.quote_first), (piece.quote_end, end)]
    inside = [(piece.pairs[before][0] + 1, piece.pairs[after][0]) for before, after in _holes(piece.pairs)]
    return inside + [stretch for stretch in left if stretch[0] < stretch[1]]


def _holes(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where most of the words between two runs of a piece do not agree: the last pair of one, the first of the other.

    A run is three words in succession; single words that agree between two runs may be there by chance.
    """
    steps = [_in_succession(pair) for pair in pairwise(pairs)]
    bounds = [0, *(at + 1 for at, step in enumerate(steps) if not step), len(pairs)]
    runs = [(first, end - 1) for first, end in pairwise(bounds) if end - first >= LEAST_WORDS]
    return [
        (before, after)
        for (_, before), (after, _) in pairwise(runs)
        if pairs[after][0] - pairs[before][0] - 1 >= LEAST_WORDS + 2 * (after - before - 1)
    ]


def _pieces_of(placement: Placement, sought: Sequence[str], words: Words, start: int) -> list[_Piece]:
    """A placement parted where its words lie far apart, single words that stand off at the ends left out."""
    quoted = sought[placement.quote_first : placement.quote_end]
    said = words.forms[placement.first : placement.end]
    blocks = [
        block for block in SequenceMatcher(None, said, quoted, autojunk=False).get_matching_blocks() if block.size
    ]
    groups: list[list[tuple[int, int, int]]] = []
    for said_at, quote_at, size in blocks:
        previous = groups[-1][-1] if groups else None
        if previous is None or said_at - previous[0] - previous[2] > FAR:
            groups.append([])
        groups[-1].append((said_at, quote_at, size))
    pieces = []
    for group in groups:
        longest = max(size for _, _, size in group)
        while group[-1][2] < min(LEAST_WORDS, longest):
            group.pop()
        while group[0][2] < min(LEAST_WORDS, longest):
            group.pop(0)
        pairs = [
            (start + placement.quote_first + quote_at + step, placement.first + said_at + step)
            for said_at, quote_at, size in group
            for step in range(size)
        ]
        pieces.append(_Piece(placement.transcript, tuple(pairs)))
        # What stands between its parts in the quote may be from elsewhere.
        holes = _holes(pairs)
        firsts, ends = [0, *(after for _, after in holes)], [*(before + 1 for before, _ in holes), len(pairs)]
        parts = [tuple(pairs[first:end]) for first, end in zip(firsts, ends, strict=True)] if holes else []
        pieces += [_Piece(placement.transcript, part) for part in parts]
    return pieces


def _joined(chain: list[_Piece]) -> list[_Piece]:
    """A chain with those made one that follow each other closely in one transcript."""
    joined: list[_Piece] = []
    for piece in chain:
        before = joined[-1] if joined else None
        apart = piece.pairs[0][1] - before.pairs[-1][1] - 1 if before else 0
        if before and before.transcript == piece.transcript and 0 <= apart <= FAR:
            joined[-1] = _Piece(piece.transcript, before.pairs + piece.pairs)
        else:
            joined.append(piece)
    return joined


def _counts(piece: _Piece, words: Callable[[int], Words]) -> bool:
    """Whether it is long enough to be a piece and most of its words agree, or it is a sentence of its own."""
    if len(piece.pairs) >= LEAST_WORDS:
        dense = len(piece.pairs) >= DENSE * (piece.quote_end - piece.quote_first)
        return dense and any(_in_succession(piece.pairs[at : at + LEAST_WORDS]) for at in range(len(piece.pairs) - 2))
    said = words(piece.transcript)
    first, last = piece.pairs[0][1], piece.pairs[-1][1]
    if last - first + 1 != len(piece.pairs):
        return False
    before = said.text[said.ends[first - 1] : said.starts[first]] if first else "\n"
    after = said.text[said.ends[last] : said.starts[last + 1]] if last + 1 < len(said) else "\n"
    return bool(_SENTENCE_END.search(before) and _SENTENCE_END.search(after))


def _best_chain(pieces: list[_Piece], words: Callable[[int], Words]) -> list[_Piece]:
    """The pieces, in the quote's order, that have the most of its words for the least cost; none overlap in it."""
    pieces = sorted(pieces, key=lambda piece: (piece.quote_end, piece.quote_first, piece.transcript, piece.pairs))
    chains: list[tuple[float, list[_Piece]]] = []
    for piece in pieces:
        best: tuple[float, list[_Piece]] = (len(piece.pairs) - PIECE, [piece])
        for value, chain in chains:
            rest = piece.after(chain[-1].quote_end)
            if rest is None or not _counts(rest, words):
                continue
            apart = ELSEWHERE * (rest.transcript != chain[-1].transcript)
            gained = value + len(rest.pairs) - PIECE - apart
            if gained > best[0]:
                best = (gained, [*chain, rest])
        chains.append(best)
    return max(chains, key=lambda chain: chain[0])[1] if chains else []
