"""The report of a check as one self-contained page: the findings, and article and transcript side by side.

Invariant: every character from outside passes `escaped`, and nothing on the page can load or run but the style and
the script whose hashes stand in its Content-Security-Policy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from string import Template

from sayso import __version__
from sayso.checks.contract import SAME_WORDS
from sayso.documents import Article
from sayso.exports.checkcards import cards
from sayso.exports.checkparts import WEIGHTS, Sheet, counted, headings, outcome
from sayso.exports.checksides import article_side, transcript_sides
from sayso.exports.htmlparts import data, escaped, hash_of, part
from sayso.exports.outline import imprint, title_of


def render(articles: Iterable[Article], *, fail_on: Sequence[str] = ()) -> Iterator[str]:
    """The page of all the articles, one below the other, in one chunk."""
    sheets: list[Sheet] = []
    first = 1
    for article in articles:
        sheets.append(Sheet(article, len(sheets) + 1, first, fail_on))
        first += len(article.verdicts)
    titles = [title_of(sheet.article) for sheet in sheets]
    title = titles[0] if len(titles) == 1 else f"{len(titles)} articles"
    style, script = f"{part('page.css')}\n{part('checkpage.css')}", part("checkpage.js")
    yield Template(part("page.html")).substitute(
        language=escaped((sheets[0].article.language if sheets else None) or "en"),
        version=escaped(__version__),
        title=escaped(f"Check: {title}"),
        style=style,
        style_hash=hash_of(style),
        script=script,
        script_hash=hash_of(script),
        contents="",
        articles="\n".join(_report(sheet) for sheet in sheets) + _contract(sheets),
        summary=escaped(counted(sheets[0].article) if len(sheets) == 1 else f"{len(sheets)} articles checked"),
    )


def _report(sheet: Sheet) -> str:
    article = sheet.article
    line = imprint(article)
    failed = outcome(article, sheet.fail_on)
    return "\n".join(
        [
            f'<section class="check" id="check{sheet.index}">',
            '<header class="masthead">',
            f'<p class="imprint">{escaped(line)}</p>' if line else "",
            f'<h1 class="text">{escaped(title_of(article))}</h1>',
            f'<p class="outcome bad">{escaped(failed)}</p>' if failed else "",
            f'<p class="counted">{escaped(counted(article))}</p>',
            _filter(sheet),
            "</header>",
            cards(sheet),
            f'<div class="sides{" alone" * (not article.transcripts)}">',
            article_side(sheet),
            transcript_sides(sheet),
            "</div>",
            "</section>",
        ]
    )


def _filter(sheet: Sheet) -> str:
    """A button for each verdict; they work by the script alone and are hidden without it."""
    counts = Counter(sheet.label(each) for each in sheet.verdicts)
    weights = {sheet.label(each): sheet.weight(each) for each in sheet.verdicts}
    values = sorted(counts, key=lambda value: (WEIGHTS.index(weights[value]), value))
    if len(values) < 2:
        return ""
    buttons = "".join(
        f'<button type="button" class="chip {weights[value]}" aria-pressed="false"{data(value=value)}>'
        f"{escaped(value)} <b>{counts[value]}</b></button>"
        for value in values
    )
    return f'<div class="filter" role="group" aria-label="Show only" hidden>{buttons}</div>'


def _contract(sheets: list[Sheet]) -> str:
    shown = {each.value for sheet in sheets for each in sheet.verdicts}
    rows = "".join(
        f"<dt{' class=unseen' * (value not in shown)}>{escaped(value)}</dt><dd>{escaped(when)}</dd>"
        for value, when in headings().items()
    )
    heading = "<h2>What the verdicts mean</h2>"
    return f'<section class="contract">{heading}<dl>{rows}</dl><p>{escaped(SAME_WORDS)}</p></section>'
