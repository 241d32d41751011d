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
from itertools import pairwise
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
_LONG = 4
"""Words that a quotation must have in order to be told from others by most of them."""
_IRONY = 3
"""Words at most that a headline puts in marks to keep them at arm's length."""
_NEAR = 0.75
"""Of the words of a headline's quotation, how many the body's must have in order to be the one that is meant."""
_APART = 400
"""Characters that may lie between two stretches of one quotation ("he said, turning to the crowd")."""


@dataclass(slots=True)
class _Run:
    """Words to compare, each with its place in the text."""

    forms: list[str]
    spans: list[Span]


def unquoted_in(line: Span, setting: Setting, *, below: int | None = None) -> Iterator[Finding]:
    """A finding for each stretch in quotation marks of a headline or standfirst that no quotation of the body has.

    The body begins at `below` (None: where the headline ends).
    """
    start = setting.line.end if below is None else below
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
            quoted = _plain(
                words_of(setting.text, _outer([each for each in setting.quoted if each.start >= start])),
                without=_BRACKETS,
            )
        found = _judge(inner, quoted, setting, start)
        if found is not None:
            yield found


def quoted_at(inner: Span, setting: Setting) -> list[Span]:
    """Where quotations of the body have the words of one in the headline, in order and without a break."""
    words = _plain(words_of(setting.text, [inner]))
    run = _plain(words_of(setting.text, _outer(setting.quoted)))
    found: list[Span] = []
    place = _find(words.forms, run, 0) if words.forms else None
    while place is not None:
        found.append(Span(run.spans[place[0]].start, run.spans[place[1] - 1].end))
        place = _find(words.forms, run, place[1])
    return found


def marked_in(line: Span, text: str) -> list[Span]:
    """The stretches in quotation marks of a headline, without their marks and without those inside another."""
    return [without_marks(text, each) for each in _outer(quoted_spans(text, [line]))]


def _closes(text: str, marked: Span) -> bool:
    return marked.end - marked.start > 1 and not text[marked.end - 1].isalnum()


def _outer(spans: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for span in spans:
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


def _judge(inner: Span, quoted: _Run, setting: Setting, start: int) -> Finding | None:
    text = setting.text
    parts = [
        part
        for part in (_plain(words_of(text, [each]), without=_BRACKETS) for each in _parts(text, inner))
        if part.forms
    ]
    if not parts or _find_all(parts, quoted) is not None:
        return None
    found = _find_all([_stemmed(part) for part in parts], _stemmed(quoted))
    if found is not None:
        return _finding(inner, found, "the body's quotation has these words in another form", "only their form differs")
    found = _find_all([_bare(part) for part in parts], _bare(quoted))
    if found is not None:
        return _finding(inner, found, "the body's quotation has other articles", "only articles differ")
    below = start == setting.line.end
    body = _plain(setting.words if below else words_of(text, [Span(start, len(text))]))
    found = _find_all(parts, body)
    if found is not None:
        if any(_is_name(setting, each) for each in found) or all(_is_set_off(setting, each) for each in found):
            return None
        why = "the body has these words, but not in quotation marks"
        return _finding(inner, found, why, "the body may quote without marks")
    forms = [form for part in parts for form in part.forms]
    for words, where, doubt in ((quoted, "quotation", None), (body, "text", "the body may quote without marks")):
        near = _nearest(forms, words)
        if near is not None:
            return _finding(inner, [near], f'the body\'s {where} has it otherwise: "{near.of(text)}"', doubt)
    return _finding(inner, [], "no quotation of the body has these words, nor has its text", _other_use(setting, inner))


def _find_all(parts: list[_Run], run: _Run) -> list[Span] | None:
    """Where each of the parts stands, in order; None if one of them is not there."""
    found = []
    at = 0
    for part in parts:
        place = _find(part.forms, run, at) if part.forms else None
        if part.forms and place is None:
            return None
        if place is not None:
            first, at = place
            found.append(Span(run.spans[first].start, run.spans[at - 1].end))
    return found or None


def _stemmed(run: _Run) -> _Run:
    return _Run([stem(form) for form in run.forms], run.spans)


def _bare(run: _Run) -> _Run:
    """The words without articles."""
    kept = [at for at, form in enumerate(run.forms) if form not in _ARTICLES]
    return _Run([run.forms[at] for at in kept], [run.spans[at] for at in kept])


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


def _find(forms: list[str], run: _Run, start: int) -> tuple[int, int] | None:
    """Where words stand in a run without a break, at or after `start`; None if they do not."""
    size = len(forms)
    for at in range(start, len(run.forms) - size + 1):
        if run.forms[at] == forms[0] and run.forms[at : at + size] == forms:
            spans = run.spans[at : at + size]
            if all(b.start - a.end <= _APART for a, b in pairwise(spans)):
                return at, at + size
    return None


def _nearest(forms: list[str], run: _Run) -> Span | None:
    """Where most of the words stand in order; None if nowhere do they."""
    if len(forms) < _LONG or not run.forms:
        return None
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.fuzz import partial_ratio_alignment

    found = partial_ratio_alignment(forms, run.forms, score_cutoff=100 * _NEAR * 0.8)
    if found is None:
        return None
    first, end = found.dest_start, found.dest_end
    distance, start, stop = min(
        (Levenshtein.distance(forms, run.forms[start:stop]), start, stop)
        for start in range(max(first - 2, 0), first + 3)
        for stop in range(max(end - 2, start + 1), min(end + 4, len(run.forms)) + 1)
    )
    if distance > (1 - _NEAR) * len(forms) + 0.5:
        return None
    return Span(run.spans[start].start, run.spans[stop - 1].end)


def _is_name(setting: Setting, span: Span) -> bool:
    """Whether the words that say something are all written with a capital in the body: a name, a title."""
    words = words_of(setting.text, [span])
    written = [setting.text[at] for form, at in zip(words.forms, words.starts, strict=True) if not is_stopword(form)]
    return bool(written) and all(each.isupper() or each.isdigit() for each in written)


def _is_set_off(setting: Setting, span: Span) -> bool:
    """Whether the words stand in a paragraph that is one speaker's words from end to end, as block quotations do."""
    block = next((each for each in setting.article.paragraphs if each.contains(span)), None)
    return block is not None and any(
        content.start <= block.start + 2 and content.end >= block.end - 2
        for each in setting.attributions
        for content in each.content
    )


def _other_use(setting: Setting, inner: Span) -> str | None:
    """What else than somebody's words the marks may stand round, in words: a title, or a word held at arm's length."""
    article = setting.article
    lines = [each for each in (article.headline, article.standfirst) if each is not None and each.contains(inner)]
    line = lines[0] if lines else inner
    rest = f"{setting.text[line.start : inner.start]} {setting.text[inner.end : line.end]}"
    words = [each for each in inner.of(setting.text).split() if each[:1].isalpha() and not is_stopword(each.lower())]
    others = [each for each in rest.split() if len(each) > 3 and each[0].isalpha()]
    titled = len(others) > 1 and all(each[0].isupper() for each in others)
    reported = any(
        span.contains(inner) for each in article.attributions for span in each.content if line.contains(span)
    )
    if reported:
        return None
    if len(words) > 1 and all(each[0].isupper() for each in words) and not titled:
        return "it may be a name or a title"
    return (
        None
        if len(inner.of(setting.text).split()) > _IRONY
        else "the marks may be the outlet's own, round a word it would not use"
    )
