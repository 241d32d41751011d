"""How the statements of an article take one another up: disputes, responds to, supports, repeats.

What a relation goes by is always in the text: another's words reported inside one's own, what was asked, a verb that
denies, doubts or answers, or the same words from two mouths. Whose words are meant where they stand elsewhere is the
business of `sayso.statements.targets`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.documents import Article, Span
from sayso.records import Relation, RelationKind
from sayso.statements.answering import (
    VERBS,
    class_stems,
    denied,
    is_claim,
    says,
    trimmed,
    verdicts,
)
from sayso.statements.contradicting import contradicted, differing, opposed
from sayso.statements.lexicon import is_one
from sayso.statements.pointers import Pointer, pointer_of
from sayso.statements.repeating import repeated
from sayso.statements.replies import Replies
from sayso.statements.reports import Report, reports_of
from sayso.statements.siding import decided, judged_pointer, sided_with
from sayso.statements.targets import Targets
from sayso.statements.wording import stem
from sayso.wordlists import entries_of

_FARTHEST = 4
"""Blocks that "This is a lie" reaches back over to an accusation of its speaker."""
_NEXT = 6
"""Reports after a denial among which the next one of its speaker is looked for."""
_SOON = 20
"""Characters after "This is" within which its verdict stands."""
_VERDICT = re.compile(
    r"[\"“‘'«]*(?:(?:this|that|it|these|they)\s+(?:is|was|are|were)|(?:it|that)['’]s)\b", re.IGNORECASE
)
_TALLY = re.compile(rf"(?:the|its|their)\s+(?:\w+\s+)?(?:{'|'.join(entries_of(VERBS, 'tally'))})\s+at\b")
_CLAUSE = re.compile(r"(?:that|whether|if|who|what|why|how|when|where)\b(?!\s*$)", re.IGNORECASE)


def relate_statements(article: Article, *, reports: list[Report] | None = None) -> list[Relation]:
    """The relations between the statements of an article, each pair and kind once, in text order.

    Goes by `article.statements`, which must be composed, and by the occasions' questions, where they are found.
    """
    return _Relating(article, reports).relations()


def _negated(cue: str) -> bool:
    """Whether a cue denies by a negation or a refusal: what is not said or not done disputes nobody's words."""
    return any(
        word.endswith("n't") or is_one(word, "negator") or is_one(word, "withholder")
        for word in cue.replace("’", "'").split()
    )


