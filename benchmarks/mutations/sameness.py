"""Whether words were said anywhere, read as loosely as can be: the guard that keeps a bent quote from being sound.

Looser than the contract on purpose (fillers go wherever they stand, word borders count for nothing): a case that this
takes for said is thrown away, so that no case is right by luck. It shares no list with the judge.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, cached_property
from itertools import pairwise

from benchmarks.mutations.cases import DATA
from sayso.checks.words import words_of
from sayso.documents import Transcript
from sayso.wordlists import read_rows

_FILLERS = frozenset("um uh er ah erm oh well so and but look now".split())
_SPOKEN = {"%": "percent", "$": "dollars", "£": "pounds", "€": "euros", "&": "", "dollar": "dollars", "bn": "billion"}
_SPLIT = re.compile(r"n't$|'(?:re|ve|ll|m|d|s)$")
_PARTS = {"n't": ["not"], "'re": ["are"], "'ve": ["have"], "'ll": ["will"], "'m": ["am"], "'d": [], "'s": []}
_WHOLE = {
    "won't": "will not",
    "can't": "can not",
    "cannot": "can not",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "let's": "let us",
    "ok": "okay",
}


@cache
def _one_spelling() -> dict[str, str]:
    pairs = {}
    for name in ("spelling", "titles", "initials"):
        for first, second in read_rows(DATA / f"{name}.tsv"):
            plain = second.casefold().replace(" ", "").replace(".", "")
            pairs[first.casefold().replace(".", "")] = plain
            pairs[second.casefold().replace(".", "")] = plain
    ones = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    for value, word in enumerate([*ones.split(), "eighteen", "nineteen"], start=1):
        pairs[word] = str(value)
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    pairs |= {word: f"{value}0" for value, word in enumerate(tens, start=2)}
    return pairs


def loose(text: str) -> list[str]:
    """The words of a text as the guard compares them.

    >>> loose("Um, we -- we don’t want 1,100 colours, you know.")
    ['we', 'do', 'not', 'want', '1100', 'colours']
    """
    return loose_forms(words_of(text).forms)


def loose_forms(forms: list[str]) -> list[str]:
    """The same of words that are at hand."""
    found: list[str] = []
    spelt = _one_spelling()
    for at, form in enumerate(forms):
        if form in _FILLERS or (form in ("know", "mean") and at and forms[at - 1] in ("you", "i")):
            if form in ("know", "mean") and found and found[-1] in ("you", "i"):
                found.pop()
            continue
        for word in _expanded(form):
            plain = spelt.get(word, word)
            if plain and (not found or found[-1] != plain):
                found.append(plain)
    return found


@cache
def _expanded(form: str) -> tuple[str, ...]:
    form = form.replace(".", "") if not form[:1].isdigit() else form.replace(",", "")
    if form in _WHOLE:
        return tuple(_WHOLE[form].split())
    if form in _SPOKEN:
        return (_SPOKEN[form],)
    ending = _SPLIT.search(form)
    if ending is None:
        return (form,)
    return (form[: ending.start()], *_PARTS[ending.group()])


class Guard:
    """All that was said in some transcripts, for asking whether a text is among it."""

    def __init__(self, transcripts: list[Transcript]) -> None:
        self.transcripts = transcripts

    @cached_property
    def _said(self) -> tuple[str, list[int], list[str]]:
        parts: list[str] = []
        starts: list[int] = []
        speakers: list[str] = []
        length = 0
        for transcript in self.transcripts:
            for turn in transcript.turns:
                if turn.role == "editor":
                    continue
                words = words_of(transcript.text, [turn.span], without=transcript.directions).forms
                part = "".join(loose_forms(words)) + "|"
                starts.append(length)
                speakers.append(turn.speaker or "")
                parts.append(part)
                length += len(part)
        return "".join(parts), starts, speakers

    @cached_property
    def _words(self) -> str:
        said = (
            words_of(each.text, [turn.span for turn in each.turns if turn.role != "editor"], without=each.directions)
            for each in self.transcripts
        )
        return " | ".join(["", *(" ".join(words.forms) for words in said), ""])

    def stands(self, text: str) -> bool:
        """Whether the very words of a text stand somewhere, in one stretch."""
        return f" {' '.join(words_of(text).forms)} " in self._words

    def heard(self, text: str) -> int:
        """How often a text was said, at most 3."""
        return len(self.speakers_of(text, 3))

    def speakers_of(self, text: str, limit: int = 99) -> list[str]:
        """The labels of those who said it, once each time."""
        said, starts, speakers = self._said
        wanted = "".join(loose(text))
        found: list[str] = []
        at = said.find(wanted)
        while at >= 0 and len(found) < limit:
            found.append(speakers[bisect_right(starts, at) - 1])
            at = said.find(wanted, at + 1)
        return found

    @cached_property
    def _threes(self) -> frozenset[tuple[str, ...]]:
        found: set[tuple[str, ...]] = set()
        for transcript in self.transcripts:
            words = loose(transcript.text)
            found.update(zip(words, words[1:], words[2:], strict=False))
        return frozenset(found)

    def likeness(self, text: str) -> float:
        """The share of a text's word triples that were said somewhere."""
        words = loose(text)
        threes = [*zip(words, words[1:], words[2:], strict=False)]
        return sum(each in self._threes for each in threes) / max(len(threes), 1)

    def longest_run(self, text: str) -> int:
        """How many triples in a row were said somewhere."""
        words = loose(text)
        hits = [each in self._threes for each in zip(words, words[1:], words[2:], strict=False)]
        misses = [-1, *(at for at, hit in enumerate(hits) if not hit), len(hits)]
        return max((second - first - 1 for first, second in pairwise(misses)), default=0)
