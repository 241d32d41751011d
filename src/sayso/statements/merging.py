"""Which attributions report one utterance: the headline's, the lead's and the body's wording of it become a statement.

Precision first: a merge that is missed shows one utterance twice, a false one puts words together that were never said
together. So the speaker must be the same, and the polarity, and whether one is reported inside another's words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sayso.documents import Article
from sayso.records import Statement
from sayso.statements.headlines import below_headlines
from sayso.statements.reports import Report, reports_of
from sayso.statements.wording import contains, is_negation, share_of

_SHINGLE = 4
"""Words that a quoted stretch must have to count as somebody's very words."""
_RARE_STEMS = 4
_MOST_SHARED = 24
"""Attributions looked at for one rare stem: keeps cost in step with length where one thing is said often."""


def compose_statements(article: Article, *, reports: list[Report] | None = None) -> list[Statement]:
    """The statements of an article in text order, named "st1", "st2", ...; each attribution is in exactly one.

    `text` is the fullest of a statement's wordings, its pieces joined by a space. `reports` are the article's, if the
    caller has them.
    """
    reports = reports_of(article) if reports is None else reports
    groups = _Groups(reports)
    for pairs in (
        _identical(reports),
        _quoted_within(reports),
        below_headlines(reports),
        _much_alike(reports),
        _quoted_by_unknown(reports),
    ):
        for one, other in pairs:
            groups.join(one, other)
    statements = []
    ordered = sorted(groups.members(), key=lambda group: min((each.start, each.number) for each in group))
    for number, group in enumerate(ordered, 1):
        group.sort(key=lambda each: (each.start, each.number))
        fullest = max(group, key=lambda each: len(each.wording.words)).attribution
        statements.append(
            Statement(
                f"st{number}",
                _speaker_of(group),
                [each.attribution.id for each in group],
                " ".join(" ".join(span.of(article.text).split()) for span in fullest.content),
            )
        )
    return statements


def _speaker_of(group: list[Report]) -> str | None:
    """The speaker of a group: the one below the headline, where the article has him there."""
    known = [each for each in group if each.attribution.speaker is not None]
    return min(known, key=lambda each: each.zone == 0).attribution.speaker if known else None


class _Groups:
    """Reports put together; a group never has two speakers."""

    def __init__(self, reports: list[Report]) -> None:
        self._members = {each.number: [each] for each in reports}
        self._group = {each.number: each.number for each in reports}
        # "Airline warns": who speaks in the headline alone goes by another name below, if he is not somebody else.
        below = {each.attribution.speaker for each in reports if each.zone > 0}
        self._speaker = {
            each.number: each.attribution.speaker if each.attribution.speaker in below else None for each in reports
        }

    def join(self, one: Report, other: Report) -> None:
        """Puts two groups together, unless each has a speaker of its own."""
        first, second = self._group[one.number], self._group[other.number]
        speakers = {self._speaker[first], self._speaker[second]} - {None}
        if first == second or len(speakers) > 1:
            return
        if len(self._members[first]) < len(self._members[second]):
            first, second = second, first
        for each in self._members[second]:
            self._group[each.number] = first
        self._members[first] += self._members.pop(second)
        self._speaker[first] = next(iter(speakers), None)

    def members(self) -> list[list[Report]]:
        """The groups, in no order."""
        return list(self._members.values())


def _may_merge(one: Report, other: Report, *, same_depth: bool = True) -> bool:
    """Whether nothing but their words could keep two reports apart."""
    a, b = one.attribution, other.attribution
    return (
        a.speaker == b.speaker
        and a.speaker is not None
        and a.polarity == b.polarity
        and (one.depth == other.depth or not same_depth)
    )


