"""ninjs, IPTC's News in JSON, versions 1 to 3: the stories of a document, or why an item is none.

Version 2 put `headlines`, `bodies` and `descriptions` with roles in place of ninjs 1's single strings, version 3 wrote
the names of version 2 with capitals (`versionCreated`); names are compared without regard to capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.documents import Span
from sayso.reading.fragments import content_in_string, folded, refuse_escapes
from sayso.reading.jsonld import string_atoms
from sayso.reading.jsonscan import Value
from sayso.reading.limits import Limits
from sayso.reading.mapped import Mapped
from sayso.reading.nitf import moment, not_for_use
from sayso.reading.stories import Content, Story, richest
from sayso.reading.xmlscan import unfolded

_TYPES = frozenset("text audio video picture graphic composite component planning event animation data package".split())
_STRINGS = (
    "type", "version", "versioncreated", "firstcreated", "pubstatus", "headline", "byline", "by", "body_text",
    "body_xhtml", "language", "copyrightholder", "located", "dateline",
)  # fmt: skip
_LISTS = ("headlines", "bodies", "descriptions")
_MARKS = (
    "headline", "headlines", "body_text", "body_xhtml", "bodies", "description_text", "descriptions", "versioncreated",
    "pubstatus", "eventdetails", "associations", "renditions", "profile", "usageterms", "ednote", "subject", "subjects",
    "type",
)  # fmt: skip
_MOST_NESTED = 6
_MOST_LISTED = 1_000


def is_ninjs(value: Value) -> bool:
    """Whether an object looks like an item of ninjs: a `uri` and at least one of the standard's other names."""
    return value.kind == "object" and value.get("uri") is not None and value.get(*_MARKS) is not None


def ninjs_items(root: Value) -> list[Value]:
    """The items of a document: itself, the elements of a list, or of lists in an object around them."""
    if root.kind == "object" and is_ninjs(root):
        return [root]
    lists = [root] if root.kind == "list" else [each for each in root.members.values() if each.kind == "list"]
    return [item for each in lists for item in each.elements if is_ninjs(item)]


def stories_in_ninjs(root: Value, text: str, name: str, limits: Limits) -> list[Story]:
    """The items of a document and the stories among what they are associated with; empty where it is no ninjs."""
    stories: list[Story] = []
    for item in ninjs_items(root):
        stories.append(read_item(item, text, name, limits))
        for other in _associated(item, 0):
            story = read_item(other, text, name, limits)
            # Pictures and links beside a story are its furniture; a second story is one of the document's own.
            if story.content.blocks:
                stories.append(story)
    return stories


def _associated(item: Value, depth: int) -> Iterator[Value]:
    for each in item.items("associations") if depth < _MOST_NESTED else ():
        if is_ninjs(each):
            yield each
            yield from _associated(each, depth + 1)


def read_item(item: Value, text: str, name: str, limits: Limits) -> Story:
    """The story of one item."""
    story = Story(Span(item.start, item.end), guid=item.say("uri") or None, version=item.say("version") or None)
    kind = item.say("type").lower()
    story.is_text = kind in ("", "text", "composite")
    if fault := _fault(item):
        story.is_text = True  # who knows what it was meant to be
        story.refused, story.advice = f"it is no valid ninjs: {fault}", "See iptc.org/std/ninjs"
        return story
    facts = story.facts
    facts.published = moment(item.say("versioncreated")) or moment(item.say("firstcreated"))
    facts.outlet = _outlet(item)
    facts.language = item.say("language").split("-")[0].lower() or None
    web = item.say("url", "canonicalurl", "weburl")
    facts.url = web if web.startswith(("http://", "https://")) else None
    story.headline = _headline(item, text)
    story.standfirst = [part for each in (*_with_role(item, "headlines", "sub"), *_with_role(item, "descriptions"))
                        if (part := _line(each.string("value"), text))]  # fmt: skip
    if lead := item.string("description_text"):
        story.standfirst.append(_line(lead, text) or Mapped())
    story.bylines = [part for each in (item.string("byline", "by"),) if (part := _line(each, text))]
    story.located = _line(item.string("located"), text)
    story.dateline = _line(item.string("dateline"), text)
    story.take(_content(item, text, name, limits))
    if story.content.title is None:
        story.content.title = _line(item.string("title"), text)
    story.refused = not_for_use(item.say("pubstatus")) or _no_article(item, kind, story.content)
    story.is_text = story.is_text and not (story.refused and item.get("eventdetails"))
    if until := item.say("embargoed"):
        story.warnings.append(f"the agency embargoed it until {until}")
    return story


