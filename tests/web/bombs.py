"""Files made to bring a reader down: small to send, endless to read. Each is built here, by what it does.

Used by the tests, with short time limits, and by `benchmarks/bombs.py`, with those that a server has.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable

SENTENCE = "The mill will close in June, Elin Askvold said on Monday. "
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _page(body: str) -> bytes:
    return f"<!doctype html><html><head><title>Mill</title></head><body>{body}</body></html>".encode()


def attributes() -> bytes:
    return _page("<p " + " ".join(f"a{number}=1" for number in range(1_000_000)) + f">{SENTENCE * 20}</p>")[:9_900_000]


def closed_divs() -> bytes:
    return _page("<div>" * 1_000_000 + SENTENCE * 20 + "</div>" * 700_000)[:9_990_000]


def deep_tags() -> bytes:
    return _page("<div>" * 300 + f"<p>{SENTENCE * 20}</p>" + "</div>" * 300)


def long_paragraph() -> bytes:
    return _page("<p>" + SENTENCE * 860_000 + "</p>")


def paragraph_at_the_limit() -> bytes:
    """The largest page that is taken on: ten megabytes in one paragraph."""
    return _page("<p>" + SENTENCE * 170_000 + "</p>")


def many_tags() -> bytes:
    return _page(f"<p>{SENTENCE}</p>" + "<b>a</b>" * 49_000 + f"<p>{SENTENCE}</p>")


def unclosed_tags() -> bytes:
    return _page("<p><a href=x><b><i>" * 24_000 + SENTENCE * 20)


def one_line() -> bytes:
    return (SENTENCE * 172_000).encode()[:9_990_000]


def one_word() -> bytes:
    return b"a" * 9_900_000


def quotes() -> bytes:
    return ("“" * 300_000 + SENTENCE * 20 + "”" * 300_000).encode()


def open_quotes() -> bytes:
    return ('He said, "it is ' * 30_000).encode()


def brackets() -> bytes:
    return (SENTENCE + "(" * 400_000 + SENTENCE + ")" * 400_000).encode()


def spaces() -> bytes:
    return (SENTENCE + " " * 900_000 + SENTENCE + "\t \n" * 200_000 + SENTENCE).encode()


def dashes() -> bytes:
    return ("OSLO, " * 50_000 + "- " * 200_000 + SENTENCE * 10).encode()


def digits() -> bytes:
    return (SENTENCE * 5 + "1,000." * 120_000 + SENTENCE * 5).encode()


def capitals() -> bytes:
    return (SENTENCE * 5 + "A. B. " * 150_000 + SENTENCE * 5).encode()


def combining() -> bytes:
    return (SENTENCE * 5 + "e" + "\u0301" * 400_000 + " " + SENTENCE * 5).encode()


def markdown() -> bytes:
    return ("# Mill\n\n" + "[" * 300_000 + SENTENCE * 20 + "](" * 100_000 + "\n\n" + "> " * 200_000 + SENTENCE).encode()


def entities() -> bytes:
    """The billion laughs, in a feed."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>'
    item = "<item><description>&l11;</description></item>"
    return f"{head}<rss version='2.0'><channel><title>&l11;</title>{item}</channel></rss>".encode()


def long_entities() -> bytes:
    """One long entity named many times: quadratic where nothing is nested."""
    head = f'<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "{"a" * 100_000}">]>'
    return f"{head}<nitf><body><body.content><p>{'&a;' * 100_000}</p></body.content></body></nitf>".encode()


def outer_entities() -> bytes:
    """A file of the machine's own, named as an entity."""
    head = '<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    return f"{head}<nitf><body><body.content><p>{SENTENCE * 9}&a;</p></body.content></body></nitf>".encode()


def deep_xml() -> bytes:
    return b"<nitf>" + b"<p>" * 900_000 + SENTENCE.encode() + b"</p>" * 900_000 + b"</nitf>"


def packed_zeros() -> bytes:
    """Four gigabytes in four megabytes."""
    return _gzip_of(b"\0" * 1_048_576, 4_096)


def packed_lines() -> bytes:
    """One line of two gigabytes."""
    return _gzip_of(b'{"text": "' + b"a" * 1_048_566, 2_048)


def packed_page() -> bytes:
    return _gzip_of(b"<p>" + SENTENCE.encode() * 18_000, 1_000)


def packed_feed() -> bytes:
    return _gzip_of(b"<rss><channel><item>" + b"<title>mill</title>" * 55_000, 1_000)


def packed_twenty_times() -> bytes:
    data = SENTENCE.encode() * 100
    for _ in range(20):
        data = gzip.compress(data)
    return data


def _gzip_of(block: bytes, times: int) -> bytes:
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + _deflated(block, times) + bytes(8)


