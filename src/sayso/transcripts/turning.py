"""From a text and its labels to its turns: what lies between them, before the first and after the last."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from sayso.documents import Span, Turn, TurnRole
from sayso.transcripts.choosing import name_words
from sayso.transcripts.directions import Bracket
from sayso.transcripts.labels import Candidate
from sayso.transcripts.lists import label_classes
from sayso.transcripts.shapes import role_of

_LINE = re.compile(r"[^\n]+")
_CLOCK = (
    r"(?:at )?\d{1,2}[:.]\d\d\s*(?:[AaPp]\.?\s?[Mm]\.?|hours|hrs|h)?\.?\s*\(?(?:[A-Z]{2,5}|local time|GMT|Eastern)?\)?"
)
_LAST = re.compile(
    rf"[\s*_\\]*(?:(?:-\s*)?(?:the )?end(?:s|ed)?(?: of (?:the )?\w+(?: \w+)?)?[\s.:,]*(?:{_CLOCK})?(?:\s*-)?|{_CLOCK}|(?:\\?[#*\-_=~•][ \t]*){{2,}}|-30-"
    r"|###|\[?\(?end(?:s| of [\w ]{3,40})?\)?\]?\.?|©.*|copyright .*|to view the .*:|source:.*|transcri(?:pt|bed|ption) by.*"
    r"|(?:read|watch|see) (?:more|also|the full).*|https?://\S+|\(?(?:whereupon|thereupon)\b.*)[\s*_\\]*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…:;—–-][\"'”’)\]*_\\\s]*$")
_SPOKEN = re.compile(r"\b(?:I|I['’]\w+|we|We|[Ww]e['’]\w+|you|You|my|My|our|Our|us|me|thank|Thank|welcome|Welcome)\b")
_ABOUT_ITSELF = re.compile(
    r"\b(?:transcript|transcription|interview(?:ed)?|following|below|remarks|recorded|conducted|aired|excerpts?|edited|translation)\b",
    re.IGNORECASE,
)
_PROSE_WORDS = 12
_LONG_OPENING = 120
_MOST_HEAD_LINES = 15
_ASIDE = re.compile(r"\(([^()]+)\)")
_OUTLET_AFTER_COMMA = re.compile(r",\s*([^,()]+)$")


def unlabelled(text: str, speaker: str | None = None) -> list[Turn]:
    """The turns of a text without labels: the lines of its heading, what is said, and the lines that close it."""
    lines = [Span(*found.span()) for found in _LINE.finditer(text) if found.group().strip()]
    if not lines:
        return []
    first = _head_lines(text, lines)
    last = len(lines)
    while last > first + 1 and len(lines) - last < 6 and _is_last_line(lines[last - 1].of(text)):
        last -= 1
    turns = []
    if first:
        turns.append(Turn(_trimmed(text, Span(lines[0].start, lines[first - 1].end)), role="editor"))
    turns.append(Turn(_trimmed(text, Span(lines[first].start, lines[last - 1].end)), speaker))
    if last < len(lines):
        turns.append(Turn(_trimmed(text, Span(lines[last].start, lines[-1].end)), role="editor"))
    return turns


def labelled(text: str, labels: list[Candidate], *, start: int = 0) -> list[Turn]:
    """The turns of a text with labels."""
    names = _names(labels)
    turns = _opening(text, start, labels[0].span.start)
    askers = _askers(text, labels)
    for index, label in enumerate(labels):
        stop = labels[index + 1].span.start if index + 1 < len(labels) else len(text)
        span = _trimmed(text, Span(min(label.body, stop), stop))
        if index + 1 == len(labels):
            span, after = _without_last_lines(text, span)
        else:
            after = None
        role = "question" if label.key in askers else role_of_name(label.name, label.key)
        if span.start < span.end:
            name = names[label.key, label.aside]
            turns.append(Turn(span, name or None, _trimmed(text, label.span), role, label.interpreted))
        if after:
            turns.append(Turn(after, role="editor"))
    return turns


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _names(labels: list[Candidate]) -> dict[tuple[str, str | None], str]:
    """One spelling for each label: the one that is used most, where they differ in capitals only."""
    spelt: dict[tuple[str, str | None], Counter[str]] = {}
    for each in labels:
        spelt.setdefault((each.key, each.aside), Counter())[each.name] += 1
    return {key: counted.most_common(1)[0][0] for key, counted in spelt.items()}


def _askers(text: str, labels: list[Candidate]) -> set[str]:
    """The keys of labels whose bearers the heading names as moderators ("MODERATOR: Lena Holm")."""
    named = (
        {
            word
            for each in labels
            if each.key.rstrip("s") in ("moderator", "questioner", "panelist", "interviewer")
            and each.key != "questioner"
            for word in re.findall(r"[^\W\d_]{2,}", text[each.body : each.body + 160].split("\n", 1)[0].casefold())
        }
        if len(labels) > 2 and labels[0].key.rstrip("s") in ("moderator", "participant", "interviewer", "panelist")
        else set()
    )
    if not named:
        return set()
    return {each.key for each in labels if set(name_words(each.key)) <= named}


def role_of_name(name: str, key: str | None = None) -> TurnRole:
    """What kind of turn a label announces.

    >>> role_of_name("Q"), role_of_name("Marta Lind (Radio Nord)"), role_of_name("AUDIENCE"), role_of_name("MR. HOLM")
    ('question', 'question', 'audience', 'speaker')
    """
    found = role_of(key if key is not None else re.sub(r"\s*\([^()]*\)$", "", name).casefold())
    if found == "question" or _is_journalist(name):
        return "question"
    return "audience" if found == "audience" else "editor" if found == "editor" else "speaker"


def _is_journalist(name: str) -> bool:
    """Whether an outlet stands behind the name: "Marta Lind (Radio Nord)", "Marta Lind, Radio Nord"."""
    after, aside = _OUTLET_AFTER_COMMA.search(name), _ASIDE.search(name)
    for place in (aside[1] if aside else None, after[1] if after else None):
        words = [word.strip(".,").casefold() for word in re.split(r"[\s/]+", place or "")]
        if words and words[-1] in (
            "secretary",
            "spokesperson",
            "spokesman",
            "spokeswoman",
            "officer",
            "minister",
            "general",
        ):
            continue
        if any("outlet" in label_classes(word) for word in words):
            return True
    return False


def _opening(text: str, start: int, stop: int) -> list[Turn]:
    """What lies before the first label: a heading and notes are the editor's; a long stretch of speech is somebody's."""
    span = _trimmed(text, Span(start, stop))
    if span.start >= span.end:
        return []
    lines = [Span(*found.span()) for found in _LINE.finditer(text, span.start, span.end) if found.group().strip()]
    first = _head_lines(text, lines, most=40)
    prose = "\n".join(each.of(text) for each in lines[first:])
    words = len(prose.split())
    spoken = len(_SPOKEN.findall(prose)) * 40 >= words
    long = words >= _LONG_OPENING or (words >= _PROSE_WORDS and not _ABOUT_ITSELF.search(prose))
    if not words or not spoken or not long or first >= len(lines):
        return [Turn(span, role="editor")]
    turns = [Turn(_trimmed(text, Span(span.start, lines[first - 1].end)), role="editor")] if first else []
    return [*turns, Turn(_trimmed(text, Span(lines[first].start, span.end)))]


def _head_lines(text: str, lines: list[Span], most: int = _MOST_HEAD_LINES) -> int:
    """How many lines at the start are no speech: short, without a sentence's end. Zero where no prose follows them."""
    for index, line in enumerate(lines[: most + 1]):
        said = line.of(text).strip()
        words = said.split()
        if (
            len(words) >= _PROSE_WORDS
            and (_SENTENCE_END.search(said) or len(words) >= 25)
            and not (_ABOUT_ITSELF.search(said) and not _SPOKEN.search(said))
        ):
            return index
        if index and len(words) >= 2 and re.search(r"[.!?][\"'”’)*]*$", said) and _SPOKEN.search(said):
            return index
    return 0


