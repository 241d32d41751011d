"""Feeds: what an entry says itself, what is fetched for it, and what is broken."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast
from xml.sax.saxutils import escape

import pytest

from sayso.documents import Article
from sayso.intake import Failure, FeedEntry, Item, read_item
from sayso.intake.entries import Entry, Fault, xml_entries
from sayso.intake.feeds import feed_items
from sayso.reading import Limits
from tests.intake.making import page, sentences, serving, unfiltered

FULL = "".join(f"<p>{sentence}</p>" for sentence in sentences(1))
HEAD = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Ferry Post</title>'
)
RSS = HEAD + "{}</channel></rss>"


def item(number: int, *, content: str = FULL, more: str = "") -> str:
    body = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return (
        f"<item><title>Ferry {number} to be sold</title><link>/story/{number}</link>"
        f"<guid isPermaLink='false'>tag:{number}</guid>"
        f"<pubDate>Sat, 04 May 2024 10:00:00 +0200</pubDate>{body}{more}</item>"
    )


def items(feed: str | bytes, **options: Any) -> list[Item | Failure]:
    data = feed.encode() if isinstance(feed, str) else feed
    options = {"limits": Limits(), "url": "http://127.0.0.1:9/feed/", **options}
    return list(feed_items(io.BytesIO(data), "http://127.0.0.1:9/feed/", **options))


def entries(data: bytes, charset: str | None = None, most: int = 1_000_000) -> list[Entry | Fault]:
    return list(xml_entries(io.BytesIO(data), url="https://tidewater.example/", charset=charset, most=most))


def test_full_text_is_read_from_the_feed_itself() -> None:
    (made,) = items(RSS.format(item(1, content=f"<script>alert('x')</script><style>p {{}}</style>{FULL}")))
    assert isinstance(made, Item)
    assert (made.name, made.url, made.guid) == ("http://127.0.0.1:9/story/1",) * 2 + ("tag:1",)
    assert (made.outlet, made.headline) == ("The Ferry Post", "Ferry 1 to be sold")
    article = read_item(made)
    assert isinstance(article, Article)
    assert article.headline is not None
    assert article.headline.of(article.text) == "Ferry 1 to be sold"
    assert [span.of(article.text) for span in article.paragraphs] == sentences(1)
    assert article.published == datetime(2024, 5, 4, 8, tzinfo=UTC)
    assert article.outlet == "The Ferry Post"


@pytest.mark.parametrize("feed, names", [
    pytest.param(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://tidewater.example/"><title>The Ferry Post</title>'
        f'<entry><title>One</title><id>g1</id><link href="/1"/><content type="html">{escape(FULL)}</content></entry>'
        f'<entry><title>Two</title><id>g2</id><link href="/2"/><content type="html">{escape(FULL)}</content></entry>'
        "</feed>", ["https://tidewater.example/1", "https://tidewater.example/2"], id="atom",
    ),
    pytest.param(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel rdf:about="x"><title>The Ferry Post</title>'
        '<items><rdf:Seq><rdf:li rdf:resource="1"/></rdf:Seq></items></channel>'
        f'<item rdf:about="tag:1"><link>https://tidewater.example/1</link><content:encoded>{escape(FULL)}'
        "</content:encoded></item></rdf:RDF>", ["https://tidewater.example/1"], id="rdf",
    ),
    pytest.param(
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "The Ferry Post", "items": [
            {"id": 1, "url": "https://tidewater.example/1", "content_html": FULL},
            {"id": "2", "url": "/2", "content_text": "\n\n".join(sentences(2))}]}),
        ["https://tidewater.example/1", "http://127.0.0.1:9/2"], id="json-feed",
    ),
])  # fmt: skip
def test_formats(feed: str, names: list[str]) -> None:
    made = items(feed)
    assert [each.name for each in made] == names
    assert [each.outlet for each in made if isinstance(each, Item)] == ["The Ferry Post"] * len(names)
    assert all(isinstance(read_item(each), Article) for each in made if isinstance(each, Item))


@pytest.mark.parametrize("content", [
    pytest.param("", id="no-content"),
    pytest.param("<p>A ferry is to be sold.</p>", id="short-content"),
    pytest.param(f"{FULL}<p><a href='/1'>Continue reading →</a></p>", id="a-beginning-that-says-so"),
])  # fmt: skip
def test_else_the_page_is_fetched_that_the_link_leads_to(content: str) -> None:
    asked: list[str] = []

    def answer(path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        asked.append(path)
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page(7)

    with serving(answer) as address:
        (made,) = items(
            RSS.format(item(1, content=content)),
            url=f"{address}/feed",
            make_session=unfiltered,
        )
    # The name is that of the link as the feed has it, whose relative part is completed by the feed's own address.
    assert asked == ["/story/1"]
    assert isinstance(made, Item)
    assert (made.data, made.url, made.guid) == (page(7), f"{address}/story/1", "tag:1")


def test_links_to_private_addresses_are_not_followed() -> None:
    (made,) = items(RSS.format(item(1, content="")))
    assert isinstance(made, Failure)
    assert (made.kind, made.name) == ("refused", "http://127.0.0.1:9/story/1")


def test_a_link_that_is_no_web_address_is_no_link() -> None:
    feed = RSS.format("<item><title>One</title><link>file:///etc/passwd</link></item>")
    (made,) = items(feed)
    assert isinstance(made, Failure)
    assert "neither its full text nor a link" in made.reason


def test_known_entries_are_left_out_before_anything_is_fetched() -> None:
    asked: list[FeedEntry] = []

    def known(entry: FeedEntry) -> bool:
        asked.append(entry)
        return entry.guid == "tag:1"

    made = items(RSS.format(item(1, content="") + item(2)), known=known)
    assert [each.name for each in made] == ["http://127.0.0.1:9/story/2"]
    assert (asked[0].guid, asked[0].name) == ("tag:1", "http://127.0.0.1:9/story/1")


@pytest.mark.parametrize("feed, count, kinds", [
    pytest.param(RSS.format(""), 0, ["unreadable"], id="empty"),
    pytest.param(RSS.format(item(1) + item(2))[:-500], 1, ["truncated"], id="cut-off-in-an-entry"),
    pytest.param(RSS.format(item(1) + item(2)).removesuffix("</channel></rss>"), 2, ["truncated"], id="no-last-tag"),
    pytest.param(HEAD + "<item><title><![CDATA[One", 0, ["truncated"], id="cut-off-in-cdata"),
    pytest.param(RSS.format(item(1, more="<itunes:a>x</itunes:a>") + item(2)), 2, ["damaged"], id="unbound-prefix"),
    pytest.param(RSS.format(item(1, more="a & b <b>") + item(2)), 2, ["damaged"], id="bare-ampersand"),
    pytest.param(RSS.format(item(1).removesuffix("</item>") + item(2)), 2, ["damaged"], id="entry-without-end"),
    pytest.param('{"version": "https://jsonfeed.org/version/1", "items": [', 0, ["damaged"], id="json-cut-off"),
    pytest.param(RSS.format(item(1, more="<a>" * 30_000) + item(2)), 1, ["refused"], id="entry-of-tags-alone"),
    pytest.param(RSS.format(item(1, content=f"{FULL}<p {'b ' * 9_000}>") + item(2)), 1, ["refused"], id="attributes"),
    pytest.param("<rss><channel>" + item(1, content="<p>x</p>" * 300_000), 0, ["refused"], id="entry-without-bounds"),
])  # fmt: skip
def test_what_is_broken_is_told_beside_what_could_be_read(feed: str, count: int, kinds: list[str]) -> None:
    made = items(feed, limits=Limits(max_bytes=2_000_000))
    assert sum(isinstance(each, Item) for each in made) == count
    assert [each.kind for each in made if isinstance(each, Failure)] == kinds


def test_tags_inside_cdata_and_comments_part_nothing() -> None:
    made = items(RSS.format(item(1, content=FULL + "<item>one</item>", more="<!-- </item> -->") + item(2)))
    assert [each.name for each in made] == ["http://127.0.0.1:9/story/1", "http://127.0.0.1:9/story/2"]


@pytest.mark.parametrize("encoding, declared, sent", [
    pytest.param("utf-8", "", None, id="nothing-said"),
    pytest.param("koi8-r", ' encoding="koi8-r"', None, id="declared"),
    pytest.param("koi8-r", "", "koi8-r", id="sent-as"),
    pytest.param("shift_jis", ' encoding="Shift_JIS"', None, id="two-bytes-a-letter"),
    pytest.param("utf-16", ' encoding="utf-16"', None, id="byte-order-mark"),
    pytest.param("windows-1252", ' encoding="utf-8"', "windows-1252", id="declared-wrongly"),
    pytest.param("utf-8", ' encoding="iso-8859-1"', None, id="utf-8-whatever-it-says"),
])  # fmt: skip
def test_encodings(encoding: str, declared: str, sent: str | None) -> None:
    title = {"koi8-r": "Паром продан", "shift_jis": "フェリー"}.get(encoding, "Fähre “Ånna” verkauft")
    feed = f'<?xml version="1.0"{declared}?><rss><channel><item><title>{title}</title></item></channel></rss>'
    (entry,) = entries(feed.encode(encoding), sent)
    assert isinstance(entry, Entry)
    assert entry.title == title


def test_a_long_feed_is_read_a_few_entries_at_a_time() -> None:
    class Endless:
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += 1
            part = "".join(item(number) for number in range(100)).encode()
            return (HEAD.encode() if self.given == 1 else b"") + part if self.given < 10_000 else b""

    endless = Endless()
    made: Iterator[Item | Failure] = feed_items(cast(Any, endless), "feed", limits=Limits())
    assert isinstance(next(made), Item)
    assert endless.given < 10


def test_an_entity_that_grows_without_end_is_not_expanded() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    feed = f'<!DOCTYPE rss [<!ENTITY e0 "ferry">{bomb}]>' + RSS.format(item(1, more="<category>&e9;</category>"))
    made = items(feed)
    assert sum(len(each.data) for each in made if isinstance(each, Item)) < 10_000
