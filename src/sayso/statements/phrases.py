"""A small grammar of the adverbials of saying: "in a statement on Monday", "reporters in San Orelio", "on X".

Reads one stretch of text from a given character on and says how far it got; where the stretch may begin and must end
(the source, cue and content of the attribution) is the caller's knowledge. Phrases are known by their nouns
(occasion_words.tsv): "at a briefing" is an occasion, "at a loss" is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.documents import Span
from sayso.statements.dates import When, match_when
from sayso.statements.nouns import DETERMINERS, WORDS, noun_classes, outlet_or_forum
from sayso.wordlists import classes_of

_WORD = re.compile(r"\d{1,3}(?:,\d{3})+|[^\W_](?:[\w'’&.\-/]*\w)?(?:\.(?=\s+[^\W_])|(?<=s)['’](?=\s+\w))?|&(?=\s)")
_BREAK = re.compile(r"\s*[,;:()“”\"«»!?–—…]|\s+-\s|\s*\.*\s*$|\s*[‘'](?=\w)")
_REGION = re.compile(r",\s+(?:[A-Z][\w.'’\-]+\s?){1,3}(?=,|\.?\s*$)")
_LINK = re.compile(r"\s+(?:with|on|in|to|for)\s+")
_SPACE = re.compile(r"\s*")
_COMMA = re.compile(r"\s*,?\s*")
_PREPOSITION = re.compile(
    r"(?P<word>in|at|on|during|amid|after|before|following|ahead\s+of|outside|inside|near|by|via|through|over|to|with|from"
    r"|under|alongside|for|of|about|into|between|against|since|until|regarding|concerning|beside|towards?)(?=\s|$)",
    re.IGNORECASE,
)
_OPENERS: dict[str, frozenset[str]] = {
    "in": frozenset({"medium", "event", "place", "forum", "name", "outlet"}),
    "at": frozenset({"medium", "event", "place", "forum", "name"}),
    "on": frozenset({"medium", "platform", "place", "outlet"}),
    "during": frozenset({"medium", "event", "forum"}),
    "after": frozenset({"medium", "event"}),
    "before": frozenset({"event", "forum"}),
    "following": frozenset({"event"}),
    "ahead of": frozenset({"event"}),
    "outside": frozenset({"place", "forum", "name"}),
    "inside": frozenset({"place", "forum", "name"}),
    "by": frozenset({"channel"}),
    "over": frozenset({"channel"}),
    "through": frozenset({"channel"}),
    "via": frozenset({"channel", "medium", "platform", "outlet"}),
    "to": frozenset({"addressee", "forum", "outlet"}),
}
"""The classes of noun with which each preposition opens an adverbial of saying."""
_LATER = frozenset({"after", "before", "following", "ahead of", "since", "until"})
_ELSEWHERE = _LATER | {"about", "against", "for", "regarding", "concerning", "into", "between", "over"}
"""Prepositions behind which a place is that of something else than the saying."""
_PAST_VERB = re.compile(
    r"\s(?:[a-z]+ed|drew|fell|hit|won|lost|took|made|left|came|went|broke|struck|found|got|gave|saw|told|said|met|ran|began|shot"
    r"|beat|rose|sank|blew|cut|shut|set|put)\b"
)
"""Shows that "after" opens a clause ("after flights drew attacks") rather than a phrase."""
_STOPS = frozenset(
    "that who whom whose which where when while whereas but because although though if whether as so then nor or how"
    " why what saying adding than be is was were are been has had have will would could can should may might did does"
    " do not warning calling accusing insisting arguing noting".split()
)
_POINTING = frozenset({"this", "these", "my", "our", "your"})
_PARTICIPLES = frozenset(
    "published issued released posted carried given sent held organised organized aired seen made obtained"
    " delivered shown attended called convened hosted addressed read written recorded uploaded circulated distributed"
    " streamed televised marking dated signed printed translated entitled titled".split()
)
_ADVERBS = frozenset("later afterwards earlier privately repeatedly again publicly also then only simply".split())
_ENDS_NOUN = _STOPS | _PARTICIPLES | _ADVERBS


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


def read_adverbials(text: str, start: int, end: int, *, telling: bool = False, only_dates: bool = False) -> Adverbials:
    """The adverbials that follow one another from `start` on; `end` bounds them.

    With `telling` the first noun phrase is who was told; with `only_dates` what opens with a place or an event is
    left alone, as after a content it may belong to that.
    """
    found = Adverbials(start)
    at = start
    if telling:
        at = _read_addressee(text, _skip(_SPACE, text, at, end), end, found)
    while at < end:
        opens = _skip(_COMMA if found.spans or not telling else _SPACE, text, at, end)
        if opens >= end:
            break
        when = match_when(text, opens, end)
        if when:
            _note_when(found, when)
            at = when.end
        else:
            stop = _read_prepositional(text, opens, end, found, only_dates=only_dates)
            if stop is None:
                break
            at = stop
        _add(found, text, Span(opens, at))
    return found


def _skip(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    matched = pattern.match(text, at, end)
    return matched.end() if matched else at


def _add(found: Adverbials, text: str, span: Span) -> None:
    """Adds a phrase; one that follows another without a comma is one stretch with it."""
    if found.spans and not text[found.spans[-1].end : span.start].strip():
        span = Span(found.spans.pop().start, span.end)
    found.spans.append(span)
    found.end = span.end


def _note_when(found: Adverbials, when: When) -> None:
    found.dated = True
    if found.when is None and when.resolve is not None:
        found.when = when


def _read_addressee(text: str, at: int, end: int, found: Adverbials) -> int:
    """Reads who was told, and returns where that ends; `at` if nobody is named there."""
    stop = _noun_phrase_end(text, at, end)
    words = text[at:stop]
    if not words or words.endswith((" times", " time")) or match_when(text, at, end):
        return at
    if noun_classes(words) >= {"medium"} and not outlet_or_forum(words):
        # "Told a press conference": what it was said at, rather than to whom.
        found.medium = _medium_name(" ".join(words.split()), frozenset({"medium"}), text, stop, end)
    else:
        found.addressee = " ".join(words.split())
        found.medium = outlet_or_forum(words)
    _add(found, text, Span(at, stop))
    return stop


def _noun_phrase_end(text: str, at: int, end: int) -> int:
    """Where the noun phrase that begins at `at` ends: at a preposition (but "of"), a date, a stop or `end`."""
    stop = at
    while stop < end:
        word_at = _skip(_SPACE, text, stop, end)
        word = _WORD.match(text, word_at, end)
        if not word or (stop > at and _BREAK.match(text, stop, end)):
            break
        lower = word.group().lower()
        if stop > at or lower not in DETERMINERS:
            if lower == "and":
                if not _joins_nouns(text, word.end(), end):
                    break
            elif (
                lower in _ENDS_NOUN
                or (lower != "of" and _PREPOSITION.match(text, word_at, end))
                or (stop > at and match_when(text, word_at, end))
            ):
                break
        stop = word.end()
    return stop


def _joins_nouns(text: str, at: int, end: int) -> bool:
    """Whether an "and" is followed by another noun rather than by what else was done."""
    word = _WORD.match(text, _skip(_SPACE, text, at, end), end)
    return word is not None and (word.group()[0].isupper() or word.group().lower() in DETERMINERS)


def _read_prepositional(text: str, at: int, end: int, found: Adverbials, *, only_dates: bool) -> int | None:
    """Reads a prepositional phrase of saying with all that hangs on it, and returns its end; None if it is none."""
    opening = _PREPOSITION.match(text, at, end)
    if not opening:
        return None
    preposition = " ".join(opening["word"].lower().split())
    wanted = _OPENERS.get(preposition)
    if wanted is None:
        return None
    noun_at = _skip(_SPACE, text, opening.end(), end)
    noun_end = _noun_phrase_end(text, noun_at, end)
    noun = " ".join(text[noun_at:noun_end].split())
    # "At this meeting", "in our talks" tell the time and place only to those who were there.
    labels = noun_classes(noun) & wanted if noun and noun.split()[0].lower() not in _POINTING else frozenset()
    if only_dates:
        labels &= {"medium"}
    if not labels or (preposition in _LATER and _PAST_VERB.search(noun)):
        return None
    _note_noun(found, preposition, noun, labels, text, noun_end, end)
    return _read_rest(text, noun_end, end, found, elsewhere=preposition in _ELSEWHERE, later=preposition in _LATER)


def _read_rest(text: str, at: int, end: int, found: Adverbials, *, elsewhere: bool, later: bool) -> int:
    """Reads on to the next break: the phrases that hang on the first one, with what they tell."""
    while at < end:
        if _BREAK.match(text, at, end):
            region = _REGION.match(text, at, end)
            if not region or not _in_capitals(text, at):
                break
            at = region.end()
            continue
        word_at = _skip(_SPACE, text, at, end)
        when = match_when(text, word_at, end)
        if when and not elsewhere:
            if not later:
                _note_when(found, when)
            at = when.end
            continue
        word = _WORD.match(text, word_at, end)
        if not word:
            break
        lower = word.group().lower()
        if lower in _STOPS or (lower == "and" and not _joins_nouns(text, word.end(), end)):
            break
        preposition = _PREPOSITION.match(text, word_at, end)
        if preposition:
            name = " ".join(preposition["word"].lower().split())
            noun_at = _skip(_SPACE, text, preposition.end(), end)
            noun_end = _noun_phrase_end(text, noun_at, end)
            noun = " ".join(text[noun_at:noun_end].split())
            labels = noun_classes(noun)
            if name in ("after", "before", "following") and (
                not labels & {"event", "medium", "forum", "name"} or _PAST_VERB.search(noun)
            ):
                break
            if name == "to" and not labels and (noun[:1].islower() and noun.split()[0] not in DETERMINERS):
                break
            later = later or name in _LATER
            elsewhere = elsewhere or name in _ELSEWHERE
            if not elsewhere and noun:
                _note_noun(found, name, noun, labels & _OPENERS.get(name, frozenset()), text, noun_end, end)
            at = max(noun_end, preposition.end())
            continue
        at = word.end()
    return at


def _in_capitals(text: str, end: int) -> bool:
    """Whether the word that ends at `end` begins with a capital."""
    words = text[max(0, end - 40) : end].split()
    return bool(words) and words[-1][0].isupper()


def _note_noun(
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
        found.medium = _medium_name(noun, labels, text, noun_end, end)
    if found.place is None and (labels & {"place", "name"}) and preposition in ("in", "at", "outside", "inside", "on"):
        found.place = re.sub(r"^(?:the|a|an)\s+", "", noun)


def _medium_name(noun: str, labels: frozenset[str], text: str, noun_end: int, end: int) -> str:
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
        behind = text[link.end() : _noun_phrase_end(text, link.end(), end)]
        platform = classes_of(WORDS).get(behind, frozenset()) & {"platform"}
        if platform and name.lower() in ("post", "thread", "message", "posting", "video", "statement", "tweet"):
            return behind
        if name.lower() == "interview" and behind:
            return f"interview with {' '.join(behind.split())}"
    return name
