"""A small grammar of the adverbials of saying: "in a statement on Monday", "reporters in San Orelio", "on X".

Reads one stretch of text from a given character on and says how far it got; where the stretch may begin and must end
(the source, cue and content of the attribution) is the caller's knowledge. Phrases are known by their nouns
(occasion_words.tsv): "at a briefing" is an occasion, "at a loss" is none.
"""

from __future__ import annotations

import re

from sayso.documents import Span
from sayso.statements.adverbials import Adverbials, medium_name, note_day, note_noun, note_when
from sayso.statements.dates import match_when
from sayso.statements.loose import LOOSE, clause_of_time, is_many, is_scene
from sayso.statements.nounphrases import BREAK, PREPOSITION, SPACE, STOPS, WORD, joins_nouns, noun_phrase_end, skip
from sayso.statements.nouns import DETERMINERS, noun_classes, outlet_or_forum

_REGION = re.compile(r",\s+(?:[A-Z][\w.'’\-]+\s?){1,3}(?=,|\.?\s*$)")
_ISSUED = re.compile(
    r"\s+(?:published|issued|released|posted|filed|sent|submitted|circulated|taken|signed|dated|seen|obtained|made)\b"
)
_COMMA = re.compile(r"\s*,?\s*")
_OPENERS: dict[str, frozenset[str]] = {
    "in": frozenset({"medium", "event", "place", "forum", "name", "outlet"}),
    "at": frozenset({"medium", "event", "place", "forum", "name"}),
    "on": frozenset({"medium", "platform", "place", "outlet", "visit"}),
    "during": frozenset({"medium", "event", "forum"}),
    "after": frozenset({"medium", "event"}),
    "before": frozenset({"event", "forum", "contest"}),
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
_HEARERS = frozenset({"me", "us", "him", "her", "them", "you"})
_POINTING = frozenset({"this", "these", "my", "our", "your"})


def read_adverbials(
    text: str, start: int, end: int, *, telling: bool = False, only_dates: bool = False, loose: bool = False
) -> Adverbials:
    """The adverbials that follow one another from `start` on; `end` bounds them.

    With `telling` the first noun phrase is who was told; with `only_dates` what opens with a place or an event is
    left alone, as after a content it may belong to that. With `loose`, right behind a verb of saying, phrases whose
    nouns are unknown count as well, and clauses of time ("as he left court").
    """
    found = Adverbials(start)
    at = start
    if telling:
        at = _read_addressee(text, skip(SPACE, text, at, end), end, found)
    while at < end:
        opens = skip(_COMMA if found.spans or not telling else SPACE, text, at, end)
        if opens >= end:
            break
        when = match_when(text, opens, end)
        if when:
            note_when(found, when)
            at = when.end
        else:
            stop = _read_prepositional(text, opens, end, found, only_dates=only_dates, loose=loose)
            stop = stop or clause_of_time(text, opens, end, exact=only_dates or not loose)
            if stop is None:
                break
            at = stop
        _add(found, text, Span(opens, at))
    return found


def _add(found: Adverbials, text: str, span: Span) -> None:
    """Adds a phrase; one that follows another without a comma is one stretch with it."""
    if found.spans and not text[found.spans[-1].end : span.start].strip():
        span = Span(found.spans.pop().start, span.end)
    found.spans.append(span)
    found.end = span.end


def _read_addressee(text: str, at: int, end: int, found: Adverbials) -> int:
    """Reads who was told, and returns where that ends; `at` if nobody is named there."""
    stop = noun_phrase_end(text, at, end)
    words = text[at:stop]
    opens = bool(PREPOSITION.match(text, at, end)) or words.split(" ", 1)[0].lower() in STOPS if words else True
    if opens or words.endswith((" times", " time")) or match_when(text, at, end):
        return at
    if noun_classes(words) >= {"medium"} and not outlet_or_forum(words):
        # "Told a press conference": what it was said at, rather than to whom.
        found.medium = medium_name(" ".join(words.split()), frozenset({"medium"}), text, stop, end)
    else:
        found.addressee = " ".join(words.split())
        found.medium = outlet_or_forum(words)
    _add(found, text, Span(at, stop))
    return stop


def _read_prepositional(
    text: str, at: int, end: int, found: Adverbials, *, only_dates: bool, loose: bool
) -> int | None:
    """Reads a prepositional phrase of saying with all that hangs on it, and returns its end; None if it is none."""
    opening = PREPOSITION.match(text, at, end)
    if not opening:
        return None
    preposition = " ".join(opening["word"].lower().split())
    wanted = _OPENERS.get(preposition, frozenset())
    if not wanted and not (loose and preposition in LOOSE):
        return None
    noun_at = skip(SPACE, text, opening.end(), end)
    noun_end = noun_phrase_end(text, noun_at, end)
    noun = " ".join(text[noun_at:noun_end].split())
    # "At this meeting", "in our talks" tell the time and place only to those who were there.
    labels = noun_classes(noun) & wanted if noun and noun.split()[0].lower() not in _POINTING else frozenset()
    if preposition == "to" and noun in _HEARERS:
        labels = frozenset({"addressee"})
    if only_dates:
        labels &= {"place"} if preposition == "outside" else {"medium"}
    if not labels and not (loose and preposition in LOOSE and is_scene(noun)):
        issued = _ISSUED.match(text, noun_end, end)
        if not issued or only_dates or preposition != "in" or not noun.startswith(("a ", "an ")):
            return None
        labels = frozenset({"medium"})
    if preposition in _LATER and _PAST_VERB.search(noun):
        return None
    note_day(found, preposition, noun)
    note_noun(found, preposition, noun, labels, text, noun_end, end)
    return _read_rest(text, noun_end, end, found, elsewhere=preposition in _ELSEWHERE, later=preposition in _LATER)


def _read_rest(text: str, at: int, end: int, found: Adverbials, *, elsewhere: bool, later: bool) -> int:
    """Reads on to the next break: the phrases that hang on the first one, with what they tell."""
    while at < end:
        if BREAK.match(text, at, end):
            region = _REGION.match(text, at, end)
            if not region or not _in_capitals(text, at):
                break
            at = region.end()
            continue
        word_at = skip(SPACE, text, at, end)
        when = match_when(text, word_at, end)
        if when and not elsewhere:
            if not later:
                note_when(found, when)
            at = when.end
            continue
        word = WORD.match(text, word_at, end)
        if not word:
            break
        lower = word.group().lower()
        if lower in STOPS or (lower == "and" and not joins_nouns(text, word.end(), end)):
            break
        preposition = PREPOSITION.match(text, word_at, end)
        if preposition:
            name = " ".join(preposition["word"].lower().split())
            noun_at = skip(SPACE, text, preposition.end(), end)
            noun_end = noun_phrase_end(text, noun_at, end)
            noun = " ".join(text[noun_at:noun_end].split())
            if not noun:
                break
            labels = noun_classes(noun)
            if name in ("after", "before", "following") and (
                not labels & {"event", "medium", "forum", "name"} or _PAST_VERB.search(noun)
            ):
                break
            written_to = not labels and not (found.medium and is_many(noun))
            if name == "to" and written_to and noun[:1].islower() and noun.split()[0] not in DETERMINERS:
                break
            later = later or name in _LATER
            elsewhere = elsewhere or name in _ELSEWHERE
            if not elsewhere:
                note_noun(found, name, noun, labels & _OPENERS.get(name, frozenset()), text, noun_end, end)
            at = max(noun_end, preposition.end())
            continue
        at = word.end()
    return at


def _in_capitals(text: str, end: int) -> bool:
    """Whether the word that ends at `end` begins with a capital."""
    words = text[max(0, end - 40) : end].split()
    return bool(words) and words[-1][0].isupper()
