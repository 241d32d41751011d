"""Who is heard in an article: a card for each speaker with what he gets of it, and those who are only talked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sayso.exports.groups import Group, groups
from sayso.exports.htmlparts import Scene
from sayso.exports.outline import printable, words
from sayso.exports.profile import profile_of, quoted_share, sentences, stance_words
from sayso.exports.speakers import Member, describe

if TYPE_CHECKING:
    from sayso.statements.profile import SpeakerProfile

SCALE = 1000
"""Units of a plot's width."""
_LEAST = 6


class Bar(NamedTuple):
    """A stretch of a plot."""

    at: int
    width: int


class Told(NamedTuple):
    """One statement in a card."""

    number: int
    id: str
    shown: str
    text: str
    inner: bool


@dataclass(slots=True)
class Card:
    """One speaker of the article."""

    id: str
    number: int
    badge: str
    hue: str
    name: str
    described: str
    mentions: int
    archive: int | None
    """Id of the speaker in the archive; None where the article is not in it."""
    told: list[Told]
    lane: list[Bar]
    """Where in the article he is heard."""
    words: int = 0
    share: float = 0.0
    quoted: float = 0.0
    direct: int = 0
    """Of the bar, in units of its width: what stands in quotation marks."""
    indirect: int = 0
    stance: str = ""
    named: bool = True


class Talked(NamedTuple):
    """Somebody who is only talked about."""

    id: str
    number: int
    name: str
    mentions: int
    described: str
    archive: int | None


@dataclass(slots=True)
class Heard:
    """All cards of an article."""

    cards: list[Card]
    nobody: list[Group]
    """What is said by speakers who are undecided or not named."""
    talked: list[Talked]
    sentences: list[str]


def heard_in(scene: Scene, *, archive: Mapping[str, int] | None = None) -> Heard:
    """The cards of an article; `archive` has the ids that its speakers have there."""
    article, ids = scene.article, archive or {}
    profile = profile_of(article)
    by_speaker = {each.speaker: each for each in profile.speakers} if profile else {}
    most = max((each.words for each in by_speaker.values()), default=0) or 1
    found = groups(article, scene.said, scene.cast)
    cards = [
        _card(scene, each.member, each, by_speaker.get(each.member.speaker.id), most, ids)
        for each in found
        if each.member is not None
    ]
    cards.sort(key=lambda card: -card.words)
    spoken = {each.id for each in article.speakers}
    talked = [
        Talked(
            each.speaker.id,
            scene.member_number(each),
            each.name,
            len(each.speaker.mentions),
            describe(each.speaker),
            ids.get(each.speaker.id),
        )
        for each in scene.cast
        if each.speaker.id not in spoken and each.speaker.mentions
    ]
    told = sentences(profile, article, scene.cast) if profile else ()
    return Heard(cards, [each for each in found if each.member is None], talked, list(told))


def _card(
    scene: Scene, member: Member, group: Group, heard: SpeakerProfile | None, most: int, archive: Mapping[str, int]
) -> Card:
    article, speaker = scene.article, member.speaker
    spans = sorted(
        span for entry in scene.outline if entry.attribution.speaker == speaker.id for span in entry.attribution.content
    )
    length = len(article.text) or 1
    told = [
        Told(
            scene.number(each.entry),
            each.entry.attribution.id,
            each.entry.number,
            printable(words(each.entry.attribution.content, article.text)),
            each.entry.depth > 0,
        )
        for each in group.said
    ]
    lane = [
        Bar(round(span.start / length * SCALE), max(round((span.end - span.start) / length * SCALE), _LEAST))
        for span in spans
    ]
    card = Card(
        speaker.id,
        scene.member_number(member),
        member.badge,
        f"h{member.colour}",
        member.name,
        describe(speaker),
        len(speaker.mentions),
        archive.get(speaker.id),
        told,
        lane,
    )
    if heard is not None:
        card.words, card.share, card.quoted = heard.words, heard.share, quoted_share(heard)
        card.direct = round(heard.direct_words / most * SCALE)
        card.indirect = round(heard.indirect_words / most * SCALE)
        card.stance, card.named = stance_words(heard), heard.named
    return card
