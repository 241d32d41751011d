"""All statements of an archive that tell one utterance, each with how it is linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from sayso.archive.stores.base import Store
from sayso.archive.tracing.candidates import GIST, MOST, by_gist, by_words, of_speaker
from sayso.archive.tracing.cutting import stretches_of
from sayso.archive.tracing.forms import Link, Utterance
from sayso.archive.tracing.grouping import JOINED, group, related
from sayso.archive.tracing.kindred import translated
from sayso.archive.tracing.linking import link
from sayso.archive.tracing.members import OTHER_WORDS, Member, member_of
from sayso.archive.tracing.overlap import worded
from sayso.archive.tracing.pieces import pieces_of, sentences_round
from sayso.archive.tracing.rewording import reworded
from sayso.archive.tracing.rows import Told, read_told
from sayso.archive.tracing.sifting import likeliest, sharing
from sayso.archive.tracing.voices import one_voice

_SHARED = 0.5
"""Share of the shorter of two wordings that both have, from which words alone link a report without quotation marks."""
_IN_VAIN = 3
"""Statements in a row, the nearest first, that say something else: after them no more are read."""
_LONGER = 2
"""So many times as long a sentence of the fullest wording may be as what is asked for,"""
_SHORT = 10
"""words of which may be taken to be so many."""
_MOST_WORDINGS = 4
"""That further ones are held against: the surest,"""
_POOL = 24
"""and how many of those, at most;"""
_RINGS = 2
"""linked to them, or to one that is."""
_REACHED = 8
"""Wordings from which others are reached that are of one utterance with them."""
_LAST = 10
"""Of the statements with the words, the likeliest first, those at the end: where one of them tells it, others may."""
_SAME = 0.9
"""Share of the fullest wording's words from which another one is as full."""


@dataclass(slots=True)
class Gathered:
    """What was found for some words."""

    asked: str
    """What the members tell: the words asked for, or those that say the same where no statement has these."""
    members: dict[int, Member] = field(default_factory=dict)
    """By statement."""
    others: list[Member] = field(default_factory=list)
    """With the same words, said by others or at other times."""
    near: list[int] = field(default_factory=list)
    """The nearest statements of all, whether they tell it or not."""
    more: bool = False
    """Whether there may be more: those with these words were too many to compare them all."""


