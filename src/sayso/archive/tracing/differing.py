"""How a wording differs from another one: the differences with their classes, as the check of quotes has them."""

from __future__ import annotations

from sayso.archive.tracing.overlap import overlap, worded
from sayso.checks.index import said_words
from sayso.checks.judging import judge
from sayso.documents import Span, Transcript, Turn
from sayso.verdicts import Difference, Sense


def differences(text: str, reference: str) -> tuple[list[Difference], list[Sense]]:
    """Where a text differs from a reference, and what of the sense that changes.

    `article` spans are of the text, `transcript` spans of the reference. Empty where they have too few words in common.

    >>> found, senses = differences("We will never sell the ferry", "We will sell the ferry")
    >>> [(each.kind, each.article.of("We will never sell the ferry")) for each in found], senses
    ([('added', 'never')], ['negation'])
    """
    spoken = Transcript("reference", reference, turns=[Turn(Span(0, len(reference)))])
    words = said_words(spoken)
    if not len(words):
        return [], []
    judgement = judge(text, [Span(0, len(text))], spoken, words, (0, len(words)))
    if judgement.value == "not found":
        return [], []
    senses = [each.reverses for each in judgement.differences if each.reverses is not None]
    return judgement.differences, list(dict.fromkeys(senses))


def covered(text: str, reference: str) -> Span | None:
    """The stretch of a reference that has the words of a text; None where it has none in a row.

    >>> covered("not sell the ferry", "We will not sell the ferry to anyone.")
    Span(start=8, end=26)
    """
    one, other = worded(text), worded(reference)
    runs = [run for run in overlap(one, other).runs if run[2] > 1 or len(one.keys) == 1]
    if not runs:
        return None
    return Span(other.starts[runs[0][1]], other.ends[runs[-1][1] + runs[-1][2] - 1])
