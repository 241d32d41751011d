"""Whom a statement answers: the one who asked, the one whose words its verb or its occasion takes up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.documents import Span
from sayso.statements.answering import class_stems, is_claim, opening, says, trimmed
from sayso.statements.pointers import pointer_of
from sayso.statements.reports import Report
from sayso.statements.siding import decided, judged_pointer
from sayso.statements.targets import RARE, Targets
from sayso.statements.wording import is_stopword, stem, words_of

_AFTER = re.compile(r"[\s,]*(?:(?:just|only|shortly|soon|\w+)\s+)?(?:(?:minutes|hours|days|weeks)\s+)?after\s*$")
_GRANTS = re.compile(r"(?:not|n.t)\s+(?:dispute|deny|contest)")
_ASKED_OF = re.compile(r"\b(?:about|on|over)\s+(?:the|a|an|his|her|their)\b")

Answered = tuple[Report, list[Span]]


class Replies:
    """Finds whom the statements of an article answer."""

    def __init__(self, targets: Targets) -> None:
        self.targets = targets
        self.text = targets.text

    def of(self, report: Report, cue: str, *, withholds: bool) -> Iterator[Answered]:
        """Each report that a report answers, with the words that show it."""
        if withholds:
            granted = bool(_GRANTS.search(cue)) and self.targets.words(report) in ("that", "it", "this")
            if ("confirm" in cue or granted) and report.depth == 0:
                last = self.targets.last(report)
                if last is not None and last.zone > 0:
                    yield last, list(report.attribution.cue)
            return
        questions = report.attribution.occasion.question
        for question in questions:
            yield from self._asked(report, question, replies=says(cue, "responds"))
        if report.depth:
            return
        if report.zone == 0:
            other = self._decided(report, cue)
            if other is not None:
                yield other, list(report.attribution.cue)
            return
        evidence = list(report.attribution.cue)
        if not questions:
            if says(cue, "responds"):
                other = self._retorted(report)
            else:
                other = self._question_before(report)
                evidence = list(report.attribution.content) if other is not None else evidence
            if other is not None:
                yield other, evidence
        yield from self._after(report)
        other = self._judged(report, cue) or self._taken_up(report, cue) or self._decided(report, cue)
        if other is not None:
            yield other, list(report.attribution.cue)

    def _asked(self, report: Report, question: Span, *, replies: bool) -> Iterator[Answered]:
        """What was asked: another's words inside the question, or those that it is about."""
        evidence = [opening(self.text, question)]
        asked = [
            each
            for each in self.targets.within(*question)
            if each.attribution.cue and question.contains(each.attribution.cue[0]) and each is not report
        ]
        outer = [each for each in asked if not any(self.targets.encloses(other, each) for other in asked)]
        known = [
            each
            for each in outer
            if each.attribution.speaker != report.attribution.speaker
            and (each.attribution.speaker is not None or is_claim(self.targets.cue(each)))
        ]
        for each in known:
            yield each, evidence
        if known:
            return
        other = self._about(report, question)
        if other is None and replies and _ASKED_OF.search(self.text, *question):
            last = self.targets.last(report)
            other = self.targets.run_start(last) if last is not None else None
        if other is not None:
            yield other, evidence

    def _about(self, report: Report, question: Span) -> Report | None:
        """The words before that a question without a known asker is about: those with its rarest word."""
        found = re.search(r"\b((?:the|those|these)\s+[a-z]+)$", question.of(self.text).lower())
        if found and is_claim(found[1].split()[-1]):
            pointer = pointer_of(found[1])
            return self.targets.pointed_at(report, pointer) if pointer is not None else None
        link = opening(self.text, question)
        stems = {stem(word) for word in words_of(self.text, [Span(link.end, question.end)]) if not is_stopword(word)}
        targets = self.targets
        for other in targets.before(report):
            near = targets.block[report.number] - targets.block[other.number] <= 1
            shared = {one for one in stems & other.wording.stems if targets.counts[one] <= RARE}
            known = other.attribution.speaker is not None and targets.is_others(report, other)
            if near and shared and known and not question.start <= other.start < question.end:
                return targets.by_id.get(other.attribution.inside or "", other)
        return None

    def _retorted(self, report: Report) -> Report | None:
        """Whom "replied" answers: whose words stand beside it in its sentence, or who spoke just before."""
        last = self.targets.last(report)
        if last is None or last.zone == 0:
            return None
        said, answer = last.wording, report.wording
        return last if said.stems & answer.stems or said.numbers & answer.numbers else self.targets.run_start(last)

    def _question_before(self, report: Report) -> Report | None:
        """The question, put by somebody known, that stands right before in the same block."""
        targets = self.targets
        last = targets.last(report, blocks=0)
        if last is None or last.attribution.polarity != "questions" or not says(targets.cue(last), "asks"):
            return None
        here = targets.sentences.number_at(min(report.attribution.cue, default=Span(report.start, report.start)).start)
        between = targets.ordered[targets.place[last.number] + 1 : targets.place[report.number]]
        if any(each.depth == 0 and targets.sentences.number_at(each.start) != here for each in between):
            return None
        source = report.attribution.source[0].of(self.text).lower() if report.attribution.source else ""
        kin = bool(targets.name_of(last) & targets.name_of(report)) or source.startswith(("its ", "their "))
        speaks = report.attribution.act in ("communication", None)
        return last if speaks and not kin and last.zone > 0 else None

    def _after(self, report: Report) -> Iterator[Answered]:
        """Whose words came before by the article: "insisted that it was safe, hours after a paper revealed ..."."""
        end = max((span.end for span in report.attribution.spans()), default=report.start)
        place = self.targets.place[report.number]
        for other in self.targets.ordered[place + 1 : place + 4]:
            if other.depth or not self.targets.is_others(report, other):
                continue
            if other.start > end and _AFTER.fullmatch(self.text, end, other.start):
                yield other, [trimmed(self.text, Span(end, other.start))]
            return

    def _judged(self, report: Report, cue: str) -> Report | None:
        """The words of somebody who spoke right before and is called or accused of something, or those words."""
        if not says(cue, "judges") or report.attribution.polarity == "denies":
            return None
        last = self.targets.last(report)
        if last is None or last.zone == 0:
            return None
        here = self.targets.sentences.number_at(report.start)
        if self.targets.sentences.number_at(last.start) == here:
            return None
        content = self.targets.words(report, first=True)
        if {stem(word) for word in content.split()[:2]} & self.targets.name_of(last):
            return self.targets.run_start(last)
        pointer = pointer_of(content)
        if pointer is not None and pointer.noun is not None and stem(pointer.noun) in class_stems("remark"):
            return self.targets.run_start(last) if not pointer.beside else None
        return None

    def _decided(self, report: Report, cue: str) -> Report | None:
        """The decision or plan of another that is judged: "called the ruling a scandal"."""
        if not (says(cue, "judges") or says(cue, "blames")) or report.attribution.polarity == "denies":
            return None
        pointer = judged_pointer(self.targets.words(report, first=True))
        disputed = pointer is not None and stem(pointer.noun or "") in class_stems("disputable")
        return None if disputed else decided(self.targets, report)

    def _taken_up(self, report: Report, cue: str) -> Report | None:
        """The offer that is accepted: "accepted the invitation"."""
        pointer = pointer_of(self.targets.words(report)) if re.search(r"\baccept", cue) else None
        if pointer is None or pointer.noun is None or stem(pointer.noun) not in class_stems("offering"):
            return None
        return self.targets.pointed_at(report, pointer)
