"""What is packed is what comes out."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields, is_dataclass
from datetime import UTC, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.archive.keeping import packing
from sayso.archive.keeping.packing import DamagedRecord, pack, unpack
from sayso.documents import (
    Article,
    Correction,
    Dateline,
    OffsetMap,
    Piece,
    Section,
    Source,
    Span,
    Timecode,
    Transcript,
    Turn,
)
from sayso.records import Attribution, Candidate, Occasion, Relation, Speaker, Stance, Statement
from sayso.verdicts import (
    Context,
    Difference,
    Elsewhere,
    Figure,
    FigureVerdict,
    Finding,
    HeadlineVerdict,
    Passage,
    QuoteVerdict,
    Reference,
)
from tests.archive.built import Says, make_article, make_transcript

texts = st.text(max_size=30)
spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 10_000), st.integers(0, 500))
days = st.dates()
moments = st.datetimes(timezones=st.sampled_from([None, UTC, timezone(timedelta(hours=5, minutes=30))]))
numbers = st.floats(allow_nan=False)


def some(one: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(one, max_size=3)


def maybe(one: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | one


sources = st.builds(Source, texts, texts, texts, st.integers(0, 4), st.lists(texts, max_size=2).map(tuple))
pieces = st.builds(Piece, *[st.integers(0, 10**6)] * 4)
offsets = st.builds(OffsetMap, st.lists(pieces, max_size=4).map(tuple))
speakers = st.builds(
    Speaker, texts, texts, st.sampled_from(["person", "anonymous"]), some(texts), some(spans), maybe(texts)
)
attributions = st.builds(
    Attribution,
    id=texts,
    source=some(spans),
    cue=some(spans),
    content=some(spans),
    quotation=st.sampled_from(["direct", "mixed"]),
    inside=maybe(texts),
    confidence=numbers,
    act=st.sampled_from([None, "factive"]),
    stance=st.builds(Stance, st.just("endorsing"), some(spans), numbers),
    polarity=st.sampled_from([None, "denies"]),
    speaker=maybe(texts),
    candidates=some(st.builds(Candidate, texts, numbers)),
    about=some(texts),
    occasion=st.builds(Occasion, some(spans), maybe(texts), maybe(texts), maybe(texts), maybe(texts), some(spans)),
)
heads = {"id": texts, "spans": some(spans), "value": texts, "why": texts, "doubt": maybe(texts)}
quote_verdicts = st.builds(
    QuoteVerdict,
    **heads,
    attribution=maybe(texts),
    passages=some(st.builds(Passage, texts, spans, maybe(texts), maybe(numbers), maybe(spans), maybe(spans))),
    differences=some(st.builds(Difference, st.just("moved"), spans, spans, st.just("gap"), st.none(), maybe(texts))),
    context=some(st.builds(Context, texts, spans)),
    speaker_agrees=st.sampled_from([None, True, False]),
    similarity=maybe(numbers),
    incomplete=st.booleans(),
    elsewhere=some(st.builds(Elsewhere, texts, st.just("altered"), spans, texts)),
    indirect=st.booleans(),
)
headline_verdicts = st.builds(
    HeadlineVerdict,
    **heads,
    speaker=maybe(texts),
    statement=maybe(texts),
    findings=some(st.builds(Finding, st.just("stronger"), some(spans), some(spans), texts, maybe(texts))),
)
figure_verdicts = st.builds(
    FigureVerdict,
    **heads,
    rule=texts,
    figures=some(texts),
    references=some(st.builds(Reference, texts, numbers, texts, texts, maybe(st.integers(0, 3000)))),
    expected=maybe(numbers),
)
articles = st.builds(
    Article,
    id=texts,
    text=texts,
    source=maybe(sources),
    offsets=maybe(offsets),
    language=maybe(texts),
    headline=maybe(spans),
    standfirst=maybe(spans),
    byline=maybe(spans),
    dateline=maybe(st.builds(Dateline, spans, maybe(texts), maybe(days), maybe(texts))),
    sections=some(st.builds(Section, spans, spans)),
    paragraphs=some(spans),
    outlet=maybe(texts),
    published=st.none() | days | moments,
    url=maybe(texts),
    attributions=some(attributions),
    speakers=some(speakers),
    mentioned=some(speakers),
    statements=some(st.builds(Statement, texts, maybe(texts), some(texts), texts)),
    relations=some(st.builds(Relation, st.just("disputes"), texts, texts, some(spans))),
    figures=some(st.builds(Figure, texts, spans, st.just("range"), maybe(numbers), maybe(numbers), base=maybe(spans))),
    verdicts=some(quote_verdicts | headline_verdicts | figure_verdicts),
    warnings=some(texts),
)
transcripts = st.builds(
    Transcript,
    id=texts,
    text=texts,
    source=maybe(sources),
    offsets=maybe(offsets),
    turns=some(st.builds(Turn, spans, maybe(texts), maybe(spans), st.just("question"), st.booleans())),
    directions=some(spans),
    gaps=some(spans),
    corrections=some(st.builds(Correction, spans, maybe(spans))),
    inserts=some(spans),
    timecodes=some(st.builds(Timecode, st.integers(0, 10**6), numbers)),
    title=maybe(texts),
    date=maybe(days),
    url=maybe(texts),
    version=st.sampled_from([None, "delivered"]),
    partial=maybe(spans),
    language=maybe(texts),
    warnings=some(texts),
)


def types_of(value: Any) -> Any:
    """The classes of a value and of all that is in it: a Span and a list of two numbers are equal, but not the same."""
    if is_dataclass(value):
        return type(value), [types_of(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, list | tuple):
        return type(value), [types_of(each) for each in value]
    return type(value)


@settings(max_examples=60, deadline=None)
@given(articles)
def test_an_article_comes_out_as_it_went_in(article: Article) -> None:
    back = unpack(Article, *pack(article))
    assert back == article
    assert types_of(back) == types_of(article)


@settings(max_examples=40, deadline=None)
@given(transcripts)
def test_a_transcript_comes_out_as_it_went_in(transcript: Transcript) -> None:
    back = unpack(Transcript, *pack(transcript))
    assert back == transcript
    assert types_of(back) == types_of(transcript)


@pytest.mark.parametrize("text", ["half a character: \ud83d", "nothing: \0", "\U0001f309 bridge", "\r\n\u2028"])
def test_any_text_comes_out(text: str) -> None:
    article = Article("a1", text, Source(text, text * 2, notes=(text,)), outlet=text)
    assert unpack(Article, *pack(article)) == article


def test_transcripts_are_kept_apart() -> None:
    article = make_article(Says("Mara Venn", "it rains"))
    article.transcripts = [make_transcript(("Q", "Why?"))]
    assert unpack(Article, *pack(article)).transcripts == []


def test_a_source_that_is_nearly_the_text_takes_next_to_nothing() -> None:
    text = " ".join(f"word{number * 7919 % 1000}" for number in range(2000))
    _, same = pack(Article("a1", text, Source("a.txt", text)))
    _, nearly = pack(Article("a1", text, Source("a.txt", text.replace("word7 ", "word 7\r\n") + "\n")))
    assert same is not None and len(same) < 60
    assert nearly is not None and len(nearly) < 250


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[:-9], id="cut-off"),
        pytest.param(lambda data: data[:20] + bytes([data[20] ^ 64]) + data[21:], id="a-flipped-bit"),
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: b"\x02" + data[1:], id="an-unknown-form"),
        pytest.param(lambda data: packing.FORM + zlib.compress(b"[]"), id="nothing-in-it"),
    ],
)
@pytest.mark.parametrize("which", [0, 1], ids=["record", "source"])
def test_damage_is_found(damage: Any, which: int) -> None:
    parts = list(pack(Article("a1", "The bridge closes in May.", Source("a.txt", "<p>The bridge closes in May.</p>"))))
    parts[which] = damage(parts[which])
    with pytest.raises(DamagedRecord):
        unpack(Article, *parts)  # type: ignore[arg-type]


def test_a_record_of_an_older_sayso_is_read() -> None:
    """A field that was renamed away is passed over, and a new one has its default."""
    article = make_article(Says("Mara Venn", "it rains"))
    article.warnings = ["kept"]
    record, _ = pack(article)
    names, values = json.loads(packing._stretched(record, packing._TYPICAL))
    place = names["Article"].index("figures")
    names["Article"][place] = "a field of old"
    values[place] = [["something", "else"]]
    squeezed = packing.FORM + packing._squeezed(packing._to_bytes([names, values]), packing._TYPICAL)
    assert unpack(Article, squeezed, None) == article


def test_the_dictionary_of_a_form_never_changes() -> None:
    """Whoever changes it makes every archive unreadable: a new one is a new form."""
    assert zlib.crc32(packing._TYPICAL) == 38731
