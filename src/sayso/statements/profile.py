"""Whose words an article is made of: how much each speaker gets, in which wording, and where one voice stands alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sayso.documents import Article, Span
from sayso.extraction.layout import blocks_of, outer_quotes
from sayso.records import Attribution, Speaker
from sayso.statements.wording import count_words

SHORTEST_STRETCH = 3
"""Paragraphs in a row on one speaker's word alone that make a single-source stretch."""
_NAMELESS = frozenset({"anonymous", "group"})


@dataclass(slots=True)
class SpeakerProfile:
    """What one speaker gets of an article; words are counted in contents, without those of source and cue."""

    speaker: str
    """Id of the speaker."""
    name: str
    named: bool
    """False for an anonymous source or a group without a name."""
    words: int = 0
    """Words attributed to the speaker, each statement counted once in its fullest wording."""
    direct_words: int = 0
    """Of these, how many stand inside quotation marks."""
    indirect_words: int = 0
    """Of these, how many do not."""
    statements: int = 0
    stances: dict[str, int] = field(default_factory=dict)
    """Attributions by stance: `neutral`, `endorsing`, `distancing`; all of them, repeats included."""
    share: float = 0.0
    """Of all attributed words of the article, 0 to 1."""


@dataclass(slots=True)
class Stretch:
    """Paragraphs in a row that attribute to one speaker only."""

    speaker: str
    paragraphs: int
    """How many."""
    span: Span
    """From the first one's start to the last one's end."""


@dataclass(slots=True)
class Profile:
    """Who is heard in an article, and how; nested attributions are left out, their words are the outer speaker's."""

    speakers: list[SpeakerProfile] = field(default_factory=list)
    """The most words first."""
    words: int = 0
    """Words of the article, headline and headings included."""
    attributed_words: int = 0
    """Words in outermost contents, each statement once, of unknown speakers as well."""
    attributed_share: float = 0.0
    """Of the article's words, how many lie in an outermost content, repeats included; 0 to 1."""
    named_attributions: int = 0
    """Attributions, outermost, of speakers with a name."""
    anonymous_attributions: int = 0
    """Attributions, outermost, of anonymous sources and of groups without a name."""
    attributions_without_speaker: int = 0
    """Attributions, outermost, of which nobody is known to be the speaker."""
    quotes_without_speaker: int = 0
    """Of these, how many have words in quotation marks."""
    stretches: list[Stretch] = field(default_factory=list)
    """Single-source stretches: three or more paragraphs in a row that rest on one speaker, in text order."""


def profile_of(article: Article) -> Profile:
    """The profile of an article whose speakers and statements are found.

    An attribution that no statement holds counts as one of its own.
    """
    text = article.text
    profile = Profile(words=count_words(text, [Span(0, len(text))]))
    outermost = [each for each in article.attributions if each.inside is None]
    quoted = outer_quotes(article, blocks_of(article))
    counts = {each.id: _word_counts(text, each, quoted) for each in outermost}
    known = {each.id: each for each in article.speakers}
    by_speaker: dict[str, SpeakerProfile] = {}
    for each in outermost:
        if each.speaker is None:
            profile.attributions_without_speaker += 1
            profile.quotes_without_speaker += counts[each.id][1] > 0
            continue
        entry = by_speaker.setdefault(each.speaker, _entry(each.speaker, known.get(each.speaker)))
        entry.stances[each.stance.value] = entry.stances.get(each.stance.value, 0) + 1
        profile.named_attributions += entry.named
        profile.anonymous_attributions += not entry.named
    for speaker, members in _statements(article, outermost):
        words, direct = max((counts[each.id] for each in members), default=(0, 0))
        profile.attributed_words += words
        if speaker is not None and speaker in by_speaker:
            entry = by_speaker[speaker]
            entry.statements += 1
            entry.words += words
            entry.direct_words += direct
            entry.indirect_words += words - direct
    for entry in by_speaker.values():
        entry.share = entry.words / profile.attributed_words if profile.attributed_words else 0.0
    profile.speakers = sorted(by_speaker.values(), key=lambda entry: -entry.words)
    covered = count_words(text, _joined(span for each in outermost for span in each.content))
    profile.attributed_share = covered / profile.words if profile.words else 0.0
    profile.stretches = _stretches(article, outermost)
    return profile


