"""What the parts of the page share: an article with its numbers and its cast, and words made safe for HTML.

Invariant: numbers of attributions and of speakers run over the whole page, so that ids built from them are unique.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path

from sayso.documents import Article, Span
from sayso.exports.groups import sayings
from sayso.exports.outline import Entry, flat, outline, printable, words
from sayso.exports.speakers import Cast, Member
from sayso.records import Attribution


class Scene:
    """One article of the page."""

    def __init__(self, article: Article, index: int, *, first: int, first_member: int, by_speaker: bool) -> None:
        self.article = article
        self.index = index
        self.by_speaker = by_speaker
        """Whether the page opens with what is said grouped by speaker."""
        self.cast = Cast(article)
        self.outline = outline(article)
        self.said = sayings(article, self.outline)
        self.entries = list(flat(self.outline))
        self.statement_of = {id(entry): said for said in self.said for entry in said.entries}
        self.outer = {id(inner): entry for entry in self.entries for inner in entry.inner}
        self._numbers = {id(entry): first + place for place, entry in enumerate(self.entries)}
        self._first_member = first_member
        self.shown_mentions: set[int] = set()
        """The members whose first mention is marked in the text, by number: only there can a link lead."""

    def number(self, entry: Entry) -> int:
        """The attribution's number on the page, of which its ids are made (what a reader sees is `entry.number`)."""
        return self._numbers[id(entry)]

    def member_number(self, member: Member) -> int:
        """The member's number on the page."""
        return self._first_member + member.place

    def member(self, entry: Entry) -> Member | None:
        """Whose attribution it is, where that is known."""
        return self.cast.speaker_of(entry.attribution)

    def hue(self, entry: Entry) -> str:
        """The class with its speaker's colour; "" where there is none."""
        member = self.member(entry)
        return f"h{member.colour}" if member else ""

    def who(self, attribution: Attribution) -> str:
        """Whom a screen reader should name: the source's words, and who is meant by them."""
        source = line(attribution.source, self.article.text) or "no source named"
        aside = self.cast.aside(attribution)
        return f"{source} ({aside})" if aside else source


def badge(member: Member) -> str:
    """The letters by which a speaker is known without his colour. Who reads aloud has the name beside it."""
    return f'<b class="badge h{member.colour}" aria-hidden="true">{escaped(member.badge)}</b>'


def classes(*names: str) -> str:
    """A class attribute of the names that are not empty; "" where all are."""
    named = " ".join(name for name in names if name)
    return f' class="{named}"' if named else ""


def data(**values: object) -> str:
    """Data attributes, a list as its members with spaces between; none for what is None or empty.

    >>> data(a=[3, 4], who=None, face=1)
    ' data-a="3 4" data-face="1"'
    """
    shown = {
        name: " ".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in values.items()
        if value is not None
    }
    return "".join(f' data-{name}="{escaped(value)}"' for name, value in shown.items() if value)


def line(spans: list[Span], text: str) -> str:
    """What the spans say, in one line."""
    return " ".join(words(spans, text).split())


GAP = '<span class="gap" role="img" aria-label="words left out here" title="words left out here">‸</span>'
"""Where in a quote words are missing."""


def escaped(text: str) -> str:
    """Words from outside, safe between tags and in attributes."""
    return escape(printable(text), quote=True)


def part(name: str) -> str:
    """A part of the page that lies beside this file: a template, a style, a script."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8").strip()


def hash_of(part: str) -> str:
    """What a Content-Security-Policy calls a style or a script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
