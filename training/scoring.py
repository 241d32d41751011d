"""How well predicted attributions agree with annotated ones: tallies per article, figures with bootstrap intervals.

The measures are PolNeAR's field's own and equal the shared corpora's scorer to the last count (tests compare them):
spans by their exact ends and by their words, whole attributions paired one to one by content. On top of them: the same
by quotation type and by nesting level, calibration of the confidences, and recall on a corpus whose contents are cut
differently. Everything is counted per article first, so that the bootstrap (Efron 1979) can draw articles.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np

from sayso.documents import Span
from sayso.records import Attribution, chain_of

ROLES = ("cue", "source", "content")
LENIENT = 0.5
"""Jaccard index of words from which two contents, or two sources, count as the same."""
EDGE = " \t\n\r\u00a0\"'“”‘’«».,;:"
"""Characters at a span's ends that say nothing about its being right."""
LEVELS = ("level 0", "level 1", "level 2+")
RESAMPLES = 1000
SEED = 20260101
BINS = 10

Words = frozenset[tuple[int, int]]


class Tally(NamedTuple):
    """Counts of one article for one measure. A share has no said side: `said` is 0 and stays out of the figure."""

    right_said: int
    said: int
    right_gold: int
    gold: int


Tallies = dict[str, Tally]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over a corpus: `value` is the F1, or the share for a measure of one side; 95% interval low to high."""

    value: float
    low: float
    high: float
    precision: float | None
    recall: float
    gold: int
    """Annotated attributions, spans or words that it rests on."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A prediction's confidence and whether it is right (content found and source agreeing)."""

    confidence: float
    right: bool


class _Side(NamedTuple):
    words: dict[str, Words]
    exact: dict[str, frozenset[tuple[int, int]]]


def words_of(text: str, spans: Iterable[Span]) -> Words:
    """The words of the spans, as positions in the text."""
    return frozenset(
        (start + match.start(), start + match.end())
        for start, end in spans
        for match in re.finditer(r"\w+", text[start:end])
    )


def jaccard(first: Words, second: Words) -> float:
    """Shared words over all words; two empty sides agree fully."""
    return len(first & second) / len(first | second) if first | second else 1.0


