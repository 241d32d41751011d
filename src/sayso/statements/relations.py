"""How the statements of an article take one another up: disputes, responds to, supports, repeats.

What a relation goes by is always in the text: another's words reported inside one's own, what was asked, a verb that
answers, or the same words from two mouths. Where only a pointing word is left ("denied the claim"), the nearest fitting
words of somebody else before it are meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable

from sayso.documents import Article, Span
from sayso.extraction.sentences import Sentences
from sayso.records import Relation, RelationKind
from sayso.statements.answering import (
    VERBS,
    class_stems,
    cue_stems,
    denied,
    is_claim,
    name_stems,
    opening,
    says,
    trimmed,
    verdicts,
)
from sayso.statements.merging import rarest
from sayso.statements.reports import Report, reports_of
from sayso.statements.wording import contains, stem
from sayso.wordlists import entries_of

_SHARE = 0.7
"""Of the stems of a denial or a confirmation, how many the other's words must have."""
_SAME_WORDS = 6
"""Words of a quoted stretch that two speakers do not choose alike by chance."""
_MOST_SHARED = 24
_FARTHEST = 12
"""Attributions that a pointing word reaches back over."""
_POINTED = ("accusing", "reporting", "finding", "demanding", "warning", "claiming")


def relate_statements(article: Article) -> list[Relation]:
    """The relations between the statements of an article, each pair and kind once, in text order.

    Goes by `article.statements`, which must be composed, and by the occasions' questions, where they are found.
    """
    return _Relating(article).relations()


