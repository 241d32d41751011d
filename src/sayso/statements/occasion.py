"""The occasion of each attribution: when, where, in what medium, to whom and in answer to what it was said."""

from __future__ import annotations

import re

from sayso.documents import Article, Span
from sayso.records import Attribution, Occasion
from sayso.statements.clauses import Clause
from sayso.statements.dates import Calendar
from sayso.statements.surroundings import Surroundings

_COMING = re.compile(
    r"(?:will|shall|is\s+to|are\s+to|(?:is|are)\s+(?:expected|due|set|scheduled|about|going)\s+to|to)\b(?!\s+have\b)",
    re.IGNORECASE,
)


def find_occasions(article: Article) -> None:
    """Sets `occasion` of every attribution of an article, in text order.

    Days are counted from the dateline, or else from the publication; "a day earlier" from the dated utterance before.
    """
    surroundings = Surroundings(article)
    calendar = Calendar.of(article)
    for attribution in sorted(article.attributions, key=lambda each: min(each.spans(), default=Span(0, 0))):
        occasion, when = Clause(surroundings, attribution).read()
        if when and when.resolve:
            cue = " ".join(span.of(article.text) for span in attribution.cue)
            occasion.date = when.resolve(calendar, bool(_COMING.match(cue)))
            calendar.last = occasion.date or calendar.last
        attribution.occasion = occasion
    _share(article, surroundings)


def _share(article: Article, surroundings: Surroundings) -> None:
    """Gives what one source goes on to say in a sentence the occasion of what it said before: "said on Monday that ...
    but stressed that ...".
    """
    before: dict[tuple[Span, ...], Attribution] = {}
    for each in sorted(article.attributions, key=lambda each: min(each.cue, default=Span(0, 0))):
        if not each.source or not each.cue:
            continue
        first = before.get(tuple(each.source))
        before[tuple(each.source)] = each
        if first is None or each.occasion.words or not first.occasion.words:
            continue
        sentences = {surroundings.sentences.number_at(span.start) for span in (each.cue[0], *first.occasion.words)}
        taken = each.spans()
        if len(sentences) == 1 and not any(word.overlaps(span) for word in first.occasion.words for span in taken):
            occasion = first.occasion
            each.occasion = Occasion(
                list(occasion.words), occasion.date, occasion.place, occasion.medium, occasion.addressee,
                list(occasion.question),
            )  # fmt: skip
