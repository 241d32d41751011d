"""What may be a speaker's label at the start of a line, in all the shapes that transcripts give it.

Only the shape is read here; whether it is a label is settled over the whole document (`choosing`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from sayso.documents import Span
from sayso.transcripts.directions import is_direction, seconds_of
from sayso.transcripts.lists import is_function_word, label_classes
from sayso.transcripts.shapes import Shape, shape_of

Mark = Literal["colon", "letter", "dash", "stop", "line", "bold", "arrows"]
"""How a label is set off: `MR. ZANDT:`, `Q    `, `Moderator - `, `Mr. SMITH. `, on a line of its own, in bold, or by
`>>` alone, without a name."""
_TIME = r"[\[(<{]?(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?[\])>}]?"
LEAD = re.compile(
    r"(?:[ \t]*\d{1,2}:\d\d[ \t]*[AaPp]\.?[Mm]\.?(?:[ \t]+[A-Z]{2,4})?(?=[ \t]+[A-Z][^:\n]{1,60}:))?"
    r"[ \t\u00a0\u200b\u2003\ufeff]*(?:(?P<arrows>>>+|»)[ \t]*)?(?:[-–—*•][ \t]+)?"
    rf"(?:(?P<time>{_TIME}(?![ \t]*[AaPp]\.?[Mm]\b))(?:[ \t]*(?:-->|[-–])[ \t]*{_TIME})?"
    r"(?:[ \t]*[-–|,:][ \t]*|[ \t]+))?[*_]{0,3}"
    r"(?P<bracket>\[(?=[A-Z][^\]\n]{1,60}\]:?[ \t]))?"
)
# A name, and what stands behind it in brackets. Held against a short stretch that ends at the mark: a lazy search for
# the mark costs most of the reading time.
_NAME = r"[^\s:()\[\]<>{}“”\"?!;=|/*_~#][^:()\[\]<>{}“”\"?!;=|~\n]{0,118}?"
_ASIDE = r"[(\[][^()\[\]\n]{1,120}[)\]](?:[ \t]*\([^()\[\]\n]{1,60}\))?"
_BEFORE_COLON = re.compile(
    rf"(?P<name>{_NAME})[ \t]*(?P<aside>{_ASIDE})?(?P<more>,[^:()\[\]\n]{{1,90}}?)?[ \t]*"
    rf"(?P<time>{_TIME})?[*_]{{0,3}}[ \t]*"
)
_COLON = re.compile(r"(?<!\d)[:：](?!//)|(?<=\d)[:：](?!\d|//)")
_AFTER_COLON = re.compile(rf"[*_]{{0,3}}[ \t]*(?P<after>\({_TIME}\))?")
_BEFORE_DASH = re.compile(rf"(?P<name>{_NAME})[ \t]*(?P<aside>{_ASIDE})?[ \t]*")
_DASH = re.compile(r"[ \t](?:[-–—]|--)[ \t]+(?=\S)")
_MOST_BEFORE_COLON = 260
_MOST_BEFORE_DASH = 80
_LETTER = re.compile(
    r"(?P<name>Q|A|QUESTION|ANSWER)"
    r"(?:(?P<dot>\.)(?=\s)|(?P<gap>\t[ \t]*|[ \u00a0]{2,})|(?P<one>(?<=[QA])[ \u00a0])(?=[^\s\-–—])|[ \t]*$)",
    re.M,
)
_STOP = re.compile(
    r"(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov)\.|The|Senator|Representative|Chairman|Chairwoman|Chair|Secretary|General"
    r"|Admiral|Ambassador|Director|Mayor|Judge)[ \t]+[A-Z][\w'’\-]*(?:[ \t]+(?:of[ \t]+)?[A-Z][\w'’\-]*){0,3}"
    r"|[A-Z][A-Z'’\-]+(?:[ \t]+[A-Z]\.)?(?:[ \t]+[A-Z][A-Z'’\-]+){1,3})"
    r"\.[ \t]+(?=[A-Z“\"(\[])"
)
_LINE = re.compile(rf"(?P<name>{_NAME})[ \t]*(?P<aside>{_ASIDE})?[ \t,]*(?P<time>{_TIME})?[*_]{{0,3}}[ \t]*$", re.M)
_INTERPRETED = re.compile(
    r"\s*[(\[,–-]*\s*\b(?:as |simultaneous(?:ly)? )?(?:(?:via|through|by)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?"
    r"(?:interpret(?:er|ation)|translat(?:or|ion))|interpreted|translated|interpretation|translation)\b\s*[)\]]*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Candidate:
    """What may be a label: `span` from the line's start to where the words begin, which is `body`."""

    span: Span
    body: int
    name: str
    """As the transcript writes it, without colon, timecode and marks of emphasis."""
    key: str
    """In small letters, without what stands in brackets: equal for the same label."""
    mark: Mark
    shape: Shape
    aside: str | None = None
    seconds: float | None = None
    opens: bool = True
    """Whether it opens a paragraph, and not only a line."""
    bold: bool = False
    interpreted: bool = False
    arrows: bool = False
    """Whether `>>` stands in front of it."""
    named: bool = False
    """Whether the format itself calls it a speaker's name."""
    letters: bool = False
    """Whether `Q` or `A` has a point or a gap behind it that a word of a sentence would not have."""