class Gatherer:
    """Looks through an archive for one utterance."""

    def __init__(self, store: Store, connection: Connection, asked: Utterance, allowed: Callable[[Told], bool]) -> None:
        self.store = store
        self.connection = connection
        self.asked = asked
        self.allowed = allowed
        self.seen: dict[int, Told] = {}
        """Statements that were read."""
        self.found = Gathered(asked.text)

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
        if anchor.link.kind in OTHER_WORDS:
            found.asked = anchor.said.text
        self._settle(anchor, hits)
        self._follow(self._fullest(), keys)
        self._drop_inner()
        found.more = len(lexical) == MOST and not found.members.keys().isdisjoint(lexical[-_LAST:])
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
        """Those that have the words of what is asked for, or of the sentence round it."""
        members: list[Member] = []
        for told in sharing(asked, tolds):
            best: Member | None = None
            for each in told.utterances():
                found = _by_words(_on_the_day(asked, each), each)
                if found is None or (best is not None and found.score <= best.link.score):
                    continue
                best = member_of(told, each, found, self.found.asked, asked.text) or best
            if best is not None:
                members.append(best)
        return members

    def _reworded(self, asked: Utterance, near: Iterable[int]) -> list[Member]:
        """Those that say it in other words, the nearest first, until too many in a row do not."""
        members: list[Member] = []
        vain = 0
        tolds = [self.seen[each] for each in near if each in self.seen and each not in self.found.members]
        for told in likeliest(tolds, [asked]):
            each = told.utterances()[0]
            found = other_words(_on_the_day(asked, each), each)
            vain = 0 if found else vain + 1
            member = None if found is None else member_of(told, each, found, self.found.asked, asked.text)
            if member is not None:
                members.append(member)
            elif vain >= _IN_VAIN:
                break
        return members

    def _settle(self, anchor: Member, hits: Sequence[Member]) -> None:
        """Keeps the hits that are of one utterance with the best, or with one that is: not all who say a thing say it
        on one occasion."""
        members = self.found.members
        members[anchor.told.occurrence.statement] = anchor
        left = [each for each in hits if each is not anchor]
        reach, reached = [anchor], set[tuple[object, ...]]()
        while reach and left and len(reached) < _REACHED:
            one = reach.pop(0)
            alike = (one.said.text, one.told.occurrence.speaker_name, one.told.day, one.told.said)
            if alike in reached:
                continue
            reached.add(alike)
            joined = [each for each in left if each.link.kind in OTHER_WORDS or _by_words(one.said, each.said)]
            members.update((each.told.occurrence.statement, each) for each in joined)
            reach += joined
            left = [each for each in left if each.told.occurrence.statement not in members]
        self.found.others = left

    def _fullest(self) -> Member:
        """The earliest of the members with the fullest wording of what is asked for."""
        members = list(self.found.members.values())
        most = max(len(worded(each.said.text).keys) for each in members)
        full = [each for each in members if len(worded(each.said.text).keys) >= _SAME * most]
        return min(full, key=lambda each: (not each.said.quoted, each.told.occurrence.published or "9"))

    def _follow(self, fullest: Member, keys: tuple[str, ...]) -> None:
        """Adds what tells the same as the fullest wording, cut elsewhere or in other words.

        Other words are known by the whole sentence, where that says not much more than what is asked for.
        """
        whole = fullest.utterance
        text = sentences_round(whole.text, fullest.cut.spans)
        size = len(worded(self.found.asked).keys)
        if len(worded(text).keys) > _LONGER * max(size, _SHORT):
            text = fullest.said.text
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
        # With the very words that were asked for those have been compared: who speaks may link them, no other voice.
        done = set(self.found.near) if known else set()
        rest = [
            told
            for number, told in self.seen.items()
            if number not in members
            and number not in taken
            and not (number in done and one_voice(asked, told.utterances()[0]) is False)
        ]
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
        tolds = [self.seen[each] for each in near if each in self.seen and each not in members]
        # One that runs on into another sentence would lead to that one.
        most = _LONGER * max(len(worded(self.found.asked).keys), _SHORT)
        texts = {worded(each.said.text).keys: each for each in members.values()}
        texts = {keys: each for keys, each in texts.items() if len(keys) <= most}
        wordings = sorted(texts.values(), key=lambda each: -each.link.score)[:_MOST_WORDINGS]
        links: dict[frozenset[str], Link | None] = {}

        def linking(one: Utterance, other: Utterance) -> Link | None:
            pair = frozenset((one.text, other.text))
            if pair not in links:
                links[pair] = related(one, other)
            return links[pair]

        known = [each.said for each in wordings]
        rest = likeliest([each for each in tolds if each.occurrence.speaker == speaker], known)
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
        for places in group([*(each.said for each in wordings), *fresh], linking):
            ours = [at for at in places if at < count]
            # Of several groups that the wordings fall into, those that hold a good share of them.
            if len(ours) < JOINED * count:
                continue
            for at in places:
                found = [] if at < count else [(linking(fresh[at - count], wordings[one].said), one) for one in ours]
                best, one = max(
                    ((each, one) for each, one in found if each is not None),
                    key=lambda each: each[0].score,
                    default=(None, 0),
                )
                if best is not None:
                    self._put(
                        member_of(pool[at - count], fresh[at - count], best, self.found.asked, wordings[one].said.text)
                    )

    def _put(self, member: Member | None) -> None:
        if member is not None:
            self.found.members[member.told.occurrence.statement] = member

    def _drop_inner(self) -> None:
        """Leaves out statements whose words are part of another one's: what she said that they had told her."""
        found = self.found
        having: dict[int, list[Member]] = defaultdict(list)
        for each in found.members.values():
            having[each.told.occurrence.article].append(each)

        def is_inner(each: Member) -> bool:
            return each.told.outer is not None and any(
                _is_part(each.said.text, other.utterance.text)
                for other in having[each.told.occurrence.article]
                if other is not each
                and (other.told.outer is None or other.told.occurrence.statement == each.told.outer)
            )

        found.members = {number: each for number, each in found.members.items() if not is_inner(each)}
        found.others = [each for each in found.others if not is_inner(each)]


def other_words(a: Utterance, b: Utterance) -> Link | None:
    """How two wordings say one thing in other words."""
    return reworded(a, b) or translated(a, b)


def _by_words(asked: Utterance, each: Utterance) -> Link | None:
    """How a wording has what is asked for: as a whole or, of several sentences, in those that have words of it."""
    found = link(asked, each)
    if found is None and len(pieces_of(each.text)) > 1:
        spans = stretches_of(each.text, asked.text)
        found = link(asked, replace(each, text=sentences_round(each.text, spans))) if spans else None
    if found is not None and not each.quoted and (found.shared < _SHARED or one_voice(asked, each) is False):
        # Who reports in words of his own may have a few of the speaker's by chance: what he says counts then. And of
        # two who are said to say a thing, without quotes, neither says the other's words.
        return None
    return found


def _is_part(text: str, whole: str) -> bool:
    return f" {' '.join(worded(text).keys)} " in f" {' '.join(worded(whole).keys)} "


def _on_the_day(asked: Utterance, each: Utterance) -> Utterance:
    """What is asked for, as if said when a wording was: who asks for words does not say of which day."""
    return asked if asked.day is not None else replace(asked, day=each.day, said=each.said)
