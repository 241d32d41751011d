"""What a speaker quotes in order to contradict it in the same breath: "They say I sold it. I never owned it."

Irony alone contradicts nothing, and few words tell the two apart. What is taken for a contradiction is what the others
say of the speaker himself, a promise, or a number that comes back changed in the sentence after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sayso.documents import Span
from sayso.statements.answering import class_stems, cue_stems, says
from sayso.statements.reports import Report
from sayso.statements.targets import Targets
from sayso.statements.wording import wording_of, words_of

_OF_SELF = re.compile(r"(?:that\s+)?(?:i|we|my|our)\b")
_TO_SELF = re.compile(r"\b(?:us|me)\b")
_THEN = re.compile(r"[.;]\s+(?:and\s+|but\s+|while\s+)?")
_NEVER = {"never", "no", "none", "nothing", "nobody"}
_FEW = 4
"""Words of a content that only says that it is otherwise."""
_OTHERWISE = re.compile(
    r"\b(?:otherwise|differently|(?:another|a different) story|the opposite|not so|nothing of the kind)\b"
)
_WHILE = re.compile(r";\s+(?:but\s+)?|,\s+(?:while|whereas)\s+")
_SAME = re.compile(r"(?:so|the same|it too|as much)\b")
_PROMISED = {"would", "will"}
_MARKS = " .,;:!?…\"'“”‘’"
_NEXT = re.compile(r"[.!?…]['\"”’]*\s+['\"“‘]*(?=\S)")


def contradicted(targets: Targets, report: Report) -> Iterator[Report]:
    """The reports of others inside a quotation that its speaker contradicts in the sentence after them."""
    if report.depth or report.attribution.quotation != "direct":
        return
    for other in targets.children[report.attribution.id]:
        cue = targets.cue(other)
        says_so = other.attribution.act in ("communication", None) or cue.startswith("promis")
        speaker = other.attribution.speaker
        others = speaker is not None and speaker != report.attribution.speaker
        if not (others and says_so) or other.attribution.polarity != "affirms":
            continue
        after = _after(targets, report, other)
        if after is None:
            continue
        of_self = bool(_OF_SELF.match(targets.words(other))) and not says(cue, "asks")
        told_us = _told_us(targets, other)
        counts = says(cue, "holds") and _counts(targets, other, after)
        if (
            (of_self and not told_us)
            or counts
            or (told_us and says(cue, "assures") and _changes(targets, other, after))
        ):
            yield other


def opposed(targets: Targets, reports: list[Report], *, within: bool = False) -> Iterator[tuple[Report, Report]]:
    """Pairs of neighbours of which the second sets other words against the first's, in the sentence after them:
    "They say nine hundred. Our count says four hundred." `within` one sentence a semicolon or "while" must part them.
    """
    between = _WHILE if within else _THEN
    for first, second in pairwise(reports):
        a, b = first.attribution, second.attribution
        if a.speaker is not None and a.speaker == b.speaker:
            continue
        if not (a.source and b.source and a.polarity == b.polarity == "affirms"):
            continue
        if a.source[0].of(targets.text).lower() == b.source[0].of(targets.text).lower():
            continue
        end = max(span.end for span in a.spans())
        cue, other_cue = targets.cue(first), targets.cue(second)
        same = cue_stems(cue) & cue_stems(other_cue) & class_stems("holds")
        finds = cue_stems(cue) & class_stems("holds") and cue_stems(other_cue) & class_stems("discovers")
        if (
            (same or finds)
            and not set(first.wording.words) & set(words_of(targets.text, b.source[:1])) - {"the"}
            and between.fullmatch(targets.text, end, second.start)
            and not _agrees(targets, second)
        ):
            yield second, first


def differing(targets: Targets, report: Report, cue: str) -> Report | None:
    """Whose words right before are told otherwise: "An engineer told us otherwise", "the clerks remember it
    differently".
    """
    attribution = report.attribution
    if report.depth or not report.zone or not attribution.cue:
        return None
    start = max(span.end for span in attribution.cue)
    rest = targets.text[start : min((span.start for span in attribution.content if span.start >= start), default=start)]
    short = targets.words(report, first=True) if len(report.wording.words) <= _FEW else ""
    if not _OTHERWISE.search(f"{cue} {rest} {short}"):
        return _insisted(targets, report, cue)
    last = targets.last(report)
    # Whoever refused to say more said something before.
    return targets.run_start(last) if last is not None and says(targets.cue(last), "withholds") else last


def _insisted(targets: Targets, report: Report, cue: str) -> Report | None:
    """Whose words right before somebody insists against: they are about him, or he says that it was not so."""
    last = targets.last(report) if says(cue, "insists") else None
    if last is None or not last.zone or last.attribution.polarity != "affirms":
        return None
    if any(each.depth == 0 and each.zone for each in targets.between(last, report)):
        return None
    taken = report.wording.stems & last.wording.stems
    turned = bool(_NEVER & set(report.wording.words)) and not last.wording.negations
    return last if turned or (taken and targets.is_about(report, last)) else None


def _agrees(targets: Targets, report: Report) -> bool:
    """Whether words say the same again ("says so as well") rather than something else."""
    return bool(_SAME.match(targets.words(report)))


def _after(targets: Targets, report: Report, other: Report) -> Span | None:
    """The sentence of a quotation that follows what it reports of others; None if none does, or it reports as well."""
    end = max((span.end for span in other.attribution.spans()), default=other.start)
    for span in report.attribution.content:
        at = span.start
        if span.start <= end:
            opens = _NEXT.match(targets.text, end, span.end) if end < span.end else None
            if opens is None:
                if targets.text[end : max(end, span.end)].strip(_MARKS):
                    return None
                continue
            at = opens.end()
        stop = _NEXT.search(targets.text, at, span.end)
        sentence = Span(at, stop.start() + 1 if stop else span.end)
        reports = any(
            each.start <= at + 2 and targets.encloses(report, each) for each in targets.within(at, sentence.end)
        )
        return None if reports or "?" in sentence.of(targets.text) else sentence
    return None


def _told_us(targets: Targets, other: Report) -> bool:
    """Whether the others said it to the speaker: "they told us", "promised me"."""
    cue, content = other.attribution.cue, other.attribution.content
    return bool(cue and content and _TO_SELF.search(targets.text, min(cue).start, min(content).end))


def _counts(targets: Targets, other: Report, after: Span) -> bool:
    """Whether the sentence after has another number for what was counted, or none."""
    told = wording_of(targets.text, [after])
    return bool(other.wording.numbers) and (
        "none" in told.words or bool(told.numbers and told.numbers.isdisjoint(other.wording.numbers))
    )


def _changes(targets: Targets, other: Report, after: Span) -> bool:
    """Whether the sentence after has another number, or what was told is a promise of what would come."""
    here, there = wording_of(targets.text, [after]).numbers, other.wording.numbers
    return bool(here and there and here != there) or bool(_PROMISED & set(other.wording.words))
