"""Who is who in an article, as every export shows it: a colour, a badge, and the name where the source hides it.

Colour is never the only sign: the badge or the name stands beside it wherever it matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.documents import Article
from sayso.exports.outline import printable, words
from sayso.records import Attribution, Candidate, Speaker

COLOURS = 8
"""A palette of more is one that the eye cannot tell apart; the ninth speaker has the first one's colour again."""

_WORD = re.compile(r"\w+(?:-\w+)*")
_SMALL = frozenset({"the", "a", "an", "of", "and", "for", "in", "at", "on", "to", "s", "mr", "mrs", "ms", "dr", "sir"})
_LIKELY = 0.1
"""A candidate below this is not worth a reader's time."""
_MOST = 3


@dataclass(frozen=True, slots=True)
class Member:
    """A speaker of the article with what he is known by in an export."""

    speaker: Speaker
    place: int
    """His place in the cast, from 0: those who speak come first, in the order of their first attribution."""
    badge: str
    """One or two letters and, where they are taken, a number: no two members have the same."""

    @property
    def colour(self) -> int:
        """Which colour of the palette is his, from 0."""
        return self.place % COLOURS

    @property
    def name(self) -> str:
        """His name, fit to be shown."""
        return shown_name(self.speaker)


class Cast:
    """The speakers of an article, and those who are only talked about, by their ids."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.members: dict[str, Member] = {}
        taken: set[str] = set()
        for speaker in (*article.speakers, *article.mentioned):
            if speaker.id not in self.members:
                badge = _badge(shown_name(speaker), taken)
                taken.add(badge)
                self.members[speaker.id] = Member(speaker, len(self.members), badge)
        self.name_words = {name: _significant(member.name) for name, member in self.members.items()}

    def __iter__(self) -> Iterator[Member]:
        return iter(self.members.values())

    def speaker_of(self, attribution: Attribution) -> Member | None:
        """Whose attribution it is; None where that is not known or he is not in the record."""
        return self.members.get(attribution.speaker or "")

    def aside(self, attribution: Attribution) -> str:
        """Who is meant, where the words of the source do not say it: "Otto Hale" for "he", or both who it may be.

        "" where the source names its speaker, or where there is none.
        """
        member = self.speaker_of(attribution)
        if member is None:
            return self.undecided(attribution)
        own = self.name_words[member.speaker.id]
        told = _significant(words(attribution.source, self.text)) & own
        shared = any(told <= self.name_words[name] for name in self.members if name != member.speaker.id)
        return "" if told and (told == own or not shared) else member.name

    def undecided(self, attribution: Attribution) -> str:
        """The likely speakers with their chances, "Otto Hale 0.55 or Mara Quill 0.41"; "" where there is none."""
        likely = [f"{self.name(each.speaker)} {each.score:.2f}" for each in self.likely(attribution)]
        return f"perhaps {likely[0]}" if len(likely) == 1 else " or ".join(likely)

    def likely(self, attribution: Attribution) -> list[Candidate]:
        """The candidates of an attribution without a speaker that are worth showing."""
        if attribution.speaker is not None:
            return []
        return [each for each in attribution.candidates if each.score >= _LIKELY][:_MOST]

    def name(self, speaker: str) -> str:
        """The name behind an id; the id itself where the record lacks that speaker."""
        member = self.members.get(speaker)
        return member.name if member else printable(speaker)


def shown_name(speaker: Speaker) -> str:
    """The speaker's name in one line."""
    return printable(" ".join(speaker.name.split())) or printable(speaker.id)


def describe(speaker: Speaker) -> str:
    """Kind, titles and what he stands for in one line: "person · mayor · speaks for the council".

    >>> describe(Speaker("kyiv", "Kyiv", "government", stands_for="government of Ukraine"))
    'government · stands for the government of Ukraine'
    """
    parts = [speaker.kind, "; ".join(titles(speaker))]
    if speaker.stands_for:
        article = "" if re.match(r"(?i)(?:the|an?)\b", speaker.stands_for) else "the "
        parts.append(f"stands for {article}{speaker.stands_for}")
    return printable(" · ".join(part for part in parts if part))


def titles(speaker: Speaker) -> list[str]:
    """The titles, each once: "mayor" and "Mayor" are one.

    >>> titles(Speaker("q", "Mara Quill", titles=["mayor", "Mayor", "the mayor", "head of the council"]))
    ['Mayor', 'head of the council']
    """
    best: dict[str, str] = {}
    for title in speaker.titles:
        plain = " ".join(title.split())
        bare = re.sub(r"(?i)^(?:the|an?|his|her|its|their)\s+", "", plain)
        kept = best.get(bare.casefold())
        if kept is None or (bare == plain and bare[:1].isupper() > kept[:1].isupper()):
            best[bare.casefold()] = bare
    return list(best.values())


def plural(count: int, noun: str) -> str:
    """A count with its noun.

    >>> plural(1, "mention"), plural(3, "mention")
    ('1 mention', '3 mentions')
    """
    return f"{count:,} {noun}{'s'[: count != 1]}"


def _significant(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold())) - _SMALL


def _badge(name: str, taken: set[str]) -> str:
    capitals: list[str] = [word[0].upper() for word in _WORD.findall(name) if word.casefold() not in _SMALL] or ["?"]
    letters = capitals[0] + (capitals[-1] if len(capitals) > 1 else "")
    number, badge = 1, letters
    while badge in taken:
        number += 1
        badge = f"{letters}{number}"
    return badge