class _Relating:
    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.text
        self.reports = reports_of(article)
        self.ordered = sorted(self.reports, key=lambda each: (each.start, each.number))
        self.starts = [each.start for each in self.ordered]
        self.place = {each.number: place for place, each in enumerate(self.ordered)}
        self.by_id = {each.attribution.id: each for each in self.reports}
        self.children: dict[str, list[Report]] = defaultdict(list)
        for each in self.ordered:
            if each.attribution.inside is not None:
                self.children[each.attribution.inside].append(each)
        self.statement_of = {name: each.id for each in article.statements for name in each.attributions}
        self.sentences = Sentences(article)
        self.counts = Counter(stem for each in self.reports for stem in each.wording.stems)
        self.sharing: dict[str, list[Report]] = defaultdict(list)
        for each in self.ordered:
            for one in each.wording.stems:
                self.sharing[one].append(each)
        self.names = {each.id: name_stems(each.name) for each in article.speakers}
        self.found: dict[tuple[RelationKind, str, str], Relation] = {}

    def relations(self) -> list[Relation]:
        for report in self.ordered:
            cue = self._words(report.attribution.cue)
            if report.attribution.polarity == "denies":
                if not says(cue, "withholds"):
                    self._denial(report)
            else:
                self._verdict(report)
                self._support(report, cue)
            if not says(cue, "withholds"):
                self._answer(report, cue)
        self._repeats()
        order = {each.id: number for number, each in enumerate(self.article.statements)}
        return sorted(self.found.values(), key=lambda each: (order[each.from_], order[each.to], each.kind))

    def _words(self, spans: Iterable[Span]) -> str:
        return " ".join(" ".join(span.of(self.text).lower().split()) for span in spans)

    def _add(self, kind: RelationKind, report: Report, other: Report, evidence: Iterable[Span]) -> None:
        one = self.statement_of.get(report.attribution.id)
        two = self.statement_of.get(other.attribution.id)
        if one is None or two is None or one == two:
            return
        relation = self.found.setdefault((kind, one, two), Relation(kind, one, two))
        # Without a cue (a headline's colon taken for none) the content alone shows it.
        relation.evidence = sorted({*relation.evidence, *(list(evidence) or report.attribution.content)})

    def _other_speaker(self, report: Report, other: Report) -> bool:
        """Whether two reports are known not to be of one speaker."""
        a, b = report.attribution.speaker, other.attribution.speaker
        return a is not None and b is not None and a != b

    def _denial(self, report: Report) -> None:
        """What a denial disputes: another's words inside it, or elsewhere, or those that it points back to."""
        attribution = report.attribution
        reported = [each for each in self._reported_in(report) if each.attribution.speaker != attribution.speaker]
        for other in reported:
            self._add("disputes", report, other, [*attribution.cue, *self._rest(report, other)])
        if reported:
            return
        twin = self._twin(report) or self._pointed_at(report)
        if twin is not None:
            self._add("disputes", report, twin, attribution.cue)

    def _reported_in(self, report: Report) -> list[Report]:
        """The claims of others that a content names: "[Washington's claims that ...] pure speculation".

        Not "denied that Hale had said so": there it is the saying that is denied.
        """
        found = []
        for other in self.children[report.attribution.id]:
            cue = self._words(other.attribution.cue)
            content = self._words(report.attribution.content[:1])
            if is_claim(cue) or content.startswith("what "):
                found.append(other)
        return found

    def _rest(self, report: Report, other: Report) -> list[Span]:
        """What a short content says of the claim that it names: " pure speculation"."""
        last = max((span.end for span in other.attribution.spans()), default=0)
        rest = [Span(max(span.start, last), span.end) for span in report.attribution.content if span.end > last]
        return [span for span in (trimmed(self.text, each) for each in rest) if 0 < span.end - span.start <= 60]

    def _verdict(self, report: Report) -> None:
        """Finds "she said the claims of a cover-up were a lie": affirmed words that dispute a claim they name."""
        for other in self._reported_in(report):
            if other.attribution.speaker == report.attribution.speaker or other.attribution.polarity == "denies":
                continue
            spans = other.attribution.spans()
            first, last = spans[0].start, spans[-1].end
            for content in report.attribution.content:
                for part in (Span(content.start, min(first, content.end)), Span(max(last, content.start), content.end)):
                    found = verdicts().search(self.text, part.start, part.end) if part.end > part.start else None
                    if found and found.start() - last < 60 and not denied(self.text, part.start, found.start()):
                        self._add("disputes", report, other, [Span(found.start(), found.end())])

    def _twin(self, report: Report) -> Report | None:
        """The affirmed words of somebody else that share most with a content; None if none share enough."""
        stems = report.wording.stems - self.names.get(report.attribution.speaker or "", frozenset())
        if len(stems) < 2:
            return None
        best: tuple[float, int] | None = None
        twin: Report | None = None
        seen: set[int] = set()
        for one in rarest(stems, self.counts):
            for other in self.sharing[one][:_MOST_SHARED]:
                if other.number in seen or not self._may_be_meant(report, other):
                    continue
                seen.add(other.number)
                shared = len(stems & other.wording.stems)
                near = -abs(self.place[report.number] - self.place[other.number])
                enough = shared >= 3 and shared >= _SHARE * len(stems)
                enough = enough or (shared == len(stems) == 2 and near >= -4)
                if enough and (best is None or (shared, near) > best):
                    best, twin = (shared, near), other
        return twin

    def _may_be_meant(self, report: Report, other: Report) -> bool:
        """Whether other words are somebody else's, affirmed, and neither inside nor around these."""
        if not self._other_speaker(report, other) or other.attribution.polarity == "denies":
            return False
        return not self._encloses(report, other) and not self._encloses(other, report)

    def _encloses(self, outer: Report, inner: Report) -> bool:
        name = inner.attribution.inside
        for _ in range(inner.depth + 1):
            if name is None or name not in self.by_id:
                return False
            if name == outer.attribution.id:
                return True
            name = self.by_id[name].attribution.inside
        return False

    def _pointed_at(self, report: Report, content: str | None = None) -> Report | None:
        """The nearest words of somebody else that a pointing content ("that", "the accusations") can mean."""
        words = self._words(report.attribution.content) if content is None else content
        words = words.strip(" .,;:\"'“”‘’")
        if words not in entries_of(VERBS, "pointing"):
            return None
        block = self.sentences.block_at(report.start)
        place = self.place[report.number]
        before = reversed(self.ordered[max(0, place - _FARTHEST) : place])
        near = [each for each in before if self._may_be_meant(report, each)]
        if words in ("that", "this", "it"):
            return next((each for each in near[:1] if block - self.sentences.block_at(each.start) <= 1), None)
        noun = stem(words.split()[-1])
        kinds = [label for label in _POINTED if noun in class_stems(label)]
        wanted = frozenset(one for label in kinds for one in class_stems(label))
        fitting = [each for each in near if cue_stems(self._words(each.attribution.cue)) & wanted]
        if "accusing" in kinds and len(fitting) > 1:
            fitting = [each for each in fitting if self._is_about(report, each)]
        return next(iter(fitting), None)

    def _is_about(self, report: Report, other: Report) -> bool:
        """Whether other words speak of this speaker, as far as the record or the names show."""
        speaker = report.attribution.speaker
        if speaker is None:
            return False
        return speaker in other.attribution.about or bool(self.names.get(speaker, frozenset()) & other.wording.stems)

    def _support(self, report: Report, cue: str) -> None:
        """Whom a cue such as "backed", "agreed with" or "confirmed" supports."""
        if not says(cue, "supports") or re.search(r"\b(?:not|never|no)\b|n['’]t\b|refus|declin", cue):
            return
        evidence = report.attribution.cue
        kind: RelationKind = "repeats" if says(cue, "repeats") and not report.wording.stems else "supports"
        reported = [each for each in self._reported_in(report) if self._other_speaker(report, each)]
        if self._words(report.attribution.content[:1]).startswith("that "):
            reported = []
        for other in reported:
            if other.attribution.polarity != "denies" or says(cue, "confirms"):
                self._add(kind, report, other, evidence)
        if reported:
            return
        twin = self._twin(report)
        if twin is None and not says(cue, "confirms") and len(report.wording.words) > 1:
            twin = self._pointed_at(report)
        if twin is not None and bool(twin.wording.negations) == bool(report.wording.negations):
            self._add("repeats" if says(cue, "repeats") else "supports", report, twin, evidence)

    def _answer(self, report: Report, cue: str) -> None:
        """What a statement responds to: the words in the question put to it, or those just before "replied"."""
        for question in report.attribution.occasion.question:
            first, last = (bisect_left(self.starts, offset) for offset in question)
            asked = [
                each
                for each in self.ordered[first:last]
                if each.attribution.cue and question.contains(each.attribution.cue[0]) and each is not report
            ]
            outer = [each for each in asked if not any(self._encloses(other, each) for other in asked)]
            outer = [each for each in outer if each.attribution.speaker != report.attribution.speaker]
            for other in outer:
                self._add("responds to", report, other, [opening(self.text, question)])
            if not outer:
                self._asked_about(report, question)
        if says(cue, "responds") and not report.attribution.occasion.question and report.depth == 0:
            self._retort(report)

    def _asked_about(self, report: Report, question: Span) -> None:
        """Finds whose words "asked about the allegations" takes up."""
        found = re.search(r"\b(?:the|those|these)\s+([a-z]+)$", question.of(self.text).lower())
        other = self._pointed_at(report, found.group()) if found and is_claim(found[1]) else None
        if other is not None:
            self._add("responds to", report, other, [opening(self.text, question)])

    def _retort(self, report: Report) -> None:
        """Finds whom "replied" answers: whose words stand beside it in its sentence, or who spoke just before."""
        start = min((span.start for span in report.attribution.cue), default=report.start)
        number = self.sentences.number_at(start)
        place = self.place[report.number]
        for other in reversed(self.ordered[max(0, place - 3) : place]):
            if not self._other_speaker(report, other) or other.depth or self._encloses(report, other):
                continue
            here = self.sentences.number_at(other.start) == number
            blocks = self.sentences.block_at(report.start) - self.sentences.block_at(other.start)
            if here or (0 <= blocks <= 1 and other.zone > 0 and report.zone > 0):
                self._add("responds to", report, other, report.attribution.cue)
            return

    def _repeats(self) -> None:
        """Finds the same quoted words from two speakers: the later repeats the earlier."""
        first: dict[tuple[str, ...], list[Report]] = defaultdict(list)
        for report in self.ordered:
            words = report.wording.words
            for at in range(len(words) - _SAME_WORDS + 1):
                first[words[at : at + _SAME_WORDS]].append(report)
        for report in self.ordered:
            for stretch in report.wording.quoted:
                if len(stretch) < _SAME_WORDS:
                    continue
                for other in first[stretch[:_SAME_WORDS]][:_MOST_SHARED]:
                    if self.place[other.number] >= self.place[report.number] or not self._may_be_meant(report, other):
                        continue
                    if report.attribution.polarity != "denies" and contains(other.wording.words, stretch):
                        # Of "Tass reported, citing a source" both have the one content.
                        here, there = report.attribution.content, other.attribution.content
                        if not any(span.overlaps(each) for span in here for each in there):
                            self._add("repeats", report, other, here)
                        break
