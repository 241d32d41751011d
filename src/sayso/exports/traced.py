"""One utterance traced through the archive, for people at a terminal.

Words in which a wording differs stand between asterisks, and in a style of their own where there are colours.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.archive.tracing.forms import Dispute, Occurrence, Trace, Wording
from sayso.documents import Span
from sayso.exports.checkparts import shortened
from sayso.exports.counts import counted
from sayso.exports.found import hanging, marked
from sayso.exports.terminal import Page, Word, worded
from sayso.verdicts import SOUND

_INDENT = 5
_LONGEST = 60
"""Characters of a stretch that is changed or left out."""
_MARKS = ' “”"'
_KINDS = {
    "exact": ("the same words", "good"),
    "cut": ("cut differently", "good"),
    "altered": ("altered", "bad"),
    "reported": ("told without quotation marks", "dim"),
    "translated": ("in other words, quoted", "warn"),
    "paraphrased": ("paraphrased", "dim"),
}


def render(trace: Trace, *, width: int = 80, colour: bool = False) -> Iterator[str]:
    """The trace as chunks of text: what was said, each wording with who printed it, who disputes it."""
    page = Page(width, colour)
    yield _text(_head(trace, page))
    for number, wording in enumerate(trace.wordings, 1):
        yield "\n" + _text(_wording(wording, number, page, trace.reference))
    if not trace.wordings and trace.nearest:
        yield "\n" + _text(page.lines(worded("The nearest statements, which are something else:", "title"), 0))
        for occurrence, text in zip(trace.nearest, trace.nearest_texts, strict=True):
            yield _text([*page.lines(worded(text), _INDENT), *page.lines(_place(occurrence), _INDENT)])
    if trace.disputes:
        yield "\n" + _text(page.lines(worded("Disputed or answered", "title"), 0))
        for dispute in trace.disputes:
            yield _text(dispute_lines(dispute, page))


def render_disputes(disputes: list[Dispute], *, width: int = 80, colour: bool = False) -> Iterator[str]:
    """Who denied or answered what, the first published first, as chunks of text."""
    page = Page(width, colour)
    for place, dispute in enumerate(disputes):
        yield "\n" * bool(place) + _text(dispute_lines(dispute, page))
    if not disputes:
        yield "no dispute\n"


def dispute_lines(dispute: Dispute, page: Page) -> list[str]:
    """One denial or answer: who, of whom, the words of both, and where it is told."""
    verb = "disputes" if dispute.kind == "disputes" else "answers"
    head = f"{dispute.by or 'somebody'} {verb} {dispute.of or 'somebody'}"
    lines = page.lines(worded(head, "nobody"), 2)
    lines += page.lines([*worded("said:", "dim"), *worded(dispute.of_text)], _INDENT)
    label = "against it:" if dispute.kind == "disputes" else "answer:"
    lines += page.lines([*worded(label, "dim"), *worded(dispute.text)], _INDENT)
    where = " · ".join(each for each in (dispute.outlet, dispute.day, dispute.headline) if each)
    return lines + page.lines(worded(f"{where} [article {dispute.article}]", "dim"), _INDENT)


def _head(trace: Trace, page: Page) -> list[str]:
    articles = {each.article for wording in trace.wordings for each in wording.occurrences}
    if not articles:
        lines = page.lines(worded("No article of the archive carries this.", "title"), 0)
    else:
        lines = page.lines(worded(f"“{trace.reference.strip(_MARKS)}”", "title"), 0)
        count = (
            f"{counted(len(trace.wordings), 'wording')} in {counted(len(articles), 'article')}, "
            f"{counted(trace.witnesses, 'independent witness', 'independent witnesses')}"
        )
        if trace.first:
            count += f"; first seen {_when(trace.first)} in {trace.first.outlet or 'an unnamed outlet'}"
        lines += page.lines(worded(count), 0)
    if trace.source:
        source = trace.source
        told = " · ".join(each for each in (source.speaker, source.title, source.day) if each)
        lines += page.lines([*worded("as the transcript has it:", "dim"), *worded(told)], 0)
    for note in trace.notes:
        lines += page.lines(worded(note, "warn"), 0)
    return lines


def _wording(wording: Wording, number: int, page: Page, reference: str) -> list[str]:
    label, style = _KINDS[wording.kind]
    head: list[Word] = worded(label, style)
    if wording.reverses:
        head += worded(f"· changes the sense: {', '.join(wording.reverses)}", "bad")
    if wording.verdict is not None:
        verdict = wording.verdict
        good = verdict.value in SOUND
        head += worded(f"· check: {verdict.value}", "good" if good else "warn" if verdict.doubt else "bad")
        if verdict.doubt and not good:
            head += worded(f"(in doubt: {verdict.doubt})", "dim")
    lines = hanging(head, number, page)
    lines += page.lines(marked(wording.text, _changed(wording)), _INDENT)
    if wording.kind == "altered":
        lines += page.lines(worded(_lacking(wording, reference), "dim"), _INDENT)
    for occurrence in wording.occurrences:
        lines += page.lines(_place(occurrence), _INDENT)
    return lines


def _changed(wording: Wording) -> list[Span]:
    """The words that the reference has not, or has in another place; of a paraphrase nearly all are, and none shown."""
    places: list[Span] = []
    for difference in sorted(wording.differences, key=lambda each: each.article):
        start, end = difference.article
        if difference.class_ == "wording" and end > start and (not places or start >= places[-1].end):
            places.append(difference.article)
    return places


def _lacking(wording: Wording, reference: str) -> str:
    """The words of the reference that it changed or left out."""
    found: dict[str, list[str]] = {"replaced": [], "omitted": []}
    for difference in wording.differences:
        if difference.class_ == "wording" and difference.kind in found:
            found[difference.kind].append(f"“{shortened(difference.transcript.of(reference).strip(), _LONGEST)}”")
    named = (("instead of", found["replaced"]), ("without", found["omitted"]))
    return " · ".join(f"{what} {', '.join(words)}" for what, words in named if words)


def _place(occurrence: Occurrence) -> list[Word]:
    who = "".join(f"{each} › " for each in occurrence.via) + (occurrence.speaker_name or "nobody named")
    copied = f"copy of article {occurrence.copy_of}" if occurrence.copy_of else ""
    check = f"check: {occurrence.verdict}" if occurrence.verdict else ""
    check += f" (in doubt: {occurrence.doubt})" if check and occurrence.doubt else ""
    where = (occurrence.outlet or "", _when(occurrence), who, check, copied, f"[article {occurrence.article}]")
    return worded(" · ".join(each for each in where if each), "dim")


def _when(occurrence: Occurrence) -> str:
    """Day and, where it is known, the hour."""
    return (occurrence.published or "undated")[:16].replace("T", " ")


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
