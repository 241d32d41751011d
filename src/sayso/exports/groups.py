"""The attributions of an article by speaker and statement, and how statements relate.

Invariant: every attribution is in exactly one group, in one of its statements, whatever the record lacks: one that no
statement names is a statement by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.documents import Article
from sayso.exports.outline import Entry, flat
from sayso.exports.speakers import Cast, Member
from sayso.exports.tags import place_of

_BACK = {
    "repeats": "repeated by",
    "disputes": "disputed by",
    "responds to": "answered by",
    "supports": "supported by",
}
UNDECIDED, UNNAMED = "Speaker undecided", "No speaker named"


@dataclass(frozen=True, slots=True)
class Link:
    """One side of a relation: "disputes" or "disputed by", and the entry at the other end."""

    words: str
    entry: Entry


@dataclass(slots=True)
class Said:
    """One statement: the entry with its fullest wording, which gives it its number, and the others, in text order."""

    entry: Entry
    others: list[Entry] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def entries(self) -> list[Entry]:
        """All its occurrences, the fullest first."""
        return [self.entry, *self.others]

    def link(self, words: str, other: Said) -> None:
        """Notes a relation, once however often the record has it."""
        if all((each.words, each.entry) != (words, other.entry) for each in self.links):
            self.links.append(Link(words, other.entry))


@dataclass(slots=True)
class Group:
    """What one speaker said; `member` is None for those whose speaker is undecided or not named."""

    title: str
    member: Member | None
    said: list[Said] = field(default_factory=list)


def sayings(article: Article, entries: list[Entry]) -> list[Said]:
    """The statements of the article in the order of their fullest wordings, joined by the relations between them.

    `entries` is the article's outline.
    """
    free = {entry.attribution.id: entry for entry in flat(entries)}
    order = {id(entry): place for place, entry in enumerate(flat(entries))}
    found: list[Said] = []
    by_statement: dict[str, Said] = {}
    for statement in article.statements:
        its = [free.pop(name) for name in dict.fromkeys(statement.attributions) if name in free]
        if its:
            its.sort(key=lambda entry: order[id(entry)])
            fullest = max(its, key=_length)
            found.append(Said(fullest, [entry for entry in its if entry is not fullest]))
            by_statement.setdefault(statement.id, found[-1])
    # By entry, not by id: two attributions of one id are both shown.
    shown = {id(entry) for said in found for entry in said.entries}
    found += [Said(entry) for entry in flat(entries) if id(entry) not in shown]
    found.sort(key=lambda said: order[id(said.entry)])
    for relation in article.relations:
        one, other = by_statement.get(relation.from_), by_statement.get(relation.to)
        if one is not None and other is not None and one is not other:
            one.link(relation.kind, other)
            other.link(_BACK.get(relation.kind, relation.kind), one)
    return found


def groups(article: Article, said: list[Said], cast: Cast) -> list[Group]:
    """The statements by speaker, in the order of the cast; then the undecided ones, then those of nobody."""
    named = {member.speaker.id: Group(member.name, member) for member in cast}
    undecided, unnamed = Group(UNDECIDED, None), Group(UNNAMED, None)
    for each in said:
        attribution = each.entry.attribution
        member = cast.speaker_of(attribution)
        if member is not None:
            named[member.speaker.id].said.append(each)
        else:
            (undecided if cast.likely(attribution) else unnamed).said.append(each)
    return [group for group in (*named.values(), undecided, unnamed) if group.said]


def elsewhere(said: Said, article: Article) -> list[tuple[str, Entry]]:
    """Where else the article has the statement: "headline", "lead", "paragraph 5", with the entry."""
    return [(place_of(entry.attribution, article) or "text", entry) for entry in said.others]


def _length(entry: Entry) -> int:
    return sum(span.end - span.start for span in entry.attribution.content)