class _Relating:
    def __init__(self, article: Article, reports: list[Report] | None) -> None:
        self.article = article
        self.text = article.text
        self.targets = Targets(article, reports_of(article) if reports is None else reports)
        self.statement_of = {name: each.id for each in article.statements for name in each.attributions}
        self.found: dict[tuple[RelationKind, str, str], Relation] = {}

    def relations(self) -> list[Relation]:
        replies = Replies(self.targets)
        for report in self.targets.ordered:
            cue = self.targets.cue(report)
            withholds = says(cue, "withholds")
            denies = report.attribution.polarity == "denies"
            if denies and not withholds and not _negated(cue) and not says(cue, "responds"):
                self._denial(report)
            elif not denies:
                self._verdict(report)
                self._this_is(report)
                self._judgement(report, cue)
                self._count(report, cue)
                self._clearing(report)
                if report.attribution.polarity == "questions" and says(cue, "doubts"):
                    self._doubt(report)
                other = differing(self.targets, report, cue)
                if other is not None:
                    self._add("disputes", report, other, [*report.attribution.cue, *report.attribution.content])
                for other in contradicted(self.targets, report):
                    self._add("disputes", report, other, report.attribution.content)
                self._support(report, cue)
            for second, first in opposed(self.targets, self.targets.children[report.attribution.id]):
                self._add("disputes", second, first, second.attribution.content)
            for other, evidence in replies.of(report, cue, withholds=withholds):
                self._add("responds to", report, other, evidence)
        sides = [each for each in self.targets.ordered if not each.depth]
        for second, first in opposed(self.targets, sides, within=True):
            self._add("disputes", second, first, second.attribution.content)
        for report, other in repeated(self.targets):
            self._add("repeats", report, other, report.attribution.content)
        order = {each.id: number for number, each in enumerate(self.article.statements)}
        return sorted(self.found.values(), key=lambda each: (order[each.from_], order[each.to], each.kind))

    def _add(self, kind: RelationKind, report: Report, other: Report, evidence: Iterable[Span]) -> None:
        one = self.statement_of.get(report.attribution.id)
        two = self.statement_of.get(other.attribution.id)
        # Without a cue (a headline's colon taken for none) the content alone shows it.
        shown = list(evidence) or report.attribution.content
        if one is None or two is None or one == two or not shown:
            return
        relation = self.found.setdefault((kind, one, two), Relation(kind, one, two))
        relation.evidence = sorted({*relation.evidence, *shown})

    def _denial(self, report: Report) -> None:
        """What a denial disputes: another's words inside it, or elsewhere, or those that it points back to."""
        attribution = report.attribution
        reported = [each for each in self._reported_in(report) if each.attribution.speaker != attribution.speaker]
        for other in reported:
            self._add("disputes", report, other, [*attribution.cue, *self._rest(report, other)])
        if reported or report.depth:
            return
        target = self._denied_elsewhere(report)
        if target is None:
            return
        self._add("disputes", report, target, attribution.cue)
        after = self._next_of(report)
        if after is not None and attribution.act == "communication" and after.attribution.quotation == "direct":
            self._add("disputes", after, target, after.attribution.content)

    def _denied_elsewhere(self, report: Report) -> Report | None:
        targets = self.targets
        twin = targets.twin(report) or targets.done_by(report)
        if twin is not None:
            return twin
        if report.attribution.act == "control":
            last = targets.last(report, blocks=0)
            return last if last is not None and last.attribution.act == "control" and last.zone > 0 else None
        content = targets.words(report)
        last = targets.last(report)
        if report.zone == 0:
            return last
        pointer = pointer_of(content)
        if pointer is not None and "wrongdoing" not in content:
            return targets.pointed_at(report, pointer)
        said = targets.said_of(report, last)
        if said is not None and (report.wording.stems & (said.wording.stems | said.cue) or "such" in content.split()):
            return said
        told = targets.told.get(report.attribution.id, frozenset())
        if last is not None and (
            (targets.tells_of(report, last) and not (_CLAUSE.match(content) and not targets.finds_fault(last)))
            or told & last.wording.stems
        ):
            return last
        return targets.accuser(report) or targets.accuser(report, later=True)

    def _next_of(self, report: Report) -> Report | None:
        """The next report of the same speaker right after this one, in the same block."""
        targets = self.targets
        place = targets.place[report.number] + 1
        for other in targets.ordered[place : place + _NEXT]:
            if other.depth > report.depth:
                continue
            same = other.attribution.speaker == report.attribution.speaker
            return other if same and targets.block[other.number] == targets.block[report.number] else None
        return None

    def _doubt(self, report: Report) -> None:
        """Finds "questioned the institute's figures": what is asked of a claim that a noun names."""
        content = self.targets.words(report)
        if report.zone == 0 or _CLAUSE.match(content):
            return
        pointer = pointer_of(content)
        target = self.targets.pointed_at(report, pointer) if pointer is not None else None
        if target is not None:
            self._add("disputes", report, target, report.attribution.cue)

    def _judgement(self, report: Report, cue: str) -> None:
        """Finds "called that an insult": what somebody says of words, not of what was done."""
        if report.depth or report.zone == 0 or not says(cue, "judges") or cue.endswith((" for", " on", " off")):
            return
        content = self.targets.words(report, first=True)
        pointer = judged_pointer(content)
        if pointer is None or (pointer.noun is None and not content.startswith(("that", "this"))):
            return
        if pointer.noun is not None and stem(pointer.noun) not in class_stems("disputable"):
            return
        target = self.targets.pointed_at(report, pointer)
        if target is not None and pointer.noun is None and target.attribution.act == "control":
            # What is called an insult was said; what its speaker promised after it is not.
            target = self.targets.run_start(target)
        if target is not None:
            self._add("disputes", report, target, report.attribution.cue)

    def _count(self, report: Report, cue: str) -> None:
        """Finds "put the figure at 110", where somebody gave another number before."""
        found = _TALLY.match(self.targets.words(report)) if cue.startswith("put") else None
        last = self.targets.last(report) if found else None
        if last is not None and last.wording.numbers and report.wording.numbers:
            self._add("disputes", report, last, [*report.attribution.cue, *report.attribution.content])

    def _clearing(self, report: Report) -> None:
        """Finds "his client had done nothing wrong", said of what somebody accused him of."""
        content = self.targets.words(report)
        found = next((each for each in entries_of(VERBS, "clears") if each in content), None)
        if found is not None and report.depth == 0:
            targets, last = self.targets, self.targets.last(report)
            target = targets.told_act(report, last) or targets.said_of(report, last) or targets.accuser(report)
            if target is not None:
                self._add("disputes", report, target, report.attribution.content)

    def _reported_in(self, report: Report) -> list[Report]:
        """The claims of others that a content names: "[Washington's claims that ...] pure speculation".

        Not "denied that Hale had said so": there it is the saying that is denied.
        """
        content = self.targets.words(report, first=True)
        return [
            other
            for other in self.targets.children[report.attribution.id]
            if is_claim(self.targets.cue(other)) or content.startswith("what ")
        ]

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
            spans = other.attribution.spans() or [Span(other.start, other.start)]
            first, last = spans[0].start, max(span.end for span in spans)
            for content in report.attribution.content:
                for part in (Span(content.start, min(first, content.end)), Span(max(last, content.start), content.end)):
                    found = verdicts().search(self.text, part.start, part.end) if part.end > part.start else None
                    if found and found.start() - last < 60 and not denied(self.text, part.start, found.start()):
                        self._add("disputes", report, other, [Span(found.start(), found.end())])

    def _this_is(self, report: Report) -> None:
        """Finds "This is a fantasy", said of what stands before, and "found the memo to be a forgery"."""
        if report.depth or report.zone == 0 or not report.attribution.content:
            return
        content = report.attribution.content[0]
        opens = _VERDICT.match(self.text, content.start, content.end)
        verdict = verdicts().search(self.text, content.start, content.end)
        if verdict is None or denied(self.text, content.start, verdict.start()):
            return
        last = self.targets.last(report)
        target: Report | None = None
        if opens is not None and verdict.start() - opens.end() <= _SOON:
            target = self.targets.accuser(report, blocks=_FARTHEST, plain=True) or last
        elif last is not None and last.wording.stems & report.wording.stems:
            target = last
        if target is not None:
            self._add("disputes", report, target, [Span(*verdict.span())])

    def _support(self, report: Report, cue: str) -> None:
        """Whom a cue such as "backed", "agreed with" or "confirmed" supports."""
        praises = says(cue, "judges") and self._praises(report)
        side = sided_with(self.targets, report, cue) if not report.depth and report.zone else None
        if side is None and not report.depth and says(cue, "applauds"):
            side = decided(self.targets, report)
        if side is not None:
            self._add("supports", report, side, report.attribution.cue)
            return
        if (
            report.depth
            or not (praises or says(cue, "supports"))
            or re.search(r"\b(?:not|never|no)\b|n['’]t\b|refus|declin", cue)
        ):
            return
        targets = self.targets
        evidence = report.attribution.cue
        kind: RelationKind = "repeats" if says(cue, "repeats") and not report.wording.stems else "supports"
        speaker = report.attribution.speaker
        reported = [each for each in self._reported_in(report) if each.attribution.speaker not in (None, speaker)]
        if targets.words(report, first=True).startswith("that "):
            reported = []
        for other in reported:
            if other.attribution.polarity != "denies" or says(cue, "confirms"):
                self._add(kind, report, other, evidence)
        if reported:
            return
        twin = targets.twin(report, earlier=True)
        if twin is None and says(cue, "agrees"):
            twin = targets.sharing_rarely(report)
        if twin is None and len(report.wording.words) > 1:
            pointer = pointer_of(targets.words(report))
            if pointer is not None and self._may_support(pointer, cue):
                twin = targets.pointed_at(report, pointer)
        if twin is not None and bool(twin.wording.negations) == bool(report.wording.negations):
            self._add("repeats" if says(cue, "repeats") else "supports", report, twin, evidence)

    def _praises(self, report: Report) -> bool:
        """Whether a judgement finds good what somebody found: "called the study the best so far"."""
        words = report.wording.words
        return bool(set(words[:2]) & set(entries_of(VERBS, "finding"))) and bool(
            set(words) & set(entries_of(VERBS, "praise"))
        )

    def _may_support(self, pointer: Pointer, cue: str) -> bool:
        """Whether a noun can be what a cue takes the side of: "backed the call", "welcomed the findings"."""
        noun = pointer.noun or "it"
        finds = stem(noun) in class_stems("finding")
        return finds or (is_claim(noun) and (bool(pointer.owner) or not says(cue, "confirms")))
