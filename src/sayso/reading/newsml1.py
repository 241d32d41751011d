"""NewsML 1.x, the generation before NewsML-G2, which agencies and press release services still send.

A NewsItem holds components inside components; which of their content items is the story is told by roles and by
length, and its headline is that of the nearest component around it.
"""

from __future__ import annotations

from sayso.documents import Span
from sayso.reading.fragments import content_in_element, content_in_string
from sayso.reading.limits import Limits
from sayso.reading.mapped import Mapped, entity_atoms
from sayso.reading.nitf import moment, not_for_use
from sayso.reading.stories import Content, Story, richest
from sayso.reading.xmlscan import Node, part_of, unfolded, words_of

_NESTED = frozenset(["NewsItem"])
_BESIDE = frozenset(
    "headline subheadline contact stylesheet logo photo picture image video audio graphic caption thumbnail preview"
    " icon quicklook keyword companyinformation multimedia related sidebar slugline".split()
)
_NO_TEXT = ("image/", "video/", "audio/", "text/css", "application/")


def read_news_item(item: Node, text: str, name: str, limits: Limits) -> list[Story]:
    """The story of a NewsItem, and those of the NewsItems inside its components."""
    inner = [each for each in item.walk(into=_NESTED) if each.name == "NewsItem" and each.end]
    story = Story(Span(item.start, item.end))
    identity = item.child("Identification", "NewsIdentifier") or Node("")
    story.version = words_of(identity.child("RevisionId"), text) or None
    story.guid = _guid(identity, text, story.version)
    management = item.child("NewsManagement") or Node("")
    status = management.child("Status")
    for element in (management.child("ThisRevisionCreated"), management.child("FirstCreated")):
        story.facts.published = story.facts.published or moment(words_of(element, text))
    _components(story, item, text, name, limits)
    story.facts.language = story.facts.language or (item.get("lang").split("-")[0].lower() or None)
    if refused := not_for_use(status.get("FormalName") if status else ""):
        story.refused = refused
    nested = [found for each in inner for found in read_news_item(each, text, name, limits)]
    return [story, *nested] if story.content.blocks or not nested else nested


def _components(story: Story, item: Node, text: str, name: str, limits: Limits) -> None:
    bodies: list[tuple[int, Content, Node]] = []
    below: list[Mapped] = []
    beside: set[str] = set()
    known: dict[int, frozenset[str]] = {}
    for each in item.walk(into=_NESTED):
        if each.name != "ContentItem":
            continue
        data, roles = each.child("DataContent"), _roles(each, known)
        kind, form = _formal(each.child("MimeType")).lower(), _formal(each.child("Format")).lower()
        beside |= {_formal(each.child("MediaType")).lower()} | roles
        if data is None or (kind.startswith(_NO_TEXT) and "xml" not in kind) or "css" in form:
            continue
        content = _content(data, kind, text, name, limits)
        if "subheadline" in roles:
            below += [block.text for block in content.blocks]
        elif content.blocks and not roles & _BESIDE:
            bodies.append((2 if "nitf" in form or "xhtml" in form else 1, content, each))
    story.content = richest([(rank, content) for rank, content, _ in bodies])
    chosen = next((node for _, content, node in bodies if content is story.content), item)
    _lines(story, chosen, item, text)
    story.take(story.content)
    story.standfirst = story.standfirst or below
    others = sum(1 for _, content, _ in bodies if content is not story.content and not _same(content, story.content))
    if others:
        story.warnings.append(f"the news item holds {others} more texts, which were left out")
    if not bodies:
        kinds = ", ".join(sorted(beside - {""})[:5])
        story.refused = "it has no story in it" + (f", only {kinds}" if kinds else "")
        story.is_text = not beside & {"photo", "picture", "image", "video", "audio", "graphic"}


def _content(data: Node, kind: str, text: str, name: str, limits: Limits) -> Content:
    if next(data.children(), None) is not None:
        return content_in_element(text, data)
    return content_in_string(unfolded(data.atoms(text)), kind, name, limits)


def _lines(story: Story, chosen: Node, item: Node, text: str) -> None:
    """What the components around the chosen text say of it, the nearest first."""
    around = [node for node in _upwards(chosen, item) if node.name == "NewsComponent"]
    # A component in which the story does not lie may still be the one that names it.
    known = {id(node) for node in around}
    around += [each for each in item.walk(into=_NESTED) if each.name == "NewsComponent" and id(each) not in known]
    creators: list[Mapped] = []
    source = ""
    for component in around:
        lines = component.child("NewsLines") or Node("")
        story.headline = story.headline or part_of(lines.child("HeadLine"), text)
        story.standfirst = story.standfirst or [
            part for each in lines.children("SubHeadLine") if (part := part_of(each, text))
        ]
        story.bylines = story.bylines or [part for each in lines.children("ByLine") if (part := part_of(each, text))]
        story.dateline = story.dateline or part_of(lines.child("DateLine"), text)
        about = component.child("AdministrativeMetadata") or Node("")
        story.facts.outlet = story.facts.outlet or _formal(about.child("Provider", "Party")) or None
        source = source or _formal(about.child("Source", "Party"))
        creators = creators or [part for each in about.children("Creator") if (part := _party(each, text))]
        language = component.child("DescriptiveMetadata", "Language")
        story.facts.language = story.facts.language or (_formal(language).split("-")[0].lower() or None)
    story.facts.outlet = story.facts.outlet or _sent_from(item) or source or None
    story.bylines = story.bylines or creators


def _party(creator: Node, text: str) -> Mapped | None:
    party = creator.child("Party")
    name = party.attributes.get("FormalName") if party else None
    if not name:
        return None
    part = Mapped.of(entity_atoms(text, name.start, name.end))
    return part if part.text else None


def _guid(identity: Node, text: str, version: str | None) -> str | None:
    """The identifier without the revision that NewsML 1 writes at its end: it names the item, not one version."""
    public = words_of(identity.child("PublicIdentifier"), text)
    if public:
        return public.removesuffix(f":{version}") if version else public
    parts = [words_of(identity.child(each), text) for each in ("ProviderId", "DateId", "NewsItemId")]
    return "urn:newsml:" + ":".join(parts) if all(parts) else None


def _sent_from(item: Node) -> str | None:
    top = list(_upwards(item, None))[-1]
    sender = top.child("NewsEnvelope", "SentFrom", "Party") or top.child("NewsML", "NewsEnvelope", "SentFrom", "Party")
    return _formal(sender) or None


def _roles(node: Node, known: dict[int, frozenset[str]]) -> frozenset[str]:
    """The roles of the components around a node; `known` keeps those of each, since components have many children."""
    chain = _upwards(node, None)
    found = frozenset[str]()
    for each in reversed(chain):
        if each.name == "NewsComponent" and id(each) not in known:
            role = _formal(each.child("Role")).lower()
            known[id(each)] = found | {role} if role else found
        found = known.get(id(each), found)
    return found


def _upwards(node: Node, last: Node | None) -> list[Node]:
    chain = [node]
    while chain[-1] is not last and (parent := chain[-1].parent) is not None:
        chain.append(parent)
    return chain


def _same(one: Content, other: Content) -> bool:
    """Whether two contents are one text in two formats."""
    first, second = (
        "".join("".join(filter(str.isalnum, block.text.text[:400])) for block in each.blocks[:20])[:200]
        for each in (one, other)
    )
    return first == second


def _formal(element: Node | None) -> str:
    return element.get("FormalName") if element is not None else ""
