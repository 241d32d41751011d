"""Where the quotation marks are: the stretches of a text that stand inside them, in every style that news text has.

Pure: text and paragraphs in, spans out. Marks are paired paragraph by paragraph with a stack; double marks first, as
they are seldom anything else, then single ones, which are apostrophes until shown to be a pair inside one stretch.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

from sayso.documents import Span

_DOUBLE = re.compile(r"``|''|‘‘|’’|[\"“”„‟«»‹›]")
_MARK_CHARACTERS = "\"“”„‟«»‹›'‘’‚‛`"
_SINGLE = re.compile(r"['‘’‚](?!['‘’])")
_SINGLE_OPENER = re.compile(r"(?<![^\W_])(?<!['‘’])['‘‚](?![\s'‘’)])")
# Words that lost their head: 'em, 'til, 'n', '90s. "'til death' was the title" is given up for them.
_CLIPPED = re.compile(
    r"['‘’](?:\d\ds?\b(?!\s*(?:per|%))|(?:em|til|till|tis|twas|twere|cause|cuz|coz|bout|round|nuff|neath|ere|n|ol|s)\b)",
    re.IGNORECASE,
)
_HEIGHT = re.compile(r"\d{1,2}\s?['’]\s?\d{1,2}$")
_ALWAYS_OPEN = frozenset("„‟")
# Marks looked ahead for the partner of one: keeps the time linear on a text that is all quotation marks.
_FARTHEST = 80
_WEAK_RIGHT = re.compile(r"[ \t\n]+[^\W\d_A-Z]")


def quoted_spans(text: str, paragraphs: Iterable[Span]) -> list[Span]:
    """The stretches inside quotation marks, marks included, sorted; nested ones as well, after those they lie in.

    No span crosses a paragraph's end: a quotation that opens each paragraph and closes once gives a span for each. One
    that is never closed ends with its paragraph; if the next paragraph goes on without an opening mark and closes it,
    that paragraph's part is a span too. `without_marks` takes the marks off.

    >>> text = "'I won't go,' he said of the “so-called ‘deal’”."
    >>> [span.of(text) for span in quoted_spans(text, [Span(0, len(text))])]
    ["'I won't go,'", '“so-called ‘deal’”', '‘deal’']
    """
    return list(_quoted(text, tuple(paragraphs)))


@lru_cache(maxsize=4)
def _quoted(text: str, ordered: tuple[Span, ...]) -> tuple[Span, ...]:
    # several rooms ask for those of the article at hand
    found: list[Span] = []
    carried = False
    for index, paragraph in enumerate(ordered):
        doubles, carried = _doubles(text, paragraph, carried=carried)
        following = ordered[index + 1] if index + 1 < len(ordered) else None
        found += doubles
        found += _singles(text, paragraph, doubles, following)
    return tuple(sorted(found, key=lambda span: (span.start, -span.end)))


def without_marks(text: str, span: Span) -> Span:
    """The span without the quotation marks and the white space at its two ends.

    >>> without_marks("« Non »", Span(0, 7))
    Span(start=2, end=5)
    """
    start, end = span
    if start < end and text[start] in _MARK_CHARACTERS:
        start += 2 if text[start : start + 2] in ("``", "''", "‘‘") else 1
    if start < end and text[end - 1] in _MARK_CHARACTERS:
        end -= 2 if text[end - 2 : end] in ("''", "’’") and end - 2 >= start else 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _left(text: str, at: int, start: int) -> str:
    """The character before a mark, other marks skipped; a space at the paragraph's start."""
    at -= 1
    while at >= start and text[at] in _MARK_CHARACTERS:
        at -= 1
    return text[at] if at >= start else " "


def _right(text: str, at: int, end: int) -> str:
    while at < end and text[at] in _MARK_CHARACTERS:
        at += 1
    return text[at] if at < end else " "


def _doubles(text: str, paragraph: Span, *, carried: bool) -> tuple[list[Span], bool]:
    """The spans of double marks and guillemets, and whether the last one stayed open."""
    start, end = paragraph
    marks = list(_DOUBLE.finditer(text, start, end))
    spans: list[Span] = []
    stack: list[tuple[int, str]] = []
    for index, found in enumerate(marks):
        mark, at = found.group(), found.start()
        before, after = _left(text, at, start), _right(text, found.end(), end)
        can_open = not after.isspace() and not before.isalnum()
        can_close = not before.isspace() and not after.isalnum()
        if mark == '"' and before.isdigit() and _is_inch(text, at, marks[index + 1 :], paragraph, is_open=bool(stack)):
            continue
        if not stack and not spans and carried and can_close and not can_open and mark not in _ALWAYS_OPEN:
            spans.append(Span(start, found.end()))
            continue
        action = _action(mark, [each[1] for each in stack], can_open=can_open, can_close=can_close)
        if action == "close":
            spans.append(Span(stack.pop()[0], found.end()))
        elif action == "open":
            if stack and not _nests(marks[index : index + _FARTHEST], mark, [each[1] for each in stack]):
                # The earlier quotation was never closed: it cannot reach into the next one.
                spans.append(_trimmed(text, stack.pop()[0], at))
            stack.append((at, mark))
    open_at_end = bool(stack)
    spans += [_trimmed(text, opened, end) for opened, _ in stack]
    return spans, open_at_end


