"""What each attribution commits to: its act, stance and polarity, from the cue in its construction. Rules over the
lexicon; nothing here knows the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sayso.documents import Article, Span
from sayso.extraction.layout import blocks_of, outer_quotes
from sayso.records import Act, Attribution, Commitment, Polarity, Stance
from sayso.statements.hedges import add_hedges
from sayso.statements.judgements import is_course, is_question, rejects
from sayso.statements.lexicon import COMPLEMENTS, Match, Sense, find_sense, is_one, senses_of

LEARNED_CONFIDENCE = 0.5
"""Of a stance that a learned class gives, for a cue that the lexicon lacks."""
UNKNOWN_CONFIDENCE = 0.3
"""Of the neutral stance of a cue that neither knows."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LATER = re.compile(r"[\s,]*(?:[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\w\s])")
_STARTS_INFINITIVE = re.compile(r"[\"“‘'«\s]*(?:not )?to ([a-z-]+)")
_ENDING = re.compile(r"[^\w\s'’-]")
# How far before a cue its negation is looked for, in characters: "has not yet publicly".
_BEFORE = 40
# Words of a content among which its infinitive begins: "asked | all drivers on the coast road to carry chains".
_INFINITIVE_WITHIN = 9
_INTERROGATIVE = frozenset("who whom whose what which when where why how".split())
_POSSESSIVE = re.compile(r"(?:['’]s|s['’]|\b(?:his|her|their|its|my|our|your))$", re.IGNORECASE)
_FLIPPED: dict[Polarity, Polarity] = {"affirms": "denies", "denies": "affirms", "questions": "affirms"}


@dataclass(slots=True)
class _Words:
    """A cue's words in small letters ("didn't" as "did", "not"), each with where it stands."""

    forms: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, spans: Iterable[Span]) -> _Words:
        words = cls()
        for span in spans:
            words.add(text, span)
        return words

    def add(self, text: str, span: Span) -> None:
        for found in _WORD.finditer(text, *span):
            form = found.group().lower().replace("’", "'")
            here = Span(*found.span())
            forms = [form[:-3], "not"] if form.endswith("n't") else ["can", "not"] if form == "cannot" else [form]
            self.forms += forms
            self.spans += [here] * len(forms)


def judge_cues(article: Article, *, learned: Mapping[str, tuple[Act, Commitment]] | None = None) -> None:
    """Sets act, stance and polarity of each of the article's attributions, in place.

    `learned` gives, by attribution id, the class that a model sees in a cue; it is asked only where the lexicon lacks
    the cue. A cue of bare punctuation, or none at all, affirms neutrally. One in quotation marks is not the
    outlet's and shows nothing of its stance.
    """
    inner: dict[str, list[Attribution]] = {}
    for each in article.attributions:
        if each.inside is not None:
            inner.setdefault(each.inside, []).append(each)
    quoted = outer_quotes(article, blocks_of(article))
    for each in article.attributions:
        _judge(article.text, each, inner.get(each.id, []), None if learned is None else learned.get(each.id))
        if each.stance.value != "neutral" and any(quote.contains(span) for quote in quoted for span in each.cue[:1]):
            each.stance = Stance(confidence=each.stance.confidence)
    add_hedges(article, quoted)


def _judge(
    text: str, attribution: Attribution, inner: list[Attribution], learned: tuple[Act, Commitment] | None
) -> None:
    words = _Words.of(text, attribution.cue)
    if not words.forms:
        _set(attribution, "communication", Stance(), "affirms")
        return
    end = words.spans[-1].end
    content = next((span for span in sorted(attribution.content) if span.start >= end), None)
    complement = None if content is None else _complement(text, content, asks=is_one(words.forms[-1], "asking"))
    if complement == "to" and content is not None and is_one(words.forms[-1], "withholder"):
        words.add(text, Span(content.start, _verb_end(text, content)))
    match = find_sense(words.forms, complement=complement, nominal=_is_nominal(text, attribution))
    negations, withheld = _negations(text, attribution, words, match)
    if match is None:
        stance = Stance(confidence=UNKNOWN_CONFIDENCE)
        if learned is not None:
            stance = Stance(learned[1], list(attribution.cue) if learned[1] != "neutral" else [], LEARNED_CONFIDENCE)
        _set(attribution, learned[0] if learned else "communication", stance, "denies" if negations % 2 else "affirms")
        return
    sense = match.sense
    polarity = sense.polarity
    reported = [span for each in inner for span in each.spans()]
    judges = polarity == "affirms" and complement != "that" and is_one(words.forms[match.first], "judging")
    if judges and rejects(text, attribution.content, reported):
        polarity = "denies"
    if negations % 2:
        polarity = _FLIPPED[polarity]
    elif polarity == "affirms" and sense.act != "factive" and is_question(text, attribution.content):
        polarity = "questions"
    # What is not confirmed is not taken for true, what is not claimed not doubted; nor was it said.
    neutral = sense.stance == "neutral" or negations % 2 == 1
    withheld = withheld or (negations % 2 == 1 and is_one(words.forms[match.first], "telling"))
    act: Act = (
        "communication" if sense.act == "factive" and (withheld or _is_heard(text, attribution, sense)) else sense.act
    )
    if is_one(words.forms[match.first], "turning") and is_course(text, attribution.content, reported):
        act = "control"
    shown = [] if neutral else _runs(words.spans[match.first : match.last])
    _set(attribution, act, Stance("neutral" if neutral else sense.stance, shown), polarity)


