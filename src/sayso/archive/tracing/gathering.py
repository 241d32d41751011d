"""All statements of an archive that tell one utterance, each with how it is linked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from sayso.archive.base import Store
from sayso.archive.tracing.candidates import GIST, by_gist, by_words, of_speaker
from sayso.archive.tracing.differing import covered
from sayso.archive.tracing.forms import Link, Utterance
from sayso.archive.tracing.grouping import JOINED, group, related
from sayso.archive.tracing.kindred import translated
from sayso.archive.tracing.linking import link
from sayso.archive.tracing.overlap import worded
from sayso.archive.tracing.rewording import reworded
from sayso.archive.tracing.rows import Told, read_told
from sayso.documents import Span
from sayso.reading.sentences import sentences_in

_IN_VAIN = 6
"""Statements in a row, the nearest first, that say something else: after them no more are read."""
_LONGER = 2
"""So many times as long a sentence of the fullest wording may be as what is asked for,"""
_SHORT = 10
"""words of which may be taken to be so many."""
_MOST_WORDINGS = 5
"""That further ones are held against: the surest,"""
_POOL = 24
"""and how many of those, at most;"""
_RINGS = 2
"""linked to them, or to one that is."""
_SAME = 0.9
"""Share of the fullest wording's words from which another one is as full."""


@dataclass(slots=True)
class Member:
    """A statement that tells the utterance."""

    told: Told
    utterance: Utterance
    """The wording that tells it."""
    link: Link


@dataclass(slots=True)
class Gathered:
    """What was found for some words."""

    members: dict[int, Member] = field(default_factory=dict)
    """By statement."""
    others: list[Member] = field(default_factory=list)
    """With the same words, said by others or at other times."""
    near: list[int] = field(default_factory=list)
    """The nearest statements of all, whether they tell it or not."""


