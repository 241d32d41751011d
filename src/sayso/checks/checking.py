"""All checks on one article, in order: its quotes, its headline, its figures."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.checks.figures import check_figures
from sayso.checks.headline import check_headline
from sayso.checks.library import Library
from sayso.checks.meaning import REWORDED, Meaning, Near
from sayso.checks.quotes import QuoteChecker
from sayso.checks.reference import Table
from sayso.checks.whose import agrees
from sayso.checks.words import words_of
from sayso.documents import Article, Transcript, Turn
from sayso.records import Speaker
from sayso.verdicts import Verdict

_SHOWN = 10
_ALL = 12
"""So many transcripts are searched by meaning for one text: reading one for the first time takes a good second."""

_OF_MANY = 3


def check_article(article: Article, library: Library | None, *, tables: Sequence[Table] = ()) -> list[Verdict]:
    """The verdicts on an article, "v1", "v2" and so on; sets `verdicts` and `transcripts` of the article.

    Quotes in text order (none without a library), then the nearest passages of indirect statements, then the headline,
    then the figures.
    """
    verdicts: list[Verdict] = []
    if library is not None and len(library.transcripts):
        finder = _Finder(library)
        checker = QuoteChecker(article, library, finder.nearest, REWORDED)
        verdicts += checker.verdicts()
        # All of them where they are few: a reader wants to see what was held against the article.
        few = len(library.transcripts) <= _SHOWN
        used = range(len(library.transcripts)) if few else sorted(checker.used)
        article.transcripts = [library.transcripts[number] for number in used]
    verdicts += check_headline(article)
    verdicts += check_figures(article, tables)
    for number, each in enumerate(verdicts, 1):
        each.id = f"v{number}"
    article.verdicts = verdicts
    return verdicts


class _Finder:
    """Passages by meaning, of one speaker where he is known."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.meaning = Meaning()

    def nearest(self, text: str, speaker: Speaker | None, limit: int) -> Sequence[Near]:
        def his(transcript: Transcript, turn: Turn) -> bool:
            return speaker is not None and agrees(speaker, turn, transcript) is True

        numbers = self._likely(text)
        sources = [self.library.transcripts[number] for number in numbers]
        found = self.meaning.nearest(text, sources, speaker_turns=his if speaker else None, limit=limit)
        return [each._replace(transcript=numbers[each.transcript]) for each in found]

    def _likely(self, text: str) -> list[int]:
        """All transcripts where they are few, else those that share the most words with the text."""
        count = len(self.library.transcripts)
        if count <= _ALL:
            return list(range(count))
        places = self.library.place(words_of(text).forms, limit=4 * _OF_MANY)
        return list(dict.fromkeys(place.transcript for place in places))[:_OF_MANY]
