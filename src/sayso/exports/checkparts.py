"""What the reports of a check share: how verdicts are counted and weighed, and two texts with what differs marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.checks.contract import FIGURES, HEADLINES, QUOTES
from sayso.checks.failing import failing
from sayso.documents import Article, Span, Transcript
from sayso.exports.outline import printable
from sayso.verdicts import SOUND, Difference, FigureVerdict, HeadlineVerdict, Passage, QuoteVerdict, Verdict

WEIGHTS = ("bad", "doubt", "note", "good")
"""How much a verdict asks for: it fails the check, it would if it were sure, it is worth a look, or all is well."""

_GOOD = SOUND | {"supported", "consistent"}

Side = tuple[Span, Sequence[Span]]
"""A stretch of a text, and what of it is marked."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The verdicts of an article by what they are of."""

    quotes: list[QuoteVerdict]
    indirect: list[QuoteVerdict]
    headlines: list[HeadlineVerdict]
    figures: list[FigureVerdict]


def sort_verdicts(article: Article) -> Sorted:
    """The verdicts of an article, each kind in its order."""
    quotes = [each for each in article.verdicts if isinstance(each, QuoteVerdict)]
    return Sorted(
        [each for each in quotes if not each.indirect],
        [each for each in quotes if each.indirect],
        [each for each in article.verdicts if isinstance(each, HeadlineVerdict)],
        [each for each in article.verdicts if isinstance(each, FigureVerdict)],
    )


def counted(article: Article) -> str:
    """One line that counts: "12 quotes: 9 verbatim, 2 marked, 1 altered · headline: own words · 5 figures: 5 loose"."""
    found = sort_verdicts(article)
    parts = []
    if found.quotes or article.transcripts:
        parts.append(_count("quote", found.quotes, QUOTES))
    if found.headlines:
        parts.append("headline: " + ", ".join(dict.fromkeys(each.value for each in found.headlines)))
    if found.figures:
        parts.append(_count("figure", found.figures, FIGURES))
    return " · ".join(parts) or "Nothing to check was found"


def _count(noun: str, verdicts: Sequence[Verdict], order: Iterable[str]) -> str:
    counts = Counter(each.value for each in verdicts)
    doubts = Counter(each.value for each in verdicts if each.doubt)
    told = ", ".join(
        f"{counts[value]} {value}" + (f" ({doubts[value]} in doubt)" if doubts[value] else "")
        for value in order
        if counts[value]
    )
    return f"{len(verdicts)} {noun}{'s'[: len(verdicts) != 1]}" + (f": {told}" if told else "")


def holds(verdict: QuoteVerdict) -> bool:
    """Whether the passages of a verdict hold the quote; else they are only the nearest."""
    return verdict.value not in ("reworded", "not found", "unchecked")


def outcome(article: Article, fail_on: Sequence[str]) -> str:
    """What the exit code says, in words; "" where nothing fails."""
    found = failing(article.verdicts, fail_on)
    if not found:
        return ""
    counts = Counter(each.value for each in found)
    told = ", ".join(f"{count} {value}" for value, count in counts.items())
    return f"Fails the check: {told}"


def gravity(verdict: Verdict, fail_on: Sequence[str]) -> str:
    """How much a verdict asks for: one of `WEIGHTS`."""
    if failing([verdict], fail_on):
        return "bad"
    if isinstance(verdict, QuoteVerdict) and (verdict.value == "unchecked" or verdict.indirect):
        return "note"
    good = verdict.value in _GOOD
    if verdict.doubt is not None and not good:
        return "doubt"
    return "good" if good and not (isinstance(verdict, QuoteVerdict) and verdict.context) else "note"


def passage_words(passage: Passage, transcripts: dict[str, Transcript]) -> str:
    """Who said it, when, in which transcript: "MR. LIND, 12:40, briefing.txt"."""
    transcript = transcripts.get(passage.transcript)
    name = transcript.source.name if transcript and transcript.source else passage.transcript
    parts = [passage.speaker or "", clock(passage.seconds), name.rstrip("/").rpartition("/")[2] or name]
    return printable(", ".join(part for part in parts if part))


def words_there(passage: Passage, span: Span, transcripts: dict[str, Transcript]) -> str:
    """What a stretch of a passage's transcript says, in one line."""
    transcript = transcripts.get(passage.transcript)
    return " ".join(span.of(transcript.text).split()) if transcript else ""


def shortened(text: str, limit: int) -> str:
    """A text in one line, cut at a word where it has more characters than `limit`.

    >>> shortened("The  harbour is\\nnot for sale.", 12)
    'The harbour …'
    """
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: text.rfind(" ", 0, limit)] + " …"


