"""Words that a transcript strikes out, and those it puts in their place: "~~200~~ [300]", `<del>`, struck runs.

Where a page was saved as plain text the line through the words is lost, and "gender [genres]" is left of it: a bracket
whose words are much like those before it corrects them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from sayso.documents import Correction, Span
from sayso.transcripts.directions import Bracket

_TILDES = re.compile(r"~~(?=\S)([^~\n]{1,400}?)(?<=\S)~~")
_WORD = re.compile(r"[^\W_]+(?:['’\-.,][^\W_]+)*%?")
_ALIKE = 0.5


def find_corrections(
    text: str, inserts: Iterable[Bracket], *, struck: Iterable[Span] = (), inserted: Iterable[Span] = ()
) -> tuple[list[Correction], list[Span]]:
    """The corrections in text order, and the inserted words that correct nothing."""
    brackets = {each.span.start: each for each in inserts}
    marked = {span.start: span for span in inserted}
    spans = sorted(
        {*struck, *(Span(*found.span(1)) for found in _TILDES.finditer(text))} if "~~" in text else set(struck)
    )
    found: list[Correction] = []
    used: set[int] = set()
    for index, span in enumerate(spans):
        at = span.end + 2 * text.startswith("~~", span.end)
        while at < len(text) and text[at] in " \t\u00a0\\":
            at += 1
        at -= text[at - 1 : at + 1] == "\\["
        bracket = brackets.get(at)
        if bracket and not (index + 1 < len(spans) and spans[index + 1].start < at):
            used.add(at)
            found.append(Correction(span, bracket.inner))
        else:
            found.append(Correction(span, marked.get(at)))
    rest: list[Span] = []
    for start, bracket in sorted(brackets.items()):
        if start in used:
            continue
        before = _replaced(text, bracket)
        if before:
            found.append(Correction(before, bracket.inner))
        else:
            rest.append(bracket.span)
    return sorted(found), rest


def _replaced(text: str, bracket: Bracket) -> Span | None:
    """The words before a bracket that those in it are a better form of; None where they are other words."""
    instead = _WORD.findall(bracket.inner.of(text).lower())
    if not instead or len(instead) > 6:
        return None
    line = text.rfind("\n", 0, bracket.span.start) + 1
    words = list(_WORD.finditer(text, max(line, bracket.span.start - 80), bracket.span.start))
    if not words or not re.fullmatch(r"[ \t\u00a0*_]*", text[words[-1].end() : bracket.span.start]):
        return None
    if words[-1].end() == bracket.span.start:
        return None
    best: tuple[float, Span] | None = None
    for count in range(max(1, len(instead) - 1), len(instead) + 2):
        if count > len(words):
            break
        span = Span(words[-count].start(), words[-1].end())
        alike = SequenceMatcher(None, span.of(text).lower(), " ".join(instead)).ratio()
        if alike >= _ALIKE and alike < 1 and (best is None or alike > best[0]):
            best = (alike, span)
    return best[1] if best else None
