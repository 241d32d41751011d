"""What a headline says that somebody said: source, cue and content of each of its attributions, in all their forms.

Extraction reads headlines as it reads sentences. Where it finds no attribution, the layouts by which only headlines
attribute are looked for: "X: ...", "... - X", "..., says X", "X says ...", "according to X".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.checks.headlines.terms import is_label, is_name
from sayso.checks.words import form_of, words_of
from sayso.documents import Article, Span
from sayso.records import Attribution, Polarity, depths_of
from sayso.speakers.lists import is_title_word, noun_class
from sayso.statements.lexicon import senses_of

_MOST_WORDS = 6
"""Words at most of a source that stands before a colon or behind a dash."""
_LIKELY = 0.3
"""The chance from which a candidate may be the speaker."""
_MARKS = "\"'“”‘’«»,.;:!?"
_TOPIC = "the headline may name a topic, and nobody who says this"
_COLON = re.compile(r":\s+")
_DASH = re.compile(r"\s+[-–—]+\s+")
_ACCORDING = re.compile(r",?\s+according to\s+", re.IGNORECASE)
_SAYS = (
    re.compile(r",\s+(?P<verb>[^\W\d_]+)\s+(?P<source>[^,:;]+)$"),
    re.compile(r",\s+(?P<source>[^,:;]+?)\s+(?P<verb>[^\W\d_]+)$"),
)
_VERB = re.compile(r"\b(?:says|say|said|warns|warn|insists|vows|claims|tells|admits|denies)\b", re.IGNORECASE)


@dataclass(slots=True)
class Claim:
    """One attribution of a headline; `content` is what is claimed to be said."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    speaker: str | None = None
    polarity: Polarity = "affirms"
    attribution: str | None = None
    """Its id; None where extraction has not got it."""
    candidates: list[str] = field(default_factory=list)
    doubt: str | None = None
    """Why it may be no claim at all: a colon or a dash alone may also stand behind a topic."""


def claims_of(article: Article, line: Span) -> list[Claim]:
    """The claims of a headline or standfirst, those inside another's content left out, in text order."""
    depths = depths_of(article.attributions)
    found = [
        _claim(each)
        for each in article.attributions
        if depths[each.id] == 0 and each.content and all(line.contains(span) for span in (*each.content, *each.source))
    ]
    if not any(each.source for each in found):
        found += [
            claim for claim in _laid_out(article.text, line) if not any(_overlap(claim, other) for other in found)
        ][:1]
    return sorted(found, key=lambda each: min(each.content))


def _claim(attribution: Attribution) -> Claim:
    return Claim(
        attribution.source,
        attribution.cue,
        attribution.content,
        attribution.speaker,
        attribution.polarity or "affirms",
        attribution.id,
        [each.speaker for each in attribution.candidates if each.score >= _LIKELY],
    )


def _overlap(one: Claim, other: Claim) -> bool:
    return any(a.overlaps(b) for a in one.content for b in other.content)


def _laid_out(text: str, line: Span) -> Iterator[Claim]:
    """The claims that the layout of a headline makes, the likeliest first."""
    for found in _ACCORDING.finditer(text, *line):
        source, content = Span(found.end(), line.end), Span(line.start, found.start())
        yield from _as_claim(text, source, Span(*found.span()), content)
    for pattern in _SAYS:
        told = pattern.search(text, *line)
        if told is not None and _reports(told["verb"]):
            content = Span(line.start, told.start())
            yield from _as_claim(text, Span(*told.span("source")), Span(*told.span("verb")), content)
    colon = _COLON.search(text, *line)
    if colon is not None:
        before, after = Span(line.start, colon.start()), Span(colon.end(), line.end)
        yield from _as_claim(text, before, Span(colon.start(), colon.start() + 1), after, doubt=_TOPIC)
    dashes = list(_DASH.finditer(text, *line))
    if dashes:
        before, after = Span(line.start, dashes[-1].start()), Span(dashes[-1].end(), line.end)
        yield from _as_claim(text, after, Span(*dashes[-1].span()), before, doubt=_TOPIC)
    verb_found = _VERB.search(text, *line)
    if verb_found is not None:
        before, after = Span(line.start, verb_found.start()), Span(verb_found.end(), line.end)
        yield from _as_claim(text, before, Span(*verb_found.span()), after)


def _reports(word: str) -> bool:
    return any(sense.part in ("verb", "light") and sense.act == "communication" for sense in senses_of(word.lower()))


def _as_claim(text: str, source: Span, cue: Span, content: Span, doubt: str | None = None) -> Iterator[Claim]:
    source, content = _stripped(text, source), _stripped(text, content)
    words = words_of(text, [source]).forms
    if not words or len(words) > _MOST_WORDS or any(is_label(word) for word in words):
        return
    held = [_names_somebody(word.strip(_MARKS)) for word in source.of(text).split()]
    if not (any(held) if doubt is None else all(held)):
        return
    if content.end > content.start and len(words_of(text, [content])) > 1:
        yield Claim([source], [_stripped(text, cue)], [content], doubt=doubt)


def _names_somebody(word: str) -> bool:
    """Whether a word of a source is a name, a title or a noun for people."""
    return is_name(form_of(word), word) or is_title_word(word) or noun_class(word) is not None if word else False


def _stripped(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in " \t\n,;":
        start += 1
    while start < end and text[end - 1] in " \t\n,;":
        end -= 1
    return Span(start, end)
