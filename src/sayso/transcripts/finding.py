"""All labels of a text: what may be one at the start of a line, what is one, and those inside paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from sayso.documents import Span
from sayso.transcripts.choosing import choose, name_words
from sayso.transcripts.draft import Draft
from sayso.transcripts.labels import Candidate, read_label, unnamed

_ENDED = re.compile(r"[.!?:;…)\]\"”’—–\-*_>~]\s*$")
_BEFORE_LABEL = re.compile(r"[ \t]*(?:\\?[(\[][^()\[\]\n]{2,60}[)\]][ \t]*){1,3}")


def find_labels(text: str, lines: list[Span], draft: Draft) -> list[Candidate]:
    """The speakers' labels of a text in text order; `lines` are those that are not blank."""
    labels = choose(text, list(candidates(text, lines, draft)), lines)
    labels = _with_inline(text, labels)
    for label in labels:
        _swallow_repeat(text, label)
    return labels


def candidates(text: str, lines: list[Span], draft: Draft) -> Iterator[Candidate]:
    """Everything at the start of a line that may be a label."""
    bold = {span.start: span for span in draft.bold}
    names = {span.start: span for span in draft.labels}
    before: Span | None = None
    numbers = {span.start: span.end for span in draft.unsaid}
    for whole in lines:
        line = whole
        if numbers:
            at = whole.start + len(whole.of(text)) - len(whole.of(text).lstrip())
            line = Span(numbers.get(at, whole.start), whole.end)
        opens = before is None or _opens(text, before, line)
        start = line.start
        found = read_label(text, start, line.end, opens=opens)
        if not found and text[start] in " \t\\([" and (skipped := _BEFORE_LABEL.match(text, start, line.end)):
            found = read_label(text, skipped.end(), line.end, opens=opens)
        at = start
        while at < line.end and text[at] in " \t":
            at += 1
        marked = names.get(at) or bold.get(at)
        if marked and marked.end <= line.end:
            found = _marked(text, line, marked, found, opens=opens)
            for each in found:
                if at in names and (each.mark != "colon" or each.bold):
                    each.mark, each.named = "bold", True
        if draft.labels_only and at not in names:
            found = [each for each in found if each.mark == "arrows"]
        for each in found:
            if line.start > whole.start:
                each.span = Span(whole.start, each.span.end)
        yield from found
        before = line
    for mark in draft.dashes:
        yield unnamed(mark, text, len(text))


def _marked(text: str, line: Span, marked: Span, found: list[Candidate], *, opens: bool) -> list[Candidate]:
    """The candidates of a line that begins in bold, or with what the format calls a speaker's name."""
    for each in found:
        if each.mark != "colon" or each.span.end <= marked.end + 2:
            each.bold = each.letters = True
    if any(each.bold for each in found) or marked.end - marked.start > 120:
        return found
    alone = read_label(text, line.start, marked.end, opens=opens)
    for each in alone:
        each.mark, each.bold = "bold", True
        each.span = Span(each.span.start, marked.end)
        each.body = max(each.body, marked.end)
        while each.body < line.end and text[each.body] in " \t:.–—-":
            each.body += 1
    return [*found, *alone]


def _opens(text: str, upper: Span, lower: Span) -> bool:
    """Whether a line begins a paragraph: after a blank line, or where the line above had come to an end."""
    if text.count("\n", upper.end, lower.start) > 1:
        return True
    return bool(_ENDED.search(text, max(upper.start, upper.end - 4), upper.end)) or upper.end - upper.start < 60


def _with_inline(text: str, labels: list[Candidate]) -> list[Candidate]:
    """Also the labels in capitals that stand inside a paragraph, of speakers who are known by then."""
    known = {each.key: each for each in labels if each.mark == "colon" and each.name.isupper() and len(each.key) > 1}
    if not known:
        return labels
    names = sorted({each.name for each in known.values()}, key=len, reverse=True)
    inline = re.compile(rf"(?<=[.?!)\]\"”—-])[ \t]+(?P<label>(?:{'|'.join(map(re.escape, names))}):)[ \t]")
    starts = [each.span.start for each in labels]
    taken = set(starts)
    added = []
    for found in inline.finditer(text):
        start = found.start("label")
        before = bisect_right(starts, start) - 1
        if start in taken or (before >= 0 and start < labels[before].body):
            continue
        label = read_label(text, start, found.end())
        added += [each for each in label[:1] if each.key in known]
    return sorted([*labels, *added], key=lambda each: each.span.start) if added else labels


def _swallow_repeat(text: str, label: Candidate) -> None:
    """Takes a label that is written twice ("LUND: Lund: Well") as one."""
    end = text.find("\n", label.body)
    end = len(text) if end < 0 else end
    for again in read_label(text, label.body, end)[:1]:
        if again.mark == "colon" and name_words(again.key)[-1] == name_words(label.key)[-1]:
            label.body = again.body
            label.span = Span(label.span.start, again.span.end)
