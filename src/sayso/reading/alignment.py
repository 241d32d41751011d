"""Where extracted paragraphs stand on the page they were extracted from: one chain through both, in order.

The page's own blocks become the text, the extracted paragraphs only choose among them, so that every character keeps
its place in the source whatever the extraction did to white space and entities.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

from sayso.reading.htmlscan import OUTSIDE, PageBlock

_SHORTEST_PART = 20
_MOST_SEARCHES = 3_000


def key_of(text: str) -> str:
    """Letters and digits alone, case folded: what survives any extraction.

    >>> key_of("“We’ll   go&nbsp;…”")
    'wellgonbsp'
    """
    plain = text if text.isascii() else unicodedata.normalize("NFC", text)
    return "".join(filter(str.isalnum, plain.casefold()))


def align(blocks: list[PageBlock], lines: list[str]) -> tuple[list[int], float]:
    """The indexes of the page's blocks that make up the extracted lines, and the share of the lines they cover.

    Of all ways to lay blocks over lines in the order of both, the one that covers most is taken; where a paragraph
    stands on the page twice, one inside `<article>` is preferred to one in an aside.
    """
    starts: dict[str, list[int]] = {}
    whole: list[str] = []
    length = 0
    for line in lines:
        key = key_of(line)
        if key:
            starts.setdefault(key, []).append(length)
            whole.append(key)
            length += len(key)
    target = "".join(whole)
    if not target:
        return [], 0.0
    chain = _heaviest_chain(_candidates(blocks, starts, target))
    covered = sum(end - start for _, start, end in chain)
    return [index for index, _, _ in chain], covered / len(target)


_Candidate = tuple[int, int, int, int]
"""Block index, start and end in the target, weight."""


def _candidates(blocks: list[PageBlock], starts: dict[str, list[int]], target: str) -> list[_Candidate]:
    found: list[_Candidate] = []
    searches = 0
    for index, block in enumerate(blocks):
        if block.tag == "title" or not block.inside.isdisjoint(("nav", "button")):
            continue
        key = key_of(block.text.text)
        if not key:
            continue
        places = starts.get(key, [])[:8]
        if not places and len(key) >= _SHORTEST_PART and searches < _MOST_SEARCHES:
            searches += 1
            place = target.find(key)
            places = [place] if place >= 0 else []
        weight = 4 * len(key) + 2 * bool(block.inside & {"article", "main"}) - 3 * bool(block.inside & OUTSIDE)
        found += [(index, place, place + len(key), weight) for place in places]
    return found


def _heaviest_chain(candidates: list[_Candidate]) -> list[tuple[int, int, int]]:
    """The heaviest run of candidates that goes forward in both page and target.

    A Fenwick tree over the ends keeps the best chain so far for each prefix of the target: O(n log n).
    """
    ends = sorted({end for _, _, end, _ in candidates})
    rank = {end: place + 1 for place, end in enumerate(ends)}
    best = [(0, -1)] * (len(ends) + 1)
    parent: list[int] = []
    by_block: dict[int, list[int]] = {}
    for number, candidate in enumerate(candidates):
        by_block.setdefault(candidate[0], []).append(number)
        parent.append(-1)
    for numbers in by_block.values():
        # All places of one block are looked up before any is entered: a block is used once.
        totals = []
        for number in numbers:
            _, start, _, weight = candidates[number]
            before, parent[number] = _query(best, bisect_right(ends, start))
            totals.append(before + weight)
        for number, total in zip(numbers, totals, strict=True):
            _update(best, rank[candidates[number][2]], (total, number))
    at = _query(best, len(ends))[1]
    chain = []
    while at >= 0:
        index, start, end, _ = candidates[at]
        chain.append((index, start, end))
        at = parent[at]
    return chain[::-1]


def _query(best: list[tuple[int, int]], place: int) -> tuple[int, int]:
    top = (0, -1)
    while place > 0:
        top = max(top, best[place])
        place -= place & -place
    return top


def _update(best: list[tuple[int, int]], place: int, value: tuple[int, int]) -> None:
    while place < len(best):
        best[place] = max(best[place], value)
        place += place & -place
