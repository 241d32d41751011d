"""What may be a speaker's label at the start of a line, in all the shapes that transcripts give it.

Only the shape is read here; whether it is a label is settled over the whole document (`choosing`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sayso.documents import Span
from sayso.transcripts.directions import seconds_of
from sayso.transcripts.lists import label_classes

Mark = Literal["colon", "letter", "dash", "stop", "line", "bold", "arrows"]
"""How a label is set off: `MR. ZIENTS:`, `Q    `, `Moderator - `, `Mr. SMITH. `, on a line of its own, in bold, or by
`>>` alone, without a name."""
Shape = Literal["role", "titled", "capitals", "name", "word"]
"""`name` is two words or more that begin with capitals, `word` a single one."""

_TIME = r"[\[(<{]?(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?[\])>}]?"
LEAD = re.compile(
    rf"[ \t]*(?:(?P<arrows>>>+|»)[ \t]*)?(?:[-–—*•][ \t]+)?(?:(?P<time>{_TIME})(?:[ \t]*[-–|,][ \t]*|[ \t]+))?[*_]{{0,3}}"
    r"(?P<bracket>\[(?=[A-Z][^\]\n]{1,60}\]:?[ \t]))?"
)
# A name with what may stand behind it in brackets, up to a colon.
_NAME = r"[^\s:()\[\]<>{}“”\"?!;=|/*_~#][^:()\[\]<>{}“”\"?!;=|~\n]{0,118}?"
_COLON = re.compile(
    rf"(?P<name>{_NAME})[ \t]*(?P<aside>[(\[][^()\[\]\n]{{1,120}}[)\]])?(?P<more>,[^:()\[\]\n]{{1,90}}?)?[ \t]*"
    rf"(?P<time>{_TIME})?[*_]{{0,3}}[ \t]*(?P<colon>[:：])[*_]{{0,3}}[ \t]*(?P<after>\({_TIME}\))?(?!//)"
)
_LETTER = re.compile(
    r"(?P<name>Q|A|QUESTION|ANSWER)(?:(?P<dot>\.)(?=\s)|(?P<gap>\t[ \t]*|[ ]{2,})|(?P<one> )(?=\S)|[ \t]*$)", re.M
)
_DASH = re.compile(rf"(?P<name>{_NAME})[ \t]*(?P<aside>\([^()\n]{{1,120}}\))?[ \t]+(?:[-–—]|--)[ \t]+(?=\S)")
_STOP = re.compile(
    r"(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov)\.|The|Senator|Representative|Chairman|Chairwoman|Chair|Secretary|General"
    r"|Admiral|Ambassador|Director|Mayor|Judge)[ \t]+[A-Z][\w'’\-]*(?:[ \t]+(?:of[ \t]+)?[A-Z][\w'’\-]*){0,3})\.[ \t]+(?=[A-Z“\"(\[])"
)
_LINE = re.compile(
    rf"(?P<name>{_NAME})[ \t]*(?P<aside>\([^()\n]{{1,120}}\))?[ \t,]*(?P<time>{_TIME})?[*_]{{0,3}}[ \t]*$", re.M
)
_TOKEN = re.compile(r"[^\s,/&]+")
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
        # "[Jane Doe]: Thank you" and "[JANE DOE] Thank you"
        close = text.index("]", at)
        stop = close + 1 + (text[close + 1 : close + 2] == ":")
        candidate = _candidate(text, start, Span(at, close), stop, "colon", lead["time"], end)
        return (
            [candidate]
            if (candidate and label_classes(candidate.key) & {"question", "unnamed", "answer"})
            or (candidate and stop > close + 1)
            else []
        )
    near = min(end, at + 330)
    colon = _COLON.match(text, at, near)
    if colon and not (
        text[colon.start("colon") - 1].isdigit() and text[colon.end("colon") : colon.end("colon") + 1].isdigit()
    ):
        time = lead["time"] or colon["time"] or colon["after"]
        each = _candidate(
            text, start, Span(*colon.span("name")), colon.end(), "colon", time, end, colon["aside"], colon["more"] or ""
        )
        if each:
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
    if not found and (dash := _DASH.match(text, at, near)):
        each = _candidate(text, start, Span(*dash.span("name")), dash.end(), "dash", lead["time"], end, dash["aside"])
        if each:
            found.append(each)
    if not found and end - at <= 140 and (line := _LINE.match(text, at, end)) and line.end() >= end:
        time = lead["time"] or line["time"]
        each = _candidate(text, start, Span(*line.span("name")), end, "line", time, end, line["aside"])
        if each:
            found.append(each)
    if lead["arrows"]:
        found.append(unnamed(Span(start, lead.end("arrows")), text, end))
    for each in found:
        each.opens = opens
    return found


def unnamed(mark: Span, text: str, end: int) -> Candidate:
    """The label of a speaker who is not named: `>>`, or a dash."""
    body = mark.end
    while body < end and text[body] in " \t":
        body += 1
    return Candidate(span=mark, body=body, name="", key=">>", mark="arrows", shape="role")


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
    inside = aside.strip("()[] ") if aside else None
    if aside and seconds_of(aside) is not None and not re.search(r"[A-Za-z]{2}", aside):
        time, inside = time or aside, None
    if inside and _INTERPRETED.fullmatch(inside):
        interpreted, inside = True, None
    if shorter := _INTERPRETED.sub("", written).strip(" ,-"):
        interpreted, written = interpreted or shorter != written, shorter
    shape = shape_of(written)
    if shape is None:
        return None
    body = stop
    while body < end and text[body] in " \t*_":
        body += 1
    return Candidate(
        span=Span(start, stop),
        body=body,
        name=(f"{written} ({inside})" if inside else written) + more.rstrip(),
        key=written.casefold().replace("’", "'"),
        mark=mark,
        shape=shape,
        aside=inside,
        seconds=seconds_of(time) if time else None,
        interpreted=interpreted,
    )


@lru_cache(maxsize=4096)
def shape_of(name: str) -> Shape | None:
    """What a name looks like; None where it can be nobody's.

    >>> [shape_of(each) for each in ("MR. ZIENTS", "THE PRESIDENT", "Kai Lund", "Lund", "speaker 2", "The truth is")]
    ['titled', 'role', 'name', 'word', 'role', None]
    """
    low = name.casefold().replace("’", "'")
    if role_of(low):
        return "role"
    tokens = _TOKEN.findall(name)
    if not tokens or len(tokens) > 16 or not any(char.isalpha() for char in name):
        return None
    first = tokens[0].casefold()
    in_name = [token for token in tokens if token.casefold() not in ("jr.", "jr", "sr.", "sr", "ii", "iii")]
    small = [token for token in in_name if token[:1].islower()]
    for token in small:
        if not label_classes(token) & {"particle", "name particle"} and not token.startswith(
            ("al-", "el-", "d'", "d’")
        ):
            return None
    if tokens[0][:1].islower() and "name particle" not in label_classes(first):
        return None
    if any(token[:1].isdigit() or not any(map(str.isalpha, token)) for token in in_name):
        return None
    if name[-1] in ".,;" and len(name) > 3 and not re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", name):
        return None
    big = [token for token in in_name if token not in small]
    if not big:
        return None
    capitals = all(_in_capitals(token) for token in big)
    titled = "title" in label_classes(first) or (
        first == "the" and len(tokens) > 1 and "title" in label_classes(tokens[1].casefold())
    )
    if titled and (len(tokens) > 1 or capitals or first in ("president", "chairman", "chairwoman")):
        return "titled"
    if capitals:
        return "capitals" if sum(map(str.isalpha, name)) >= 2 else None
    if len(tokens) > 8 and "," not in name:
        return None
    return "name" if len(big) > 1 else "word"


def _in_capitals(token: str) -> bool:
    """Whether a word is written in capitals; "McCARTHY", "DeSANTIS", "O’Malley’s" with its small letters in front."""
    plain = re.sub(r"^(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|O['’]|D['’])(?=[A-Z]{2})", "", token)
    letters = [char for char in re.sub(r"['’]s$", "", plain) if char.isalpha()]
    return bool(letters) and all(not char.islower() for char in letters)


def role_of(low: str) -> str | None:
    """The class of a label that names a role: `question`, `answer`, `audience`, `unnamed`, `interpreter`, `editor`.

    >>> role_of("q"), role_of("bbc news reporter"), role_of("speaker 12"), role_of("mr. zients")
    ('question', 'question', 'unnamed', None)
    """
    bare = re.sub(r"[\s#(]*\b(?:no\.?\s*)?(?:\d{1,3}|[a-e]|one|two|three|four)\)?$", "", low.strip(" .")).strip()
    bare = re.sub(r"^(q|a|s)\d{1,3}$", r"\1", bare) or low
    for words in (low, bare):
        found = label_classes(words) - {"title", "particle", "name particle", "outlet"}
        whole = [each for each in found if not each.startswith("last ")]
        if whole:
            return min(whole, key=("question", "answer", "audience", "interpreter", "editor", "unnamed").index)
    last = bare.rsplit(" ", 1)
    if len(last) == 2 and len(bare.split()) <= 5:
        for each in label_classes(last[1]):
            if each.startswith("last "):
                return each.removeprefix("last ")
    return None
