"""Articles built by hand: text, and attributions named by the words that they consist of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.documents import Article, Dateline, Section, Source, Span
from sayso.records import Attribution, Candidate, Occasion, Quotation, Relation, Speaker, SpeakerKind, Stance, Statement

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


LAYERED = """Council knew of cracks, mayor says
The council knew for years that the harbour bridge was cracked, Mayor Mara Quill said at a press conference on Monday. \
“We slept,” she said.
The port authority's chief engineer, Otto Hale, rejected the claim. “That is pure invention,” he told the Courier. \
Hale and Quill met on Sunday; he had not been told of any cracks, he said.
A senior official claimed that Velmark had offered to pay. Velmark denied any offer.
“Nobody asked us.”"""


def speaker(text: str, name: str, kind: SpeakerKind, titles: list[str], *mentions: str, id: str) -> Speaker:
    """A speaker whose mentions are named by their words, in text order; "he@Hale and" is the "he" after those words."""
    spans: list[Span] = []
    for mention in mentions:
        words, _, after = mention.partition("@")
        spans.append(find(text, words, text.index(after) + len(after) if after else 0))
    return Speaker(id, name, kind, titles, spans)


@pytest.fixture
def layered() -> Article:
    """An article with every layer: speakers, statements and relations, an undecided pronoun, a capital that speaks."""
    text = LAYERED
    article = Article(
        "layered", text, Source("cracks.txt", text), language="en",
        headline=find(text, "Council knew of cracks, mayor says"),
        paragraphs=[Span(*each) for each in _lines(text)[1:]],
        outlet="The Tidewater Courier",
    )  # fmt: skip
    article.speakers = [
        speaker(
            text, "Mara Quill", "person", ["mayor", "Mayor"], "mayor", "Mayor Mara Quill", "she", "Quill@Hale and",
            id="quill",
        ),
        speaker(
            text, "Otto Hale", "person", ["The port authority's chief engineer"],
            "The port authority's chief engineer, Otto Hale", "he@invention,”", "Hale@Courier. ", id="hale",
        ),
        speaker(text, "senior official", "anonymous", [], "A senior official", id="official"),
        speaker(text, "Velmark", "government", [], "Velmark", "Velmark@pay. ", id="velmark"),
    ]  # fmt: skip
    article.speakers[3].stands_for = "government of Velmark"
    article.mentioned = [
        speaker(text, "council", "organisation", [], "Council", "The council", id="council"),
        speaker(text, "harbour bridge", "other", [], "the harbour bridge", id="bridge"),
    ]
    headline = said(text, "mayor", "says", "Council knew of cracks", name="a1")
    lead = said(
        text, "Mayor Mara Quill", "said", "The council knew for years that the harbour bridge was cracked", name="a2"
    )
    lead.occasion = Occasion(
        [find(text, "at a press conference"), find(text, "on Monday")], "03-09", None, "a press conference"
    )
    slept = said(text, "she", "said", "“We slept,”", name="a3", quotation="direct")
    slept.cue = [find(text, "said", text.index("slept"))]
    rejected = said(text, "The port authority's chief engineer, Otto Hale", "rejected", "the claim", name="a4")
    rejected.polarity = "denies"
    invention = said(text, "", "told", "“That is pure invention,”", name="a5", quotation="direct")
    invention.source = [find(text, "he", text.index("invention,”"))]
    invention.occasion = Occasion([find(text, "the Courier")], None, None, "the Courier", "the Courier")
    untold = said(text, "", "", "he had not been told of any cracks", name="a6", confidence=0.45)
    at = text.index("he said.\nA senior")
    untold.source, untold.cue = [Span(at, at + 2)], [Span(at + 3, at + 7)]
    offered = said(text, "A senior official", "claimed", "that Velmark had offered to pay", name="a7")
    offered.stance = Stance("distancing", [find(text, "claimed")])
    denied = said(text, "Velmark", "denied", "any offer", name="a8")
    denied.source = [find(text, "Velmark", text.index("pay."))]
    denied.polarity = "denies"
    nobody = said(text, "", "", "“Nobody asked us.”", name="a9", quotation="direct")
    article.attributions = [headline, lead, slept, rejected, invention, untold, offered, denied, nobody]
    speakers = ["quill", "quill", "quill", "hale", "hale", None, "official", "velmark", None]
    for each, who in zip(article.attributions, speakers, strict=True):
        each.speaker = who
        each.act = "communication"
        each.polarity = each.polarity or "affirms"
        each.candidates = [Candidate(who, 0.97)] if who else []
    rejected.act = "attitude"
    untold.candidates = [Candidate("hale", 0.55), Candidate("quill", 0.41)]
    lead.about = ["council", "bridge"]
    article.statements = [
        Statement("s1", "quill", ["a1", "a2"], "The council knew for years that the harbour bridge was cracked"),
        Statement("s2", "quill", ["a3"], "“We slept,”"),
        Statement("s3", "hale", ["a4"], "the claim"),
        Statement("s4", "hale", ["a5"], "“That is pure invention,”"),
        Statement("s5", None, ["a6"], "he had not been told of any cracks"),
        Statement("s6", "official", ["a7"], "that Velmark had offered to pay"),
        Statement("s7", "velmark", ["a8"], "any offer"),
        Statement("s8", None, ["a9"], "“Nobody asked us.”"),
    ]
    article.relations = [
        Relation("disputes", "s3", "s1", [find(text, "rejected")]),
        Relation("disputes", "s7", "s6", [find(text, "denied")]),
    ]
    return article


def _lines(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        found.append((start, start + len(line.rstrip("\n"))))
        start += len(line)
    return found
