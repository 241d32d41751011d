"""Article and transcript side by side: the article with what is judged marked, the transcript with where it was said.

A transcript of ordinary length stands there whole; of very long ones only the turns round a passage do.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sayso.documents import Article, Span, Transcript, Turn
from sayso.exports.checkparts import Sheet, article_sides, clock, gaps, passage_side
from sayso.exports.htmlparts import GAP, classes, data, escaped
from sayso.exports.segments import Block, Mark, Segment, blocks, cut, share_out
from sayso.verdicts import HeadlineVerdict, QuoteVerdict, Verdict

_TAGS = {"headline": "h2", "heading": "h3"}
_WHOLE = 600_000
"""Characters up to which the transcripts of an article stand on the page whole."""
_ROUND = 2
"""Turns before and after one with a passage that are shown of a longer one."""


def article_side(sheet: Sheet) -> str:
    """The article with its quotes, its headline's words and its figures marked by their verdicts."""
    article = sheet.article
    marks = [Mark(span, "judged", number) for each, number in sheet.numbered() for span in _judged(each)]
    marks += [
        Mark(span, "changed", sheet.number(each))
        for each in sheet.quotes
        for _, changed in article_sides(each)
        for span in changed
    ]
    opened: set[int] = set()
    layout = blocks(article)
    shown = []
    for block, own in zip(layout, share_out(marks, layout), strict=True):
        shown.append(_block(sheet, article, block, own, opened))
    return f'<div class="side article" aria-label="Article">{"".join(shown)}</div>'


def _judged(verdict: Verdict) -> list[Span]:
    if isinstance(verdict, HeadlineVerdict):
        return [span for finding in verdict.findings if finding.kind != "supported" for span in finding.spans]
    if isinstance(verdict, QuoteVerdict) and verdict.indirect:
        return []
    return verdict.spans


def _block(sheet: Sheet, article: Article, block: Block, marks: list[Mark], opened: set[int]) -> str:
    tag = _TAGS.get(block.kind, "p")
    words = "".join(_segment(sheet, article.text, each, opened) for each in cut(block.span, marks))
    return f"<{tag}{classes('text', block.kind)}>{words}</{tag}>"


def _segment(sheet: Sheet, text: str, segment: Segment, opened: set[int]) -> str:
    numbers = segment.numbers("judged")
    if not numbers:
        return escaped(segment.span.of(text))
    number = numbers[-1]
    verdict = sheet.verdict(number)
    words = _with_gaps(segment.span, text, gaps(verdict) if isinstance(verdict, QuoteVerdict) else [])
    anchor = "" if number in opened else f' id="in{number}"'
    # What another verdict lies over begins here too: a link leads to each.
    under = "".join(f'<span class="anchor" id="in{each}"></span>' for each in numbers[:-1] if each not in opened)
    opened.update(numbers)
    changed = " changed" if segment.numbers("changed") else ""
    label = f' title="{escaped(verdict.value)}"'
    ends = any(mark.role == "judged" and mark.span.end == segment.span.end for mark in segment.marks)
    ref = (
        f'<a class="ref {sheet.weight(verdict)}" href="#card{number}">{sheet.shown_number(verdict)}</a>' if ends else ""
    )
    return (
        f'{under}<span{anchor} class="judged {sheet.weight(verdict)}{changed}"{label}'
        f"{data(v=number, value=verdict.value)}>{words}</span>{ref}"
    )


def _with_gaps(span: Span, text: str, missing: list[int]) -> str:
    """Words with a sign where the transcript has more; at the edge of two stretches the later one has it."""
    held = [at for at in missing if span.start <= at < span.end]
    edges = [span.start, *held, span.end]
    return GAP.join(escaped(text[start:end]) for start, end in pairwise(edges))


def transcript_sides(sheet: Sheet) -> str:
    """The transcripts with the passages marked; "" where there are none."""
    shown = [_transcript(sheet, each) for each in sheet.article.transcripts if sheet.is_shown(each)]
    if not shown:
        return ""
    return f'<div class="side transcript" aria-label="Transcript" tabindex="0">{"".join(shown)}</div>'


def _transcript(sheet: Sheet, transcript: Transcript) -> str:
    name = transcript.source.name if transcript.source else transcript.id
    title = transcript.title or name.rpartition("/")[2] or name
    notes = [
        transcript.date.isoformat() if transcript.date else "",
        name.rpartition("/")[2] if transcript.title else "",
    ]
    notes += [f"as {transcript.version}" if transcript.version else "", "not complete" if transcript.partial else ""]
    told = " · ".join(escaped(each) for each in notes if each)
    marks = [
        Mark(passage.span, "judged", sheet.number(each))
        for each in [*sheet.quotes, *sheet.indirect]
        for passage in each.passages
        if passage.transcript == transcript.id
    ]
    marks += [
        Mark(span, "changed", sheet.number(each))
        for each in sheet.quotes
        for passage in each.passages
        if passage.transcript == transcript.id
        for span in passage_side(each, passage)[1]
    ]
    turns = "".join(_turns(sheet, transcript, marks))
    return f'<h2 class="text">{escaped(title)}</h2><p class="imprint">{told}</p>{turns}'


def _turns(sheet: Sheet, transcript: Transcript, marks: list[Mark]) -> Iterator[str]:
    whole = sum(len(each.text) for each in sheet.article.transcripts) <= _WHOLE
    held = [[mark for mark in marks if mark.span.overlaps(turn.span)] for turn in transcript.turns]
    left_out = 0
    for place, turn in enumerate(transcript.turns):
        if not whole and not any(held[max(place - _ROUND, 0) : place + _ROUND + 1]):
            left_out += 1
            continue
        if left_out:
            yield _left_out(left_out)
            left_out = 0
        yield _turn(sheet, transcript, turn, held[place])
    if left_out:
        yield _left_out(left_out)


def _left_out(count: int) -> str:
    return f'<p class="imprint">… {count} turn{"s"[: count != 1]} …</p>'


def _turn(sheet: Sheet, transcript: Transcript, turn: Turn, marks: list[Mark]) -> str:
    asides = [Mark(span, "aside", 0) for span in transcript.directions if turn.span.contains(span)]
    asides += [Mark(each.struck, "struck", 0) for each in transcript.corrections if turn.span.contains(each.struck)]
    words = "".join(_said(sheet, transcript, each) for each in cut(turn.span, [*marks, *asides]))
    label = f'<b class="label">{escaped(turn.speaker)}</b> ' if turn.speaker else ""
    time = clock(transcript.seconds_at(turn.span.start)) if transcript.timecodes else ""
    return f'<p class="turn text {turn.role}">{label}{f"<time>{time}</time> " if time else ""}{words}</p>'


def _said(sheet: Sheet, transcript: Transcript, segment: Segment) -> str:
    words = escaped(segment.span.of(transcript.text))
    roles = {mark.role for mark in segment.marks}
    if "struck" in roles:
        words = f"<del>{words}</del>"
    if "aside" in roles:
        words = f'<i class="aside">{words}</i>'
    numbers = segment.numbers("judged")
    if not numbers:
        return words
    verdict = sheet.verdict(numbers[0])
    anchors = "".join(
        f'<span class="anchor" id="{anchor}"></span>' for anchor in sheet.anchors_at(transcript.id, segment.span.start)
    )
    changed = " changed" if "changed" in roles else ""
    return (
        f'{anchors}<span class="judged {sheet.weight(verdict)}{changed}" title="{escaped(verdict.value)}"'
        f"{data(p=numbers)}>{words}</span>"
    )
