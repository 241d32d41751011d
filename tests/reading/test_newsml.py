"""NewsML-G2 and NewsML 1.2: what becomes an article, what is refused and why, and the way back to the source."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.documents import Article, Span
from sayso.errors import TooLarge, UnreadableSource
from sayso.reading import Limits, read_bytes, read_source
from sayso.reading.mapped import Mapped
from tests.reading.mapping import assert_maps_back

AGENCY = Path(__file__).parent / "agency"


def item(
    content: str = "<inlineXML><html><body><p>The mill will close, its owner said.</p></body></html></inlineXML>", *,
    item_class: str = "text", meta: str = "", about: str = "", root: str = "newsItem",
) -> bytes:  # fmt: skip
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="2" xml:lang="en">
<itemMeta><itemClass qcode="ninat:{item_class}"/>{meta}</itemMeta>
<contentMeta><headline>Mill to close</headline>{about}</contentMeta>
<contentSet>{content}</contentSet></{root}>""".encode()


def words(article: Article, span: Span | None) -> str | None:
    return span.of(article.text) if span else None


@pytest.fixture
def mill() -> Article:
    """The first story of the message, alone."""
    raw = (AGENCY / "message.xml").read_text("utf-8")
    start, end = raw.index('<g2:newsItem guid="urn:northwire:300503:mill"'), raw.index("</g2:newsItem>")
    return read_bytes(raw[start : end + len("</g2:newsItem>")].encode(), "mill.xml")


def test_a_news_item_with_nitf(mill: Article) -> None:
    assert words(mill, mill.headline) == "Mill to close & move, owner says"
    assert words(mill, mill.standfirst) == "Owner blames price of power"
    assert words(mill, mill.byline) == "By Ann Lee and Raj Rao"
    assert mill.dateline is not None
    assert (mill.dateline.place, mill.dateline.date, mill.dateline.agency) == ("GARN", date(2030, 5, 3), "Northwire")
    assert [words(mill, span) for span in mill.paragraphs] == [
        "The mill in Garn will close in June, its owner said on Friday.",
        "“We tried everything,” said Per Moe, who runs Moe & Daughters.",
        '“Nobody was told”, said the union’s Ida Falk. "We had <5 days," she added.',
    ]
    assert [words(mill, section.heading) for section in mill.sections] == ["What comes next"]
    assert mill.outlet == "Northwire"
    assert mill.url == "https://northwire.example/mill"
    assert mill.published == datetime(2030, 5, 3, 9, 4, tzinfo=timezone(timedelta(hours=2)))
    assert mill.warnings == ["the agency embargoed it until 2030-05-03T10:00:00+02:00"]
    assert_maps_back(mill)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        pytest.param("Mill to close & move", "Mill to close &amp; move", id="entity"),
        pytest.param("June, its", "June,\n                  its", id="folded-line-break"),
        pytest.param("“We tried everything,”", "&#8220;We tried everything,&#8221;", id="characters-by-number"),
        pytest.param('"We had <5 days,"', '"We had <5 days,"', id="cdata-is-literal"),
        pytest.param("in Garn will", "in <nitf:location>Garn</nitf:location> will", id="across-tags"),
    ],
)
def test_places_in_the_source(mill: Article, said: str, written: str) -> None:
    start = mill.text.index(said)
    there = mill.source_span(Span(start, start + len(said)))
    assert there is not None
    assert mill.source is not None
    assert there.of(mill.source.text) == written


def test_a_message_with_one_story_is_read_whole() -> None:
    raw = (AGENCY / "message.xml").read_text("utf-8")
    ferry = raw.index('<g2:newsItem guid="urn:northwire:300503:ferry"')
    mayor = raw.index('<g2:newsItem guid="urn:northwire:300502:mayor"')
    article = read_bytes((raw[:ferry] + raw[mayor:]).encode(), "message.xml")
    assert words(article, article.headline) == "Mill to close & move, owner says"
    assert_maps_back(article)