def _identical(reports: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Reports of one speaker in the very same words."""
    by_words: dict[tuple[str, ...], list[Report]] = defaultdict(list)
    for report in reports:
        if len(report.wording.stems) >= 2:
            by_words[report.wording.words].append(report)
    for same in by_words.values():
        last: dict[tuple[object, object], Report] = {}
        for report in same:
            key = (report.attribution.speaker, report.attribution.polarity)
            if report.attribution.speaker is not None and key in last:
                yield last[key], report
            last[key] = report


def _quoted_by_unknown(reports: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Quotations by nobody knows whom, with the same words elsewhere; not if two speakers have said them."""
    by_stretch: dict[tuple[str, ...], list[Report]] = defaultdict(list)
    for report in reports:
        for stretch in report.wording.quoted:
            if len(stretch) >= _SHINGLE:
                by_stretch[stretch].append(report)
    for stretch, same in by_stretch.items():
        speakers = {each.attribution.speaker for each in same} - {None}
        if len(speakers) > 1:
            continue
        target = next((each for each in same if each.attribution.speaker is not None), same[0])
        for report in same:
            alike = report.depth == target.depth or report.wording.words == target.wording.words == stretch
            same_polarity = report.attribution.polarity == target.attribution.polarity
            if report is not target and report.attribution.speaker is None and alike and same_polarity:
                yield target, report


def _quoted_within(reports: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Reports of which one quotes a stretch of at least four words that the other has too."""
    # only what a quotation begins with is looked up below
    wanted = {stretch[:_SHINGLE] for each in reports for stretch in each.wording.quoted if len(stretch) >= _SHINGLE}
    firsts = {shingle[0] for shingle in wanted}
    shingles: dict[tuple[str, ...], list[Report]] = defaultdict(list)
    for report in reports:
        words = report.wording.words
        begun = {words[at : at + _SHINGLE] for at, word in enumerate(words) if word in firsts}
        for shingle in begun & wanted:
            shingles[shingle].append(report)
    for report in reports:
        for stretch in report.wording.quoted:
            if len(stretch) < _SHINGLE:
                if report.zone <= 1:
                    yield from ((report, other) for other in reports if _quotes_briefly(report, stretch, other))
                continue
            for other in shingles[stretch[:_SHINGLE]][:_MOST_SHARED]:
                if other is not report and _may_merge(report, other) and contains(other.wording.words, stretch):
                    yield report, other


def _quotes_briefly(report: Report, stretch: tuple[str, ...], other: Report) -> bool:
    """Whether a body quotes the two or three words that a headline quotes, as headlines do."""
    return (
        other.zone > report.zone
        and len(stretch) > 1
        and not any(word in ("a", "an", "the") or is_negation(word) for word in stretch[1:])
        and _may_merge(report, other)
        and any(contains(quote, stretch) for quote in other.wording.quoted)
    )


def _much_alike(reports: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Reports of much the same content: of the lead and the body below it, or two in indirect speech."""
    counts = Counter(one for report in reports for one in report.wording.stems)
    sharing: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        looked_at: set[int] = set()
        for one in rarest(report.wording.stems, counts):
            for other in sharing[one][-_MOST_SHARED:]:
                if other.number in looked_at or not _may_merge(report, other):
                    continue
                looked_at.add(other.number)
                if same_content(report, other):
                    yield other, report
        for one in report.wording.stems:
            sharing[one].append(report)


def rarest(stems: Iterable[str], counts: Counter[str]) -> list[str]:
    """The stems by which to look for a twin: the rarest of those that stand in another content as well."""
    return sorted((one for one in stems if counts[one] > 1), key=lambda one: (counts[one], one))[:_RARE_STEMS]


def same_content(one: Report, other: Report) -> bool:
    """Whether two reports say much the same; numbers and negations must agree.

    Two reports in the body must hardly differ, and be in indirect speech: one sentence is not quoted in two wordings.
    What a headline says in its own words is the business of `sayso.statements.headlines`.
    """
    a, b = one.wording, other.wording
    if len(a.stems & b.stems) < 3 or bool(a.negations) != bool(b.negations):
        return False
    if not (a.numbers <= b.numbers or b.numbers <= a.numbers):
        return False
    share = share_of(a, b)
    if one.zone != other.zone:
        enough = 0.65 if len(a.stems & b.stems) > _SHINGLE else 0.8
        return share >= enough and min(one.zone, other.zone) > 0
    if one.attribution.quotation != "indirect" or other.attribution.quotation != "indirect":
        return False
    return share >= 0.8 and len(a.stems & b.stems) >= 0.6 * len(a.stems | b.stems)
