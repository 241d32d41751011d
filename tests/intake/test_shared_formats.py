"""Real feeds, WARC files and captions, several deliberately broken: what each gives, as it was found by hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import requests

from sayso.intake import Item, items_of

FORMATS = Path(os.environ.get("SAYSO_SHARED", Path(__file__).parents[3] / "shared")) / "corpora/formats"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FORMATS.exists(), reason="the collected formats lie beside the project and are not here"),
]


class _Site(requests.Session):
    """Every address delivers the same page."""

    def get(self, url: str | bytes, **options: object) -> requests.Response:  # type: ignore[override]
        response = requests.Response()
        response.status_code = 200
        response.headers["content-type"] = "text/html"
        response._content = b"<!doctype html><p>A page."
        response._content_consumed = True  # type: ignore[attr-defined]
        return response


# Of an item its address or, without one, its guid or its kind; of a failure its kind.
@pytest.mark.parametrize("name, expected", [
    ("feeds/atom03.xml", ["http://example.org/entry/3"]),
    ("feeds/atom10.xml", ["http://example.org/entry/3"]),
    ("feeds/example.json", ["https://example.org/second-item", "https://example.org/initial-post"]),
    ("feeds/feed1.atom", ["http://example.org/2003/12/13/atom03", "http://example.org/1000"]),
    ("feeds/koi8r.xml", ["article"]),
    ("feeds/prism.rdf", ["http://example.org/archives/2002/09/04.html#first_of_all"]),
    ("feeds/rss10.rdf", ["http://example.org/archives/2002/09/04.html#first_of_all"]),
    ("feeds/rss20.xml", ["http://example.org/item/1"]),
    ("feeds/rss_empty_document.xml", ["article"]),  # Nothing but a comment: refused when it is read.
    ("feeds/rss_incomplete_cdata.xml", ["truncated"]),
    ("feeds/shiftjis.xml", ["unreadable"]),
    ("feeds/undeclared_namespace.xml", ["damaged"]),
    ("warc/20130729-heritrix-revisit-with-http-headers.warc.gz", ["unreadable"]),
    ("warc/example-bad-non-chunked.warc.gz", ["http://example.com/"]),
    ("warc/example-iana.org-chunked.warc", ["http://www.iana.org/"]),
    ("warc/example-resource.warc.gz", ["http://example.com/"]),
    ("warc/example-space-in-target-uri.warc.gz", ["unreadable"]),
    ("warc/example-trunc.warc", ["damaged"]),
    ("warc/example-wrong-chunks.warc.gz", ["http://example.com/"]),
    ("warc/example.warc", ["http://example.com/"]),
    ("warc/example.warc.gz", ["http://example.com/"]),
    ("warc/hello-world.warc", ["http://iipc.github.io/warc-specifications/primers/web-archive-formats/hello-world.txt"]),
    ("warc/post-test.warc.gz", ["unreadable"]),
    *((f"subtitles/{name}", ["transcript"]) for name in (
        "captions_with_bom.vtt", "comments.vtt", "cue_tags.vtt", "invalid_timeframe_in_cue_text.vtt",
        "metadata_headers_multiline.vtt", "missing_caption_text.srt", "sample.srt", "sample.vtt", "youtube_dl.vtt",
    )),
])  # fmt: skip
def test_each_gives_its_items_or_says_why_not(name: str, expected: list[str]) -> None:
    made = list(items_of([FORMATS / name], make_session=lambda timeout_s: _Site()))
    assert [(each.url or each.kind) if isinstance(each, Item) else each.kind for each in made] == expected


def test_the_folder_as_a_whole_is_walked_to_its_end() -> None:
    made = list(items_of([FORMATS], make_session=lambda timeout_s: _Site()))
    assert sum(isinstance(each, Item) for each in made) > 30
    assert all(isinstance(each, Item) or each.reason for each in made)


@pytest.mark.parametrize("name, title", [("koi8r.xml", "Как"), ("shiftjis.xml", "DrecomRSSに")])
def test_letters_without_a_declared_encoding(name: str, title: str) -> None:
    from sayso.intake.entries import Entry, xml_entries

    with (FORMATS / "feeds" / name).open("rb") as file:
        (entry,) = xml_entries(file, url="", charset=None, most=100_000)
    assert isinstance(entry, Entry)
    assert (entry.title or "").startswith(title)
