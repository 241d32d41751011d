"""Real files of news agencies, where the shared corpora lie beside the project: each an article or a clear refusal.

What each must give was found by reading the files; the headlines are compared with what other readers find in them
(lxml, json, newsmlg2), so that no text of theirs stands here.
"""

from __future__ import annotations

import json
import re
import warnings
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from sayso.errors import UnreadableSource
from sayso.intake.items import Item
from sayso.intake.packages import package_items
from sayso.reading import read_source
from tests.reading.mapping import assert_maps_back
from training.evaluate import SHARED

pytestmark = pytest.mark.shared
FORMATS = SHARED / "corpora/formats"
DOPING = "20231008-anti-doping-measures-at-the-tour-down-under-will-be-the-toughest-ever-addb-ninjs-nitf.json"

# file, guid, version, outlet, paragraphs, section headings
ARTICLES = [
    ("newsml/LISTING_2_NewsML-G2_Text_Document.xml", "urn:newsml:acmenews.com:20161121:US-FINANCE-FED", "11",
     "www.acmenews.com", 2, 0),
    ("newsml/LISTING_22_Sports_story_in_NewsML-G2NITF.xml", "tag:xmlteam.com,2016:xt.5932656-preview", "11",
     "www.xmlteam.com", 6, 0),
    ("newsml/LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml", None, None, None, 1, 0),
    ("newsml/NTB_nitf_sample.xml", "NTB5df9281a-a270-4dc5-a618-869bbc3bbca7_00", "1", "NTB", 17, 4),
    ("newsml/TT_newsmlg2_sample.xml", "http://tt.se/media/text/210919-janguillou-879f202b", "1", "TT", 5, 0),
    ("newsml/afp.com_newsml1.2_sample.xml", "urn:newsml:afp.com:20210516T080625Z:TX-PAR-WGF71", "1", "AFP", 38, 3),
    ("newsml/businesswire-newsml-20130731006140.xml", "urn:newsml:businesswire.com:20010714:20130731006140", "1",
     "Business Wire", 14, 1),
    (f"ninjs/{DOPING}", "https://antidopingdatabase.com/news/" + DOPING[9:-21], "2", "DopingWatch", 16, 0),
    ("ninjs/20231016-addb-example-press-conference.json", "http://addb.no/worldanti", None, "DopingWatch", 16, 0),
    ("ninjs/dpa_text.json", "urn:newsml:dpa.com:20090101:190510-99-167362", "2", "dpa", 9, 0),
    ("ninjs/ninjsExComplex2.json", "http://ninjs.example.com/newsitems/20130709cplx456", None, None, 4, 0),
    ("ninjs/tt_text_image_2.json", "http://tt.se/media/text/210526-militarovning-a0f2d045", "1", "TT", 4, 0),
    ("ninjs/tt_text_image_3.json", "http://tt.se/media/text/210526-militarovning-a0f2d045", "1", "TT", 4, 0),
]  # fmt: skip
REFUSED = {
    "newsml/LISTING_1_A_NewsML-G2_News_Item.xml": "it has no text in it",
    "newsml/LISTING_4_Multiple_Renditions_of_a_Video_in_NewsML-G2.xml": "of the class 'video' and has no text",
    "newsml/LISTING_6_Simple_NewsML-G2_Package.xml": "it is a package",
    "newsml/LISTING_16_A_Set_of_Events_carried_in_a_News_Item.xml": "carries <events>, which is no story",
    "newsml/LISTING_24_News_Message_conveying_a_complete_News_Package.xml": "none of its 5 items is an article",
    "newsml/LISTING_28_Illustrating_Located_Subject_and_Dateline.xml": "XML without a news item in it",
    "newsml/ap_metadata_example.xml": "of the class 'video' and has no text",
    "ninjs/002_type_invalid.json": "no valid ninjs: there is no type 'invalid'",
    "ninjs/20231016-event-timeline-sample.json": "none of its 14 items is an article: it is an event",
    "ninjs/ap_video.json": "of the type 'video' and has no text",
    "ninjs/ntb_text.json": "it has no body, only a description",
    "ninjs/tt_event_pressconference_3.0.json": "it is an event of the diary",
}


@pytest.fixture(scope="module")
def formats() -> Path:
    if not FORMATS.is_dir():
        pytest.skip(f"the shared corpora are not at {SHARED}")
    return FORMATS


