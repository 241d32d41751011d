"""ninjs 1 to 3: what becomes an article, what is refused and why, and the way back through escapes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.documents import Article, Span
from sayso.errors import UnreadableSource
from sayso.reading import Limits, read_bytes, read_source
from sayso.reading.jsonscan import BrokenJson, Value, scan_json
from sayso.reading.mapped import Mapped
from tests.reading.mapping import assert_maps_back

AGENCY = Path(__file__).parent / "agency"


def words(article: Article, span: Span | None) -> str | None:
    return span.of(article.text) if span else None


def ninjs(**fields: Any) -> bytes:
    given_body = (
        {"body_text": "The mill will close, its owner said."} if not {"bodies", "body_xhtml"} & set(fields) else {}
    )
    return json.dumps({"uri": "urn:x:1", "headline": "Mill to close", **given_body, **fields}).encode()


def test_version_1() -> None:
    article = read_source(AGENCY / "ninjs1.json")
    assert words(article, article.headline) == "Dam “safe”, says engineer"
    assert words(article, article.standfirst) == "Villagers below the dam are not so sure"
    assert words(article, article.byline) == "Ann Lee"
    assert article.dateline is not None
    assert article.dateline.place == "Garn, Norland"
    assert [words(article, span) for span in article.paragraphs] == [
        "The dam above Garn is “safe”, its engineer, Jo Tarn, said on Friday.",
        "“It leaks,” said Per Moe of Moe & Daughters, who lives below it.",
        "It was built in 1931 🚧 by hand.",
    ]
    assert [words(article, section.heading) for section in article.sections] == ["Older than it looks"]
    assert (article.outlet, article.published) == ("Northwire", datetime(2030, 5, 3, 12, tzinfo=UTC))
    assert article.warnings == ["articles that go with this one and are articles of their own: 1"]
    assert_maps_back(article)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        pytest.param("“safe”, its", "\\u201csafe\\u201d, its", id="escape"),
        pytest.param("“It leaks,”", "&ldquo;It leaks,&rdquo;", id="entity-in-a-string"),
        pytest.param("🚧", "\\ud83d\\udea7", id="pair-of-escapes"),
        pytest.param("Daughters, who", "Daughters,<br> who", id="line-break"),
    ],
)
def test_places_in_the_source(said: str, written: str) -> None:
    article = read_source(AGENCY / "ninjs1.json")
    start = article.text.index(said)
    there = article.source_span(Span(start, start + len(said)))
    assert there is not None
    assert article.source is not None
    # What the title says too is found in the body, where the words stand.
    assert written in article.source.text
    assert there.of(article.source.text) == written or said in article.text[: article.paragraphs[0].start]


def test_version_2_prefers_marked_up_text_to_plain() -> None:
    article = read_source(AGENCY / "ninjs2.json")
    assert words(article, article.headline) == "Trams return to Velmore"
    assert words(article, article.standfirst) == "First line opens in autumn"
    assert words(article, article.byline) == "By Raj Rao"
    assert [words(article, span) for span in article.paragraphs] == [
        "Trams will run in Velmore again from autumn, the mayor said.",
        '"They should never have gone," said Odd Vik.',
    ]
    assert article.outlet == "Northwire"
    assert_maps_back(article)


def test_version_3_with_nitf_in_a_string() -> None:
    article = read_source(AGENCY / "ninjs3.json")
    assert words(article, article.headline) == "Oysters ‘back for good’"
    assert words(article, article.byline) == "By Ines Okafor"
    assert article.dateline is not None
    assert article.dateline.place == "VELMORE"
    assert [words(article, span) for span in article.paragraphs] == [
        "Oysters grow in Velmore’s harbour again, a survey says.",
        '"They came by themselves," said the biologist Mary Quill.',
    ]
    assert article.url is None  # a `uri` is a name, not the address of a page
    assert_maps_back(article)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(ninjs(type="event", bodies=[{"value": "Vote at noon."}]), "an event of the diary", id="event"),
        pytest.param(ninjs(bodies=[], eventDetails={"dates": {}}), "an event of the diary", id="event-without-type"),
        pytest.param(ninjs(type="video", bodies=[]), "of the type 'video' and has no text", id="video"),
        pytest.param(
            ninjs(bodies=[], descriptions=[{"value": "A mill."}]), "only a description", id="description-alone"
        ),
        pytest.param(ninjs(bodies=[]), "it has no body", id="no-body"),
        pytest.param(ninjs(type="invalid"), "no valid ninjs: there is no type 'invalid'", id="invalid-type"),
        pytest.param(ninjs(uri=7), "no valid ninjs: its uri is no text", id="invalid-uri"),
        pytest.param(
            ninjs(headlines=["Mill"]), "no valid ninjs: its headlines are no list of objects", id="bare-headlines"
        ),
        pytest.param(ninjs(headline={"main": "Mill"}), "no valid ninjs: its headline is no text", id="headline-object"),
        pytest.param(ninjs(pubStatus="canceled"), "the agency canceled it", id="canceled-3"),
        pytest.param(ninjs(pubstatus="withheld"), "the agency withholds it", id="withheld-1"),
        pytest.param(ninjs()[:-9], "its JSON is cut off at line 1", id="cut-off"),
        pytest.param(ninjs().replace(b'", ', b'" ', 1), "its JSON is damaged at line 1: a comma", id="damaged"),
        pytest.param(b"[" + ninjs() + b"," + ninjs() + b"]", "it holds 2 articles", id="several"),
        pytest.param(b'{"name": "Soup"}', "without a NewsArticle", id="other-json"),
        pytest.param(b"[" + b"true," * 500_000 + b"1]", "its JSON has over 400,000 values", id="many-values"),
        pytest.param(b'{"a":' + b"[" * 2_000_000 + b'"x"', "nested over 250 deep", id="deep"),
    ],
)
def test_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=reason):
        read_bytes(raw, "a.json")


def test_items_in_an_answer_of_an_archive() -> None:
    article = read_bytes(b'{"total": 1, "hits": [' + ninjs() + b"]}", "a.json")
    assert words(article, article.headline) == "Mill to close"


def quoted(text: str, escaped: set[str]) -> str:
    """A JSON string in which some characters that need no escape have one."""
    written = (
        f"\\u{ord(each):04X}"
        if each in escaped and each.isascii()
        else json.dumps(each, ensure_ascii=each in escaped)[1:-1]
        for each in text
    )
    return f'"{"".join(written)}"'


@pytest.mark.parametrize("key", ["body_text", "body_xhtml"])
@settings(max_examples=150, deadline=None)
@given(
    parts=st.lists(st.text(st.characters(codec="utf-8") | st.sampled_from('"\\/&<\u00a0😀'), max_size=50), max_size=4),
    escaped=st.sets(st.sampled_from('aes"/ é😀<&')),
)
def test_every_character_maps_back(key: str, parts: list[str], escaped: set[str]) -> None:
    shown = [" ".join(part.split()).replace("<", "(" if key == "body_text" else "<") for part in parts]
    if key == "body_xhtml":
        body = "".join(
            f"<p>{each.replace('&', '&amp;').replace('<', '&lt;')}</p>" for each in ["They said so.", *shown]
        )
    else:
        body = "\n\n".join(["They said so.", *shown])
    raw = f'{{"uri": "urn:x:1", "headline": "Mill to close", "{key}": {quoted(body, escaped)}}}'
    article = read_bytes(raw.encode(), "a.json", any_language=True)
    folded = [text for each in shown if (text := Mapped.of([(each, 0, len(each))]).text)]
    assert article.text == "\n\n".join(["Mill to close", "They said so.", *folded])
    assert_maps_back(article)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def _plain(value: Value) -> Any:
    if value.kind == "object":
        return {key: _plain(each) for key, each in value.members.items()}
    if value.kind == "list":
        return [_plain(each) for each in value.elements]
    return value.text if value.kind == "string" else json.loads(value.text)


@settings(max_examples=300, deadline=None)
@given(_JSON, st.booleans(), st.data())
def test_json_is_read_as_the_standard_library_reads_it(value: Any, ascii_only: bool, data: st.DataObject) -> None:
    raw = json.dumps(value, ensure_ascii=ascii_only)
    assert _plain(scan_json(raw, "a.json", Limits())) == json.loads(raw)
    at, gone = data.draw(st.integers(0, len(raw))), data.draw(st.integers(0, 3))
    changed = raw[:at] + data.draw(st.text('[]{},:" 1nt', max_size=3)) + raw[at + gone :]
    try:
        expected = json.loads(changed, strict=False)
    except ValueError:
        if "\\" not in changed:  # an unknown escape is forgiven here, and not there
            with pytest.raises(BrokenJson):
                scan_json(changed, "a.json", Limits())
    else:
        assert repr(_plain(scan_json(changed, "a.json", Limits()))) == repr(expected)
