"""Characters that nobody sees change nothing: the same words are read, and each leads back to its bytes."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import check, read_text
from sayso.documents import Article, Span
from sayso.reading import read_bytes
from sayso.reading import read_text as read_plain
from sayso.transcripts import read_transcript_bytes, read_transcript_text
from tests.reading.mapping import assert_maps_back, seen
from tests.reading.salting import SALTED

TEXT = """Ferry to be sold, mayor says

By Ann Lee and José Peña, Harbour Editor

SANDREY, 3 May 2027 (Tidewater Wire) — "We will not sell the ferry before the summer," Zoë Lindström, the mayor, told \
reporters on Monday. She said that the cost of £3.5 million was "far too high" for a town of 12,000 people.

The union’s leader, Jürgen Ångström, called the plan “a gift to nobody”. According to Mr Ångström, the harbour would \
lose 40% of its trade by 2030.

A long row

“It is a mistake — and they know it,” said Anaïs Müller of the Tidewater Café. Ministry officials denied the claim. \
Ms Müller's brother, Tomás, added: “We'll fight it 'til the end.”

“The workers' vote was clear”, Ayşe Şahin wrote in a letter on 2 May. Lindström declined to comment.
"""
TALK = """MS. LINDSTRÖM: We will not sell the ferry before the summer. (Applause.)

Q: Is it a mistake?

MS. LINDSTRÖM: It is “far too high” a cost – £3.5 million.