def test_every_file_is_accounted_for(formats: Path) -> None:
    files = {f"{path.parent.name}/{path.name}" for room in ("newsml", "ninjs") for path in (formats / room).iterdir()}
    assert files == {row[0] for row in ARTICLES} | set(REFUSED)


@pytest.mark.parametrize(
    ("file", "guid", "version", "outlet", "paragraphs", "headings"), ARTICLES, ids=[row[0][:40] for row in ARTICLES]
)
def test_articles(
    formats: Path, file: str, guid: str | None, version: str | None, outlet: str | None, paragraphs: int, headings: int
) -> None:
    (item,) = package_items((formats / file).read_bytes(), file, origin=file) or [None]
    assert isinstance(item, Item)
    assert (item.guid, item.version, item.outlet) == (guid, version, outlet)
    article = read_source(formats / file, any_language=True)
    assert (len(article.paragraphs), len(article.sections)) == (paragraphs, headings)
    assert_maps_back(article)
    headline, body = headline_and_body(formats / file)
    assert article.headline is not None
    assert bare(article.headline.of(article.text)) == bare(headline)
    ours = [bare(span.of(article.text)) for span in article.paragraphs]
    assert ours == [each for each in map(bare, body) if each in ours]
    headings_read = [bare(section.heading.of(article.text)) for section in article.sections]
    missing = [each for each in map(bare, body) if each and each not in (*ours, *headings_read)]
    # Initials at the end, whose the text is, telephone numbers and addresses are in the text, but no paragraphs.
    assert all(len(each) < 25 for each in missing), missing


@pytest.mark.parametrize(("file", "reason"), REFUSED.items(), ids=[file[:40] for file in REFUSED])
def test_refusals(formats: Path, file: str, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=re.escape(reason)):
        read_source(formats / file, any_language=True)


def bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def headline_and_body(path: Path) -> tuple[str, list[str]]:
    """The headline and the body's paragraphs as other libraries read them."""
    if path.suffix == ".json":
        return _of_ninjs(json.loads(path.read_text("utf-8")))
    tree = etree.fromstring(path.read_bytes().strip(), etree.XMLParser(resolve_entities=False, no_network=True))
    headline = next(each for name in ("headline", "hl1", "HeadLine") for each in _named(tree, name))
    body = [*_named(tree, "body.content"), *_named(tree, "body")]
    return _text(headline), _paragraphs(max(body, key=lambda each: len(_text(each))))


def _of_ninjs(data: dict[str, Any]) -> tuple[str, list[str]]:
    headline = data.get("headline") or next((each["value"] for each in data.get("headlines", [])), "")
    marked = [
        each["value"] for each in data.get("bodies", []) if "<" in each["value"] and "TTNITF" not in each["value"]
    ]
    markup = data.get("body_xhtml") or marked[0]
    tree = etree.fromstring(markup.encode(), etree.HTMLParser(encoding="utf-8"))
    return headline or _text(next(_named(tree, "hl1"))), _paragraphs(tree)


def _named(tree: Any, name: str) -> Any:
    return (each for each in tree.iter() if isinstance(each.tag, str) and etree.QName(each).localname == name)


def _paragraphs(tree: Any) -> list[str]:
    found = {each for kind in ("p", "blockquote", "li", "hl2") for each in _named(tree, kind)}
    return [_text(each) for each in tree.iter() if each in found and not _within(each, "abstract", "figure")]


def _within(element: Any, *names: str) -> bool:
    return any(etree.QName(up).localname in names for up in element.iterancestors())


def _text(element: Any) -> str:
    return "".join(element.itertext())


@pytest.mark.parametrize("file", [row[0] for row in ARTICLES[:2]], ids=["text-document", "sports-story"])
def test_a_news_item_as_another_reader_reads_it(formats: Path, file: str) -> None:
    other = pytest.importorskip("NewsMLG2", reason="newsmlg2 is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = other.NewsMLG2Document(str(formats / file)).get_item()
    (item,) = package_items((formats / file).read_bytes(), file, origin=file) or [None]
    assert isinstance(item, Item)
    assert (item.guid, item.version) == (theirs.guid, theirs.version)
    assert item.published == datetime.fromisoformat(str(theirs.itemmeta.versioncreated).strip())
    article = read_source(formats / file, any_language=True)
    assert article.headline is not None
    assert article.headline.of(article.text) == " ".join(str(theirs.contentmeta.headline).split())
