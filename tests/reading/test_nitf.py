"""NITF alone: head and body, and the way back to the source."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sayso.errors import UnreadableSource
from sayso.reading import read_bytes, read_source
from sayso.reading.formats import format_of
from tests.reading.mapping import assert_maps_back

AGENCY = Path(__file__).parent / "agency"


def test_a_nitf_document() -> None:
    article = read_source(AGENCY / "nitf.xml")
    text = article.text
    assert article.headline is not None
    assert article.headline.of(text) == "Bridge over the Lune reopens"
    assert article.standfirst is not None
    # The abstract is how the body begins, and so no standfirst.
    assert article.standfirst.of(text) == "Lorries must wait until June"
    assert article.byline is not None
    assert article.byline.of(text) == "By Mary Quill, Transport Editor"
    assert article.dateline is not None
    assert article.dateline.place == "Lunemouth"
    assert [span.of(text) for span in article.paragraphs] == [
        "The bridge over the Lune is open again, the county said. Cars may cross from Saturday.",
        '"It held," said its engineer, Jo Tarn.',
        "She would not say more.",
    ]
    assert article.sections == []
    assert (article.outlet, article.published) == ("Harbour Press Service", date(2030, 5, 4))
    assert_maps_back(article)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(('status="usable"', 'status="canceled"'), "the agency canceled it", id="canceled"),
        pytest.param(('status="usable"', 'status="killed"'), "the agency killed it", id="killed"),
        pytest.param(("</nitf>", ""), "its XML is cut off at line 27: it breaks off inside <nitf>", id="cut-off"),
    ],
)
def test_refused(change: tuple[str, str], reason: str) -> None:
    raw = (AGENCY / "nitf.xml").read_text().replace(*change)
    with pytest.raises(UnreadableSource, match=reason):
        read_bytes(raw.encode(), "a.xml")


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        pytest.param("a.xml", "<nitf/>", "xml", id="suffix"),
        pytest.param("-", "<?xml version='1.0'?>\n<!-- sent -->\n<nitf>", "xml", id="declaration"),
        pytest.param("-", "<g2:newsItem xmlns:g2='x'>", "xml", id="prefixed-root"),
        pytest.param("a.xml", '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', "html", id="xhtml-is-a-page"),
        pytest.param("-", "<b>Bold</b> they said.", "plain", id="stray-tag"),
        pytest.param("-", '{"uri": "urn:x", "bodies": []}', "json", id="ninjs"),
    ],
)
def test_format(name: str, text: str, kind: str) -> None:
    assert format_of(name, text) == kind