class Gatherer:
    """Looks through an archive for one utterance."""

    def __init__(self, store: Store, connection: Connection, asked: Utterance, allowed: Callable[[Told], bool]) -> None:
        self.store = store
        self.connection = connection
        self.asked = asked
        self.allowed = allowed
        self.seen: dict[int, Told] = {}
        """Statements that were read."""
        self.found = Gathered()

    def gather(self, *, keys: tuple[str, ...] = ()) -> Gathered:
        """All statements that tell what is asked for: first those with its words, then those of its fullest wording."""
        asked, found = self.asked, self.found
        lexical = by_words(self.store, self.connection, asked.text, keys=keys)
        found.near = lexical
        hits = self._linked(asked, self._read(lexical))
        if not hits:
            nearest = by_gist(self.store, self.connection, asked.text)
            near = {each: score for each, score in nearest.items() if score >= GIST}
            self._read(near)
            hits = self._linked(asked, self.seen.values()) or self._reworded(asked, near)
            found.near = [*nearest, *(each for each in lexical if each not in nearest)]
        if not hits:
            return found
        anchor = max(hits, key=lambda each: (each.link.score, len(each.utterance.text), -(each.told.day or 0)))
        self._settle(anchor, hits)
        fullest = self._fullest()
        self._follow(fullest, keys)
        return found

    def nearest(self, most: int) -> list[Told]:
        """The nearest statements of all, which tell something else."""
        self._read(self.found.near[: 4 * most])
        return [self.seen[each] for each in self.found.near if each in self.seen][:most]

    def _read(self, ids: Iterable[int]) -> list[Told]:
        new = [each for each in ids if each not in self.seen]
        tolds = [told for told in read_told(self.connection, new) if self.allowed(told)]
        self.seen.update((told.occurrence.statement, told) for told in tolds)
        return tolds

    def _linked(self, asked: Utterance, tolds: Iterable[Told]) -> list[Member]:
        """Those that have the words."""
        members: list[Member] = []
        for told in tolds:
            best: Member | None = None
            for each in told.utterances():
                found = link(_on_the_day(asked, each), each)
                if found is not None and (best is None or found.score > best.link.score):
                    best = Member(told, each, found)
            if best is not None:
                members.append(best)
        return members

    def _reworded(self, asked: Utterance, near: Iterable[int]) -> list[Member]:
        """Those that say it in other words, the nearest first, until too many in a row do not."""
        members: list[Member] = []
        vain = 0
        for number in near:
            told = self.seen.get(number)
            if told is None or number in self.found.members:
                continue
            each = told.utterances()[0]
            found = other_words(_on_the_day(asked, each), each)
            vain = 0 if found else vain + 1
            if found is not None:
                members.append(Member(told, each, found))
            elif vain >= _IN_VAIN:
                break
        return members

    def _settle(self, anchor: Member, hits: Sequence[Member]) -> None:
        """Keeps the hits that are of one utterance with the best, or with one that is: not all who say a thing say it
        on one occasion."""
        members = self.found.members
        members[anchor.told.occurrence.statement] = anchor
        left = [each for each in hits if each is not anchor]
        reach = [anchor]
        while reach and left:
            one = reach.pop(0)
            joined = [each for each in left if (link(one.utterance, each.utterance) or each.link.kind in _OTHER_WORDS)]
            members.update((each.told.occurrence.statement, each) for each in joined)
            reach += joined
            left = [each for each in left if each.told.occurrence.statement not in members]
        self.found.others = left

    def _fullest(self) -> Member:
        """The earliest of the members with the fullest wording of what is asked for."""
        members = list(self.found.members.values())
        most = max(len(worded(each.utterance.text).keys) for each in members)
        full = [each for each in members if len(worded(each.utterance.text).keys) >= _SAME * most]
        return min(full, key=lambda each: (not each.utterance.quoted, each.told.occurrence.published or "9"))

    def _follow(self, fullest: Member, keys: tuple[str, ...]) -> None:
        """Adds what tells the same sentences as the fullest wording, cut elsewhere or in other words."""
        whole = fullest.utterance
        text = sentences_round(whole.text, covered(self.asked.text, whole.text))
        size = len(worded(self.asked.text).keys)
        if len(worded(text).keys) > _LONGER * max(size, _SHORT):
            # A sentence that runs on says more than what is asked for.
            text = self.asked.text
        asked = replace(whole, text=text, article=None, statement=None)
        if asked.day is None:
            asked = replace(asked, day=asked.said)
        known = worded(text).keys == worded(self.asked.text).keys
        near = {each: score for each, score in by_gist(self.store, self.connection, text).items() if score >= GIST}
        self._read([*(() if known else by_words(self.store, self.connection, text, keys=keys)), *near])
        if asked.speaker is not None and asked.day is not None:
            theirs = of_speaker(self.store, self.connection, text, asked.speaker, asked.day)
            self._read(theirs)
            near = {**theirs, **near}
        members = self.found.members
        taken = {each.told.occurrence.statement for each in self.found.others}
        rest = [told for number, told in self.seen.items() if number not in members and number not in taken]
        for each in self._linked(asked, rest):
            members[each.told.occurrence.statement] = each
        order = sorted(
            (each for each in near if each not in members and each not in taken), key=lambda each: -near[each]
        )
        for each in self._reworded(asked, order):
            members[each.told.occurrence.statement] = each
        if asked.speaker is not None:
            self._widen([each for each in near if each not in taken], asked.speaker)

    def _widen(self, near: Sequence[int], speaker: int) -> None:
        """Adds the speaker's statements of those days that are gathered with what was found.

        What went through two languages may be far from what is asked for and near to a wording between.
        """
        members = self.found.members
        pool = [self.seen[each] for each in near if each in self.seen and each not in members]
        pool = [each for each in pool if each.occurrence.speaker == speaker]
        texts = {worded(each.utterance.text).keys: each for each in members.values()}
        wordings = sorted(texts.values(), key=lambda each: -each.link.score)[:_MOST_WORDINGS]
        links: dict[frozenset[str], Link | None] = {}

        def linking(one: Utterance, other: Utterance) -> Link | None:
            pair = frozenset((one.text, other.text))
            if pair not in links:
                links[pair] = related(one, other)
            return links[pair]

        known = [each.utterance for each in wordings]
        rest = pool
        pool = []
        for _ in range(_RINGS):
            ring = [each for each in rest if any(linking(each.utterances()[0], one) for one in known)]
            pool += ring
            known = [each.utterances()[0] for each in ring][:_MOST_WORDINGS]
            rest = [each for each in rest if each not in ring]
        pool = pool[:_POOL]
        if not pool:
            return
        fresh, count = [each.utterances()[0] for each in pool], len(wordings)
        for places in group([*(each.utterance for each in wordings), *fresh], linking):
            ours = [at for at in places if at < count]
            # Of several groups that the wordings fall into, those that hold a good share of them.
            if len(ours) < JOINED * count:
                continue
            for at in places:
                found = [] if at < count else [linking(fresh[at - count], wordings[one].utterance) for one in ours]
                best = max((each for each in found if each is not None), key=lambda each: each.score, default=None)
                if best is not None:
                    told = pool[at - count]
                    members[told.occurrence.statement] = Member(told, fresh[at - count], best)


_OTHER_WORDS = ("translated", "paraphrased")


def other_words(a: Utterance, b: Utterance) -> Link | None:
    """How two wordings say one thing in other words."""
    return reworded(a, b) or translated(a, b)


def _on_the_day(asked: Utterance, each: Utterance) -> Utterance:
    """What is asked for, as if said when a wording was: who asks for words does not say of which day."""
    return asked if asked.day is not None else replace(asked, day=each.day, said=each.said)


def sentences_round(text: str, stretch: Span | None) -> str:
    """The sentences of a text that have a stretch of it; all of it without one.

    >>> sentences_round("We waited. We will not sell. Ask him.", Span(11, 20))
    'We will not sell.'
    """
    if stretch is None:
        return text
    touched = [each for each in sentences_in(text, Span(0, len(text))) if each.overlaps(stretch)]
    return text[touched[0].start : touched[-1].end].strip() if touched else text