def test_a_message_with_several_stories_is_for_the_archive() -> None:
    with pytest.raises(UnreadableSource, match=r"it holds 2 articles.*sayso add"):
        read_source(AGENCY / "message.xml")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(item(root="packageItem"), "it is a package, which only lists other items", id="package"),
        pytest.param(item(root="planningItem"), "it plans coverage and has no story", id="planning"),
        pytest.param(
            item('<remoteContent href="https://n.example/a.mp4" contenttype="video/mp4"/>', item_class="video"),
            "of the class 'video' and has no text of its own",
            id="video",
        ),
        pytest.param(
            item('<remoteContent href="mill.txt"/>'), r"only content elsewhere \(mill.txt\)", id="text-elsewhere"
        ),
        pytest.param(
            item("<inlineXML><events><event><name>Vote</name></event></events></inlineXML>"),
            "carries <events>, which is no story",
            id="events",
        ),
        pytest.param(
            item('<inlineData encoding="https://x.example/base64">QUJD</inlineData>'), "encoded as", id="base64"
        ),
        pytest.param(item(""), "it has no text in it", id="no-content"),
        pytest.param(item(meta='<pubStatus qcode="stat:canceled"/>'), "the agency canceled it", id="canceled"),
        pytest.param(item(meta='<pubStatus qcode="stat:withheld"/>'), "the agency withholds it", id="withheld"),
        pytest.param(
            item(meta='<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>'),
            "the agency canceled it",
            id="canceled-by-uri",
        ),
        pytest.param(item()[:-30], "its XML is cut off at line 5", id="cut-off"),
        pytest.param(
            item().replace(b"</p>", b""), "its XML is damaged at line 5: there is </body> inside <p>", id="unclosed"
        ),
        pytest.param(b"<rss><channel><title>News</title></channel></rss>", "it is a feed", id="feed"),
        pytest.param(
            b"<menu><dish>Soup</dish></menu>",
            r"without a news item in it \(its outermost element is <menu>\)",
            id="other-xml",
        ),
    ],
)
def test_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=reason):
        read_bytes(raw, "a.xml")


@pytest.mark.parametrize(
    ("content", "paragraphs"),
    [
        pytest.param(
            "<inlineData>The mill will close,\nits owner said.\n\nNobody knows &amp; tells.</inlineData>",
            ["The mill will close, its owner said.", "Nobody knows & tells."],
            id="plain-data",
        ),
        pytest.param(
            "<inlineData contenttype='text/html'>&lt;p>It will &amp;amp; must close.&lt;br>Or not.&lt;/p></inlineData>",
            ["It will & must close. Or not."],
            id="escaped-html",
        ),
        pytest.param(
            "<inlineData><![CDATA[<p>It will &amp; must close.</p><p>Soon.</p>]]></inlineData>",
            ["It will & must close.", "Soon."],
            id="html-in-cdata",
        ),
        pytest.param(
            "<inlineXML><html><head><title/></head><body><p/><p>It will close.</p><p/></body></html></inlineXML>",
            ["It will close."],
            id="empty-elements",
        ),
        pytest.param(
            "<inlineXML><body><p>It will close.<br>In <br/>June, they said.</br></p></body></inlineXML>",
            ["It will close. In June, they said."],
            id="text-inside-a-line-break",
        ),
        pytest.param(
            "<inlineData>Close.</inlineData><inlineXML><nitf><body><body.content><p>It will close, they said.</p>"
            "</body.content></body></nitf></inlineXML>",
            ["It will close, they said."],
            id="the-longer-rendition",
        ),
    ],
)
def test_kinds_of_content(content: str, paragraphs: list[str]) -> None:
    article = read_bytes(item(content), "a.xml", any_language=True)
    assert [words(article, span) for span in article.paragraphs] == paragraphs
    assert_maps_back(article)


@pytest.mark.parametrize(
    ("meta", "about", "outlet"),
    [
        pytest.param('<provider qcode="nprov:NW"><name>Northwire</name></provider>', "", "Northwire", id="name"),
        pytest.param('<provider qcode="nprov:NW"/>', "<creditline>HPS</creditline>", "NW", id="code"),
        pytest.param(
            '<provider uri="https://www.northwire.example/about"/>', "", "www.northwire.example", id="address"
        ),
        pytest.param("", "<creditline>Harbour Press</creditline>", "Harbour Press", id="credit-line"),
    ],
)
def test_outlet(meta: str, about: str, outlet: str) -> None:
    assert read_bytes(item(meta=meta, about=about), "a.xml").outlet == outlet


def test_where_it_was_written_stands_in_for_a_dateline() -> None:
    article = read_bytes(item(about="<located><name>Garn, Norland</name></located>"), "a.xml")
    assert article.dateline is not None
    assert (words(article, article.dateline.span), article.dateline.place) == ("Garn, Norland", "Garn, Norland")


def test_newsml_1() -> None:
    article = read_source(AGENCY / "newsml12.xml")
    assert words(article, article.headline) == 'Harbour board rejects "toll" plan'
    assert words(article, article.standfirst) == "Vote was five to four"
    assert words(article, article.byline) == "Tom Brandvold & Ines Okafor"
    assert article.dateline is not None
    assert (article.dateline.place, article.dateline.date) == ("Velmore", date(2030, 5, 3))
    assert [words(article, span) for span in article.paragraphs] == [
        "The board of Velmore's harbour rejected a toll on Friday.",
        '"It is café money," said its chair, Odd Vik.',
    ]
    assert article.outlet == "Harbour Press Service"
    assert article.source is not None
    assert article.source.encoding == "windows-1252"
    assert_maps_back(article)


