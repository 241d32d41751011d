"""Figures: the quantities of a text, each with its bound, unit and base.

Precision before recall: what may as well be a date, a score, a name or a label is none. A figure never crosses a line
break, and figures do not overlap.
"""

from __future__ import annotations

import math

from sayso.documents import Article, Span
from sayso.figures.bases import base_at
from sayso.figures.bounds import Bound, bound_after, bound_before, is_duration_bound
from sayso.figures.counting import count
from sayso.figures.joining import Joined, join
from sayso.figures.lexicon import words
from sayso.figures.names import is_label, is_year, past_name, year_may_count
from sayso.figures.nouns import counted_noun
from sayso.figures.numbers import number_starts
from sayso.figures.operands import Operand, read_operand
from sayso.figures.partners import settle_partners
from sayso.figures.rates import rate_at
from sayso.figures.ratios import ratio_starts, read_ratio
from sayso.figures.subjects import subject_of
from sayso.figures.tokens import Tokens, tokens_of
from sayso.figures.units import money_starts, read_sign, read_unit
from sayso.verdicts import Figure

_TIMES = frozenset("second minute hour day week month year".split())
_SPANS = frozenset("decade century fortnight millennium".split())
_LENGTHS = frozenset("metre kilometre mile yard foot inch centimetre millimetre percent".split()) | {"percentage point"}
_POLL = words("poll")


def extract_figures(article: Article) -> list[Figure]:
    """The quantities of an article in text order, without those of its byline and its dateline."""
    left_out = [span for span in (article.byline, article.dateline and article.dateline.span) if span]
    found = [figure for figure in figures_in(article.text) if not any(figure.span.overlaps(span) for span in left_out)]
    for number, figure in enumerate(found, 1):
        figure.id = f"f{number}"
    return found


def figures_in(text: str, span: Span | None = None) -> list[Figure]:
    """The quantities of a text, or of a stretch of it, in text order.

    >>> [(figure.span.of("Nearly half a million people fled."), figure.bound, figure.high, figure.unit)
    ...  for figure in figures_in("Nearly half a million people fled.")]
    [('Nearly half a million people', '<', 500000.0, 'person')]
    """
    tokens = tokens_of(text, *(span or ()))
    starts = number_starts() | ratio_starts() | {"minus"}
    signs = money_starts() | {"-", "−", "."}
    found: list[Figure] = []
    at = 0
    before = 0
    addresses = _addresses(tokens)
    while at < tokens.size:
        if at in addresses:
            at = addresses[at]
            continue
        if tokens.numeric[at] or tokens.forms[at] in starts or tokens.raw[at] in signs:
            figures, end = _read(tokens, at, before)
            for figure in figures:
                if figure.unit is None and found and at - 1 == before and tokens.forms[before] == "to":
                    figure.unit = _changed_unit(tokens, found[-1])
                figure.id = f"f{len(found) + 1}"
                found.append(figure)
            if figures:
                before = end
            at = max(end, at + 1)
        else:
            at += 1
    settle_partners(text, found)
    return found


def _changed_unit(tokens: Tokens, origin: Figure) -> str | None:
    """Of "from 412 offences to 530": what both numbers count, which the text says once."""
    opening = tokens.text[: origin.span.start].rstrip()
    return origin.unit if opening.endswith("from") else None


def _addresses(tokens: Tokens) -> dict[int, int]:
    """Tokens that a web or mail address starts with, and where it ends."""
    found: dict[int, int] = {}
    past = 0
    for index, raw in enumerate(tokens.raw[: tokens.size]):
        after = tokens.raw[index + 1]
        if index < past or not (
            raw == "@" or (raw == "/" and after == "/") or (raw == "." and tokens.forms[index - 1] == "www")
        ):
            continue
        start = end = index
        while start > past and tokens.touch(start - 1):
            start -= 1
        while end < tokens.size and tokens.touch(end):
            end += 1
        found[start] = past = end + 1
    return found


def _read(tokens: Tokens, at: int, before: int) -> tuple[list[Figure], int]:
    """The figures that start at a token, and where to go on; no words before the token `before` belong to them."""
    if ratio := read_ratio(tokens, at):
        return _ratio(tokens, at, before, ratio.value, ratio.end, ratio.unit)
    numeral = tokens.numeric[at]
    if numeral or tokens.is_word(at):
        end = None if read_sign(tokens, at) else past_name(tokens, at)
        if end and not (is_year(tokens, at) and end == at + 1 and _year_counts(tokens, at)):
            return [], end
    first = read_operand(tokens, at)
    if first is None:
        return _article(tokens, at, before)
    joined = join(tokens, first)
    if joined is None:
        return [], first.end if first.end > at else at + 1
    return _compose(tokens, joined, before)


def _year_counts(tokens: Tokens, at: int) -> bool:
    """Whether a number that looks like a year counts or measures what follows it."""
    if read_unit(tokens, at + 1):
        return True
    counted = counted_noun(tokens, at + 1, 2)
    if counted is None or tokens.numeric[at + 1] or tokens.forms[at + 1] in number_starts():
        return False
    return counted.name == "person" or bound_before(tokens, at) is not None or year_may_count(tokens, at)


def _ratio(tokens: Tokens, at: int, before: int, value: float, end: int, unit: str) -> tuple[list[Figure], int]:
    bound = None if unit != "ratio" else bound_before(tokens, at)
    if bound and bound.start < before:
        bound = None
    start = bound.start if bound else at
    return [_figure(tokens.span(start, end), value, unit, bound)], end