def profile_to_json(profile: Profile) -> dict[str, Any]:
    """A profile as plain data, shares to three places."""
    return {
        "speakers": [
            {
                "speaker": each.speaker,
                "name": each.name,
                "named": each.named,
                "words": each.words,
                "direct_words": each.direct_words,
                "indirect_words": each.indirect_words,
                "statements": each.statements,
                "stances": dict(each.stances),
                "share": round(each.share, 3),
            }
            for each in profile.speakers
        ],
        "words": profile.words,
        "attributed_words": profile.attributed_words,
        "attributed_share": round(profile.attributed_share, 3),
        "named_attributions": profile.named_attributions,
        "anonymous_attributions": profile.anonymous_attributions,
        "attributions_without_speaker": profile.attributions_without_speaker,
        "quotes_without_speaker": profile.quotes_without_speaker,
        "stretches": [
            {"speaker": each.speaker, "paragraphs": each.paragraphs, "span": list(each.span)}
            for each in profile.stretches
        ],
    }


def _entry(speaker: str, record: Speaker | None) -> SpeakerProfile:
    name = record.name if record else speaker
    named = record is None or record.kind not in _NAMELESS or (record.kind == "group" and _has_name(name))
    return SpeakerProfile(speaker, name, named, stances={"neutral": 0, "endorsing": 0, "distancing": 0})


def _has_name(name: str) -> bool:
    """Whether a group is called by a name ("the Harbour Four") rather than described ("two senators")."""
    words = [word for word in name.split() if word.lower() not in ("the", "of", "and", "for")]
    return bool(words) and all(word[0].isupper() for word in words)


def _word_counts(text: str, attribution: Attribution, quoted: list[Span]) -> tuple[int, int]:
    """The words of a content, and how many of them stand inside quotation marks."""
    inside = []
    for span in attribution.content:
        # The quotes are in order and apart, so only the one before the first that starts in the span can reach into it.
        first = max(bisect_left(quoted, span.start, key=lambda quote: quote.start) - 1, 0)
        for quote in quoted[first : bisect_left(quoted, span.end, key=lambda quote: quote.start)]:
            if quote.overlaps(span):
                inside.append(Span(max(span.start, quote.start), min(span.end, quote.end)))
    return count_words(text, attribution.content), count_words(text, inside)


def _statements(article: Article, outermost: list[Attribution]) -> list[tuple[str | None, list[Attribution]]]:
    """The statements with their outermost attributions; nothing for a statement that is only nested."""
    by_id = {each.id: each for each in outermost}
    found: list[tuple[str | None, list[Attribution]]] = []
    for statement in article.statements:
        members = [by_id.pop(name) for name in statement.attributions if name in by_id]
        if members:
            found.append((statement.speaker, members))
    return found + [(each.speaker, [each]) for each in by_id.values()]


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _stretches(article: Article, outermost: list[Attribution]) -> list[Stretch]:
    """Paragraphs in a row whose attributions all rest on one speaker; one without attributions ends the row."""
    heard: dict[int, set[str | None]] = defaultdict(set)
    for each in outermost:
        spans = each.cue or each.content
        for number in _paragraphs_at(article.paragraphs, spans[0].start if spans else -1):
            heard[number].add(each.speaker)
    stretches: list[Stretch] = []
    row: list[Span] = []
    speaker: str | None = None
    for number in range(len(article.paragraphs) + 1):
        here = heard.get(number, set())
        only = next(iter(here)) if len(here) == 1 else None
        if row and speaker is not None and only != speaker:
            if len(row) >= SHORTEST_STRETCH:
                stretches.append(Stretch(speaker, len(row), Span(row[0].start, row[-1].end)))
            row = []
        if only is not None:
            row.append(article.paragraphs[number])
        speaker = only
    return stretches


def _paragraphs_at(paragraphs: list[Span], offset: int) -> range:
    """The number of the paragraph that holds a character, as a range of one; an empty range for none."""
    number = bisect_right(paragraphs, offset, key=lambda span: span.start) - 1
    return range(number, number + 1) if number >= 0 and offset < paragraphs[number].end else range(0)
