"""Words that a transcript strikes out, and those it puts in their place: "~~200~~ [300]", `<del>`, struck runs.

Where a page was saved as plain text the line through the words is lost, and "gender [genres]", "two [three]" is left of
it: a bracket whose words are much like those before it, or of their kind, corrects them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from sayso.documents import Correction, Span
from sayso.transcripts.directions import Bracket
from sayso.transcripts.lists import is_function_word

_TILDES = re.compile(r"~~(?=\S)([^~\n]{1,400}?)(?<=\S)~~")
_WORD = re.compile(r"[^\W_]+(?:['’\-.,][^\W_]+)*%?")
_ALIKE = 0.55
_ONE_PHRASE = re.compile(r"[^\[\]():;.!?\n]*")
_DETERMINERS = frozenset("a an the this that these those my our your his her its their some any no".split())
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million"
    " billion trillion".split()
)


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
        # Where lines through words are shown, a bracket without one only adds.
        before = None if spans else _replaced(text, bracket)
        if before:
            found.append(Correction(before, bracket.inner))
        else:
            rest.append(bracket.span)
    return sorted(found, key=lambda each: each.struck), rest


def _replaced(text: str, bracket: Bracket) -> Span | None:
    """The words before a bracket that those in it are put in the place of; None where they are only added."""
    instead = _WORD.findall(bracket.inner.of(text))
    if not instead or len(instead) > 6:
        return None
    line = text.rfind("\n", 0, bracket.span.start) + 1
    words = list(_WORD.finditer(text, max(line, bracket.span.start - 80), bracket.span.start))
    if not words or words[-1].end() == bracket.span.start:
        return None
    best: tuple[float, Span] | None = None
    for count in range(max(1, len(instead) - 1), min(len(instead) + 1, len(words)) + 1):
        span = Span(words[-count].start(), words[-1].end())
        if not _ONE_PHRASE.fullmatch(text, span.start, bracket.span.start):
            break
        alike = SequenceMatcher(None, span.of(text).lower(), " ".join(instead).lower()).ratio()
        if _ALIKE <= alike < 1 and (best is None or alike > best[0]):
            best = (alike, span)
    if best:
        return best[1]
    last = Span(*words[-1].span())
    phrase = _ONE_PHRASE.fullmatch(text, last.start, bracket.span.start)
    return last if phrase and len(instead) == 1 and _of_one_kind(last.of(text), instead[0]) else None


def _of_one_kind(one: str, other: str) -> bool:
    """Whether two words can stand for each other only: two numbers, two names, two small words ("you [we]")."""
    low, lower = one.lower(), other.lower()
    if low in _DETERMINERS or lower in _DETERMINERS:
        return False
    numbers = [word[0].isdigit() or word in _NUMBERS for word in (low, lower)]
    if any(numbers):
        return all(numbers)
    if is_function_word(low) and is_function_word(lower) and max(len(low), len(lower)) <= 5:
        return True
    return one[0].isupper() and other[0].isupper() and len(one) > 2 and len(other) > 2