def _article(tokens: Tokens, at: int, before: int) -> tuple[list[Figure], int]:
    """ "nearly a decade", "more than a year", "a week or so": one of a unit of measure, where a bound says how far."""
    if tokens.forms[at] not in {"a", "an"}:
        return [], at + 1
    form = tokens.forms[at + 1]
    unit = read_unit(tokens, at + 1)
    if unit is None or form in {"second", "degree"} or tokens.numeric[at + 1] or len(form) < 3:
        return [], at + 1
    bound = bound_before(tokens, at)
    if bound and (bound.start < before or (bound.during and not is_duration_bound(tokens, unit.end))):
        bound = None
    end = unit.end
    after = bound_after(tokens, end)
    value = unit.times
    if tokens.forms[end : end + 3] == ["and", "a", "half"]:
        value, end = value * 1.5, end + 3
    elif bound is None and after is None and form not in _SPANS:
        return [], at + 1
    if tokens.forms[end] in {"old", "ago"}:
        end += 1
    if bound is None and after:
        end = after.end
    start = bound.start if bound else at
    return [_figure(tokens.span(start, end), value, unit.name, bound or after)], end


def _compose(tokens: Tokens, joined: Joined, before: int) -> tuple[list[Figure], int]:
    """The figure of one number or of several, with what it counts and the words around it."""
    operands = joined.operands
    first, last = operands[0], operands[-1]
    bound = bound_before(tokens, joined.start)
    if bound and (bound.start < before or not _applies(tokens, bound, last)):
        bound = None
    value = first.value if len(operands) == 1 else None
    counted = count(tokens, last, value, bounded=bound is not None or last.bound is not None, many=len(operands) > 1)
    unit = counted.unit
    if joined.unit and unit is None:
        unit = joined.unit
    if is_label(tokens, first.start, counts=unit is not None) and not first.money and bound is None:
        return [], max(last.end, first.end)
    if not counted.stands:
        return [], last.end
    end = counted.end
    if unit and joined.kind and " per " not in unit and (rate := rate_at(tokens, end)):
        unit, end = f"{unit} per {rate[0]}", rate[1]
    after = last.bound
    if after is None and (behind := bound_after(tokens, end)):
        after, end = behind, behind.end
    if bound is None and after is not None:
        bound = after
        start = joined.start
    else:
        start = bound.start if bound and bound is not after else joined.start
    if unit in _TIMES and tokens.forms[end] == "ago":
        end += 1
    base = counted.base
    if base is None and first.percent:
        base = _base(tokens, last)
        if base is None and tokens.forms[last.end] != "of":
            begin = min(bound.start if bound and bound is not after else joined.start, joined.start)
            base = subject_of(tokens, begin, end)
    if unit == "point" and _is_percentage(tokens, first.start, end):
        unit = "percentage point"
    if not all(math.isfinite(each.value) for each in operands):
        return [], end
    span = tokens.span(start, end)
    figure = _figure(span, value, unit, bound)
    if len(operands) > 1:
        figure.kind = "set" if joined.kind == "set" else "range"
        figure.low = _rounded(min(each.value for each in operands))
        figure.high = _rounded(max(each.value for each in operands))
        figure.inclusive = True
        figure.approx = bool(bound and bound.approx)
    figure.base = base
    return [figure], end


def _applies(tokens: Tokens, bound: Bound, operand: Operand) -> bool:
    """Whether the words of a bound are one here: "over" and "within" may speak of a span of time or of a place."""
    if bound.measure:
        return (operand.unit or "").split(" per ")[0] in _TIMES | _LENGTHS
    if bound.during and operand.unit in _TIMES:
        return is_duration_bound(tokens, operand.end)
    if tokens.forms[bound.end - 1] == "over" and tokens.forms[bound.start - 1] in words("took"):
        return operand.unit in _TIMES
    return not (tokens.forms[bound.end - 1] == "near" and operand.bare)


def _base(tokens: Tokens, operand: Operand) -> Span | None:
    if operand.noun:
        return tokens.span(*operand.noun)
    if operand.share_of is not None and tokens.forms[operand.share_of] not in {"chance", "chances", "odds", "risk"}:
        return base_at(tokens, operand.share_of)
    if tokens.forms[operand.end] == "of":
        return base_at(tokens, operand.end + 1, to=True)
    return None


def _is_percentage(tokens: Tokens, start: int, end: int) -> bool:
    """Whether points are percentage points: where the sentence speaks of percent or a poll."""
    near = range(max(start - 45, 0), min(end + 20, tokens.size))
    return any(tokens.forms[index] in _POLL for index in near)


def _rounded(value: float) -> float:
    """Without what binary fractions add: 4.1 million is 4,100,000, not 4,099,999.9999999995."""
    return float(f"{value:.12g}")


def _figure(span: Span, value: float | None, unit: str | None, bound: Bound | None) -> Figure:
    value = None if value is None else _rounded(value)
    figure = Figure("", span, value=value, unit=unit)
    if bound is None:
        return figure
    figure.kind, figure.inclusive, figure.approx = bound.kind, bound.inclusive, bound.approx
    if bound.kind == "lower":
        figure.low = value
    elif bound.kind == "upper":
        figure.high = value
    if bound.kind in {"approx", "tolerance"}:
        figure.inclusive = True
    return figure
