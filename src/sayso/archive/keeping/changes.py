"""What differs in the statements of two versions of an article."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from sayso.archive.folding import words_in
from sayso.archive.forms import StatementChange
from sayso.documents import Article

ALIKE = 60.0
"""Of 100, by rapidfuzz' token_sort_ratio: from here on two statements of one speaker are one, worded anew."""
ALIKE_MOVED = 90.0
"""The same for statements of two speakers, of which more is asked, since two often say much the same."""


@dataclass(frozen=True)
class _Said:
    text: str
    speaker: str | None
    words: str


def compare(before: Article, after: Article) -> list[StatementChange]:
    """The changes, in the order of the later version, then what was removed.

    Statements are paired by their words and speaker, then by their words alone ("moved to another speaker"), then by
    likeness: one that is in no pair was added or removed. Letter case, punctuation and typography are no change.
    """
    old, new = _said(before), _said(after)
    pairs: dict[int, int] = {}
    _pair_same(old, new, pairs, with_speaker=True)
    _pair_same(old, new, pairs, with_speaker=False)
    _pair_alike(old, new, pairs, same_speaker=True)
    _pair_alike(old, new, pairs, same_speaker=False)
    changes = []
    for place, said in enumerate(new):
        if place not in pairs:
            changes.append(StatementChange("added", None, said.text, None, said.speaker))
            continue
        was = old[pairs[place]]
        if _name(was) != _name(said):
            changes.append(StatementChange("moved to another speaker", was.text, said.text, was.speaker, said.speaker))
        elif was.words != said.words:
            changes.append(StatementChange("reworded", was.text, said.text, was.speaker, said.speaker))
    kept = set(pairs.values())
    gone = [said for place, said in enumerate(old) if place not in kept]
    return changes + [StatementChange("removed", said.text, None, said.speaker, None) for said in gone]


def _said(article: Article) -> list[_Said]:
    names = {each.id: each.name for each in article.speakers}
    return [
        _Said(each.text, names.get(each.speaker or "", each.speaker), " ".join(words_in(each.text)))
        for each in article.statements
    ]


def _name(said: _Said) -> str:
    return " ".join(words_in(said.speaker or ""))


def _pair_same(old: list[_Said], new: list[_Said], pairs: dict[int, int], *, with_speaker: bool) -> None:
    free: dict[tuple[str, str], list[int]] = defaultdict(list)
    taken = set(pairs.values())
    for place, said in enumerate(old):
        if place not in taken:
            free[(said.words, _name(said) if with_speaker else "")].append(place)
    for place, said in enumerate(new):
        waiting = free.get((said.words, _name(said) if with_speaker else ""))
        if place not in pairs and waiting:
            pairs[place] = waiting.pop(0)


def _pair_alike(old: list[_Said], new: list[_Said], pairs: dict[int, int], *, same_speaker: bool) -> None:
    taken = set(pairs.values())
    old_places = [place for place in range(len(old)) if place not in taken]
    new_places = [place for place in range(len(new)) if place not in pairs]
    if not old_places or not new_places:
        return
    least = ALIKE if same_speaker else ALIKE_MOVED
    table = process.cdist(
        [new[place].words for place in new_places],
        [old[place].words for place in old_places],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=least,
    )
    found = [
        (-float(table[row][at]), place, other)
        for row, place in enumerate(new_places)
        for at, other in enumerate(old_places)
        if table[row][at] >= least and (not same_speaker or _name(new[place]) == _name(old[other]))
    ]
    # The most alike first: each is in one pair only.
    for _, place, other in sorted(found):
        if place not in pairs and other not in taken:
            pairs[place] = other
            taken.add(other)
