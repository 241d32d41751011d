"""The findings of a check: a card for each verdict, what fails first, with the two texts side by side."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.documents import Span
from sayso.exports.checkparts import (
    WEIGHTS,
    Sheet,
    Side,
    article_sides,
    gaps,
    holds,
    passage_side,
    passage_words,
    runs,
    shortened,
    words_there,
)
from sayso.exports.htmlparts import GAP, classes, data, escaped
from sayso.verdicts import FigureVerdict, HeadlineVerdict, Passage, QuoteVerdict, Verdict

_LONGEST = 320
"""Characters of a question or of a body sentence that are shown."""


def cards(sheet: Sheet) -> str:
    """The list of all verdicts of an article."""
    if not sheet.verdicts:
        return '<p class="none">There is nothing to check in this article.</p>'
    shown = "\n".join(_card(sheet, each) for each in ordered(sheet))
    return f'<ol class="findings" aria-label="Findings">\n{shown}\n</ol>'


def ordered(sheet: Sheet) -> list[Verdict]:
    """The verdicts of an article, what fails first."""
    return sorted(sheet.verdicts, key=lambda each: WEIGHTS.index(sheet.weight(each)))


def is_brief(sheet: Sheet, verdict: Verdict) -> bool:
    """Whether a card shows no more than that all is well."""
    return sheet.weight(verdict) == "good" and verdict.value == "verbatim"


def finding(sheet: Sheet, verdict: Verdict, *, brief: bool) -> str:
    """What stands in the card of a verdict, as HTML that is safe: all that comes from outside is escaped.

    A `brief` one leaves out what differs, and why.
    """
    number, weight = sheet.number(verdict), sheet.weight(verdict)
    indirect = isinstance(verdict, QuoteVerdict) and verdict.indirect
    who = sheet.speaker(verdict)
    head = (
        f'<p class="head"><a class="number" href="#in{number}">{sheet.shown_number(verdict)}</a>'
        f'<span class="verdict {weight}">{escaped(sheet.label(verdict))}</span>'
        + (f'<span class="who">{escaped(who)}</span>' if who else "")
        + f'<span class="kind">{"statement" if indirect else verdict.check}</span></p>'
    )
    if isinstance(verdict, QuoteVerdict):
        body = _quote(sheet, verdict, brief=brief)
    elif isinstance(verdict, HeadlineVerdict):
        body = _headline(sheet, verdict)
    else:
        assert isinstance(verdict, FigureVerdict)
        body = _figure(sheet, verdict)
    doubt = f'<p class="doubt">{escaped(verdict.doubt)}</p>' if verdict.doubt else ""
    return head + body + doubt


def _card(sheet: Sheet, verdict: Verdict) -> str:
    number = sheet.number(verdict)
    brief = is_brief(sheet, verdict)
    named = classes("finding", sheet.weight(verdict), "brief" if brief else "")
    shown = finding(sheet, verdict, brief=brief)
    return f'<li{named} id="card{number}"{data(card=number, value=sheet.label(verdict))}>{shown}</li>'


def _quote(sheet: Sheet, verdict: QuoteVerdict, *, brief: bool) -> str:
    text = sheet.article.text
    missing = gaps(verdict)
    ours = " … ".join(marked(_bare(side, text), text, missing) for side in article_sides(verdict))
    theirs = "".join(_passage(sheet, verdict, passage, brief=brief) for passage in verdict.passages)
    theirs = theirs or '<p><span class="label">transcript</span> nothing like it</p>'
    pair = (
        f'<div class="pair"><p class="ours"><span class="label">article</span> {ours}</p>'
        f'<div class="theirs">{theirs}</div></div>'
    )
    if brief:
        return pair
    notes = [f'<p class="why">{escaped(verdict.why)}</p>']
    for context in verdict.context:
        words = words_there(verdict.passages[0], context.span, sheet.transcripts)
        notes.append(
            f'<p class="note"><span class="label">cut off</span> <em>{escaped(words)}</em> '
            f"({escaped(context.kind)})</p>"
        )
    if holds(verdict) and (question := verdict.passages[0].question) is not None:
        asked = shortened(words_there(verdict.passages[0], question, sheet.transcripts), _LONGEST)
        notes.append(f'<p class="note"><span class="label">asked</span> {escaped(asked)}</p>')
    for other in verdict.elsewhere:
        where = passage_words(Passage(other.transcript, other.span), sheet.transcripts)
        notes.append(
            f'<p class="note"><span class="label">elsewhere</span> {escaped(other.value)} by {escaped(where)}: '
            f"{escaped(shortened(other.text, _LONGEST))}</p>"
        )
    return pair + "".join(notes)


def _passage(sheet: Sheet, verdict: QuoteVerdict, passage: Passage, *, brief: bool) -> str:
    transcript = sheet.transcripts.get(passage.transcript)
    where = escaped(passage_words(passage, sheet.transcripts))
    link = sheet.anchor(verdict, passage)
    source = f'<a class="where" href="#{link}">{where}</a>' if link else f'<span class="where">{where}</span>'
    if transcript is None or brief:
        return f'<p><span class="label">said</span> {source}</p>'
    before = _context(passage.before, transcript.text, last=True)
    after = _context(passage.after, transcript.text)
    words = marked(passage_side(verdict, passage), transcript.text)
    label = "transcript" if holds(verdict) else "nearest"
    return f'<p><span class="label">{label}</span> {before}{words}{after} {source}</p>'


def _context(span: Span | None, text: str, *, last: bool = False) -> str:
    if span is None:
        return ""
    words = escaped(" ".join(span.of(text).split()))
    return f'<span class="round">{words}</span> ' if last else f' <span class="round">{words}</span>'


def _headline(sheet: Sheet, verdict: HeadlineVerdict) -> str:
    text = sheet.article.text
    shown = ""
    for finding in verdict.findings:
        words = " … ".join(escaped(span.of(text)) for span in finding.spans)
        body = "".join(
            f'<p><span class="label">body</span> {escaped(shortened(span.of(text), _LONGEST))}</p>'
            for span in finding.evidence[:3]
        )
        shown += (
            f'<div class="pair"><p class="ours"><span class="label">{escaped(finding.kind)}</span> '
            f"<mark>{words}</mark></p>"
            f'<div class="theirs">{body}</div></div>'
            f'<p class="why">{escaped(finding.why)}</p>'
            + (f'<p class="doubt">{escaped(finding.doubt)}</p>' if finding.doubt else "")
        )
    return shown or f'<p class="why">{escaped(verdict.why)}</p>'


def _figure(sheet: Sheet, verdict: FigureVerdict) -> str:
    words = " … ".join(escaped(span.of(sheet.article.text)) for span in verdict.spans)
    sources = "".join(
        f'<p class="note"><span class="label">reference</span> {escaped(each.name)}: {each.value:,g} '
        f"{escaped(each.unit)} ({escaped(', '.join(str(part) for part in (each.source, each.year) if part))})</p>"
        for each in verdict.references
    )
    return (
        f'<p class="ours"><span class="label">article</span> {words}</p>'
        f'<p class="why"><span class="label">{escaped(verdict.rule)}</span> {escaped(verdict.why)}</p>{sources}'
    )


def marked(side: Side, text: str, missing: Sequence[int] = ()) -> str:
    """The words of a side, those that differ marked, and a sign where words are `missing`."""
    (start, end), changed = side
    shown, at = "", start
    for gap in [*(each for each in missing if start <= each <= end), None]:
        until = end if gap is None else gap
        cuts = [Span(max(one.start, at), min(one.end, until)) for one in changed]
        part = Span(at, until), [one for one in cuts if one.start < one.end]
        shown += "".join(
            f"<mark>{escaped(run)}</mark>" if differs else escaped(run) for run, differs in runs(part, text)
        )
        shown += "" if gap is None else GAP
        at = until
    return shown


def _bare(side: Side, text: str) -> Side:
    """A side without the comma with which the article goes on: it is not of what was said.

    >>> _bare((Span(0, 8), []), "We know,")
    (Span(start=0, end=7), [])
    """
    (start, end), changed = side
    kept = Span(start, start + len(text[start:end].rstrip(", ")))
    return (kept, changed) if all(kept.contains(each) for each in changed) else side