def _is_heard(text: str, attribution: Attribution, sense: Sense) -> bool:
    """Whether what is heard is what a court was told."""
    return sense.lemma.startswith("hear") and any(
        is_one(found.group().lower(), "hearer") for span in attribution.source for found in _WORD.finditer(text, *span)
    )


def _set(attribution: Attribution, act: Act, stance: Stance, polarity: Polarity) -> None:
    attribution.act, attribution.stance, attribution.polarity = act, stance, polarity


def _runs(spans: list[Span]) -> list[Span]:
    """Words as stretches of the text: "pointed out" is one, "made" ... "out" two."""
    found: list[Span] = []
    for span in spans:
        if found and span.start - found[-1].end <= 1:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def _complement(text: str, content: Span, *, asks: bool = False) -> str | None:
    """How a content goes on from its cue: one of `COMPLEMENTS`, or None.

    "to" stands also for an infinitive after its subject ("drivers to carry chains"), as "asked" and "told" take it, and
    "as" for one after its object ("the plan as a threat"); after a cue that `asks`, "for" ("asked Bonn for money").
    """
    if _STARTS_INFINITIVE.match(text, *content):
        return "to"
    before = ""
    for number, found in enumerate(_LATER.finditer(text, *content)):
        word = found.group().strip(" ,\n").lower()
        if number == 0 and word in COMPLEMENTS:
            return word
        if number == 0 and word in _INTERROGATIVE:
            asks = False
        if number == _INFINITIVE_WITHIN or _ENDING.match(word) or word == "that" or is_one(word, "auxiliary"):
            return None
        if word == "for" and number and asks:
            return word
        if word == "as" and number and text[found.end() : found.end() + 5] not in (" well", " soon", " long", " much"):
            return word
        if word == "to" and before:
            takes = any(sense.part in ("verb", "light", "adjective") for sense in senses_of(before))
            follows = _STARTS_INFINITIVE.match(text, found.end() - 2, content.end)
            if follows and not takes and not is_one(follows.group(1), "determiner"):
                return "to"
        before = word
    return None


def _verb_end(text: str, content: Span) -> int:
    found = _STARTS_INFINITIVE.match(text, *content)
    return content.start if found is None else found.end()


def _is_nominal(text: str, attribution: Attribution) -> bool:
    """Whether the cue stands where a noun does: after a determiner or possessive, or alone without any source."""
    cue = attribution.cue[0]
    before = text[max(cue.start - _BEFORE, 0) : cue.start].rstrip(" ")
    last = before.rpartition(" ")[2].lower()
    if is_one(last, "determiner") or _POSSESSIVE.search(last):
        return True
    if not attribution.source:
        return True
    return any(
        span.end <= cue.start <= span.end + _BEFORE and _POSSESSIVE.search(text, span.start, span.end)
        for span in attribution.source
    )


def _negations(text: str, attribution: Attribution, words: _Words, match: Match | None) -> tuple[int, bool]:
    """How many negations bear on the cue's sense, and whether one of them is a refusal to say."""
    first, last = (len(words.forms), len(words.forms)) if match is None else (match.first, match.last)
    leading = _leading(text, attribution) + words.forms[:first]
    count, withheld = 0, False
    for at, form in enumerate(leading):
        after = leading[at + 1] if at + 1 < len(leading) else ""
        if is_one(form, "withholder"):
            count, withheld = count + 1, True
        elif (form == "yet" and after == "to") or (is_one(form, "negator") and after not in ("only", "just", "doubt")):
            count += 1
            withheld = withheld or (at > 0 and leading[at - 1] in ("would", "wo", "will", "could", "can"))
    # "said nothing about it", "saw no reason"
    if last < len(words.forms) and words.forms[last] in ("nothing", "no", "none", "neither"):
        count += 1
    return count + _is_nobody(text, attribution), withheld


def _leading(text: str, attribution: Attribution) -> list[str]:
    """The auxiliaries and negations right before the cue that the cue leaves out, in text order."""
    cue = attribution.cue[0]
    start = max(
        [
            cue.start - _BEFORE,
            0,
            *(span.end for span in (*attribution.source, *attribution.content) if span.end <= cue.start),
        ]
    )
    found: list[str] = []
    stretch = text[start : cue.start]
    breaks = list(_ENDING.finditer(stretch))
    words = _Words.of(stretch, [Span(breaks[-1].end() if breaks else 0, len(stretch))])
    for form in reversed(words.forms):
        if not (
            is_one(form, "auxiliary")
            or is_one(form, "negator")
            or is_one(form, "withholder")
            or form == "to"
            or form.endswith("ly")
        ):
            break
        found.append(form)
    return found[::-1]


def _is_nobody(text: str, attribution: Attribution) -> bool:
    """Whether the source is nobody: "No official said". "No. 10" is somebody."""
    return bool(attribution.source) and _NOBODY.match(text, *attribution.source[0]) is not None


_NOBODY = re.compile(r"(?:nobody|none|neither)\b|no (?!\d|ten\b)[a-z]", re.IGNORECASE)
