"""What adverbials of saying tell, taken down as they are read: day, place, medium and addressee."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.documents import Span
from sayso.statements.dates import When, match_when
from sayso.statements.nounphrases import noun_phrase_end
from sayso.statements.nouns import WORDS, noun_classes, outlet_or_forum
from sayso.wordlists import classes_of

_LINK = re.compile(r"\s+(?:with|on|in|to|for)\s+")
_DAYS_EVENT = re.compile(r"(?:[A-Z][a-z]+day|yesterday)(?=['’]s\s+\w)", re.IGNORECASE)


@dataclass(slots=True)
class Adverbials:
    """What was read from a stretch: the phrases, and what they tell; `end` is where reading stopped."""

    end: int
    spans: list[Span] = field(default_factory=list)
    when: When | None = None
    dated: bool = False
    place: str | None = None
    medium: str | None = None
    addressee: str | None = None


def note_when(found: Adverbials, when: When) -> None:
    found.dated = True
    if found.when is None and when.resolve is not None:
        found.when = when


def note_day(found: Adverbials, preposition: str, noun: str) -> None:
    """Takes down the day of "at Sunday's rally", and of a contest before or after which its people speak."""
    day = _DAYS_EVENT.match(noun)
    same = preposition in ("in", "at", "on", "during", "after", "following", "outside", "inside")
    if day and (same or (preposition == "before" and noun_classes(noun) & {"contest"})):
        when = match_when(noun[: day.end()], 0, day.end())
        if when:
            note_when(found, when)


def note_noun(
    found: Adverbials, preposition: str, noun: str, labels: frozenset[str], text: str, noun_end: int, end: int
) -> None:
    """Takes down what a noun behind a preposition tells: a medium, a place, who was addressed."""
    if preposition == "to" and found.addressee is None and labels:
        found.addressee = noun
        found.medium = found.medium or outlet_or_forum(noun)
        return
    if preposition in ("outside", "inside"):
        labels -= {"forum"}
    if found.medium is None and labels & {"medium", "forum", "platform", "channel", "outlet"}:
        found.medium = medium_name(noun, labels, text, noun_end, end)
    if found.place is None and (labels & {"place", "name"}) and preposition in ("in", "at", "outside", "inside", "on"):
        found.place = re.sub(r"^(?:the|a|an)\s+", "", noun)


def medium_name(noun: str, labels: frozenset[str], text: str, noun_end: int, end: int) -> str:
    """The short name of a medium: its noun without what describes it, "interview" with whom it was with."""
    if "platform" in labels:
        return noun
    if "outlet" in labels:
        return re.sub(r"^(?:the|a|an)\s+", "", noun, flags=re.IGNORECASE)
    words = re.sub(r"^(?:the|a|an|his|her|its|their|our)\s+", "", noun, flags=re.IGNORECASE).split()
    known = classes_of(WORDS)
    name = words[-1]
    for size in (3, 2):
        tail = " ".join(words[-size:])
        if len(words) >= size and known.get(tail.lower(), frozenset()) & {"medium", "forum", "channel"}:
            name = tail
            break
    link = _LINK.match(text, noun_end, end)
    if link:
        behind = text[link.end() : noun_phrase_end(text, link.end(), end)]
        platform = classes_of(WORDS).get(behind, frozenset()) & {"platform"}
        if platform and name.lower() in ("post", "thread", "message", "posting", "video", "statement", "tweet"):
            return behind
        if name.lower() == "interview" and behind:
            return f"interview with {' '.join(behind.split())}"
    return name
