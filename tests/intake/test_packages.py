"""Documents with several articles: which items they give, what is left out, and what a broken one still gives."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import UnreadableSource
from sayso.intake.items import Failure, Item
from sayso.intake.packages import package_items
from sayso.reading import read_bytes
from tests.reading.mapping import assert_maps_back

AGENCY = Path(__file__).parent.parent / "reading/agency"
MESSAGE = (AGENCY / "message.xml").read_bytes()


def split(data: bytes, name: str = "wire.xml", **sent: Any) -> list[Item | Failure]:
    found = package_items(data, name, origin="desk", **sent)
    assert found is not None
    return found


def headline(item: Item) -> str | None:
    article = read_bytes(item.data, item.name, media_type=item.media_type, charset=item.charset, any_language=True)
    assert_maps_back(article)
    return article.headline.of(article.text) if article.headline else None


def test_a_message() -> None:
    mill, ferry, mayor = split(MESSAGE)
    assert isinstance(mill, Item)
    assert isinstance(ferry, Item)
    assert isinstance(mayor, Failure)
    assert (mill.name, mill.origin) == ("wire.xml#urn:northwire:300503:mill", "desk")
    assert (mill.guid, mill.version, mill.outlet) == ("urn:northwire:300503:mill", "3", "Northwire")
    assert mill.url == "https://northwire.example/mill"
    assert mill.published == datetime(2030, 5, 3, 9, 4, tzinfo=timezone(timedelta(hours=2)))
    assert headline(mill) == "Mill to close & move, owner says"
    assert (ferry.guid, ferry.outlet, ferry.published) == (
        "urn:northwire:300503:ferry", "NW", datetime(2030, 5, 3, 8, tzinfo=UTC),
    )  # fmt: skip
    assert headline(ferry) == "Ferry strike ends"
    assert (mayor.kind, mayor.name) == ("refused", "wire.xml#urn:northwire:300502:mayor")
    assert mayor.reason == "the agency canceled it: it is not to be used any more"
    assert mayor.digest not in ("", mill.digest, ferry.digest)


def test_the_parts_of_a_message_are_its_own_bytes() -> None:
    mill, ferry, _ = split(MESSAGE)
    assert isinstance(mill, Item)
    assert isinstance(ferry, Item)
    assert MESSAGE.index(mill.data) < MESSAGE.index(ferry.data)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_parts_keep_the_encoding(encoding: str) -> None:
    data = MESSAGE.decode().replace("Ferry strike", "Fährstreik").replace("UTF-8", "windows-1252").encode(encoding)
    _, ferry, _ = split(data)
    assert isinstance(ferry, Item)
    assert headline(ferry) == "Fährstreik ends"


@pytest.mark.parametrize(
    ("cut", "kind", "given_items"),
    [
        pytest.param(
            lambda data: data[: data.index(b"Ferry strike ends</h1>")], "truncated", 1, id="cut-in-the-second"
        ),
        pytest.param(
            lambda data: data.replace(b"</g2:newsItem>", b"</g2:newsBit>", 1), "damaged", 0, id="wrong-end-tag"
        ),
        pytest.param(lambda data: data[:-20], "truncated", 2, id="cut-at-the-end"),
        pytest.param(lambda data: data[:1500], "truncated", 0, id="nothing-whole"),
    ],
)
def test_a_broken_message_gives_what_is_whole(cut: Any, kind: str, given_items: int) -> None:
    *found, rest = split(cut(MESSAGE))
    assert isinstance(rest, Failure)
    assert (rest.kind, rest.name) == (kind, "wire.xml")
    assert [headline(each) for each in found if isinstance(each, Item)] == [
        "Mill to close & move, owner says", "Ferry strike ends",
    ][:given_items]  # fmt: skip


def test_a_document_with_one_article_stays_whole() -> None:
    data = (AGENCY / "newsml12.xml").read_bytes()
    (item,) = split(data)
    assert isinstance(item, Item)
    assert (item.name, item.data) == ("wire.xml", data)
    # The revision is no part of the identifier: a second one is the same story.
    assert (item.guid, item.version) == ("urn:newsml:harbour.example:20300503:TX-77", "2")


@pytest.mark.parametrize(
    "guids, names",
    [
        pytest.param("abc", "abc", id="all-told-apart"),
        pytest.param("abb", "a23", id="two-with-one"),
        pytest.param("3bb", "123", id="one-that-is-the-number-of-another"),
    ],
)
def test_no_two_stories_have_one_name(guids: str, names: str) -> None:
    rows = [ninjs(number, uri=guid) for number, guid in enumerate(guids)]
    found = split(json.dumps(rows).encode(), "w", media_type="application/json")
    assert [each.name for each in found] == [f"w#{name}" for name in names]


def test_a_document_without_an_article_that_breaks_off_is_one_failure() -> None:
    whole = json.dumps([ninjs(1, type="picture", body_text=""), ninjs(2, type="picture", body_text="")])
    (failure,) = split(whole[:-20].encode(), "w", media_type="application/json")
    assert isinstance(failure, Failure)
    assert (failure.name, failure.kind) == ("w", "truncated")


def test_what_goes_with_a_ninjs_item() -> None:
    dam, history = split((AGENCY / "ninjs1.json").read_bytes(), "wire.json")
    assert isinstance(dam, Item)
    assert isinstance(history, Item)
    assert (dam.guid, dam.version, headline(dam)) == ("urn:northwire:300503:dam", "5", "Dam “safe”, says engineer")
    assert (history.guid, headline(history)) == ("urn:northwire:300503:dam-history", "How the dam was built")


def ninjs(number: int, **fields: Any) -> dict[str, Any]:
    return {"uri": f"urn:x:{number}", "headline": f"Story {number}", "body_text": "They said so.", **fields}


def test_a_list_of_ninjs() -> None:
    rows = [
        ninjs(1),
        ninjs(2, type="picture", body_text=""),
        ninjs(3, pubstatus="withheld"),
        ninjs(4, type="odd"),
        ninjs(4),
    ]
    one, held, odd, four = split(json.dumps(rows).encode(), "-", media_type="application/json")
    assert isinstance(one, Item)
    assert isinstance(four, Item)
    assert (one.name, four.name) == ("-#urn:x:1", "-#4"), "two items with one identifier are told apart by number"
    assert [(each.kind, each.reason[:30]) for each in (held, odd) if isinstance(each, Failure)] == [
        ("refused", "the agency withholds it: it is"), ("unreadable", "it is no valid ninjs: there is"),
    ]  # fmt: skip


def test_a_list_that_breaks_off_gives_its_whole_elements() -> None:
    one, two, rest = split(json.dumps([ninjs(1), ninjs(2), ninjs(3)]).encode()[:-9], "a.json")
    assert [headline(each) for each in (one, two) if isinstance(each, Item)] == ["Story 1", "Story 2"]
    assert isinstance(rest, Failure)
    assert rest.kind == "truncated"
    assert "2 whole items stand before it" in rest.reason


def test_a_diary_of_events_is_one_failure() -> None:
    events = [{"uri": f"urn:x:{n}", "headline": "Vote", "eventDetails": {"dates": {}}} for n in range(3)]
    (failure,) = split(json.dumps(events).encode(), "a.json")
    assert isinstance(failure, Failure)
    assert failure.reason == "none of its 3 items is an article: it is an event of the diary, not a story"


def article(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "@type": "NewsArticle", "@id": f"https://post.example/{number}", "url": f"https://post.example/{number}",
        "headline": f"Story {number}", "articleBody": "They said so.", "publisher": {"name": "Alder Post"},
        "datePublished": "2030-05-03T10:00:00Z", **fields,
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrap",
    [
        pytest.param(lambda rows: rows, id="array"),
        pytest.param(lambda rows: {"@context": "https://schema.org", "@graph": rows}, id="graph"),
        pytest.param(lambda rows: {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": each}
                                                                            for each in rows]}, id="item-list"),
    ],
)  # fmt: skip
def test_json_ld_with_several_articles(wrap: Any) -> None:
    inner = {"@type": "Article", "@id": "https://post.example/part", "articleBody": "A much longer part. " * 9}
    linked = {"@type": "NewsArticle", "@id": "https://post.example/1"}
    rows = [article(1, mainEntityOfPage=linked), article(2), article(3, articleBody=""), article(4, hasPart=[inner])]
    one, two, empty, four, part = split(json.dumps(wrap(rows)).encode(), "a.jsonld")
    assert [headline(each) for each in (one, two, four) if isinstance(each, Item)] == ["Story 1", "Story 2", "Story 4"]
    assert isinstance(two, Item)
    assert (two.url, two.outlet, two.published) == (
        "https://post.example/2", "Alder Post", datetime(2030, 5, 3, 10, tzinfo=UTC),
    )  # fmt: skip
    assert isinstance(empty, Failure)
    assert empty.reason == "its NewsArticle has no articleBody"
    assert part.name == "a.jsonld#https://post.example/part"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.txt", b"They said so.", id="plain"),
        pytest.param("a.html", b"<p>They said so.</p>", id="page"),
        pytest.param("a.xml", b"<?xml version='1.0'?><html><body>They said so.</body></html>", id="xhtml"),
        pytest.param("a.json", b'{"name": "Soup"}', id="other-json"),
        pytest.param("a.xml", b"<menu><dish>Soup</dish></menu>", id="other-xml"),
        pytest.param("a.xml", b"\x89PNG\r\n\x1a\n", id="image"),
        pytest.param("a.xml", b"", id="empty"),
    ],
)
def test_not_a_package(name: str, data: bytes) -> None:
    assert package_items(data, name, origin=name) is None


def test_a_bomb_is_refused() -> None:
    (failure,) = split(b'<!DOCTYPE n [<!ENTITY a "b">]><newsItem>&a;</newsItem>')
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.reason) == ("refused", "it declares XML entities, which are not expanded")


_SAMPLES = [(path.name, path.read_bytes()) for path in sorted(AGENCY.iterdir())]
_BITS = [
    b"<", b">", b"</", b"&", b"&#x0;", b"]]>", b"<![CDATA[", b"<!--", b'"', b"\\", b"\\u", b"{", b"]", b"\xff", b"\x00",
    b"newsItem", b"nitf", b"null", b"<q>", b"<p/>", b"\xed\xa0\x80", b"&#55357;", b"\\ud83d", b"&amp;lt;", b"<br/>",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_changed_bytes_never_crash_the_readers(data: st.DataObject) -> None:
    name, sample = data.draw(st.sampled_from(_SAMPLES))
    raw = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 6))):
        at, gone = data.draw(st.integers(0, len(raw))), data.draw(st.sampled_from([0, 0, 1, 3, 40, 400]))
        raw[at : at + gone] = data.draw(st.sampled_from(_BITS) | st.binary(max_size=4))
    found = package_items(bytes(raw), name, origin="a")
    assert found != []
    for each in found or [Item(name, "a", bytes(raw))]:
        if isinstance(each, Failure):
            assert each.reason
            continue
        try:
            read = read_bytes(each.data, each.name, media_type=each.media_type, charset=each.charset, any_language=True)
        except UnreadableSource:
            continue
        if read.offsets is not None:
            assert_maps_back(read)
