"""What an article calls a value of a table: the name of a country or thing, and the words for the quantity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sayso.checks.reference import Entry, Table, countries, peoples
from sayso.documents import Article
from sayso.reading.dates import day_of
from sayso.speakers.tables import plain_form, without_article, without_possessive

_CAPITALS = re.compile(r"\b(?:the )?[A-Z][\w.'’-]*(?: (?:and |of |the )?[A-Z][\w.'’-]*)*")


class References:
    """The tables as one article is held against them: the user's before the shipped one."""

    def __init__(self, article: Article, tables: Sequence[Table] = ()) -> None:
        self.text = article.text
        self.own = list(tables)
        day = _day(article)
        self.year = day.year if day else None

    def find(self, name: str, words: str) -> Entry | None:
        """The values of the quantity that `words` call so, of what is called `name`."""
        words = re.sub(r"\s+", " ", words.lower())
        for table in (*self.own, countries()):
            known = table.find(name)
            if known is None and table.name == "countries":
                known = peoples().get(plain_form(name))
            unclear = without_article(without_possessive(plain_form(name))) in table.unclear
            entry = table.entry(known, words, year=self.year, unclear=unclear) if known else None
            if entry:
                return entry
        return None

    def named_in(self, base: str, at: int) -> Entry | None:
        """The values of what a share is of: "Ukraine's territory", "the area of Spain", "the country's population".

        `at` is where the words lie in the article.
        """
        base = re.sub(r"\s+", " ", base).strip(" .!?'")
        words = "|".join(sorted({re.escape(each) for each in self._words()}, key=len, reverse=True))
        end = r"(?=$|\s+(?:and|but|as|at|since|while|now|today|when|after|before|has|have|had|is|are|was|were|or)\b)"
        found = re.match(rf"the (?:entire |whole |total )?(?P<what>{words}) of (?P<who>.+)", base, re.IGNORECASE)
        if found:
            # The name may go on with words of the sentence.
            parts = found["who"].split()
            entries = (self.find(" ".join(parts[:size]), found["what"]) for size in range(min(len(parts), 6), 0, -1))
            return next((entry for entry in entries if entry), None)
        found = re.match(
            rf"(?P<who>.+?)'s?(?:(?<=s')|(?<='s)) (?:entire |whole |total |overall )?(?P<what>{words}){end}",
            base,
            re.IGNORECASE,
        )
        if found and found["who"].lower() in {"the country", "the nation", "the island", "the state", "the world"}:
            who = found["who"] if found["who"].lower() == "the world" else self._spoken_of(at)
            return self.find(who, found["what"]) if who else None
        if found is None:
            found = re.match(rf"(?:all |the )?(?P<who>[A-Z][\w' -]+?) (?P<what>{words}){end}", base)
        return self.find(found["who"], found["what"]) if found else None

    def _words(self) -> Iterator[str]:
        for table in (*self.own, countries()):
            for words in table.words.values():
                yield from words

    def _spoken_of(self, at: int) -> str | None:
        """The country that was last spoken of, if it is the only one in the few lines before."""
        start = max(self.text.rfind("\n", 0, at), at - 500, 0)
        found: set[str] = set()
        for each in _CAPITALS.finditer(self.text, start, at):
            words = each.group().split()
            while words:
                names = {size: _country(" ".join(words[:size])) for size in range(min(len(words), 5), 0, -1)}
                size, name = next(((size, name) for size, name in names.items() if name), (1, None))
                found.update({name} if name else ())
                words = words[size:]
        return found.pop() if len(found) == 1 else None


def _country(name: str) -> str | None:
    """The country of a name or of a people's."""
    return countries().find(name) or peoples().get(plain_form(without_possessive(name)))


def _day(article: Article) -> date | None:
    if article.dateline and article.dateline.date:
        return article.dateline.date
    published = article.published
    return published.date() if isinstance(published, datetime) else day_of(published)
