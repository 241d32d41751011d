"""Which block is the headline, the standfirst, the byline, a heading, a paragraph; works alike for every format.

A format's reader hands over blocks, some already known ("this is the headline": an HTML page says so); what is not
known is told from the block's own shape and from its neighbours. The text itself is never touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sayso.documents import Dateline, Section, Span
from sayso.reading.datelines import find_dateline
from sayso.reading.dates import PartialDate, day_of, find_date

Kind = Literal["headline", "standfirst", "byline", "heading", "paragraph", "aside"]

_FINAL = re.compile(r"""[.!?…][)\]"'”’»›]*$""")
_STOP = re.compile(r"""\.[)\]"'”’»›]*$""")
_NAME = r"[A-ZÀ-ÞŁŚŞŠŽ][\w'’.\-]*"
_NAMES = rf"{_NAME}(?:[ \t]+(?:(?:de|van|von|der|al|el|bin|da|di|la|le)[ \t]+)?{_NAME}){{0,3}}"
_ROLE = (
    r"(?:[\w'’.&|/-]+[ \t]+){0,4}(?:writer|reporter|correspondent|editor|staff|press|news|service|reuters|afp|bureau"
    r"|columnist|analyst|producer|desk|agency)(?:[ \t]+[\w'’.&-]+){0,4}"
)
_BYLINE = re.compile(
    rf"(?i:by|words by|written by|reporting by):?[ \t]+(?:{_NAMES})(?:(?:,|[ \t]+and|[ \t]+&)[ \t]+{_NAMES}){{0,5}}"
    rf"(?:[ \t]*[,|/•·–—-][ \t]*(?:{_NAMES}|(?i:{_ROLE})|[\w.]+@[\w.]+)|[ \t]+in[ \t]+{_NAMES}){{0,3}}[ \t]*$"
)
_CREDIT = re.compile(
    r"(?:©|\(c\)|Copyright\b)|[(\[]?(?:Additional reporting|Reporting|Writing|Editing|Compiled|Edited) by [A-Z]"
)
_RELEASE = re.compile(
    r"(?:for immediate release|(?:(?:press|news|media) release\W+)?(?:for release|under embargo|embargoed)\b.*"
    r"|(?:press|news|media) release(?:\W+for immediate release)?"
    r"|media advisory|immediate release)[:.!]?$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:(?:for )?(?:media|press|further|more|investor|public)?\s*"
    r"(?:contacts?|inquiries|enquiries|information(?:,? please)?(?: contact)?)"
    r"(?: information| details| person)?\s*:|(?:tel|phone|telephone|mobile|e-?mail|fax|web(?:site)?)\s*[:.]|www\.\S+$"
    r"|https?://\S+$|[\w.+-]+@[\w-]+\.[\w.]+$|\+?[\d().\s-]{7,}$)",
    re.IGNORECASE,
)
_RULE = re.compile(r"(?:[-*_#=~•·]\s*){3,}$|-\s*(?:30|ends?)\s*-$|\W*ends\W*$", re.IGNORECASE)
_DATE_LABEL = re.compile(r"(?:(?:first |last )?(?:published|updated|posted|modified|issued)(?: on| at)?|date)\s*:?\s",
                         re.IGNORECASE)  # fmt: skip
_DATE_LINE_REST = re.compile(
    r"(?:\W|\d|[ap]\.?m\.?\b|gmt|utc|bst|cet|cest|[ecmp][sd]?t\b|at|on|min(?:ute)?s? read|jan\w*|feb\w*|mar\w*|apr\w*"
    r"|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)day)*$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[-*•‣◦▪–]|\(?\d{1,2}[.)])\s+\S")
# "Q: Why now?" and "TLW: So people should leave?" are an interviewer's questions, not headings.
_QUESTION_TO = re.compile(r"(?:[A-Z]{1,12}|[A-Z][A-Z.' -]{2,30}):\s.*\?$")
_HEAD_BLOCKS = 8


@dataclass(slots=True)
class Block:
    """A stretch of the text with what it is; `kind` None is for `lay_out` to tell."""

    span: Span
    kind: Kind | None = None


