"""Which turns are an interpreter's words."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from sayso.documents import Span, Turn
from sayso.transcripts.directions import Bracket
from sayso.transcripts.edges import trimmed
from sayso.transcripts.shapes import role_of


def mark_interpreted(text: str, turns: list[Turn], brackets: list[Bracket]) -> list[Turn]:
    """The turns with those marked that are an interpreter's words, split where the speaker goes on in his own.

    An interpreter's turn takes the name of whoever spoke right before, where that turn has no words of its own
    ("(Speaks Hindi.)"), else it keeps the interpreter's label.
    """
    marks = [each for each in brackets if each.kind in ("interpreted", "own words")]
    found: list[Turn] = []
    at = 0
    for given in turns:
        if given.role == "editor":
            found.append(given)
            continue
        turn = _named(text, given, found[-1] if found else None, brackets)
        while at < len(marks) and marks[at].span.end <= turn.span.start:
            at += 1
        inside = at
        while inside < len(marks) and marks[inside].span.end <= turn.span.end:
            mark = marks[inside]
            inside += 1
            if (mark.kind == "interpreted") == turn.interpreted:
                continue
            if text[turn.span.start : mark.span.start].strip():
                found.append(replace(turn, span=trimmed(text, Span(turn.span.start, mark.span.start))))
                turn = replace(turn, span=Span(mark.span.start, turn.span.end), label=None)
            turn = replace(turn, interpreted=not turn.interpreted)
        found.append(turn)
    return found


def _named(text: str, turn: Turn, before: Turn | None, brackets: list[Bracket]) -> Turn:
    """An interpreter's turn with the name of whom he interprets, where that is clear; another turn as it is."""
    if not turn.speaker or role_of(turn.speaker.casefold()) != "interpreter":
        return turn
    silent = before is not None and before.role == "speaker" and _is_silent(text, before.span, brackets)
    return replace(turn, interpreted=True, speaker=before.speaker if before and silent else turn.speaker)


def _is_silent(text: str, span: Span, brackets: list[Bracket]) -> bool:
    """Whether a turn has no words outside of brackets."""
    at = span.start
    for index in range(bisect_left(brackets, span.start, key=lambda each: each.span.start), len(brackets)):
        bracket = brackets[index]
        if bracket.span.end > span.end:
            break
        if any(map(str.isalnum, text[at : bracket.span.start])) or bracket.kind == "insert":
            return False
        at = bracket.span.end
    return not any(map(str.isalnum, text[at : span.end]))
