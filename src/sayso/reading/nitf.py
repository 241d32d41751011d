"""NITF, the News Industry Text Format of the IPTC (3.x): its content and what its head says, alone or inside another.

Also here: what several of the agencies' formats share, times and publication status as they write them.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from sayso.documents import Span
from sayso.reading.dates import parse_published
from sayso.reading.fragments import element_blocks
from sayso.reading.jsonld import Facts
from sayso.reading.stories import Content, Story
from sayso.reading.xmlscan import Node, part_of, words_of

_NONE = Node("")
_NOT_FOR_USE = {
    "canceled": "the agency canceled it: it is not to be used any more",
    "cancelled": "the agency canceled it: it is not to be used any more",
    "killed": "the agency killed it: it is not to be used any more",
    "withheld": "the agency withholds it: it is not to be used until it is released",
}


def read_nitf(nitf: Node, text: str) -> Story:
    """The story of a NITF document that stands alone."""
    story = Story(Span(nitf.start, nitf.end))
    story.take(content_of_nitf(nitf, text))
    data = nitf.child("head", "docdata") or _NONE
    key = data.child("du-key") or _NONE
    story.guid = (data.child("doc-id") or _NONE).get("id-string") or None
    story.version = key.get("version") or key.get("generation") or None
    story.refused = not_for_use(data.get("management-status"))
    if not story.refused and not story.content.blocks:
        story.refused = "it has no text in it"
    return story


def content_of_nitf(nitf: Node, text: str) -> Content:
    """The content of a NITF document, with the facts of its head."""
    body, head = nitf.child("body", "body.content") or nitf.child("body") or nitf, nitf.child("body", "body.head")
    content = Content(
        element_blocks(text, body), title=part_of(nitf.child("head", "title"), text), facts=_facts(nitf, text)
    )
    if head is None:
        return content
    content.headline = part_of(head.child("hedline", "hl1"), text)
    lower = [part_of(line, text) for each in head.children("hedline") for line in each.children("hl2")]
    content.standfirst = [part for part in lower if part]
    if (abstract := head.child("abstract")) is not None:
        content.standfirst += [block.text for block in element_blocks(text, abstract)]
    content.byline = part_of(head.child("byline"), text)
    content.dateline = part_of(head.child("dateline"), text)
    return content


def _facts(nitf: Node, text: str) -> Facts:
    head = nitf.child("head") or _NONE
    publication = head.child("pubdata") or _NONE
    data = head.child("docdata") or _NONE
    issued, released = (data.child(name) or _NONE for name in ("date.issue", "date.release"))
    outlet = (
        publication.get("name")
        or words_of(nitf.child("body", "body.head", "distributor"), text)
        or (data.child("doc-id") or _NONE).get("regsrc")
        or (data.child("doc.copyright") or _NONE).get("holder")
    )
    language = nitf.get("baselang") or nitf.get("lang")
    return Facts(
        outlet=outlet or None,
        published=moment(publication.get("date.publication"))
        or moment(issued.get("norm"))
        or moment(released.get("norm")),
        language=language.split("-")[0].lower() or None,
    )


def not_for_use(status: str) -> str:
    """Why an item with such a publication status is not to be taken; empty where it may be."""
    return _NOT_FOR_USE.get(status.lower(), "")


def moment(written: str) -> datetime | date | None:
    """A time as agencies write it: "2030-05-03T09:00:04+02:00", "20300503T090004Z", "20300503+0200"; None if unread.

    >>> moment("20300503T080625+0000").isoformat(), moment("20300503+0100")
    ('2030-05-03T08:06:25+00:00', datetime.date(2030, 5, 3))
    """
    day = re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)(?:Z|[+-]\d\d:?\d\d)?", written.strip())
    if not day:
        return parse_published(written)
    try:
        return date(int(day[1]), int(day[2]), int(day[3]))
    except ValueError:
        return None
