"""Figures against arithmetic and reference values: what belongs together is reckoned, and each verdict tells how.

Of several readings of one figure the kindest counts: a figure is only called inconsistent where no reading of the
sentence makes it right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.checks.reckoning.changes import find_changes, find_differences
from sayso.checks.reckoning.conversions import find_conversions, find_ranges
from sayso.checks.reckoning.findings import Finding
from sayso.checks.reckoning.known import find_known
from sayso.checks.reckoning.lookup import References
from sayso.checks.reckoning.rates import find_rates
from sayso.checks.reckoning.repeats import find_repeats
from sayso.checks.reckoning.sentences import Sentence
from sayso.checks.reckoning.shares import find_shares
from sayso.checks.reckoning.sums import find_hundreds, find_sums
from sayso.checks.reckoning.times import find_ages, find_spans
from sayso.checks.reckoning.tolls import find_tolls
from sayso.checks.reference import Table
from sayso.documents import Article, Span
from sayso.extraction.sentences import Sentences
from sayso.verdicts import FigureVerdict

_DIGIT = re.compile(r"\d")
_MAX_FIGURES, _MAX_LENGTH = 40, 3000
"""Of a sentence that is read: what has more is a table."""
_KINDEST = ("consistent", "loose", "unverifiable", "inconsistent")


def check_figures(article: Article, tables: Sequence[Table] = ()) -> list[FigureVerdict]:
    """Verdicts on the article's figures, in text order; none on a figure that nothing can be reckoned with.

    `article.figures` must have been read before. `tables` are the user's own values (`read_table`), which go before
    the shipped ones. A verdict's `spans` are the figure that it judges; `figures` has its id first, then those of the
    figures that it was reckoned from.
    """
    sentences = _sentences(article)
    references = References(article, tables)
    kindest: dict[Span, Finding] = {}
    for finding in _findings(article, sentences, references):
        known = kindest.get(finding.judged.span)
        if known is None or _KINDEST.index(finding.value) < _KINDEST.index(known.value):
            kindest[finding.judged.span] = finding
    told = sorted((each for each in kindest.values() if not each.silent), key=lambda each: each.judged.span)
    return [_verdict(article, number, finding) for number, finding in enumerate(told, 1)]


def _findings(article: Article, sentences: list[Sentence], references: References) -> Iterator[Finding]:
    for sentence in sentences:
        yield from find_shares(sentence, references)
        yield from find_known(sentence, references)
        yield from find_sums(sentence)
        yield from find_hundreds(sentence)
        yield from find_changes(sentence)
        yield from find_differences(sentence)
        yield from find_rates(sentence)
        yield from find_ages(sentence, references.year)
        yield from find_spans(sentence)
        yield from find_conversions(sentence)
        yield from find_ranges(sentence)
    head = [span for span in (article.headline, article.standfirst) if span]
    if head:
        heads = [each for each in sentences if any(span.contains(each.span) for span in head)]
        body = [each for each in sentences if each not in heads]
        yield from find_repeats(heads, body)
        yield from find_tolls(heads, body)


def _sentences(article: Article) -> list[Sentence]:
    """The sentences in which there is something to reckon with; the others are not read."""
    figures = sorted(article.figures, key=lambda figure: (figure.span.start, -figure.span.end))
    found, first = [], 0
    for span in Sentences(article).spans:
        while first < len(figures) and figures[first].span.start < span.start:
            first += 1
        last = first
        while last < len(figures) and figures[last].span.start < span.end:
            last += 1
        if last - first > _MAX_FIGURES or span.end - span.start > _MAX_LENGTH:
            pass
        elif last > first or _DIGIT.search(article.text, *span):
            found.append(
                Sentence(article.text, span, [each for each in figures[first:last] if each.span.end <= span.end])
            )
        first = last
    return found


def _verdict(article: Article, number: int, finding: Finding) -> FigureVerdict:
    ids = [slot.figure.id for slot in (finding.judged, *finding.others)]
    span = finding.judged.span
    return FigureVerdict(
        id=f"figure-{number}",
        spans=[span],
        value=finding.value,
        why=finding.why,
        doubt=finding.doubt,
        attribution=_holder(article, span),
        rule=finding.rule,
        figures=[each for each in ids if each],
        references=finding.references,
        expected=finding.expected,
    )


def _holder(article: Article, span: Span) -> str | None:
    """The innermost attribution whose content holds a figure."""
    holders = [
        (content.end - content.start, attribution.id)
        for attribution in article.attributions
        for content in attribution.content
        if content.contains(span)
    ]
    return min(holders)[1] if holders else None
