"""How a content points at words that stand elsewhere: "that", "her remarks", "the institute's figures"."""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.documents import Span
from sayso.statements.answering import class_stems, name_stems
from sayso.statements.wording import is_stopword, stem, words_of

_POINTED = (
    *("accusing", "hearsay", "suspecting", "reporting", "finding", "demanding", "offering", "warning", "claiming"),
    *("explaining", "planning"),
)
"""The classes of relation_verbs.tsv that join pointing nouns with the cues they can mean."""
_NOUN_PHRASE_END = re.compile(
    r"[,.;:“”\"‘’«»]|\b(?:of|that|as|about|on|over|with|from|by|who|which|when|while|is|was)\b"
)
_OWNER = re.compile(r"(?P<owner>(?:the\s+)?[\w-]+(?:\s+[\w-]+)?)['’]s?\s+")
_PRONOUN = re.compile(r"(?:that|this|it|both|these|those|him|her|them)(?:$|\s+an?\b)")
_OPENS = re.compile(r"(?:an?|any|all|the|this|that|these|those|his|her|its|their|such|both|no)\s+")
_SHORTEST = 3
"""Words that "that" and its noun are at most; more are a clause."""
_LONGEST = 4
"""Words of a noun phrase that can still point."""


class Pointer(NamedTuple):
    """What a content says of the words that it takes up: a noun, or none ("that"), with what stands beside it."""

    noun: str | None
    owner: frozenset[str]
    """The stems of whose words they are: "the institute's figures"."""
    beside: frozenset[str]
    """The stems and numbers of what else describes them: "the 22-mile figure"."""


def pointer_of(content: str) -> Pointer | None:
    """How a content in small letters points at other words; None where it says what they are itself.

    >>> pointer_of("the sabotage theory").noun, pointer_of("selling the pier")
    ('theory', None)
    """
    words = content.strip(" .,;:\"'“”‘’")
    if words.startswith("that ") and len(words.split()) > _SHORTEST and not words.startswith("that as "):
        return None
    end = _NOUN_PHRASE_END.search(words, 1)
    phrase = (words[: end.start()] if end else words).strip()
    if _PRONOUN.match(phrase):
        return Pointer(None, frozenset(), frozenset())
    owner = _OWNER.match(phrase)
    opening = owner or _OPENS.match(phrase)
    rest = phrase[opening.end() :].split() if opening else phrase.split()
    alone = len(rest) == 1 and bool(classes_of_noun(rest[0]))
    if not rest or len(rest) > _LONGEST or not (opening or alone):
        return None
    behind = words[end.end() :].split(" as ")[0] if end and end.group() == "of" else ""
    beside = {stem(word) for word in words_of_text(" ".join(rest[:-1]) + " " + behind) if not is_stopword(word)}
    return Pointer(rest[-1], name_stems(owner["owner"]) if owner else frozenset(), frozenset(beside))


def words_of_text(text: str) -> tuple[str, ...]:
    """The words of a text of its own."""
    return words_of(text, [Span(0, len(text))])


def classes_of_noun(noun: str) -> list[str]:
    """The classes of relation_verbs.tsv that a pointing noun belongs to; none for other nouns."""
    return [label for label in _POINTED if stem(noun) in class_stems(label)]
