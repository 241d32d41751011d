"""One article to correct, and places in it by their words."""

from __future__ import annotations

from sayso.documents import Article
from tests.archive.built import Says, make_article

SAYS = (
    Says("Mara Venn", "the bridge closes in May"),
    Says("Oskar Lind", "Venn claimed the ferry would sail"),
    Says("Mara Venn", "the ferry would sail", inside=1, stance="distancing"),
    Says("Oskar Lind", '"the toll is ten crowns" a day', quotation="mixed", verdict="altered"),
    Says("Mara Venn", "The bridge closes", same_as=0),
)
TEXT = (
    "Bridge shut: what was said\n\n"
    "Mara Venn said the bridge closes in May. Oskar Lind said Venn claimed the ferry would sail on Monday.\n\n"
    'He told us "the toll is ten crowns" a day, and Jo Berg of the Port Board denied it. The bridge closes, as the\n'
    "Tidewater Courier wrote."
)


def article_to_correct(text: str = TEXT, *, headline: str = "Bridge shut: what was said", **more: object) -> Article:
    """Five attributions, one inside another, two of them one statement; `at4` was checked and found altered."""
    body = text.removeprefix(headline).lstrip("\n")
    return make_article(*SAYS, text=body, headline=headline, **more)  # type: ignore[arg-type]


def at(article: Article, words: str) -> list[int]:
    """Where words stand first."""
    start = article.text.index(words)
    return [start, start + len(words)]