MR. PEÑA: We'll fight it 'til the end.
"""
salted = pytest.mark.parametrize(
    "salt", [pytest.param(salt, id=name.replace(" ", "-")) for name, salt in SALTED.items()]
)


def words(text: str, spans: list[Span]) -> list[str]:
    return [" ".join(seen(span.of(text)).split()) for span in spans]


def layout_of(article: Article) -> dict[str, Any]:
    """What the layout says, in words."""
    line, text = article.dateline, article.text
    heads = [article.headline, article.standfirst, article.byline, *(each.heading for each in article.sections)]
    return {
        "heads": [words(text, [each] if each else []) for each in heads],
        "dateline": line and (words(text, [line.span]), line.place, line.date, line.agency),
        "paragraphs": words(text, article.paragraphs),
        "published": article.published,
    }


def record_of(article: Article) -> dict[str, Any]:
    """All that was read from an article, in words."""
    names = {each.id: each.name for each in article.speakers}
    text = article.text
    return layout_of(article) | {
        "speakers": sorted(map(seen, names.values())),
        "attributions": [
            (words(text, each.source), words(text, each.cue), words(text, each.content), each.quotation, each.inside,
             each.act, each.polarity, names.get(each.speaker or ""), each.occasion.date)
            for each in article.attributions
        ],
        "statements": len(article.statements), "relations": len(article.relations),
    }  # fmt: skip


@cache
def unsalted() -> dict[str, Any]:
    return record_of(read_text(TEXT))


def test_there_is_something_to_lose() -> None:
    assert len(unsalted()["attributions"]) >= 10
    assert unsalted()["dateline"] and len(unsalted()["paragraphs"]) == 4


@salted
def test_the_same_attributions_with_spans_that_lead_to_their_bytes(salt: Callable[[str], str]) -> None:
    text = salt(TEXT)
    assert text != TEXT
    article = read_text(text)
    assert record_of(article) == unsalted()
    assert article.source is not None and article.source.text == text
    if article.offsets is not None:
        assert_maps_back(article)
    data = text.encode()
    for attribution in article.attributions:
        for span in attribution.spans():
            there = article.source_span(span)
            assert there is not None
            at = article.source.to_bytes(there)
            assert words(article.text, [span]) == words(data[at.start : at.end].decode(), [Span(0, at.end)])


def markdown(text: str) -> bytes:
    head, _, rest = text.partition("\n\n")
    return f"# {head}\n\n{rest}".encode()


def page(text: str) -> bytes:
    head, *rest = map(html.escape, text.strip().split("\n\n"))
    body = "".join(f"<p>{each}</p>" for each in rest)
    return f"<!doctype html><meta charset=utf-8><title>{head}</title><article><h1>{head}</h1>{body}</article>".encode()


def page_of_references(text: str) -> bytes:
    return page(text).decode().encode("ascii", "xmlcharrefreplace")


def json_ld(text: str) -> bytes:
    head, _, body = text.partition("\n\n")
    facts = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": head, "articleBody": body}
    return json.dumps(facts).encode()


def nitf(text: str) -> bytes:
    head, *rest = map(html.escape, text.strip().split("\n\n"))
    body = "".join(f"<p>{each}</p>" for each in rest)
    return (f"<nitf><body><body.head><hedline><hl1>{head}</hl1></hedline></body.head><body.content>{body}"
            "</body.content></body></nitf>").encode()  # fmt: skip


FORMS = {
    "a.md": markdown, "a.html": page, "references.html": page_of_references, "a.json": json_ld, "a.xml": nitf,
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_the_same_layout_in_each_format(name: str) -> None:
    whole = layout_of(read_bytes(FORMS[name](TEXT), name))
    assert len(whole["paragraphs"]) >= 4
    for salt in ("all at once", "accents apart", "isolates around lines") if name.endswith("html") else SALTED:
        article = read_bytes(FORMS[name](SALTED[salt](TEXT)), name)
        assert layout_of(article) == whole, salt
        assert_maps_back(article)


@salted
def test_the_same_turns_and_the_same_verdict(salt: Callable[[str], str]) -> None:
    whole = read_transcript_text(TALK)
    assert [turn.speaker for turn in whole.turns] == ["MS. LINDSTRÖM", "Q", "MS. LINDSTRÖM", "MR. PEÑA"]
    transcript = read_transcript_text(salt(TALK))
    assert [turn.speaker for turn in transcript.turns] == [turn.speaker for turn in whole.turns]
    assert words(transcript.text, [turn.span for turn in transcript.turns]) == words(
        whole.text, [turn.span for turn in whole.turns]
    )
    assert len(transcript.directions) == len(whole.directions)
    article = read_text(TEXT)
    salted_article = read_text(salt(TEXT))
    told = [(each.value, each.attribution) for each in check(article, [whole])]
    assert told == [(each.value, each.attribution) for each in check(salted_article, [transcript])]


def test_the_same_captions() -> None:
    lines = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Zoë Lindström>{}\n"
    whole = read_transcript_bytes(lines.format("We will not sell the ferry, José.").encode(), "a.vtt")
    for salt in SALTED.values():
        made = read_transcript_bytes(lines.format(salt("We will not sell the ferry, José.")).encode(), "a.vtt")
        assert words(made.text, [turn.span for turn in made.turns]) == [whole.turns[0].span.of(whole.text)]


def test_what_is_seen_stays() -> None:
    text = "“Yes ❤\ufe0f 1\ufe0f\u20e3,” said Ali\u0301.\n\nx\u0304 is a mean.\u200b Ω"
    article = read_plain(text)
    assert article.text == "“Yes ❤\ufe0f 1\ufe0f\u20e3,” said Alí.\n\nx\u0304 is a mean. Ω"
    plain = "Nothing “to” do – é, ß, 漢字, ❤\ufe0f here, and nobody said that there was."
    assert (read_plain(plain).text, read_plain(plain).offsets) == (plain, None)


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.sampled_from("ae \n\r\u00a0\u00ad\u200b\u0301\u0308\u0323\u034f\ufe0f\ufeff\u2069“1é\U0001f600\ud800"))
)
def test_any_mixture_leads_back(text: str) -> None:
    article = read_plain("The word said " + text + " end.", any_language=True)
    if article.offsets is not None:
        assert_maps_back(article)
    assert article.source is not None
    end = article.source_span(Span(len(article.text) - 4, len(article.text)))
    assert end is not None and article.source.text[end.start : end.end] == "end."