def _action(mark: str, stack: list[str], *, can_open: bool, can_close: bool) -> str | None:
    """What a mark does where it stands: opens, closes, or nothing."""
    top = stack[-1] if stack else ""
    if mark in ("«", "»", "‹", "›"):
        # French « ... », Swiss «...», German and Danish »...«: whichever came first opens, its mirror closes.
        mirror = {"«": "»", "»": "«", "‹": "›", "›": "‹"}[mark]
        if top == mirror:
            return "close"
        return "open" if mark in "«‹" or can_open else None
    if mark in _ALWAYS_OPEN or mark == "``":
        return "open"
    in_double = bool(top) and top not in "«»‹›"
    if mark in ("“", "‘‘"):
        # It closes a German „...“ and a mistyped “...“.
        return "close" if in_double and can_close and not can_open else "open"
    if mark in ("”", "’’"):
        if in_double:
            return "close"
        return "open" if can_open and not can_close else None
    if in_double and (can_close or not can_open):
        return "close"
    return "open" if can_open else None


def _nests(rest: list[re.Match[str]], mark: str, stack: list[str]) -> bool:
    """Whether an opening mark inside an open quotation is a nested one: only if closing marks are left for both.

    A curly pair inside a straight one needs only its own: long straight quotations that open each paragraph hold them.
    """
    if mark == '"':
        return len(rest) % 2 == (len(stack) % 2) and len(rest) >= len(stack) + 2
    openers = sum(1 for found in rest if found.group() == mark)
    closers = sum(1 for found in rest if found.group() in ("”", "’’", "''", '"', "»", "›") and found.group() != mark)
    return closers >= openers + stack.count(mark)


def _is_inch(text: str, at: int, later: list[re.Match[str]], paragraph: Span, *, is_open: bool) -> bool:
    """Whether a straight mark after a digit means inches: 6'2", a 12" pizza."""
    if _HEIGHT.search(text, max(at - 6, paragraph.start), at) or not is_open:
        return True
    goes_on = re.match(r"[ \t-][a-z]", text[at + 1 : at + 3])
    # `"We ate a 12" pizza," he said`: the mark that follows can only close, so this one does not.
    if not goes_on or not later:
        return False
    follows = later[0].start()
    return not _left(text, follows, paragraph.start).isspace() and _right(text, follows + 1, paragraph.end).isspace()


def _singles(text: str, paragraph: Span, doubles: list[Span], following: Span | None) -> list[Span]:
    openers = list(_SINGLE_OPENER.finditer(text, *paragraph))
    if not openers:
        return []
    marks = [found.start() for found in _SINGLE.finditer(text, *paragraph)]
    homes = _homes(sorted({*marks, *(found.start() for found in openers)}), doubles)
    real = [found.start() for found in openers if not _CLIPPED.match(text, found.start())]
    spans: list[Span] = []
    for order, at in enumerate(real):
        if spans and spans[-1].end > at and text[spans[-1].start] == text[at]:
            continue
        home = homes[at]
        limit = home.end if home else paragraph.end
        first = bisect_right(marks, at + 1)
        near = marks[first : first + _FARTHEST]
        beyond = next((later for later in real[order + 1 : order + 9] if text[later] == text[at]), limit)
        close = _closer(text, [mark for mark in near if mark < limit and homes[mark] == home], beyond, limit)
        if close is not None:
            spans.append(Span(at, close + 1))
        elif at == paragraph.start and following is not None and text[following.start] == text[at]:
            # British style: each paragraph of a long quotation opens with a single mark, only the last one closes.
            spans.append(_trimmed(text, at, paragraph.end))
    return spans


def _homes(places: list[int], doubles: list[Span]) -> dict[int, Span | None]:
    """The innermost double-quoted stretch each place lies in: a single pair never crosses its border."""
    homes: dict[int, Span | None] = {}
    inside: list[Span] = []
    coming = sorted(doubles, key=lambda span: (-span.start, span.end))
    for place in places:
        while coming and coming[-1].start <= place:
            inside.append(coming.pop())
        while inside and inside[-1].end <= place:
            inside.pop()
        homes[place] = inside[-1] if inside else None
    return homes


def _closer(text: str, marks: list[int], beyond: int, limit: int) -> int | None:
    """The mark that closes a single quotation, out of those after its opening one; None if all are apostrophes."""
    weak: int | None = None
    for mark in marks:
        if mark > beyond and weak is not None:
            break
        before, after = text[mark - 1], text[mark + 1 : mark + 2]
        if before.isspace() or after.isalnum() or text[mark] == "‘" or _CLIPPED.match(text, mark):
            continue
        if mark >= 2 and re.match(r"['‘’]n$", text[mark - 2 : mark], re.IGNORECASE):
            continue
        # "the workers' union": after an s and before a small letter it may be a possessive, if a better one follows.
        if before in "sS" and _WEAK_RIGHT.match(text, mark + 1, limit):
            weak = mark if weak is None else weak
            continue
        return mark if mark < beyond or weak is None else weak
    return weak


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
