"""Whose side somebody takes, and what he says of what another has decided: "backed him", "sides with the regulator",
"praised the ruling", "called the walkout irresponsible".
"""

from __future__ import annotations

import re

from sayso.statements.answering import class_stems, says
from sayso.statements.pointers import Pointer, pointer_of
from sayso.statements.reports import Report
from sayso.statements.targets import Targets
from sayso.statements.wording import is_stopword, stem, words_of

_THEM = re.compile(r"(?:him|her|them)$")
_LONGEST = 4
"""Words of a content that names a side and nothing else."""
_NEAR = 3
"""Blocks that the words of the one whose side is taken may stand before."""
_FAR = 4
"""Blocks that "the decision" reaches back over."""
_OBJECT = re.compile(r"(?:that|this)\s+(?=[\"“‘'«]|an?\s)")


def sided_with(targets: Targets, report: Report, cue: str) -> Report | None:
    """What the one has said whom a report names as the one that it is for; None where it names nobody who spoke."""
    content = targets.words(report).strip(" .,;:\"'“”‘’")
    if not says(cue, "sides") or len(content.split()) > _LONGEST or content.endswith(("'s", "’s")):
        return None
    if _THEM.match(content):
        last = targets.last(report)
        return last if last is not None and last.zone else None
    named = {stem(word) for word in report.wording.words if not is_stopword(word)}
    for other in targets.before(report):
        if targets.block[report.number] - targets.block[other.number] > _NEAR:
            return None
        if other.depth or not other.zone or not targets.may_be_meant(report, other):
            continue
        source = frozenset(stem(word) for word in words_of(targets.text, other.attribution.source))
        names = [targets.name_of(other), *targets.titles_of(other), source]
        if named and any(named <= name for name in names):
            return other
    return None


def decided(targets: Targets, report: Report) -> Report | None:
    """The decision, plan or demand right before that a content names by a noun of such: "the ruling", "the advice"."""
    pointer = judged_pointer(targets.words(report, first=True))
    last = targets.last(report)
    if pointer is None or pointer.noun is None or last is None:
        return None
    if last.zone == 0:
        # Headlines name by a noun of their own what the line above tells.
        return last if report.zone == 0 and stem(pointer.noun) in class_stems("decision") else None
    if last.attribution.polarity != "affirms" or (pointer.owner and not pointer.owner & targets.name_of(last)):
        return None
    noun = stem(pointer.noun)
    if noun in last.wording.stems or noun in last.cue:
        return last
    for other in targets.before(report) if noun in class_stems("decision") and not pointer.beside else ():
        if targets.block[report.number] - targets.block[other.number] > _FAR:
            return None
        if other.depth == 0 and other.zone and other.cue & class_stems("decides"):
            return other if targets.may_be_meant(report, other) else None
    return None


def judged_pointer(content: str) -> Pointer | None:
    """How what is judged points at other words: "the ruling a scandal", "that “a fig leaf”".

    >>> judged_pointer("that “a fig leaf with a letterhead”").noun, judged_pointer("the idea plain silly").noun
    (None, 'idea')
    """
    opening = _OBJECT.match(content)
    if opening:
        return Pointer(None, frozenset(), frozenset())
    words = content.split()
    for at in range(1, min(len(words), _LONGEST)):
        noun = stem(words[at].strip(" .,;:\"'“”‘’"))
        if noun in class_stems("decision") or noun in class_stems("disputable"):
            return pointer_of(" ".join(words[: at + 1]))
    return pointer_of(content)