def read_label(text: str, start: int, end: int, *, opens: bool = True) -> list[Candidate]:
    """The ways in which the line `text[start:end]` may begin with a label, the likeliest first."""
    lead = LEAD.match(text, start, end)
    assert lead
    at = lead.end()
    found: list[Candidate] = []
    if lead["bracket"]:
        # "[Jane Doe]: Thank you" and "[MODERATOR] Thank you"
        close = text.index("]", at)
        stop = close + 1 + (text[close + 1 : close + 2] == ":")
        each = _candidate(text, start, Span(at, close), stop, "colon", lead["time"], end)
        known = each and label_classes(each.key) & {"question", "unnamed", "answer"}
        return [each] if each and (known or stop > close + 1) else []
    near = min(end, at + _MOST_BEFORE_COLON)
    colon = _COLON.search(text, at, near)
    before = _BEFORE_COLON.fullmatch(text, at, colon.start()) if colon else None
    if colon and before:
        after = _AFTER_COLON.match(text, colon.end(), end)
        assert after
        time = lead["time"] or before["time"] or after["after"]
        names, aside, more = Span(*before.span("name")), before["aside"], before["more"] or ""
        if each := _candidate(text, start, names, after.end(), "colon", time, end, aside, more):
            found.append(each)
    letter = _LETTER.match(text, at, near)
    if letter:
        each = _candidate(text, start, Span(*letter.span("name")), letter.end(), "letter", lead["time"], end)
        if each:
            each.letters = letter["one"] is None
            found.append(each)
    if not found and (stop_mark := _STOP.match(text, at, near)):
        each = _candidate(text, start, Span(*stop_mark.span("name")), stop_mark.end(), "stop", lead["time"], end)
        if each:
            found.append(each)
    if not found and (dash := _DASH.search(text, at, min(end, at + _MOST_BEFORE_DASH))):
        before = _BEFORE_DASH.fullmatch(text, at, dash.start())
        name = Span(*before.span("name")) if before else None
        time, aside = lead["time"], before["aside"] if before else None
        if name and (each := _candidate(text, start, name, dash.end(), "dash", time, end, aside)):
            found.append(each)
    if not found and end - at <= 140 and (line := _LINE.match(text, at, end)) and line.end() >= end:
        time = lead["time"] or line["time"]
        each = _candidate(text, start, Span(*line.span("name")), end, "line", time, end, line["aside"])
        if each:
            found.append(each)
    if lead["arrows"]:
        found.append(unnamed(Span(start, lead.end("arrows")), text, end))
    for each in found:
        each.opens, each.arrows = opens, lead["arrows"] is not None
    return found


def unnamed(mark: Span, text: str, end: int) -> Candidate:
    """The label of a speaker who is not named: `>>`, or a dash."""
    body = mark.end
    while body < end and text[body] in " \t":
        body += 1
    return Candidate(span=mark, body=body, name="", key=">>", mark="arrows", shape="role")


def _goes_on(more: str) -> bool:
    """Whether what follows a name is no post of his but the sentence: "Mr. Chief Justice, and may it please"."""
    small = [word for word in re.findall(r"[^\s,]+", more) if word[:1].islower()]
    return any(is_function_word(word) and "particle" not in label_classes(word) for word in small)


def _candidate(
    text: str,
    start: int,
    name: Span,
    stop: int,
    mark: Mark,
    time: str | None,
    end: int,
    aside: str | None = None,
    more: str = "",
) -> Candidate | None:
    written = " ".join(name.of(text).replace("\\", "").strip(" \t*_.,-–—").split())
    if name.of(text).rstrip("*_ ").endswith(".") and mark == "colon" and re.search(r"(?:\b\w|Jr|Sr)\.$", name.of(text)):
        written += "."
    interpreted = False
    beside: list[str] = []
    for inside in re.findall(r"[(\[]\s*([^()\[\]]+?)\s*[)\]]", aside or ""):
        if seconds_of(inside) is not None and not re.search(r"[A-Za-z]{2}", inside):
            time = time or inside
        elif _INTERPRETED.fullmatch(inside):
            interpreted = True
        elif not is_direction(inside):
            beside.append(inside)
        elif mark in ("line", "dash"):
            return None  # "AUDIENCE (APPLAUSE)": words and a direction, not a name.
    if shorter := _INTERPRETED.sub("", written).strip(" ,-"):
        interpreted, written = interpreted or shorter != written, shorter
    shape = shape_of(written)
    if shape is None or (more and _goes_on(more)):
        return None
    body = stop
    while body < end and text[body] in " \t\u00a0":
        body += 1
    return Candidate(
        span=Span(start, stop),
        body=body,
        name=" ".join([written, *(f"({inside})" for inside in beside)]) + more.rstrip(),
        key=written.casefold().replace("’", "'"),
        mark=mark,
        shape=shape,
        aside=" ".join(beside) or None,
        seconds=seconds_of(time) if time else None,
        interpreted=interpreted,
    )
