"""Corrections put onto an article: the one place that says what they mean.

Invariants: the article that was read is not changed; the order in which corrections of different things were made does
not matter, of one thing the last counts; without corrections the article comes out as it went in. Whatever they say,
spans slice the text, and nothing lies inside itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from typing import Any

from sayso.archive.correcting.checking import goes_round, spans_from_json
from sayso.archive.correcting.following import follow, talked_about
from sayso.archive.correcting.forms import FIELDS, WHOLE, Corrected, Correction
from sayso.documents import Article, Span
from sayso.records import Attribution, Candidate, Speaker, SpeakerKind, Stance

_SURE = ("spans", "added", "confirmed")
"""Fields by which somebody said that an attribution is one."""


def in_force(corrections: Iterable[Correction]) -> list[Correction]:
    """Of corrections of one version: the last of each field and target that nobody undid, in the order of their ids."""
    last: dict[tuple[str, str], Correction] = {}
    for each in sorted(corrections, key=lambda one: one.id):
        if each.undone_by is None and each.field in FIELDS:
            last[each.field, each.target] = each
    return sorted(last.values(), key=lambda one: one.id)


def apply(article: Article, corrections: Iterable[Correction]) -> Corrected:
    """The article as corrections of it have it; `article` is as it was read, and stays so."""
    made = list(corrections)
    found = in_force(made)
    # Verdicts that were made with a correction do not fit once it is gone.
    gone = {each.target for each in made if each.undone_by is not None and each.checked_at is not None}
    if not found and not gone:
        return Corrected(article, article)
    return _Applying(article, found, gone).run()


class _Applying:
    def __init__(self, before: Article, corrections: list[Correction], gone: set[str]) -> None:
        self.before = before
        self.corrections = corrections
        self.by_field: dict[str, list[Correction]] = defaultdict(list)
        for each in corrections:
            self.by_field[each.field].append(each)
        self.article = copy(before)
        self.attributions = {each.id: each for each in before.attributions}
        self.verdicts = {each.id: each for each in before.verdicts}
        self.removed = {each.target for each in self.by_field["removed"]}
        self.used: list[Correction] = []
        self.moved: set[str] = set()
        self.respoken: set[str] = set()
        self.stale = set(gone)
        """Those that were checked with other words or another speaker."""
        self.new: dict[str, tuple[str, SpeakerKind]] = {}
        """Speakers that the article did not have, name and kind."""

    def run(self) -> Corrected:
        for each in self.by_field["added"]:
            if each.target not in self.attributions:
                self.attributions[each.target] = _new_attribution(each)
                self.moved.add(each.target)
                self.used.append(each)
                if "speaker" in each.after:
                    self._speak(each.target, each.after["speaker"])
        for field in ("spans", "speaker", "inside", "stance", "quotation", "act", "polarity"):
            for each in self.by_field[field]:
                if each.target in self.attributions:
                    getattr(self, f"_{field}")(each.target, each.after)
                    if field in ("spans", "speaker") and each.checked_at is None:
                        self.stale.add(each.target)
                    self.used.append(each)
        for each in self.by_field["removed"]:
            if each.target in self.attributions:
                self.used.append(each)
        self._confirm()
        self._decide()
        self._put_together()
        decided = {each.target for each in self.used if each.field == "verdict" or each.target in self.verdicts}
        follow(self.article, self.before, moved=self.moved, respoken=self.respoken, stale=self.stale, decided=decided)
        notes: dict[str, list[Correction]] = defaultdict(list)
        for each in sorted(self.used, key=lambda one: one.id):
            notes[each.target].append(each)
        used = {each.id for each in self.used}
        idle = [each for each in self.corrections if each.id not in used]
        return Corrected(self.article, self.before, dict(notes), idle)

    # by field

    def _change(self, target: str, **values: Any) -> None:
        self.attributions[target] = replace(self.attributions[target], **values)

    def _spans(self, target: str, after: dict[str, Any]) -> None:
        was = self.attributions[target]
        judged = after.get("judged", {})
        self._change(target, **spans_from_json(after), confidence=1.0, **_judged(judged))
        self.moved.add(target)
        if was.content != self.attributions[target].content:
            about = talked_about(self.before, was, self.attributions[target])
            self._change(target, about=about)

    def _speaker(self, target: str, after: dict[str, Any]) -> None:
        self._speak(target, after)

    def _speak(self, target: str, after: dict[str, Any]) -> None:
        name = after["speaker"]
        if name is not None and "name" in after:
            self.new.setdefault(name, (after["name"], after["kind"]))
        if self.attributions[target].speaker != name:
            self.respoken.add(target)
        self._change(target, speaker=name, candidates=[] if name is None else [Candidate(name, 1.0)])

    def _inside(self, target: str, after: dict[str, Any]) -> None:
        self._change(target, inside=after["inside"])

    def _stance(self, target: str, after: dict[str, Any]) -> None:
        self._change(target, stance=_stance_of(after))

    def _quotation(self, target: str, after: dict[str, Any]) -> None:
        self._change(target, quotation=after["value"])

    def _act(self, target: str, after: dict[str, Any]) -> None:
        self._change(target, act=after["value"])

    def _polarity(self, target: str, after: dict[str, Any]) -> None:
        self._change(target, polarity=after["value"])

    def _confirm(self) -> None:
        for each in self.by_field["confirmed"]:
            if each.target == WHOLE:
                self.used.append(each)
            elif each.target in self.attributions:
                found = self.attributions[each.target]
                candidates = found.candidates if found.speaker is None else [Candidate(found.speaker, 1.0)]
                stance = replace(found.stance, confidence=1.0)
                self._change(each.target, confidence=1.0, candidates=candidates, stance=stance)
                self.used.append(each)
            elif each.target in self.verdicts:
                self.verdicts[each.target] = replace(self.verdicts[each.target], doubt=None)
                self.used.append(each)

    def _decide(self) -> None:
        for each in self.by_field["verdict"]:
            if each.target in self.verdicts:
                found = self.verdicts[each.target]
                self.verdicts[each.target] = replace(found, value=each.after["value"], doubt=None)
                self.used.append(each)

    # all of it

    def _put_together(self) -> None:
        for name in self.attributions:
            self._change(name, inside=self._outer(name))
        self._cut_circles()
        kept = [each for each in self.attributions.values() if each.id not in self.removed]
        old = {each.id for each in self.before.attributions}
        ordered = [each for each in kept if each.id in old]
        for each in (one for one in kept if one.id not in old):
            start = _start(each)
            place = next((at for at, other in enumerate(ordered) if _start(other) > start), len(ordered))
            ordered.insert(place, each)
        self.article.attributions = ordered
        self.article.verdicts = list(self.verdicts.values())
        known = {each.id for each in (*self.before.speakers, *self.before.mentioned)}
        sources: dict[str | None, list[Span]] = defaultdict(list)
        for each in ordered:
            sources[each.speaker] += each.source
        fresh = [
            Speaker(name, shown, kind, [], sorted(set(sources[name])))
            for name, (shown, kind) in self.new.items()
            if name not in known and name in sources
        ]
        self.article.speakers = [*self.before.speakers, *fresh]

    def _outer(self, name: str) -> str | None:
        """In whose content an attribution lies; of a removed one, in whose that one lay."""
        outer = self.attributions[name].inside
        seen = {name}
        while outer is not None and (outer in self.removed or outer not in self.attributions):
            if outer in seen or outer not in self.attributions:
                return None
            seen.add(outer)
            outer = self.attributions[outer].inside
        return None if outer == name else outer

    def _cut_circles(self) -> None:
        """Two corrections, each sound by itself, may make one once a third is undone: the last of them gives way."""
        for each in sorted(self.by_field["inside"], key=lambda one: -one.id):
            inside = {one.id: one.inside for one in self.attributions.values()}
            if each.target in inside and goes_round(inside, each.target):
                self._change(each.target, inside=None)
        for name in self.attributions:
            if goes_round({one.id: one.inside for one in self.attributions.values()}, name):
                self._change(name, inside=None)


def _new_attribution(correction: Correction) -> Attribution:
    after = correction.after
    spans = spans_from_json(after)
    found = Attribution(correction.target, spans["source"], spans["cue"], spans["content"])
    found = replace(found, inside=after.get("inside"), confidence=1.0)
    return replace(found, **_judged(after.get("judged", {})))


def _judged(judged: dict[str, Any]) -> dict[str, Any]:
    found = dict(judged)
    if "stance" in found:
        found["stance"] = _stance_of(found["stance"])
    return found


def _stance_of(after: dict[str, Any]) -> Stance:
    return Stance(after["value"], [Span(*span) for span in after.get("words", ())], 1.0)


def _start(attribution: Attribution) -> int:
    return min((span.start for span in attribution.spans()), default=0)