def _is_last_line(line: str) -> bool:
    return bool(_LAST.fullmatch(line))


def _without_last_lines(text: str, span: Span) -> tuple[Span, Span | None]:
    """The last turn without the lines that close the transcript, and those lines."""
    end = span.end
    for _ in range(6):
        cut = text.rfind("\n", span.start, end)
        if cut < 0 or not _is_last_line(text[cut + 1 : end]):
            break
        end = _trimmed(text, Span(span.start, cut)).end
    if end == span.end:
        return span, None
    return Span(span.start, end), _trimmed(text, Span(end, span.end))


def mark_interpreted(text: str, turns: list[Turn], brackets: list[Bracket]) -> list[Turn]:
    """The turns with those marked that are an interpreter's words, split where the speaker goes on in his own.

    An interpreter's turn takes the name of whoever spoke right before, where that turn has no words of its own
    ("(Speaks Hindi.)"), else it keeps the interpreter's label.
    """
    marks = [each for each in brackets if each.kind in ("interpreted", "own words")]
    found: list[Turn] = []
    at = 0
    for turn in turns:
        while at < len(marks) and marks[at].span.end <= turn.span.start:
            at += 1
        if turn.role != "editor" and turn.speaker and role_of(turn.speaker.casefold()) == "interpreter":
            before = found[-1] if found else None
            silent = before is not None and before.role == "speaker" and _is_silent(text, before.span, brackets)
            turn = replace(turn, interpreted=True, speaker=before.speaker if before and silent else turn.speaker)
        start, interpreted = turn.span.start, turn.interpreted
        inside = at
        while inside < len(marks) and marks[inside].span.end <= turn.span.end:
            mark = marks[inside]
            now = mark.kind == "interpreted"
            if now != interpreted and turn.role != "editor":
                if text[start : mark.span.start].strip():
                    span = _trimmed(text, Span(start, mark.span.start))
                    found.append(
                        replace(
                            turn,
                            span=span,
                            interpreted=interpreted,
                            label=turn.label if start == turn.span.start else None,
                        )
                    )
                    start = mark.span.start
                interpreted = now
            inside += 1
        if start < turn.span.end:
            label = turn.label if start == turn.span.start else None
            found.append(replace(turn, span=Span(start, turn.span.end), interpreted=interpreted, label=label))
    return found


def _is_silent(text: str, span: Span, brackets: list[Bracket]) -> bool:
    rest = list(span.of(text))
    for each in brackets:
        if span.contains(each.span) and each.kind != "insert":
            for at in range(each.span.start - span.start, each.span.end - span.start):
                rest[at] = " "
    return not any(map(str.isalnum, "".join(rest)))