@dataclass(slots=True)
class Layout:
    """What `lay_out` found, in the terms of `Article`."""

    headline: Span | None
    standfirst: Span | None
    byline: Span | None
    dateline: Dateline | None
    sections: list[Section]
    paragraphs: list[Span]
    published: PartialDate | None
    """The date line below the headline, if there is one."""


def lay_out(text: str, blocks: list[Block], *, published: date | datetime | None = None) -> Layout:
    """The layout of an article whose blocks are given in text order; fills in each `kind` that is None."""
    found_date = _set_asides(text, blocks)
    _head(text, blocks)
    _headings(text, blocks)
    paragraphs = [block.span for block in blocks if block.kind == "paragraph"]
    when = day_of(published) or (found_date.complete(None) if found_date else None)
    dateline = find_dateline(text, paragraphs[0], published=when) if paragraphs else None
    return Layout(
        headline=_cover(blocks, "headline"),
        standfirst=_cover(blocks, "standfirst"),
        byline=_cover(blocks, "byline"),
        dateline=dateline,
        sections=_sections(blocks),
        paragraphs=paragraphs,
        published=found_date,
    )


def is_byline(words: str) -> bool:
    """Whether a short line names its writers: "By Ann Lee and Raj Rao, Health Editor".

    >>> is_byline("By Ann Lee in Oslo"), is_byline("By Friday the talks had failed.")
    (True, False)
    """
    return len(words) <= 120 and bool(_BYLINE.match(words))


def _cover(blocks: list[Block], kind: Kind) -> Span | None:
    """The span of the first run of blocks of a kind."""
    spans: list[Span] = []
    for block in blocks:
        if block.kind == kind:
            spans.append(block.span)
        elif spans:
            break
    return Span(spans[0].start, spans[-1].end) if spans else None


def _sections(blocks: list[Block]) -> list[Section]:
    sections: list[Section] = []
    for index, block in enumerate(blocks):
        if block.kind != "heading":
            continue
        body = []
        for later in blocks[index + 1 :]:
            if later.kind == "heading":
                break
            if later.kind == "paragraph":
                body.append(later.span)
        end = block.span.end
        sections.append(Section(block.span, Span(body[0].start, body[-1].end) if body else Span(end, end)))
    return sections


def _set_asides(text: str, blocks: list[Block]) -> PartialDate | None:
    """Marks bylines, rules, contact blocks and date lines, which are text of the file and not of the report."""
    found: PartialDate | None = None
    in_contact = False
    for index, block in enumerate(blocks):
        if block.kind is not None:
            in_contact = False
            continue
        words = block.span.of(text)
        short = len(words) <= 120
        apart = index > 0 and text.count("\n", blocks[index - 1].span.end, block.span.start) > 1
        if index < _HEAD_BLOCKS and is_byline(words):
            block.kind = "byline"
        elif _RULE.match(words) or (short and _RELEASE.match(words)):
            block.kind = "aside"
        elif short and (_CONTACT.match(words) or (in_contact and not apart and not _FINAL.search(words))):
            # A contact block runs on (name, office, street) until a blank line or a sentence.
            block.kind = "aside"
            in_contact = in_contact or bool(re.match(r".*contact", words, re.IGNORECASE))
            continue
        elif short and index < _HEAD_BLOCKS and (date_here := _date_line(words)):
            block.kind = "aside"
            found = found or date_here
        elif _CREDIT.match(words) and len(words) <= 300:
            block.kind = "aside"
        in_contact = False
    return found


def _date_line(words: str) -> PartialDate | None:
    label = _DATE_LABEL.match(words)
    if label or _DATE_LINE_REST.match(words):
        return find_date(words[label.end() if label else 0 :])
    return None


def _head(text: str, blocks: list[Block]) -> None:
    """Tells headline and standfirst from the body; leaves the rest of the unknown blocks as paragraphs-to-be."""
    known_headline = next((index for index, block in enumerate(blocks) if block.kind == "headline"), None)
    open_blocks = [index for index, block in enumerate(blocks) if block.kind is None and index > (known_headline or -1)]
    if known_headline is None:
        if len(open_blocks) < 2 or any(block.kind == "standfirst" for block in blocks):
            return
        first = open_blocks.pop(0)
        if not _is_headline(text, blocks, first, open_blocks[0]):
            return
        blocks[first].kind = "headline"
        known_headline = first
    if any(block.kind == "standfirst" for block in blocks):
        return
    for index in _standfirst(text, blocks, known_headline, open_blocks):
        blocks[index].kind = "standfirst"


