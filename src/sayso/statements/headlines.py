"""What a headline or standfirst reports in short, and where the article below says it in full.

Headlines drop articles and verbs, choose shorter words and one name for another, so that few of their words need come
back. But what a speaker says in the headline he nearly always says below, and so it is the nearest of his statements
there that is looked for, by words that the two share, by the verb that reports them, and by where it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sayso.statements.reports import Report
from sayso.statements.wording import contains, is_stopword, share_of, stem

_MOST_BELOW = 24
"""Statements of one speaker that are looked at for one headline."""
_LEADING = 3
"""Reports of the body among which the headline's usually is."""
_ENOUGH = 0.25
"""Of a headline's stems, how many must come back where its place or its verb speaks for a statement."""
_SHORT = 4
"""Stems of a headline of which two that come back are enough."""
_MUCH = 0.6
"""How many of them are enough whatever else speaks against it."""


def below_headlines(reports: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Each report of a headline or standfirst with the one in the article below that says it in full, if one does.

    Others that say as much as the nearest come with it where they share most of its words.
    """
    below: dict[str, list[Report]] = defaultdict(list)
    body = sorted((each for each in reports if each.zone > 0), key=lambda each: (each.start, each.number))
    leading = {each.number for each in body[:_LEADING]}
    for report in body:
        if report.attribution.speaker is not None:
            below[report.attribution.speaker].append(report)
    for head in reports:
        if head.zone > 0:
            continue
        if head.attribution.speaker is None or head.attribution.speaker not in below:
            yield from _by_words(head, body)
            continue
        mates = [other for other in below[head.attribution.speaker][:_MOST_BELOW] if _may_be_full(head, other)]
        scored = [
            (_nearness(head, other, alone=len(mates) == 1, leading=other.number in leading), other) for other in mates
        ]
        nearest = max((each for each in scored if each[0] > 0), key=lambda each: each[0], default=None)
        if nearest is None:
            continue
        yield head, nearest[1]
        for score, other in scored:
            alike = score >= 0.9 * nearest[0] and share_of(head.wording, other.wording) >= _MUCH
            if alike and other is not nearest[1]:
                yield head, other


def _by_words(head: Report, body: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """The report below of a headline whose speaker is unknown or speaks nowhere else ("Airline warns ..."), where the
    words are clear, and one speaker's alone.
    """
    may_be = {each.speaker for each in head.attribution.candidates}
    found: list[tuple[float, Report]] = []
    for other in body:
        speaker = other.attribution.speaker
        if speaker is None or other.depth != head.depth or not _may_be_full(head, other):
            continue
        shared = head.wording.stems & other.wording.stems
        share = len(shared) / max(len(head.wording.stems), 1)
        cue = bool(head.cue & other.cue)
        quoted = quotes(head, other)
        likely = speaker in may_be and (cue or other.zone == 1)
        if (len(shared) > 1 and share >= _MUCH) or quoted or (shared and likely) or (cue and other.zone == 1):
            found.append((share + 0.2 * cue + 0.2 * quoted + 0.2 * (speaker in may_be), other))
    best = max(found, key=lambda each: each[0], default=None)
    if best is not None and len({each.attribution.speaker for _, each in found}) == 1:
        yield head, best[1]


def quotes(head: Report, other: Report) -> bool:
    """Whether words that a headline has in quotation marks, two or more, stand in a report."""
    return any(
        len(each) > 1 and not is_stopword(each[0]) and contains(other.wording.words, each)
        for each in head.wording.quoted
    )


def _may_be_full(head: Report, other: Report) -> bool:
    """Whether polarity, negations and numbers let a report be the full form of a headline's."""
    a, b = head.wording, other.wording
    if head.attribution.speaker == other.attribution.speaker and quotes(head, other):
        return True
    return (
        head.attribution.polarity == other.attribution.polarity
        and bool(a.negations) == bool(b.negations)
        and not (a.numbers and b.numbers and not a.numbers & b.numbers)
    )


def _nearness(head: Report, other: Report, *, alone: bool, leading: bool) -> float:
    """How near a report below comes to a headline's; 0 where it is another statement.

    One that stands `alone`, as the only one of its speaker, or is `leading`, in the lead, is the likely one.
    """
    expected = alone or leading
    shared = head.wording.stems & other.wording.stems
    same_cue = bool(head.cue & other.cue)
    if not shared:
        # "Board orders new count": the lead has "ordered a recount".
        return 0.1 if same_cue and other.zone == 1 and head.depth == other.depth == 0 else 0.0
    share = len(shared) / len(head.wording.stems)
    quoted = _quoted(head.wording.quoted, shared) and _quoted(other.wording.quoted, shared)
    own = {stem(word) for stretch in head.wording.quoted for word in stretch}
    if own & head.wording.stems and not own & shared and share < _MUCH:
        # What a headline puts in quotation marks is what it is about.
        return 0.0
    if head.depth != other.depth:
        enough = share >= _MUCH and len(shared) > 1
    elif len(shared) > 1:
        short = len(head.wording.stems) <= _SHORT
        enough = share >= _MUCH or short or (share >= _ENOUGH and (alone or same_cue))
    else:
        acts = head.attribution.act == other.attribution.act == "control" and len(head.wording.stems) <= 2
        enough = share >= _MUCH or same_cue or quoted or acts or (expected and share >= _ENOUGH)
    return share + 0.2 * same_cue + 0.2 * quoted + 0.1 * (expected) if enough else 0.0


def _quoted(stretches: Iterable[tuple[str, ...]], stems: frozenset[str]) -> bool:
    """Whether words with these stems stand in quotation marks."""
    return any(stem(word) in stems for stretch in stretches for word in stretch)