def test_newsml_1_with_pictures_only() -> None:
    raw = (AGENCY / "newsml12.xml").read_bytes()
    start = raw.index(b'<NewsComponent>\n        <Role FormalName="Main"/>')
    end = raw.index(b"</NewsComponent>", start) + len(b"</NewsComponent>")
    with pytest.raises(UnreadableSource, match="it has no story in it, only photo, subheadline"):
        read_bytes(raw[:start] + raw[end:], "a.xml")


def _laughs() -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE n [<!ENTITY l0 "ha">{lines}]><newsItem><p>&l11;</p></newsItem>'.encode()


@pytest.mark.parametrize(
    ("raw", "error", "reason"),
    [
        pytest.param(_laughs(), UnreadableSource, "it declares XML entities", id="billion-laughs"),
        pytest.param(
            b'<!DOCTYPE n [<!ENTITY a "' + b"a" * 200_000 + b'">]><newsItem>' + b"&a;" * 200_000 + b"</newsItem>",
            UnreadableSource,
            "it declares XML entities",
            id="quadratic-blowup",
        ),
        pytest.param(
            b'<!DOCTYPE n [<!ENTITY x SYSTEM "file:///etc/hostname">]><newsItem>&x;</newsItem>',
            UnreadableSource,
            "it declares XML entities",
            id="external-entity",
        ),
        pytest.param(b"<newsItem>" + b"<a>" * 1_000_000, TooLarge, "nested over 250 deep", id="deep"),
        pytest.param(b"<newsItem>" + b"<a/>" * 1_000_000 + b"</newsItem>", TooLarge, "XML tags", id="many-tags"),
        pytest.param(
            b"<newsItem " + b" ".join(b'a%d="1"' % n for n in range(300_000)) + b"/>",
            TooLarge,
            "attributes",
            id="many-attributes",
        ),
        pytest.param(b"<!DOCTYPE n [" + b"<!--" * 500_000, UnreadableSource, "cut off", id="open-comments"),
        pytest.param(b"<newsItem " + b"a='" * 1_000_000, UnreadableSource, "no whole tag|breaks off", id="open-quotes"),
        pytest.param(b"<newsItem>" + b"<" * 3_000_000, UnreadableSource, "damaged|cut off", id="bare-signs"),
        pytest.param(
            item("<inlineData contenttype='text/html'>" + "&amp;lt;" * 300_000 + "</inlineData>"),
            TooLarge,
            "escaped characters",
            id="entities-in-entities",
        ),
        pytest.param(
            item("<inlineXML><p>" + "<q>" * 200 + "a" * 1_500_000 + "</q>" * 200 + "</p></inlineXML>"),
            TooLarge,
            "limit",
            id="quotations-in-quotations",
        ),
    ],
)
def test_bombs_are_refused_at_once(raw: bytes, error: type[Exception], reason: str) -> None:
    begun = time.monotonic()
    with pytest.raises(error, match=reason):
        read_bytes(raw, "a.xml", limits=Limits(max_characters=100_000))
    # A second by the clock on an idle machine; tests share it with others.
    assert time.monotonic() - begun < 3


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\t&<>\"'\u00a0\u00ad\u200b—😀 "),
    max_size=60,
)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and one of the ways in which XML writes it."""
    text = draw(_TEXT)
    if "]]>" not in text and draw(st.booleans()):
        return text, f"<![CDATA[{text}]]>"
    ways = draw(st.lists(st.integers(0, 3), min_size=len(text), max_size=len(text)))
    forms = (
        escape,
        lambda each: escape(each, {'"': "&quot;"}),
        lambda each: f"&#{ord(each)};",
        lambda each: f"&#x{ord(each):x};",
    )
    return text, "".join(forms[way](each) for each, way in zip(text, ways, strict=True))


@settings(max_examples=300, deadline=None)
@given(st.lists(written(), min_size=1, max_size=4), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_every_character_maps_back(parts: list[tuple[str, str]], encoding: str) -> None:
    body = "".join(f"<p>{markup}</p>" for _, markup in parts)
    raw = item(f"<inlineXML><html><body><p>They said so.</p>{body}</body></html></inlineXML>").decode()
    article = read_bytes(raw.encode(encoding), "a.xml", any_language=True)
    folded = [shown for text, _ in parts if (shown := Mapped.of([(text, 0, len(text))]).text)]
    assert article.text.split("\n\n") == ["Mill to close", "They said so.", *folded]
    assert_maps_back(article)