def _is_headline(text: str, blocks: list[Block], index: int, following: int) -> bool:
    words = blocks[index].span.of(text)
    count = len(words.split())
    if count > 32 or len(words) > 220 or words.endswith((":", ",", ";")) or find_dateline(text, blocks[index].span):
        return False
    if not _FINAL.search(words):
        return True
    if any(block.kind == "byline" for block in blocks[index + 1 : following]):
        return True
    if find_dateline(text, blocks[following].span):
        return count <= 30
    if not _STOP.search(words):
        return count <= 20
    # A headline with a full stop is told by its capitals ("Mayor Quits Over Leak."), or by doing without articles
    # and saying what the next paragraph says at length.
    if count > 25 or re.search(r"[.!?][\"'”’]? ", words):
        return False
    long_words = _long_words(words)
    capitals = sum(1 for word in long_words if word[0].isupper())
    if len(long_words) >= 3 and capitals >= 0.75 * len(long_words):
        return True
    body = blocks[following].span.of(text)
    said_again = {word.lower()[:5] for word in _long_words(body[:600])}
    repeated = sum(1 for word in long_words if word.lower()[:5] in said_again)
    telegram = not re.search(r"\b(?:the|a|an|said|was|were|had)\b", words, re.IGNORECASE)
    return telegram and len(body) > len(words) and repeated >= 0.4 * len(long_words)


def _long_words(words: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_][\w’'\-]*", words) if len(word) > 3]


def _standfirst(text: str, blocks: list[Block], headline: int, candidates: list[int]) -> list[int]:
    """The blocks between the headline and the body that are its standfirst."""
    byline = next((i for i, block in enumerate(blocks) if block.kind == "byline" and i > headline), None)
    if byline is not None and (above := [i for i in candidates if i < byline]):
        fits = len(above) <= 4 and sum(len(blocks[i].span.of(text)) for i in above) <= 900
        return above if fits and len(candidates) > len(above) else []
    for place, index in enumerate(candidates[:5]):
        if not find_dateline(text, blocks[index].span):
            continue
        above = candidates[:place]
        return above if sum(len(blocks[i].span.of(text)) for i in above) <= 900 else []
    if len(candidates) < 2:
        return []
    words = blocks[candidates[0]].span.of(text)
    opens_long = len(blocks[candidates[1]].span.of(text)) >= 60
    if not _FINAL.search(words) and not words.endswith(":") and len(words.split()) <= 50 and opens_long:
        return [candidates[0]] if len(words.split()) > 2 else []
    return []


def _headings(text: str, blocks: list[Block]) -> None:
    """Settles what is left: section headings by their shape and place, all else paragraphs."""
    left = [index for index, block in enumerate(blocks) if block.kind is None]
    shapes = {index: _heading_shape(blocks[index].span.of(text)) for index in left}
    for place, index in enumerate(left):
        is_last = place + 1 == len(left)
        below = None if is_last else left[place + 1]
        block = blocks[index]
        block.kind = "paragraph"
        if below is None or not shapes[index] or (shapes[below] and not _all_capitals(block.span.of(text))):
            continue
        above = blocks[left[place - 1]].span.of(text) if place else ""
        body_below = blocks[below].span.of(text)
        closed_above = not above or shapes[left[place - 1]] or bool(_FINAL.search(above)) or above.endswith(":")
        if closed_above and len(body_below) > len(block.span.of(text)) and not _BULLET.match(body_below):
            block.kind = "heading"


def _heading_shape(words: str) -> bool:
    if len(words) > 80 or len(words.split()) > 10 or "\n" in words or _BULLET.match(words):
        return False
    if words[-1] in ".,;:…-–—" or (words[-1] in "\"'”’»" and words[-2:-1] in (".", ",", "!", "?")):
        return False
    if _QUESTION_TO.match(words):
        return False
    first = words.lstrip("\"'“‘«(¿¡")[:1]
    return bool(first) and (first.isupper() or first.isdigit()) and any(letter.isalpha() for letter in words)


def _all_capitals(words: str) -> bool:
    return words.upper() == words
