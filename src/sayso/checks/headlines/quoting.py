"""Quotation marks in a headline: whether the words between them stand in a quotation of the body.

A headline may cut a quotation anywhere, leave out articles inside it and use its own house style, and single marks
serve for names of works and nicknames too. So words that the body has without marks, or in another form, are doubted;
words that it does not have at all are not quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.checks.headlines.setting import Setting
from sayso.checks.words import Words, words_of
from sayso.documents import Span
from sayso.reading.quotes import quoted_spans, without_marks
from sayso.statements.wording import is_stopword, stem
from sayso.verdicts import Finding
from sayso.wordlists import read_rows

_STYLE = Path(__file__).parents[1] / "data" / "headline_style.tsv"
_ELLIPSIS = re.compile(r"\.{2,}|…|\. \. \.?")
_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_ARTICLES = frozenset({"a", "an", "the"})
_NEAR = 0.75
"""Of the words of a headline's quotation, how many the body's must have in order to be the one that is meant."""
_APART = 400
"""Characters that may lie between two stretches of one quotation ("he said, turning to the crowd")."""


@dataclass(slots=True)
class _Run:
    """Words to compare, each with its place in the text."""

    forms: list[str]
    spans: list[Span]


def unquoted_in(line: Span, setting: Setting) -> Iterator[Finding]:
    """A finding for each stretch in quotation marks of a headline or standfirst that no quotation of the body has."""
    quoted: _Run | None = None
    seen: list[Span] = []
    for marked in quoted_spans(setting.text, [line]):
        inner = without_marks(setting.text, marked)
        if any(each.contains(inner) for each in seen):
            continue
        seen.append(inner)
        if marked.end == line.end and not _closes(setting.text, marked):
            continue
        if quoted is None:
            quoted = _plain(words_of(setting.text, _outer(setting.quoted)), without=_BRACKETS)
        found = _judge(inner, quoted, setting)
        if found is not None:
            yield found


def _closes(text: str, marked: Span) -> bool:
    return marked.end - marked.start > 1 and not text[marked.end - 1].isalnum()


def _outer(spans: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for span in spans:
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


def _judge(inner: Span, quoted: _Run, setting: Setting) -> Finding | None:
    parts = [
        part
        for part in (_plain(words_of(setting.text, [each]), without=_BRACKETS) for each in _parts(setting.text, inner))
        if part.forms
    ]
    if not parts:
        return None
    if all(_find(part.forms, quoted, gap=_APART) is not None for part in parts):
        return None
    stems = _Run([stem(form) for form in quoted.forms], quoted.spans)
    same = [_find([stem(form) for form in part.forms], stems, gap=_APART) for part in parts]
    if all(each is not None for each in same):
        evidence = [each for each in same if each is not None]
        return _finding(inner, evidence, "the body's quotation has these words in another form", "only their form differs")
    body = _plain(setting.words)
    plain = [_find(part.forms, body, gap=_APART) for part in parts]
    if all(each is not None for each in plain):
        evidence = [each for each in plain if each is not None]
        if any(_is_name(setting, each, parts) for each in evidence) or all(_is_set_off(setting, e) for e in evidence):
            return None
        return _finding(
            inner, evidence, "the body has these words, but not in quotation marks", "the body may quote without marks"
        )
    for words, marks in ((quoted, True), (body, False)):
        near = _nearest([form for part in parts for form in part.forms], words)
        if near is not None:
            span, articles = near
            doubt = "only articles differ" if articles else None if marks else "the body may quote without marks"
            where = "quotation" if marks else "text"
            return _finding(inner, [span], f"the body's {where} has it otherwise: {span.of(setting.text)!r}", doubt)
    doubt = "it may be a name or a title" if _looks_like_title(setting, inner) else None
    return _finding(inner, [], "no quotation of the body has these words, nor has its text", doubt)


def _finding(inner: Span, evidence: list[Span], why: str, doubt: str | None) -> Finding:
    return Finding("unquoted", [inner], evidence, f"In quotation marks here; {why}.", doubt)


def _parts(text: str, inner: Span) -> Iterator[Span]:
    """What an ellipsis parts in a quotation."""
    start = inner.start
    for found in _ELLIPSIS.finditer(text, *inner):
        yield Span(start, found.start())
        start = found.end()
    yield Span(start, inner.end)


@cache
def _styles() -> dict[str, tuple[str, ...]]:
    return {written: tuple(plain.split()) for _, written, plain in read_rows(_STYLE)}


def _plain(words: Words, *, without: re.Pattern[str] | None = None) -> _Run:
    """The words in one house style: contractions in full, numbers in digits, one spelling."""
    run = _Run([], [])
    if without is not None and len(words) and without.search(words.text, words.starts[0], words.ends[-1]):
        barred = [Span(*each.span()) for each in without.finditer(words.text, words.starts[0], words.ends[-1])]
    else:
        barred = []
    styles = _styles()
    for at, form in enumerate(words.forms):
        here = Span(words.starts[at], words.ends[at])
        if any(each.contains(here) for each in barred):
            continue
        for each in _spelt(form, styles):
            run.forms.append(each)
            run.spans.append(here)
    return run


def _spelt(form: str, styles: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if form in styles:
        return styles[form]
    if "'" in form:
        if form.endswith("n't"):
            return (form[:-3], "not")
        head, _, tail = form.rpartition("'")
        full = styles.get("'" + tail)
        if full is not None and (tail != "s" or head in _PRONOUNS):
            return (*_spelt(head, styles), *full)
        form = form.replace("'", "")
    if len(form) > 5:
        form = form.replace("isation", "ization").replace("ising", "izing").replace("ised", "ized")
        form = form.replace("our", "or") if form.endswith(("our", "ours", "oured", "ouring", "ourite")) else form
    return (form.replace(",", ""),)


_PRONOUNS = frozenset("he she it that there here what who where how let i you we they this".split())


def _find(forms: list[str], run: _Run, *, gap: int) -> Span | None:
    """Where words stand in a run without a break; None if they do not."""
    size = len(forms)
    for at in range(len(run.forms) - size + 1):
        if run.forms[at] == forms[0] and run.forms[at : at + size] == forms:
            spans = run.spans[at : at + size]
            if all(b.start - a.end <= gap for a, b in zip(spans, spans[1:], strict=False)):
                return Span(spans[0].start, spans[-1].end)
    return None


def _nearest(forms: list[str], run: _Run) -> tuple[Span, bool] | None:
    """Where most of the words stand in order, and whether only articles differ; None if nowhere do they."""
    if len(forms) < 3 or not run.forms:
        return None
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.fuzz import partial_ratio_alignment

    found = partial_ratio_alignment(forms, run.forms, score_cutoff=100 * _NEAR * 0.8)
    if found is None:
        return None
    first, end = found.dest_start, found.dest_end
    best: tuple[float, int, int] | None = None
    for start in range(max(first - 2, 0), min(first + 3, len(run.forms))):
        for stop in range(max(end - 2, start + 1), min(end + 4, len(run.forms)) + 1):
            distance = Levenshtein.distance(forms, run.forms[start:stop])
            if best is None or distance < best[0]:
                best = (distance, start, stop)
    if best is None or best[0] > (1 - _NEAR) * len(forms) + 0.5:
        return None
    here = run.forms[best[1] : best[2]]
    articles = [f for f in forms if f not in _ARTICLES] == [f for f in here if f not in _ARTICLES]
    return Span(run.spans[best[1]].start, run.spans[best[2] - 1].end), articles


def _is_name(setting: Setting, span: Span, parts: list[_Run]) -> bool:
    """Whether the words that say something are all written with a capital in the body: a name, a title."""
    words = words_of(setting.text, [span])
    written = [setting.text[start] for form, start in zip(words.forms, words.starts, strict=True) if not is_stopword(form)]
    return bool(written) and all(each.isupper() or each.isdigit() for each in written)


def _is_set_off(setting: Setting, span: Span) -> bool:
    """Whether the words stand in a paragraph that is one speaker's words from end to end, as block quotations do."""
    block = next((each for each in setting.article.paragraphs if each.contains(span)), None)
    return block is not None and any(
        content.start <= block.start + 2 and content.end >= block.end - 2 for each in setting.attributions for content in each.content
    )


def _looks_like_title(setting: Setting, inner: Span) -> bool:
    """Whether the words have the capitals of a title where the rest of the headline has not."""
    words = [each for each in inner.of(setting.text).split() if each[:1].isalpha() and not is_stopword(each.lower())]
    line = next(
        (each for each in (setting.article.headline, setting.article.standfirst) if each and each.contains(inner)), inner
    )
    rest = setting.text[line.start : inner.start] + " " + setting.text[inner.end : line.end]
    others = [each for each in rest.split() if len(each) > 3 and each[0].isalpha()]
    return (
        len(words) > 0 and all(each[0].isupper() for each in words) and any(each[0].islower() for each in others)
    )
