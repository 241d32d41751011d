"""Articles built by hand: text, and attributions named by the words that they consist of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.documents import Article, Dateline, Section, Source, Span
from sayso.records import Attribution, Quotation

Words = str | list[str]


def find(text: str, words: str, start: int = 0) -> Span:
    at = text.index(words, start)
    return Span(at, at + len(words))


def said(
    text: str, source: Words, cue: Words, content: Words, *, name: str = "a1", quotation: Quotation = "indirect",
    inside: str | None = None, confidence: float = 0.9,
) -> Attribution:  # fmt: skip
    parts = [[words] if isinstance(words, str) else words for words in (source, cue, content)]
    spans = [[find(text, words) for words in part if words] for part in parts]
    return Attribution(name, *spans, quotation=quotation, inside=inside, confidence=confidence)


TEXT = """Harbour bridge to close, Courier learns
By Edda Marsh
PORT ELLERY, March 12. /CWA/. The bridge, Mara Quill said, must close.
A wholly loose line
On the money
According to Otto Hale, the union's claim that the council slept is "mere noise". “We knew nothing,” he added."""


@pytest.fixture
def article() -> Article:
    """An article with a nested attribution, a content in two pieces, a missing source and a line of unknown kind."""
    text = TEXT
    heading = find(text, "On the money")
    return Article(
        "a0",
        text,
        Source("bridge.txt", text),
        language="en",
        headline=find(text, "Harbour bridge to close, Courier learns"),
        byline=find(text, "By Edda Marsh"),
        dateline=Dateline(find(text, "PORT ELLERY, March 12. /CWA/."), "Port Ellery", None, "CWA"),
        sections=[Section(heading, Span(heading.end, len(text)))],
        paragraphs=[
            find(text, "PORT ELLERY, March 12. /CWA/. The bridge, Mara Quill said, must close."),
            Span(text.index("According to"), len(text)),
        ],
        outlet="The Tidewater Courier",
        warnings=["the label says utf-8, the bytes are windows-1252"],
        attributions=[
            said(text, "Courier", "learns", "Harbour bridge to close", name="top"),
            said(text, "Mara Quill", "said", ["The bridge", "must close"], name="quill"),
            said(
                text,
                "Otto Hale",
                "According to",
                'the union\'s claim that the council slept is "mere noise"',
                name="hale",
                quotation="mixed",
            ),
            said(text, "the union's", "claim", "that the council slept", name="union", inside="hale"),
            said(text, "", "added", "“We knew nothing,”", name="nobody", quotation="direct", confidence=0.31),
        ],
    )


@pytest.fixture
def build() -> Callable[..., Article]:
    """Makes an article of one paragraph from a text and, per attribution, its source, cue and content words."""

    def make(text: str, *parts: tuple[Words, Words, Words]) -> Article:
        attributions = [said(text, *words, name=f"a{place}") for place, words in enumerate(parts, 1)]
        return Article("x", text, paragraphs=[Span(0, len(text))], attributions=attributions)

    return make