def trimmed(text: str, span: Span) -> tuple[int, int]:
    """The span without the quotation marks, spaces and closing punctuation at its ends."""
    start, end = span
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def marks_of(text: str, content: Sequence[Span]) -> str:
    """Quotation type by the quotation marks in the content: `direct`, `indirect` or `mixed`.

    A mark that closes without an opening one quotes what lies before it in its span, one that never closes what lies
    behind: so begin and end the parts of a quotation that is interrupted or runs over paragraphs.

    >>> marks_of('He said it was "over".', [Span(8, 22)]), marks_of('"We won," he said', [Span(0, 9)])
    ('mixed', 'direct')
    """
    inside = outside = 0
    for start, end in content:
        seen, quoted = 0, False
        for position in range(start, end):
            letter = text[position]
            before = text[position - 1] if position else " "
            opens = letter in "“«„" or (letter in "\"'‘" and not quoted and not before.isalnum())
            after = text[position + 1] if position + 1 < len(text) else " "
            closes = letter in '”»"' or (letter in "'’" and quoted and not after.isalnum())
            if opens and not quoted:
                outside, seen, quoted = outside + seen, 0, True
            elif closes:
                inside, seen, quoted = inside + seen, 0, False
            else:
                seen += letter.isalnum()
        inside, outside = (inside + seen, outside) if quoted else (inside, outside + seen)
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def pair_by_content(gold: Sequence[Words], said: Sequence[Words]) -> list[tuple[int, int]]:
    """One-to-one pairs (gold index, said index) whose contents agree, best agreement first."""
    scores = sorted(
        ((jaccard(g, s), i, j) for i, g in enumerate(gold) for j, s in enumerate(said) if g & s),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_said: set[int] = set()
    pairs = []
    for value, i, j in scores:
        if value >= LENIENT and i not in used_gold and j not in used_said:
            used_gold.add(i)
            used_said.add(j)
            pairs.append((i, j))
    return pairs


def _side(text: str, attribution: Attribution) -> _Side:
    spans: dict[str, list[Span]] = {role: getattr(attribution, role) for role in ROLES}
    return _Side(
        {role: words_of(text, spans[role]) for role in ROLES},
        {role: frozenset(t for t in (trimmed(text, s) for s in spans[role]) if t[0] < t[1]) for role in ROLES},
    )


def _level(attribution: Attribution, attributions: list[Attribution]) -> str:
    return LEVELS[min(len(chain_of(attribution, attributions).links) - 1, len(LEVELS) - 1)]


def tally_article(
    text: str, gold: list[Attribution], said: list[Attribution], *, nested: bool = False
) -> tuple[Tallies, list[Judged]]:
    """The counts of one article, and every prediction with its verdict. `nested` adds the measures by level."""
    gold_sides = [_side(text, each) for each in gold]
    said_sides = [_side(text, each) for each in said]
    tallies: Tallies = {}
    for kind in ("exact", "words"):
        for role in ROLES:
            g = frozenset[tuple[int, int]]().union(*(getattr(each, kind)[role] for each in gold_sides))
            s = frozenset[tuple[int, int]]().union(*(getattr(each, kind)[role] for each in said_sides))
            name = f"{role} {'exact' if kind == 'exact' else 'overlap'}"
            tallies[name] = Tally(len(g & s), len(s), len(g & s), len(g))
    pairs = pair_by_content(
        [each.words["content"] for each in gold_sides], [each.words["content"] for each in said_sides]
    )
    right = [
        (i, j) for i, j in pairs if jaccard(gold_sides[i].words["source"], said_sides[j].words["source"]) >= LENIENT
    ]
    strict = [(i, j) for i, j in pairs if gold_sides[i].exact == said_sides[j].exact]
    for name, hits in (("attribution", right), ("strict", strict), ("content found", pairs)):
        tallies[name] = Tally(len(hits), len(said), len(hits), len(gold))
    tallies["source given"] = Tally(0, 0, len(right), len(pairs))

    def split(kinds_gold: list[str], kinds_said: list[str], kinds: Iterable[str]) -> None:
        for kind in kinds:
            for name, hits in (("attribution", right), ("content found", pairs)):
                tallies[f"{name}, {kind}"] = Tally(
                    sum(kinds_said[j] == kind for _, j in hits),
                    kinds_said.count(kind),
                    sum(kinds_gold[i] == kind for i, _ in hits),
                    kinds_gold.count(kind),
                )

    split(
        [marks_of(text, each.content) for each in gold],
        [marks_of(text, each.content) for each in said],
        ("direct", "mixed", "indirect"),
    )
    if nested:
        split([_level(each, gold) for each in gold], [_level(each, said) for each in said], LEVELS)
        tallies["quotation type given"] = Tally(
            0, 0, sum(gold[i].quotation == said[j].quotation for i, j in pairs), len(pairs)
        )
        tallies["outer one given"] = _outer_given(gold, said, pairs)
    hit = {j for _, j in right}
    return tallies, [Judged(each.confidence, j in hit) for j, each in enumerate(said)]


def _outer_given(gold: list[Attribution], said: list[Attribution], pairs: list[tuple[int, int]]) -> Tally:
    """Of the nested attributions found together with the one they lie in, those that name it."""
    partner = {gold[i].id: said[j].id for i, j in pairs}
    nested = [(i, j) for i, j in pairs if gold[i].inside in partner]
    return Tally(0, 0, sum(said[j].inside == partner[gold[i].inside or ""] for i, j in nested), len(nested))


def tally_recall(text: str, gold: list[Attribution], said: list[Attribution]) -> Tallies:
    """Recall where contents are cut by another rule (GUM's stop at the first clause): overlap is all that is asked.

    `found`: some prediction shares a word of its cue with the cue, or of its content with the content. `cue found`,
    over those that have a cue, is the harder half: a long content may lie over an attribution by accident.
    """
    gold_sides = [_side(text, each).words for each in gold]
    said_sides = [_side(text, each).words for each in said]
    by_cue = [any(g["cue"] & s["cue"] for s in said_sides) for g in gold_sides]
    found = [
        hit or any(g["content"] & s["content"] for s in said_sides) for hit, g in zip(by_cue, gold_sides, strict=True)
    ]
    with_cue = [hit for hit, g in zip(by_cue, gold_sides, strict=True) if g["cue"]]
    return {"found": Tally(0, 0, sum(found), len(found)), "cue found": Tally(0, 0, sum(with_cue), len(with_cue))}


def _values(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Precision, recall and F1 (or recall where nothing is said) of summed tallies, shape [..., 4]."""
    right_said, said, right_gold, gold = np.moveaxis(sums.astype(float), -1, 0)
    precision = np.divide(right_said, said, out=np.zeros_like(said), where=said > 0)
    recall = np.divide(right_gold, gold, out=np.zeros_like(gold), where=gold > 0)
    both = precision + recall
    return precision, recall, np.divide(2 * precision * recall, both, out=np.zeros_like(both), where=both > 0)


def figures_of(
    articles: Sequence[Tallies], *, resamples: int = RESAMPLES, seed: int = SEED, shares: Container[str] | None = None
) -> dict[str, Figure]:
    """Every measure over the articles, each with its 95% percentile bootstrap interval (articles drawn, seeded).

    `shares` are the measures without a said side; None: those of `SHARES`.
    """
    if not articles:
        return {}
    draws = np.random.default_rng(seed).integers(0, len(articles), size=(resamples, len(articles)))
    figures = {}
    for name in articles[0]:
        counts = np.array([each[name] for each in articles])
        total = counts.sum(axis=0)
        share = name in (SHARES if shares is None else shares)
        precision, recall, f1 = _values(total)
        sums = counts[draws].sum(axis=1)
        drawn = _values(sums)[1 if share else 2][sums[:, 3] > 0]
        low, high = np.quantile(drawn, (0.025, 0.975)) if len(drawn) else (0.0, 0.0)
        figures[name] = Figure(
            value=float(recall if share else f1),
            low=float(low),
            high=float(high),
            precision=None if share else float(precision),
            recall=float(recall),
            gold=int(total[3]),
        )
    return figures


SHARES = ("source given", "quotation type given", "outer one given", "found", "cue found")
"""Measures that are a share of one side, without precision."""


def reliability(judged: Sequence[Judged]) -> dict[str, Any]:
    """How far confidences keep their word: ten equal bins and the expected calibration error (Naeini et al. 2015)."""
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for each in judged:
        bins[min(int(each.confidence * BINS), BINS - 1)].append(each)
    rows = [
        {
            "from": index / BINS,
            "confidence": sum(each.confidence for each in members) / len(members),
            "right": sum(each.right for each in members) / len(members),
            "count": len(members),
        }
        for index, members in enumerate(bins)
        if members
    ]
    error = sum(abs(row["confidence"] - row["right"]) * row["count"] for row in rows) / max(len(judged), 1)
    return {"bins": rows, "expected_calibration_error": error, "count": len(judged)}


def figures_to_json(figures: dict[str, Figure]) -> dict[str, dict[str, float | int | None]]:
    """The figures as plain data, rounded to the four digits that mean something."""

    def rounded(value: Any) -> Any:
        return round(value, 4) if isinstance(value, float) else value

    return {name: {key: rounded(value) for key, value in asdict(each).items()} for name, each in figures.items()}
