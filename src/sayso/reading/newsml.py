"""NewsML-G2 and NITF: the stories of a document, each with its facts, its content, or why it is no article.

Standards: IPTC NewsML-G2 2.x (newsMessage, newsItem, packageItem and the items about concepts and plans), NITF 3.x.
NewsML 1.x is read in `newsml1`, which this file hands it to.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from sayso.documents import Span
from sayso.errors import UnreadableSource
from sayso.reading.fragments import content_in_element, content_in_string, refuse_escapes
from sayso.reading.limits import Limits
from sayso.reading.mapped import Mapped
from sayso.reading.nitf import moment, not_for_use, read_nitf
from sayso.reading.stories import Content, Story, richest
from sayso.reading.xmlscan import BrokenMarkup, Node, part_of, refusal, scan, unfolded, words_of

_G2_ITEMS = frozenset(["newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"])
_ITEMS = _G2_ITEMS | {"NewsItem", "nitf"}
_OTHER_ITEMS = {
    "packageItem": "it is a package, which only lists other items",
    "conceptItem": "it describes a concept and has no story", "knowledgeItem": "it lists concepts and has no story",
    "planningItem": "it plans coverage and has no story", "catalogItem": "it is a catalogue and has no story",
}  # fmt: skip
_FEEDS = frozenset(["rss", "feed", "RDF"])
_MARKUP_ELEMENTS = frozenset(["nitf", "html", "p", "hl2", "h1", "h2", "blockquote"])
_ON_THE_WEB = frozenset(["canonical", "web", "webpage", "permalink"])


def stories_in_xml(text: str, name: str, limits: Limits) -> list[Story]:
    """The items of an XML document in order, at least one, whether they are articles or not.

    Raises UnreadableSource where it is no well-formed XML or has no item in it, TooLarge past the limits.
    """
    try:
        root = scan(text, name, limits)
    except BrokenMarkup as broken:
        raise refusal(broken, text, name) from None
    if stories := stories_of(root, text, name, limits):
        return stories
    top = next(root.children(), None)
    if top is not None and top.name in _FEEDS:
        raise UnreadableSource(name, "it is a feed, not an article", "Add it to an archive: sayso add")
    what = f"its outermost element is <{top.name}>" if top is not None else "it has no element"
    raise UnreadableSource(
        name, f"it is XML without a news item in it ({what})", "Give NewsML-G2, NewsML 1.2, NITF, HTML or text"
    )


def stories_of(root: Node, text: str, name: str, limits: Limits) -> list[Story]:
    """The items of a scanned document, closed ones only."""
    from sayso.reading.newsml1 import read_news_item

    sender = next((each.words(text) for each in root.walk(into=_ITEMS) if each.name == "sender"), None)
    stories: list[Story] = []
    for node in root.walk(into=_ITEMS):
        if not node.end or node.name not in _ITEMS:
            continue
        refuse_escapes(text, "&", node.start, node.end, name, limits)
        if node.name == "nitf":
            stories.append(read_nitf(node, text))
        elif node.name == "NewsItem":
            stories += read_news_item(node, text, name, limits)
        else:
            stories.append(_read_item(node, text, name, limits))
    for story in stories:
        story.facts.outlet = story.facts.outlet or sender or None
    return stories


def _read_item(item: Node, text: str, name: str, limits: Limits) -> Story:
    story = Story(Span(item.start, item.end), guid=item.get("guid") or None, version=item.get("version") or None)
    management, about = item.child("itemMeta") or Node(""), item.child("contentMeta") or Node("")
    item_class = _code(management.child("itemClass"))
    story.is_text = item.name == "newsItem" and item_class in ("", "text", "composite")
    _management(story, management, text)
    _description(story, about, text)
    facts = story.facts
    facts.language = _language(about.child("language"), "tag") or _language(item, "lang")
    holder = item.child("rightsInfo", "copyrightHolder")
    facts.outlet = facts.outlet or words_of(about.child("creditline"), text) or _name(holder, text)
    if item.name in _OTHER_ITEMS:
        story.refused, story.advice = _OTHER_ITEMS[item.name], "Give the news items themselves"
    elif not story.refused:
        _content(story, item.child("contentSet"), text, name, limits)
        if story.refused and item_class not in ("", "text"):
            story.refused = f"it is of the class '{item_class}' and {story.refused.removeprefix('it ')}"
    return story


def _management(story: Story, management: Node, text: str) -> None:
    facts = story.facts
    provider = management.child("provider")
    facts.outlet = _name(provider, text) or _code(provider) or None
    for element in (management.child("versionCreated"), management.child("firstCreated")):
        facts.published = facts.published or moment(words_of(element, text))
    status = _code(management.child("pubStatus"))
    story.refused = not_for_use(status)
    if until := words_of(management.child("embargoed"), text):
        story.warnings.append(f"the agency embargoed it until {until}")
    for link in management.children("link"):
        if _code(link, "rel") in _ON_THE_WEB and link.get("href").startswith(("http://", "https://")):
            facts.url = facts.url or link.get("href")


def _description(story: Story, about: Node, text: str) -> None:
    headlines = [(_code(each, "role"), part) for each in about.children("headline") if (part := part_of(each, text))]
    main = [part for role, part in headlines if role in ("", "main")] or [part for _, part in headlines]
    story.headline = main[0] if main else None
    story.standfirst = [part for role, part in headlines if role.startswith("sub")]
    story.standfirst += [Mapped.of(each.atoms(text)) for each in about.children("description")
                         if _code(each, "role") in ("summary", "lead", "standfirst", "teaser")]  # fmt: skip
    named = list(about.children("by")) or [
        label for each in about.children("creator") if (label := each.child("name")) is not None
    ]
    story.bylines = [part for each in named if (part := Mapped.of(each.atoms(text))).text]
    story.dateline = part_of(about.child("dateline"), text)
    story.located = part_of(about.child("located", "name"), text)
    story.facts.published = story.facts.published or moment(words_of(about.child("contentCreated"), text))


def _content(story: Story, content_set: Node | None, text: str, name: str, limits: Limits) -> None:
    found: list[tuple[int, Content]] = []
    elsewhere = other = ""
    for each in content_set.children() if content_set else ():
        kind = each.get("contenttype")
        if each.name == "remoteContent":
            elsewhere = elsewhere or each.get("href") or "another file"
            if kind.startswith("text/html") and each.get("href").startswith(("http://", "https://")):
                story.facts.url = story.facts.url or each.get("href")
        elif each.name == "inlineXML":
            inner = next(each.children(), None)
            if inner is not None and any(node.name in _MARKUP_ELEMENTS for node in (inner, *inner.walk())):
                found.append((2, content_in_element(text, each)))
            elif inner is not None:
                other = f"carries <{inner.name}>, which is no story"
        elif each.name == "inlineData" and each.get("encoding"):
            other = f"has its text encoded as {each.get('encoding')}"
        elif each.name == "inlineData":
            found.append((1, content_in_string(unfolded(each.atoms(text)), kind, name, limits)))
    story.take(richest(found))
    if story.content.blocks:
        return
    if other:
        story.refused = f"it {other}"
    elif elsewhere:
        story.refused = f"it has no text of its own, only content elsewhere ({elsewhere})"
    else:
        story.refused = "it has no text in it"


def _code(element: Node | None, attribute: str = "qcode") -> str:
    """What a coded value says: the end of a QCode ("stat:usable") or of a URI, or a literal."""
    if element is None:
        return ""
    if code := element.get(attribute):
        return code.rsplit(":", 1)[-1]
    if attribute != "qcode":
        return ""
    uri = element.get("uri")
    if element.name == "provider" and uri.startswith(("http://", "https://")):
        try:
            return urlsplit(uri).hostname or ""
        except ValueError:
            return ""
    return uri.rstrip("/").rsplit("/", 1)[-1] or element.get("literal")


def _language(element: Node | None, attribute: str) -> str | None:
    tag = element.get(attribute) if element else ""
    return tag.split("-")[0].lower() or None


def _name(element: Node | None, text: str) -> str | None:
    label = element.child("name") if element else None
    return (words_of(label, text) or (element.get("literal") if element else "")) or None
