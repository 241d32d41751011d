"""Turns of speakers whom a transcript sets apart without naming: questions in bold, turns that begin with a dash."""

from __future__ import annotations

import re

from sayso.documents import Span, Turn, TurnRole

_DASH = re.compile(r"[ \t]*(?:[-–—]{1,2})[ \t]*(?=[^\s\d\-–—])")
_FEWEST = 3


def questions_in_bold(text: str, bold: list[Span]) -> list[Turn]:
    """The turns of an interview whose questions are whole paragraphs in bold; empty where it is none."""
    lines = [Span(*found.span()) for found in re.finditer(r"[^\n]*\S[^\n]*", text)]
    starts = {span.start: span for span in bold}
    asked = []
    for line in lines:
        marked = starts.get(line.start)
        asked.append(marked is not None and marked.end >= line.end - 2)
    questions = sum(is_bold and "?" in line.of(text) for line, is_bold in zip(lines, asked, strict=True))
    if questions < _FEWEST or questions * 2 < sum(asked) or sum(asked) * 4 > len(lines) * 3:
        return []
    turns: list[Turn] = []
    started = False
    for line, is_bold in zip(lines, asked, strict=True):
        started = started or (is_bold and "?" in line.of(text))
        role: TurnRole = "question" if is_bold and started else "speaker" if started else "editor"
        if turns and turns[-1].role == role:
            turns[-1] = Turn(Span(turns[-1].span.start, line.end), role=role)
        else:
            turns.append(Turn(line, role=role))
    return turns


def dashed(text: str, lines: list[Span]) -> list[Turn]:
    """The turns of a dialogue in which a dash opens each; empty where dashes are only those of a list."""
    marks = [_DASH.match(text, line.start, line.end) for line in lines]
    count = sum(mark is not None for mark in marks)
    if count < _FEWEST or count * 10 < len(lines) * 6:
        return []
    whole = sum(
        bool(re.search(r"[.?!…][\"”’)]*\s*$", line.of(text))) for line, mark in zip(lines, marks, strict=True) if mark
    )
    asked = sum("?" in line.of(text) for line, mark in zip(lines, marks, strict=True) if mark)
    if whole * 10 < count * 7 or not asked:
        return []
    turns: list[Turn] = []
    for line, mark in zip(lines, marks, strict=True):
        if mark:
            turns.append(Turn(Span(mark.end(), line.end), label=Span(line.start, mark.end())))
        elif turns:
            turns[-1] = Turn(Span(turns[-1].span.start, line.end), label=turns[-1].label)
        else:
            turns.append(Turn(line, role="editor"))
    return turns
