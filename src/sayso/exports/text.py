"""The record for people at a terminal.

Source and cue are told apart by their place (`source › cue`), and a speaker by his name, as well as by colour, so that
a pipe loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.documents import Article
from sayso.exports.groups import Group, Link, Said, elsewhere, groups, sayings
from sayso.exports.outline import Entry, flat, imprint, outline, summary, title_of, words
from sayso.exports.profile import profile_lines
from sayso.exports.speakers import Cast, describe
from sayso.exports.tags import Tag, occasion_line, tags
from sayso.exports.terminal import Page, Word, worded

_NUMBER_WIDTH = 5
_TAG_STYLES = {"stance": "warn", "polarity": "warn", "unsure": "warn"}


def render(
    articles: Iterable[Article], *, many: bool = False, width: int = 80, colour: bool = False, by_speaker: bool = False
) -> Iterator[str]:
    """The records of the articles one after another, each ready as soon as its article is read.

    With `many` each says which source it was read from. With `by_speaker` the attributions stand under their speakers
    instead of in text order.
    """
    page = Page(width, colour)
    for index, article in enumerate(articles):
        name = article.source.name if many and article.source is not None else ""
        record = _Record(article, page)
        lines = record.lines(name, by_speaker=by_speaker)
        yield ("\n\n" if index else "") + "\n".join(lines) + "\n"


class _Record:
    """One article on a page."""

    def __init__(self, article: Article, page: Page) -> None:
        self.article = article
        self.page = page
        self.cast = Cast(article)
        self.outline = outline(article)
        self.said = sayings(article, self.outline)
        self.statement_of = {id(entry): said for said in self.said for entry in said.entries}
        self.outer = {id(inner): entry for entry in flat(self.outline) for inner in entry.inner}

    def lines(self, name: str, *, by_speaker: bool) -> Iterator[str]:
        article, page = self.article, self.page
        yield from page.lines(worded(title_of(article), "title"), 0)
        byline = article.byline.of(article.text) if article.byline else ""
        for line in (imprint(article), byline, name):
            yield from page.lines(worded(line, "dim"), 0)
        yield page.rule()
        yield from self._grouped() if by_speaker else self._in_order()
        yield ""
        yield page.rule()
        yield from page.lines(worded(summary(article)), 0)
        yield from profile_lines(article, self.cast, page)

    def _in_order(self) -> Iterator[str]:
        sections = sorted(self.article.sections, key=lambda section: section.span)
        for top in self.outline:
            spans = top.attribution.spans()
            while sections and spans and sections[0].span.start <= spans[0].start:
                section = sections.pop(0)
                if not sections or sections[0].span.start > spans[0].start:
                    yield ""
                    yield from self.page.lines(worded(section.heading.of(self.article.text), "title"), 0)
            for entry in flat([top]):
                yield ""
                yield from self._entry(entry, entry.depth)
                yield from self._notes(entry, entry.depth)

    def _grouped(self) -> Iterator[str]:
        for group in groups(self.article, self.said, self.cast):
            yield ""
            yield from self._heading(group)
            for said in group.said:
                yield ""
                yield from self._entry(said.entry, 0)
                yield from self._occurrences(said)
                yield from self._notes(said.entry, 0, grouped=True)

    def _heading(self, group: Group) -> Iterator[str]:
        member, page = group.member, self.page
        if member is None:
            yield from page.lines(worded(group.title, "title"), 0)
            return
        yield from page.lines(worded(member.name, f"speaker{member.colour}"), 0)
        yield from page.lines(worded(describe(member.speaker), "dim"), 0)

    def _entry(self, entry: Entry, depth: int) -> Iterator[str]:
        attribution, text, page = entry.attribution, self.article.text, self.page
        indent = self._indent(depth)
        cue = worded(words(attribution.cue, text), "cue") or [("(no cue)", "dim")]
        head = page.lines([*self._who(entry), ("›", "dim"), *cue], indent)
        number = f"{entry.number:>{indent - 2}}"
        if len(number) < indent:
            head[0] = page.styled(number, "dim") + head[0][len(number) :]
        else:
            # Five deep and listed flat: the number is wider than its column.
            head.insert(0, page.styled(number, "dim"))
        yield from page.with_note(head, _tag_words(tags(attribution, self.article)), indent)
        for paragraph in words(attribution.content, text).splitlines():
            yield from page.lines(worded(paragraph), indent)

    def _who(self, entry: Entry) -> list[Word]:
        attribution = entry.attribution
        member = self.cast.speaker_of(attribution)
        style = f"speaker{member.colour}" if member else "nobody"
        aside = self.cast.aside(attribution)
        source = worded(words(attribution.source, self.article.text), style) or [("(no source)", "dim")]
        return [*source, *worded(f"({aside})", style if member else "warn")] if aside else source

    def _occurrences(self, said: Said) -> Iterator[str]:
        places = ", ".join(f"{place} ({entry.number})" for place, entry in elsewhere(said, self.article))
        if places:
            yield from self.page.lines(worded(f"also in the {places}", "dim"), self._indent(0))

    def _notes(self, entry: Entry, depth: int, *, grouped: bool = False) -> Iterator[str]:
        said = self.statement_of[id(entry)]
        notes = [occasion_line(entry.attribution.occasion, self.article.text)]
        if grouped:
            notes += [self._linked(link) for link in said.links]
            outer = self.outer.get(id(entry))
            notes += [f"inside {outer.number}"] if outer else []
        elif entry is said.entry:
            notes += [f"{link.words} {link.entry.number}" for link in said.links]
        else:
            notes.append(f"same as {said.entry.number}")
        for note in notes:
            yield from self.page.lines(worded(note, "dim"), self._indent(depth))

    def _linked(self, link: Link) -> str:
        attribution = link.entry.attribution
        member = self.cast.speaker_of(attribution)
        who = member.name if member else self.cast.undecided(attribution)
        return f"{link.words} {link.entry.number}" + (f", {who}" if who else "")

    def _indent(self, depth: int) -> int:
        # Deeper than this the indent would eat the line on a narrow terminal.
        return _NUMBER_WIDTH + min(depth, self.page.width // 14) * 4


def _tag_words(shown: list[Tag]) -> list[Word]:
    found: list[Word] = []
    for tag in shown:
        found += [("·", "dim")] * bool(found)
        found += worded(tag.text, _TAG_STYLES.get(tag.kind, "dim"))
    return found
