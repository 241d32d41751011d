"""What stands before the first words that were said, and after the last: headings, places, times, notes."""

from __future__ import annotations

import re

from sayso.documents import Span, Turn

_LINE = re.compile(r"[^\n]+")
_CLOCK = (
    r"(?:at )?\d{1,2}[:.]\d\d\s*(?:[AaPp]\.?\s?[Mm]\.?|hours|hrs|h)?\.?\s*"
    r"\(?(?:[A-Z]{2,5}|local time|GMT|Eastern)?\)?"
)
_LAST = re.compile(
    r"[\s*_\\\u200b]*(?:(?:-\s*)?(?:the )?end(?:s|ed)?(?: of (?:the )?\w+(?: \w+)?)?[\s.:,]*"
    rf"(?:{_CLOCK})?(?:\s*-)?|{_CLOCK}"
    r"|(?:\\?[#*\-_=~•][ \t]*){2,}|-30-|\[?\(?end(?:s| of [\w ]{3,40})?\)?\]?\.?|©.*|copyright .*|to view the .*:"
    r"|source:.*|transcri(?:pt|bed|ption) by.*|(?:read|watch|see) (?:more|also|the full).*|https?://\S+"
    r"|\(?(?:whereupon|thereupon)\b.*)[\s*_\\]*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…:;—–-][\"'”’)\]*_\\\s]*$")
_STOPPED = re.compile(r"[a-z0-9\])…]+[.!?…][\"'”’)*_]*$")
_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]\.)+$|\b(?:St|Jr|Sr|Inc|Ltd|Co|Ave|Dr)\.$")
_SPOKEN = re.compile(r"\b(?:I|I['’]\w+|we|We|[Ww]e['’]\w+|you|You|my|My|our|Our|us|me|thank|Thank|welcome|Welcome)\b")
_ABOUT_ITSELF = re.compile(
    r"\b(?:transcript|transcription|interview(?:ed)?|following|below|remarks|recorded|conducted|aired|excerpts?|edited"
    r"|translation)\b",
    re.IGNORECASE,
)
_PROSE_WORDS = 12
_LONG_OPENING = 120
_MOST_HEAD_LINES = 15
_MOST_LAST_LINES = 6


def trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def unlabelled(text: str, speaker: str | None = None) -> list[Turn]:
    """The turns of a text without labels: the lines of its heading, what is said, and the lines that close it."""
    lines = [Span(*found.span()) for found in _LINE.finditer(text) if found.group().strip()]
    if not lines:
        return []
    first = _head_lines(text, lines)
    last = len(lines)
    while last > first + 1 and len(lines) - last < _MOST_LAST_LINES and _is_last_line(lines[last - 1].of(text)):
        last -= 1
    turns = []
    if first:
        turns.append(Turn(trimmed(text, Span(lines[0].start, lines[first - 1].end)), role="editor"))
    turns.append(Turn(trimmed(text, Span(lines[first].start, lines[last - 1].end)), speaker))
    if last < len(lines):
        turns.append(Turn(trimmed(text, Span(lines[last].start, lines[-1].end)), role="editor"))
    return turns


def opening(text: str, start: int, stop: int) -> list[Turn]:
    """What lies before the first label: heading and notes are the editor's, a long stretch of speech is somebody's."""
    span = trimmed(text, Span(start, stop))
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
    turns = [Turn(trimmed(text, Span(span.start, lines[first - 1].end)), role="editor")] if first else []
    return [*turns, Turn(trimmed(text, Span(lines[first].start, span.end)))]


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
        if (
            len(words) >= 3
            and _STOPPED.search(said)
            and not _ABBREVIATED.search(said)
            and not _ABOUT_ITSELF.search(said)
        ):
            return index
    return 0


def _is_last_line(line: str) -> bool:
    return bool(_LAST.fullmatch(line))


def without_last_lines(text: str, span: Span) -> tuple[Span, Span | None]:
    """The last turn without the lines that close the transcript, and those lines."""
    end = span.end
    for _ in range(6):
        cut = text.rfind("\n", span.start, end)
        if cut < 0 or not _is_last_line(text[cut + 1 : end]):
            break
        end = trimmed(text, Span(span.start, cut)).end
    if end == span.end:
        return span, None
    return Span(span.start, end), trimmed(text, Span(end, span.end))