def clock(seconds: float | None) -> str:
    """A time in a recording as players show it.

    >>> clock(75.4), clock(3675), clock(None)
    ('1:15', '1:01:15', '')
    """
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def article_sides(verdict: QuoteVerdict) -> list[Side]:
    """The quoted stretches with the words in them that the transcript has otherwise."""
    changed = [each.article for each in verdict.differences if shows(each) and each.article.start < each.article.end]
    return [(span, [each for each in changed if span.contains(each)]) for span in verdict.spans]


def gaps(verdict: QuoteVerdict) -> list[int]:
    """Where in the article words are missing that the transcript has, and no mark says so."""
    left_out = [
        each.article.start for each in verdict.differences if shows(each) and each.article.start == each.article.end
    ]
    return sorted({at for at in left_out if any(span.start <= at <= span.end for span in verdict.spans)})


def passage_side(verdict: QuoteVerdict, passage: Passage) -> Side:
    """A passage with the words in it that the article has otherwise."""
    changed = [each.transcript for each in verdict.differences if shows(each)]
    return passage.span, [each for each in changed if passage.span.contains(each) and each.start < each.end]


def shows(difference: Difference) -> bool:
    """Whether a difference is marked in the two texts; house style is not."""
    return difference.class_ != "style"


def runs(side: Side, text: str) -> list[tuple[str, bool]]:
    """The stretch as runs of text, and whether each is marked.

    >>> runs((Span(0, 11), [Span(4, 7)]), "we will not go")
    [('we w', False), ('ill', True), (' not', False)]
    """
    span, marked = side
    found: list[tuple[str, bool]] = []
    at = span.start
    for start, end in sorted(marked):
        if start < at:
            continue
        if at < start:
            found.append((text[at:start], False))
        found.append((text[start:end], True))
        at = end
    if at < span.end:
        found.append((text[at : span.end], False))
    return found


def headings() -> dict[str, str]:
    """All verdicts with when they are given."""
    return {**QUOTES, **HEADLINES, **FIGURES}


class Sheet:
    """One article of a page, with numbers for its verdicts that are unique on the page."""

    def __init__(self, article: Article, index: int, first: int, fail_on: Sequence[str]) -> None:
        self.article = article
        self.index = index
        self.fail_on = fail_on
        found = sort_verdicts(article)
        self.quotes, self.indirect = found.quotes, found.indirect
        self.verdicts: list[Verdict] = [*found.quotes, *found.headlines, *found.figures, *found.indirect]
        self.transcripts = {each.id: each for each in article.transcripts}
        self._first = first
        self._places = {id(each): place for place, each in enumerate(self.verdicts)}
        self._weights = {id(each): gravity(each, fail_on) for each in self.verdicts}
        self._names = {each.id: each.name for each in article.speakers}
        self._speakers = {each.id: each.speaker for each in article.attributions}
        self._used = {passage.transcript for each in (*self.quotes, *self.indirect) for passage in each.passages}
        self._anchors: dict[tuple[str, int], list[str]] = {}
        for each in (*self.quotes, *self.indirect):
            for place, passage in enumerate(each.passages):
                self._anchors.setdefault((passage.transcript, passage.span.start), []).append(self._anchor(each, place))

    def number(self, verdict: Verdict) -> int:
        """The verdict's number on the page."""
        return self._first + self._places[id(verdict)]

    def shown_number(self, verdict: Verdict) -> int:
        """Its number in its article, as a reader sees it."""
        return self._places[id(verdict)] + 1

    def numbered(self) -> list[tuple[Verdict, int]]:
        """All verdicts with their numbers."""
        return [(each, self.number(each)) for each in self.verdicts]

    def verdict(self, number: int) -> Verdict:
        """The verdict of a number."""
        return self.verdicts[number - self._first]

    def label(self, verdict: Verdict) -> str:
        """The verdict as it is shown: an indirect statement has none of its own."""
        return "nearest passage" if isinstance(verdict, QuoteVerdict) and verdict.indirect else verdict.value

    def weight(self, verdict: Verdict) -> str:
        """How much a verdict asks for, as `gravity`."""
        return self._weights[id(verdict)]

    def speaker(self, verdict: Verdict) -> str:
        """Whom the article names, "" if nobody."""
        return self._names.get(self._speakers.get(verdict.attribution or "") or "", "")

    def is_shown(self, transcript: Transcript) -> bool:
        """Whether a transcript has a passage, or is the only one."""
        return transcript.id in self._used or len(self.transcripts) == 1

    def anchor(self, verdict: QuoteVerdict, passage: Passage) -> str:
        """The id of a passage on the page; "" where its transcript is not shown."""
        if passage.transcript not in self.transcripts:
            return ""
        return self._anchor(verdict, next(i for i, each in enumerate(verdict.passages) if each is passage))

    def anchors_at(self, transcript: str, start: int) -> list[str]:
        """The ids of the passages that start at a place, each given once."""
        return self._anchors.pop((transcript, start), [])

    def _anchor(self, verdict: QuoteVerdict, place: int) -> str:
        return f"said{self.number(verdict)}" + (f"-{place + 1}" if place else "")