def _fault(item: Value) -> str:
    """What breaks the standard so that the item cannot be trusted; empty where nothing does."""
    uri = item.get("uri")
    if uri is None or uri.kind != "string" or not uri.text.strip():
        return "its uri is no text"
    kind = item.get("type")
    if kind is not None and (kind.kind != "string" or kind.text.lower() not in _TYPES):
        return f"there is no type '{kind.text}'"
    for key in _STRINGS:
        value = item.get(key)
        if value is not None and value.kind not in ("string", "plain"):
            return f"its {key} is no text"
    for key in _LISTS:
        value = item.get(key)
        if value is not None and (value.kind != "list" or any(each.kind != "object" for each in value.elements)):
            return f"its {key} are no list of objects"
        if value is not None and len(value.elements) > _MOST_LISTED:
            return f"it has over {_MOST_LISTED:,} {key}"
    return ""


def _no_article(item: Value, kind: str, content: Content) -> str:
    if kind == "event" or (item.get("eventdetails") and not content.blocks):
        return "it is an event of the diary, not a story"
    if content.blocks:
        return ""
    if kind not in ("", "text", "composite"):
        return f"it is of the type '{kind}' and has no text of its own"
    if item.string("description_text") or item.get("descriptions"):
        return "it has no body, only a description"
    return "it has no body"


def _headline(item: Value, text: str) -> Mapped | None:
    listed = [*_with_role(item, "headlines", "main"), *_with_role(item, "headlines", "")]
    for each in listed or item.items("headlines"):
        if part := _line(each.string("value"), text):
            return part
    return _line(item.string("headline"), text)


def _with_role(item: Value, name: str, role: str | None = None) -> list[Value]:
    """The elements of a list whose role begins like this; of descriptions those that stand above a text."""
    if role is None:
        return [each for each in item.items(name) if each.say("role").lower() in ("", "text", "lead", "summary")]
    return [each for each in item.items(name)
            if (each.say("role").lower().startswith(role) if role else not each.say("role"))]  # fmt: skip


def _outlet(item: Value) -> str | None:
    for key in ("creditline", "provider", "copyrightholder", "infosources", "infosource"):
        value = item.get(key)
        if value is None:
            continue
        first = value.elements[0] if value.kind == "list" and value.elements else value
        said = first.text.strip() if first.kind == "string" else first.say("name", "literal")
        if said:
            return said
    return None


def _content(item: Value, text: str, name: str, limits: Limits) -> Content:
    found: list[tuple[int, Content]] = []
    for each in item.items("bodies"):
        if body := each.string("value"):
            kind = each.say("contenttype")
            found.append((_rank(kind, each.say("role")), _string(body, kind, text, name, limits)))
    for key, kind in (("body_xhtml", "application/xhtml+xml"), ("body_text", "text/plain")):
        if body := item.string(key):
            found.append((_rank(kind, ""), _string(body, kind, text, name, limits)))
    for key, value in item.members.items():
        # ninjs 1 lets an agency add bodies of its own: body_nitf, body_html5.
        if re.fullmatch(r"body_\w+", key) and key not in ("body_xhtml", "body_text") and value.kind == "string":
            found.append((_rank("", key), _string(value, "", text, name, limits)))
    return richest([(rank, content) for rank, content in found if content.blocks])


def _string(body: Value, kind: str, text: str, name: str, limits: Limits) -> Content:
    refuse_escapes(text, "\\", body.start, body.end, name, limits)
    return content_in_string(raw(body, text), kind, name, limits)


def _rank(media_type: str, role: str) -> int:
    """How well a format tells paragraphs, headings and captions apart."""
    label = f"{media_type} {role}".lower()
    if "nitf" in media_type.lower() or role.lower() in ("nitf", "body_nitf"):
        return 4
    return 3 if "html" in label else 2 if "plain" in label or "text" in role.lower() else 1


def raw(string: Value, text: str) -> Mapped:
    """What a string says, exactly, with the way back to how it is written."""
    return unfolded(string_atoms(text, string.start + 1, string.end - 1))


def _line(string: Value | None, text: str) -> Mapped | None:
    part = folded(raw(string, text)) if string is not None else None
    return part if part and part.text else None
