"""Articles and transcripts built by hand, without the model: what a test says of them and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sayso.archive.forms import Given
from sayso.documents import Article, Source, Span, Transcript, Turn
from sayso.records import (
    Act,
    Attribution,
    Commitment,
    Occasion,
    Polarity,
    Quotation,
    Relation,
    RelationKind,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
)
from sayso.verdicts import QuoteValue, QuoteVerdict


@dataclass(frozen=True)
class Says:
    """One attribution: who says which words of the text, and how."""

    speaker: str | None
    """Name; None where nobody is named."""
    content: str
    quotation: Quotation = "indirect"
    stance: Commitment = "neutral"
    act: Act = "communication"
    polarity: Polarity = "affirms"
    kind: SpeakerKind = "person"
    titles: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    """Names of who is talked about."""
    inside: int | None = None
    """Number, from 0, of the one in whose content it lies."""
    same_as: int | None = None
    """Number of the one whose statement it repeats."""
    date: str | None = None
    """When it was said."""
    verdict: QuoteValue | None = None
    doubt: str | None = None
    stands_for: str | None = None


def make_article(
    *says: Says,
    text: str | None = None,
    headline: str | None = None,
    outlet: str | None = "The Tidewater Courier",
    url: str | None = None,
    published: datetime | date | None = date(2026, 3, 14),
    relations: Sequence[tuple[RelationKind, int, int]] = (),
    about_kind: SpeakerKind = "organisation",
    source: str | None = None,
) -> Article:
    """An article in which some say something; without a `text`, one sentence each: 'Mara Venn said the bridge closes.'

    `relations` are between statements, by their numbers from 0. The headline is the first line of the text.
    """
    body = (
        text if text is not None else "\n\n".join(f"{each.speaker or 'It was'} said {each.content}." for each in says)
    )
    whole = body if headline is None else f"{headline}\n\n{body}"
    article = Article(
        id="a" + hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        text=whole,
        source=None if source is None else Source("built.html", source),
        language="en",
        headline=None if headline is None else Span(0, len(headline)),
        paragraphs=_paragraphs(whole, 0 if headline is None else len(headline)),
        outlet=outlet,
        published=published,
        url=url,
    )
    by_name: dict[str, Speaker] = {}
    for each in says:
        if each.speaker is not None and each.speaker not in by_name:
            speaker = Speaker(
                f"s{len(by_name) + 1}", each.speaker, each.kind, list(each.titles), _places(whole, each.speaker)
            )
            speaker.stands_for = each.stands_for
            by_name[each.speaker] = speaker
    article.speakers = list(by_name.values())
    for name in dict.fromkeys(name for each in says for name in each.about):
        if name not in by_name:
            by_name[name] = Speaker(f"m{len(by_name) + 1}", name, about_kind, [], _places(whole, name))
            article.mentioned.append(by_name[name])
    after = 0
    groups: list[list[int]] = []
    for number, each in enumerate(says):
        start = whole.find(each.content, after if text is None and headline is None else 0)
        assert start >= 0, f"{each.content!r} is not in the text"
        content = Span(start, start + len(each.content))
        if text is None and headline is None:
            after = start
        article.attributions.append(
            Attribution(
                id=f"at{number + 1}",
                source=by_name[each.speaker].mentions[:1] if each.speaker else [],
                cue=[],
                content=[content],
                quotation=each.quotation,
                inside=None if each.inside is None else f"at{each.inside + 1}",
                confidence=0.9,
                act=each.act,
                stance=Stance(each.stance),
                polarity=each.polarity,
                speaker=by_name[each.speaker].id if each.speaker else None,
                about=[by_name[name].id for name in each.about],
                occasion=Occasion(date=each.date),
            )
        )
        if each.verdict is not None:
            article.verdicts.append(
                QuoteVerdict(f"v{number + 1}", [content], each.verdict, doubt=each.doubt, attribution=f"at{number + 1}")
            )
        if each.same_as is None:
            groups.append([number])
        else:
            next(group for group in groups if each.same_as in group).append(number)
    for place, group in enumerate(groups, start=1):
        fullest = max((says[number].content for number in group), key=len)
        article.statements.append(
            Statement(
                f"st{place}",
                article.attributions[group[0]].speaker,
                [article.attributions[number].id for number in group],
                fullest,
            )
        )
    article.relations = [
        Relation(kind, article.statements[one].id, article.statements[other].id) for kind, one, other in relations
    ]
    return article


def make_transcript(
    *turns: tuple[str | None, str],
    title: str | None = "Press conference on the bridge",
    day: date | None = date(2026, 3, 13),
    url: str | None = None,
) -> Transcript:
    """A transcript: turns, each a label and its words."""
    text, made = "", []
    for label, words in turns:
        start = len(text)
        text += f"{label}: " if label else ""
        made.append(
            Turn(Span(len(text), len(text) + len(words)), label, Span(start, start + len(label) + 1) if label else None)
        )
        text += words + "\n"
    return Transcript(
        id="t" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        text=text,
        turns=made,
        title=title,
        date=day,
        url=url,
        language="en",
    )


def given(name: str = "wire.txt", **more: str | None) -> Given:
    """What is known of a source beside its text, with a digest of its name unless one is given."""
    digest = more.pop("digest", None) or hashlib.sha256(name.encode()).hexdigest()
    return Given(name, digest=digest, **more)  # type: ignore[arg-type]


def _paragraphs(text: str, after: int) -> list[Span]:
    found, start = [], after
    for part in text[after:].split("\n"):
        if part.strip():
            found.append(Span(start, start + len(part)))
        start += len(part) + 1
    return found


def _places(text: str, name: str) -> list[Span]:
    found, start = [], text.find(name)
    while start >= 0:
        found.append(Span(start, start + len(name)))
        start = text.find(name, start + 1)
    return found
