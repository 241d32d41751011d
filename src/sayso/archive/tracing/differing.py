"""How a wording differs from another one: the differences with their classes, as the check of quotes has them."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.archive.tracing.forms import LinkKind
from sayso.archive.tracing.overlap import overlap, worded
from sayso.checks.index import said_words
from sayso.checks.judging import Judgement, judge
from sayso.documents import Span, Transcript, Turn
from sayso.verdicts import SOUND, Difference, Sense


def differences(
    text: str, reference: str, quoted: Sequence[Span] | None = None
) -> tuple[list[Difference], list[Sense]]:
    """Where a text differs from a reference, and what of the sense that changes, by the rules of the check.

    `article` spans are of the text, `transcript` spans of the reference. `quoted` are the parts of the text that stand
    in quotation marks, all of it by default: what a paper says in its own words is no difference. Empty where they have
    too few words in common.

    >>> found, senses = differences("We will never sell the ferry", "We will sell the ferry")
    >>> [(each.kind, each.article.of("We will never sell the ferry")) for each in found], senses
    ([('added', 'never')], ['negation'])
    """
    judgement = judged(text, reference, quoted)
    return (judgement.differences, senses_of(judgement)) if judgement is not None else ([], [])


def judged(text: str, reference: str, quoted: Sequence[Span] | None = None) -> Judgement | None:
    """The check's judgement of a text against a reference; None where they have too few words in common."""
    spoken = Transcript("reference", reference, turns=[Turn(Span(0, len(reference)))])
    words = said_words(spoken)
    if not len(words):
        return None
    spans = [Span(0, len(text))] if quoted is None else list(quoted)
    judgement = judge(text, spans, spoken, words, (0, len(words)))
    return None if judgement.value == "not found" else judgement


def senses_of(judgement: Judgement) -> list[Sense]:
    """What of the sense is changed, where the check is in no doubt of it."""
    if judgement.doubt is not None:
        return []
    return list(dict.fromkeys(each.reverses for each in judgement.differences if each.reverses is not None))


def beside(text: str, quoted: Sequence[Span], reference: str) -> tuple[LinkKind, Judgement | None]:
    """How the quoted parts of a text stand to a reference, as `kind_beside`, and the check's judgement of them.

    >>> text = "We will never sell the ferry"
    >>> beside(text, [Span(0, len(text))], "We will sell the ferry")[0]
    'altered'
    """
    judgement = judged(text, reference, quoted)
    return kind_beside(" ".join(each.of(text) for each in quoted), reference, judgement), judgement


def kind_beside(text: str, reference: str, judgement: Judgement | None) -> LinkKind:
    """How quoted words stand to a reference: `exact`, `cut` or `altered`.

    Words left out are a cut; words of its own, or a "not" or a number that is gone, make it altered.
    """
    one, other = worded(text).keys, worded(reference).keys
    if one == other:
        return "exact"
    if judgement is None:
        return "altered"
    if judgement.value in SOUND:
        runs = overlap(worded(text), worded(reference)).runs
        begins, ends = runs and runs[0][1] == 0, runs and runs[-1][1] + runs[-1][2] == len(other)
        left_out = any(each.class_ == "ellipsis" for each in judgement.differences)
        return "exact" if begins and ends and not left_out else "cut"
    changed = any(
        each.reverses or (each.class_ in ("wording", "gap") and each.kind != "omitted")
        for each in judgement.differences
    )
    return "altered" if changed else "cut"


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
