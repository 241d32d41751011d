"""The report of a check for people at a terminal: what was found, with the two texts one under the other.

Words that differ stand between asterisks, so that a pipe loses nothing, and in colour where there are colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sayso.checks.contract import SAME_WORDS
from sayso.documents import Article
from sayso.exports.checkparts import (
    Side,
    article_sides,
    counted,
    gravity,
    headings,
    holds,
    outcome,
    passage_side,
    passage_words,
    runs,
    shortened,
    sort_verdicts,
    words_there,
)
from sayso.exports.outline import imprint, title_of
from sayso.exports.terminal import Page, Word, worded
from sayso.verdicts import FigureVerdict, HeadlineVerdict, Passage, QuoteVerdict, Verdict

_INDENT = 5
_LABEL_WIDTH = 12
_LONGEST = 240
"""Characters of a question or of a body sentence that are shown."""
_STYLES = {"good": "good", "note": "dim", "doubt": "warn", "bad": "bad"}


def render(
    articles: Iterable[Article],
    *,
    many: bool = False,
    width: int = 80,
    colour: bool = False,
    fail_on: Sequence[str] = (),
) -> Iterator[str]:
    """The reports one after another, each ready as soon as its article is checked, the contract below the last."""
    page = Page(width, colour)
    shown: set[str] = set()
    quotes = False
    for index, article in enumerate(articles):
        name = article.source.name if many and article.source is not None else ""
        shown |= {each.value for each in article.verdicts}
        quotes = quotes or any(isinstance(each, QuoteVerdict) for each in article.verdicts)
        yield ("\n\n" if index else "") + "\n".join(_Report(article, page, fail_on).lines(name)) + "\n"
    if shown:
        yield "\n" + "\n".join(_contract(page, shown, quotes=quotes)) + "\n"


def _contract(page: Page, shown: set[str], *, quotes: bool) -> Iterator[str]:
    yield page.rule()
    for value, when in headings().items():
        if value in shown:
            yield from page.lines(worded(f"{value}: {when}.", "dim"), 0)
    if quotes:
        yield from page.lines(worded(SAME_WORDS, "dim"), 0)


class _Report:
    """The report on one article."""

    def __init__(self, article: Article, page: Page, fail_on: Sequence[str]) -> None:
        self.article = article
        self.page = page
        self.fail_on = fail_on
        self.transcripts = {each.id: each for each in article.transcripts}
        self.speakers = {each.id: each.name for each in article.speakers}
        self.who = {each.id: each.speaker for each in article.attributions}

    def lines(self, name: str) -> Iterator[str]:
        page = self.page
        yield from page.lines(worded(title_of(self.article), "title"), 0)
        for line in (imprint(self.article), name):
            yield from page.lines(worded(line, "dim"), 0)
        yield from page.lines(worded(counted(self.article)), 0)
        yield from page.lines(worded(outcome(self.article, self.fail_on), "bad"), 0)
        yield page.rule()
        found = sort_verdicts(self.article)
        number = 0
        for heading, verdicts in (
            ("", found.quotes),
            ("Headline", found.headlines),
            ("Figures", found.figures),
            ("Told in other words: the nearest passages", found.indirect),
        ):
            if heading and verdicts:
                yield ""
                yield from page.lines(worded(heading, "title"), 0)
            for each in verdicts:
                number += 1
                yield ""
                yield from self._verdict(each, number)

    def _verdict(self, verdict: Verdict, number: int) -> Iterator[str]:
        weight = gravity(verdict, self.fail_on)
        label = "nearest" if isinstance(verdict, QuoteVerdict) and verdict.indirect else verdict.value
        who = self.speakers.get(self.who.get(verdict.attribution or "") or "", "")
        head = [*worded(label, _STYLES[weight]), *([("·", "dim"), *worded(who, "title")] if who else [])]
        lines = self.page.lines(head, _INDENT)
        lines[0] = self.page.styled(f"{number:>{_INDENT - 2}}", "dim") + lines[0][_INDENT - 2 :]
        yield from lines
        if isinstance(verdict, QuoteVerdict):
            yield from self._quote(verdict, brief=weight == "good" and verdict.value == "verbatim")
        elif isinstance(verdict, HeadlineVerdict):
            yield from self._headline(verdict)
        elif isinstance(verdict, FigureVerdict):
            yield from self._figure(verdict)
        if verdict.doubt:
            yield from self._labelled("doubt", worded(verdict.doubt, "warn"))

    def _quote(self, verdict: QuoteVerdict, *, brief: bool) -> Iterator[str]:
        text = self.article.text
        words = [word for side in article_sides(verdict) for word in _marked(side, text)]
        yield from self._labelled("article", words)
        for passage in verdict.passages:
            where = worded(f"({passage_words(passage, self.transcripts)})", "dim")
            if brief:
                yield from self._labelled("said", where)
            else:
                label = "transcript" if holds(verdict) else "nearest"
                yield from self._labelled(label, [*self._passage(verdict, passage), *where])
        if brief:
            return
        yield from self._labelled("", worded(verdict.why))
        for context in verdict.context:
            words = worded(words_there(verdict.passages[0], context.span, self.transcripts), "changed")
            yield from self._labelled("cut off", [*words, *worded(f"({context.kind})", "dim")])
        if holds(verdict) and verdict.passages[0].question is not None:
            question = words_there(verdict.passages[0], verdict.passages[0].question, self.transcripts)
            yield from self._labelled("asked", worded(shortened(question, _LONGEST), "dim"))
        for other in verdict.elsewhere:
            name = passage_words(Passage(other.transcript, other.span), self.transcripts)
            yield from self._labelled(
                "elsewhere", worded(f"{other.value} by {name}: {shortened(other.text, _LONGEST)}", "dim")
            )

    def _passage(self, verdict: QuoteVerdict, passage: Passage) -> list[Word]:
        transcript = self.transcripts.get(passage.transcript)
        return _marked(passage_side(verdict, passage), transcript.text) if transcript else []

    def _headline(self, verdict: HeadlineVerdict) -> Iterator[str]:
        text = self.article.text
        for finding in verdict.findings:
            words = worded(" … ".join(span.of(text) for span in finding.spans), "changed")
            yield from self._labelled(finding.kind, words)
            yield from self._labelled("", worded(finding.why))
            yield from self._labelled("doubt", worded(finding.doubt or "", "warn"))
            for span in finding.evidence[:2]:
                yield from self._labelled("body", worded(shortened(span.of(text), _LONGEST), "dim"))
        if not verdict.findings:
            yield from self._labelled("", worded(verdict.why))

    def _figure(self, verdict: FigureVerdict) -> Iterator[str]:
        text = self.article.text
        yield from self._labelled("article", worded(" … ".join(span.of(text) for span in verdict.spans)))
        yield from self._labelled(verdict.rule, worded(verdict.why))

    def _labelled(self, label: str, words: list[Word]) -> Iterator[str]:
        if not words:
            return
        lines = self.page.lines(words, _INDENT + _LABEL_WIDTH)
        space = " " * (_LABEL_WIDTH - len(label) - 1)
        if label:
            start = " " * _INDENT + self.page.styled(label, "dim") + (space or "") + " "
            lines[0] = start + lines[0].lstrip(" ")
        yield from lines


def _marked(side: Side, text: str) -> list[Word]:
    """The words of a side; those that differ between asterisks."""
    found: list[Word] = []
    glue = False
    for run, marked in runs(side, text):
        words = worded(run, "changed" if marked else "")
        if marked and words:
            words[0] = (f"*{words[0][0]}", "changed")
            words[-1] = (f"{words[-1][0]}*", "changed")
        # a run may begin in the middle of a word: "don't" and "do not"
        if glue and words and not run[:1].isspace() and found:
            found[-1] = (found[-1][0] + words[0][0], found[-1][1] or words[0][1])
            words = words[1:]
        found += words
        glue = not run[-1:].isspace()
    return found