def _deflated(block: bytes, times: int) -> bytes:
    """A block so many times, packed but once; what checks its sum, which is wrong, has unpacked it all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    # After a full flush what follows does not depend on what was before.
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return once * times + b"\x03\0"


def warc() -> bytes:
    """A page that unpacks to a gigabyte, in a record that unpacks by itself."""
    body = _gzip_of(b"<p>" + b"a" * 1_048_573, 1_000)
    response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://mill.example/a\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n"
    )
    return head.encode() + response + b"\r\n\r\n"


def deep_json() -> bytes:
    return b'{"text": ' + b"[" * 4_900_000 + b"]" * 4_900_000 + b"}"


def wide_json() -> bytes:
    rows = ",".join(f'"k{number}": {{}}' for number in range(600_000))
    return f'{{"@context": "https://schema.org", "@type": "NewsArticle", {rows}, "articleBody": "x"}}'.encode()


def long_number() -> bytes:
    return b'{"text": ' + b"9" * 9_000_000 + b"}"


def many_lines() -> bytes:
    return b'{"text": ""}\n' * 700_000


def docx() -> bytes:
    """630 kB that took four gigabytes: a document of nothing but empty paragraphs."""
    return _docx(b"<w:p/>", 25_000_000)


def docx_within() -> bytes:
    """As much as is let through: sixty megabytes of empty paragraphs."""
    return _docx(b"<w:p/>", 9_900_000)


def docx_that_lies() -> bytes:
    """Of which the directory says that it is small."""
    data = bytearray(docx())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def docx_entities() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY l0 "ha">{laughs}]>'
    text += f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>'
    return _zip_of({"word/document.xml": [text.encode()]})


def _docx(part: bytes, times: int) -> bytes:
    head = f'<?xml version="1.0"?><w:document xmlns:w="{_WORD}"><w:body>'.encode()
    block = part * 10_000
    return _zip_of({"word/document.xml": [head, *[block] * (times // 10_000), b"</w:body></w:document>"]})


def _zip_of(parts: dict[str, list[bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        packed.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPES}"/></Types>',
        )
        packed.writestr(
            "_rels/.rels",
            '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
            ' Target="word/document.xml"/></Relationships>',
        )
        for name, blocks in parts.items():
            with packed.open(name, "w", force_zip64=True) as part:
                for block in blocks:
                    part.write(block)
    return made.getvalue()


def nested_zips() -> bytes:
    data = b"\0" * 10_000_000
    for depth in range(12):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(3):
                packed.writestr(f"{depth}-{number}.zip", data)
        data = made.getvalue()
    return data


def pdf() -> bytes:
    """A page whose content unpacks to a gigabyte of text operators."""
    return _pdf(zlib.compress(b"BT /F1 12 Tf (The mill will close) Tj ET\n" * 400_000, 9), times=1)


def pdf_zeros() -> bytes:
    return _pdf(b"\x78\xda" + _deflated(b" " * 1_048_576, 1_000) + bytes(4), times=1)


def pdf_twice_packed() -> bytes:
    once = b"\x78\xda" + _deflated(b" " * 1_048_576, 1_000) + bytes(4)
    return _pdf(zlib.compress(once, 9), times=1, filters="[/FlateDecode /FlateDecode]")


def pdf_pages() -> bytes:
    """The same page a hundred thousand times."""
    return _pdf(zlib.compress(b"BT /F1 12 Tf (The mill will close) Tj ET\n" * 50), times=100_000)


def pdf_loop() -> bytes:
    """A tree of pages that has itself for a child."""
    return _pdf(b"BT ET", times=1, kids="[2 0 R 2 0 R]", filters="null")


def _pdf(stream: bytes, *, times: int, filters: str = "/FlateDecode", kids: str | None = None) -> bytes:
    content = f"<< /Length {len(stream)} /Filter {filters} >>\nstream\n".encode() + stream + b"\nendstream"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids {kids or '[' + '3 0 R ' * times + ']'} /Count {times} >>".encode(),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /MediaBox [0 0 9 9] >>",
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    table = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    at = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + table
    return made + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF".encode()


def vtt() -> bytes:
    cues = "".join(f"00:00:00.{number % 1000:03d} --> 99:99:99.999\n<v Elin>a</v>\n\n" for number in range(200_000))
    return f"WEBVTT\n\n{cues}".encode()


def vtt_voices() -> bytes:
    return ("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + "<v <c.a <i>" * 300_000 + SENTENCE).encode()


def srt() -> bytes:
    return ("1\n00:00:01,000 --> 00:00:02,000\n" + "ELIN: " * 500_000 + "\n\n" + "2\n" * 200_000).encode()


def labels() -> bytes:
    return ("ELIN ASKVOLD: No.\n" * 50_000).encode()


def speakers() -> bytes:
    return "".join(f"PERSON {number:x}: No.\n\n" for number in range(49_000)).encode()


def feed() -> bytes:
    items = "<item><title>a</title><description>b</description></item>" * 150_000
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


def feed_of_one() -> bytes:
    inner = "<category>a</category>" * 400_000
    return f"<rss version='2.0'><channel><item>{inner}</item></channel></rss>".encode()


def newsml() -> bytes:
    """A package with very many items, each inside the next."""
    return b'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>' + b"<packageItem>" * 400_000


Build = Callable[[], bytes]
ARTICLES: dict[str, tuple[str, Build]] = {
    "a-million-attributes": ("a.html", attributes),
    "a-million-divs-in-one-another": ("a.html", closed_divs),
    "tags-300-deep": ("a.html", deep_tags),
    "a-paragraph-of-50-mb": ("a.html", long_paragraph),
    "a-paragraph-of-10-mb": ("a.html", paragraph_at_the_limit),
    "a-hundred-thousand-tags": ("a.html", many_tags),
    "tags-that-never-close": ("a.html", unclosed_tags),
    "one-line-of-10-mb": ("a.txt", one_line),
    "one-word-of-10-mb": ("a.txt", one_word),
    "nothing-but-quotes": ("a.txt", quotes),
    "quotes-that-never-close": ("a.txt", open_quotes),
    "nothing-but-brackets": ("a.txt", brackets),
    "nothing-but-spaces": ("a.txt", spaces),
    "nothing-but-dashes": ("a.txt", dashes),
    "nothing-but-digits": ("a.txt", digits),
    "nothing-but-initials": ("a.txt", capitals),
    "marks-on-one-letter": ("a.txt", combining),
    "markdown-without-end": ("a.md", markdown),
    "long-entities": ("a.nitf", long_entities),
    "entities-of-the-machine": ("a.nitf", outer_entities),
    "xml-a-million-deep": ("a.nitf", deep_xml),
    "json-five-million-deep": ("a.jsonld", deep_json),
    "json-with-600000-names": ("a.jsonld", wide_json),
    "a-number-of-9-mb": ("a.json", long_number),
    "zips-in-zips": ("a.zip", nested_zips),
}
CONTAINERS: dict[str, tuple[str, Build]] = {
    "a-billion-laughs": ("a.rss", entities),
    "gzip-of-4-gb-of-nothing": ("a.txt.gz", packed_zeros),
    "gzip-of-one-line-of-2-gb": ("a.jsonl.gz", packed_lines),
    "gzip-of-a-page-of-1-gb": ("a.html.gz", packed_page),
    "gzip-of-a-feed-of-1-gb": ("a.rss.gz", packed_feed),
    "packed-twenty-times": ("a.gz", packed_twenty_times),
    "a-crawl-that-unpacks-to-1-gb": ("a.warc", warc),
    "700000-empty-lines": ("a.jsonl", many_lines),
    "150000-entries": ("a.rss", feed),
    "an-entry-of-400000-tags": ("a.rss", feed_of_one),
    "packages-in-packages": ("a.xml", newsml),
}
TRANSCRIPTS: dict[str, tuple[str, Build]] = {
    "docx-of-4-gb": ("a.docx", docx),
    "docx-of-60-mb": ("a.docx", docx_within),
    "docx-that-lies-of-its-size": ("a.docx", docx_that_lies),
    "docx-with-entities": ("a.docx", docx_entities),
    "pdf-of-much-text": ("a.pdf", pdf),
    "pdf-of-1-gb-of-spaces": ("a.pdf", pdf_zeros),
    "pdf-packed-twice": ("a.pdf", pdf_twice_packed),
    "pdf-of-100000-pages": ("a.pdf", pdf_pages),
    "pdf-that-is-its-own-child": ("a.pdf", pdf_loop),
    "vtt-of-200000-cues": ("a.vtt", vtt),
    "vtt-of-open-voices": ("a.vtt", vtt_voices),
    "srt-without-end": ("a.srt", srt),
    "50000-labels": ("a.txt", labels),
    "49000-speakers": ("a.txt", speakers),
}
SLOW = {
    *("a-hundred-thousand-tags", "quotes-that-never-close", "nothing-but-brackets", "nothing-but-digits"),
    *("nothing-but-initials", "marks-on-one-letter", "markdown-without-end", "json-with-600000-names"),
    *("pdf-of-1-gb-of-spaces", "pdf-packed-twice", "pdf-of-100000-pages", "vtt-of-200000-cues", "vtt-of-open-voices"),
    *("srt-without-end", "50000-labels", "49000-speakers", "gzip-of-one-line-of-2-gb", "gzip-of-a-feed-of-1-gb"),
    *("700000-empty-lines", "150000-entries", "an-entry-of-400000-tags", "long-entities"),
}
"""Those that take a second and more even to be refused: for the benchmark; the tests have enough of their kind."""
