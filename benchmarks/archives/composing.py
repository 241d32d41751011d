"""Articles built of what is told: text, speakers, attributions and statements, as `sayso read` would give them.

After what it finds in PolNeAR's dev half: in 4,900 characters 26 statements of 94, half of the text; 13 speakers and as
many who are only mentioned, 83 mentions; 20 times somebody talked about; 8 figures; a record that is nearly as long as
the text.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from benchmarks.archives.events import Event, Told, Voice, World
from benchmarks.archives.words import Material
from sayso.archive.forms import Given
from sayso.documents import Article, Dateline, Span
from sayso.records import Attribution, Candidate, Occasion, Relation, Speaker, Stance, Statement
from sayso.verdicts import Figure, QuoteVerdict

COPIED = 0.25
"""Of the events, those with an agency's report."""
VOICES = 0.7
"""Statements to the power of this are the voices of a world: it grows more slowly than its archive."""


@dataclass(frozen=True, slots=True)
class Made:
    """An article, what is known of its source, and what was told in it."""

    article: Article
    given: Given
    told: Sequence[Told]
    event: Event


def articles(material: Material, *, statements: int, seed: int = 0) -> Iterator[Made]:
    """Articles with about so many statements together: no more articles are made than are needed."""
    world = World(material, voices=200 + int(1_000_000**VOICES), seed=seed)
    made = number = 0
    while True:
        chance = random.Random(f"{seed} {number}")
        event = world.event(number, chance)
        for each in _reports(world, event, chance):
            yield each
            made += len(each.article.statements)
            if made >= statements:
                return
        number += 1


def _reports(world: World, event: Event, chance: random.Random) -> Iterator[Made]:
    """One to five reports of their own, and the copies of an agency's."""
    own = 1 + min(int(chance.expovariate(0.9)), 4)
    for _ in range(own):
        yield _report(world, event, world.outlet(chance), chance)
    if chance.random() < COPIED:
        agency = chance.choice(world.agencies)
        wire = _draft(world, event, chance)
        first: Made | None = None
        for _ in range(min(int(chance.paretovariate(1.1)), 40)):
            # The whole of it, or without its end.
            kept = wire[: chance.randint(len(wire) * 2 // 3, len(wire))] if first and chance.random() < 0.4 else wire
            first = _composed(world, event, kept, world.outlet(chance), chance, agency=agency)
            yield first


Draft = list[tuple[Told | None, Sequence[str | Voice]]]
"""Sentences: what is told in each, or words and who is named between them where nobody speaks."""


def _report(world: World, event: Event, outlet: str, chance: random.Random) -> Made:
    return _composed(world, event, _draft(world, event, chance), outlet, chance, agency=None)


def _draft(world: World, event: Event, chance: random.Random) -> Draft:
    cast = [each.voice for each in event.utterances] + [world.voice(chance) for _ in range(6)]
    draft: Draft = []
    for utterance in event.utterances:
        if chance.random() < 0.75:
            draft.append((world.told(utterance, chance), ()))
        if chance.random() < 0.35:
            draft.append((world.told(world.utterance(cast, chance), chance), ()))
        if chance.random() < 0.7:
            one, other = chance.sample(cast, 2)
            draft.append((None, (one, world.material.sentence(chance, longest=14), other)))
    return draft


@dataclass(slots=True)
class _Text:
    """A text as it grows, with what is found in it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, part: str) -> Span:
        """Where the part stands."""
        self.parts.append(part)
        self.length += len(part)
        return Span(self.length - len(part), self.length)


class _Layers:
    """The layers of an article as it grows."""

    def __init__(self) -> None:
        self.speakers: dict[Voice, Speaker] = {}
        self.mentioned: dict[Voice, Speaker] = {}
        self.attributions: list[Attribution] = []
        self.statements: list[Statement] = []

    def speaker(self, voice: Voice) -> Speaker:
        """The speaker of a voice, a new one where it has not been named yet."""
        if voice not in self.speakers:
            self.speakers[voice] = self.mentioned.pop(voice) if voice in self.mentioned else self._new(voice)
        return self.speakers[voice]

    def named(self, voice: Voice, span: Span) -> Speaker:
        """The one who is talked about."""
        known = self.speakers.get(voice) or self.mentioned.setdefault(voice, self._new(voice))
        known.mentions.append(span)
        return known

    def _new(self, voice: Voice) -> Speaker:
        return Speaker(f"s{len(self.speakers) + len(self.mentioned) + 1}", voice.name, voice.kind)

    def attribute(self, told: Told, *, source: Span, cue: Span, content: Span) -> Attribution:
        """An attribution of its own statement."""
        utterance = told.utterance
        made = Attribution(
            f"a{len(self.attributions) + 1}",
            [source],
            [cue],
            [content],
            quotation=told.telling,
            confidence=0.87,
            act=utterance.act,
            stance=Stance(utterance.stance, confidence=0.9),
            polarity=utterance.polarity,
            speaker=self.speaker(utterance.voice).id,
        )
        others = list(self.speakers.values())[: 1 + len(self.attributions) % 4 // 3]
        made.candidates = [Candidate(made.speaker or "", 0.93), *(Candidate(each.id, 0.04) for each in others[1:])]
        self.attributions.append(made)
        self.statements.append(Statement(f"st{len(self.statements) + 1}", made.speaker, [made.id], told.words))
        return made


def _composed(
    world: World, event: Event, draft: Draft, outlet: str, chance: random.Random, *, agency: str | None
) -> Made:
    text, layers = _Text(), _Layers()
    headline = text.add(world.material.sentence(chance, longest=9))
    text.add("\n\n")
    paragraphs: list[Span] = []
    dateline = None
    if agency is not None:
        dateline = Dateline(text.add(f"HALVERN ({agency}) - "), "HALVERN", event.day, agency)
    for at in range(0, len(draft), 2):
        start = text.length
        for told, parts in draft[at : at + 2]:
            if told is None:
                _passing(text, layers, parts)
            else:
                _saying(text, layers, told, event)
            text.add(" ")
        paragraphs.append(Span(start, text.length - 1))
        text.add("\n\n")
    whole = "".join(text.parts)
    article = Article(
        id="a" + hashlib.sha256(whole.encode()).hexdigest()[:12],
        text=whole,
        language="en",
        headline=headline,
        dateline=dateline,
        paragraphs=paragraphs,
        outlet=outlet,
        published=event.day + timedelta(days=chance.choice((0, 0, 0, 1, 1, 2))),
        attributions=layers.attributions,
        speakers=list(layers.speakers.values()),
        mentioned=list(layers.mentioned.values()),
        statements=layers.statements,
        relations=_relations(layers, chance),
        figures=_figures(whole),
    )
    number = f"{chance.getrandbits(48):012x}"
    article.url = f"https://{outlet.removeprefix('The ').replace(' ', '').lower()}.example/{event.day:%Y/%m}/{number}"
    if chance.random() < 0.03:
        article.verdicts = [
            QuoteVerdict(
                f"v{at}", list(each.content), chance.choice(("verbatim", "trimmed", "altered")), attribution=each.id
            )
            for at, each in enumerate(layers.attributions[:3], start=1)
        ]
    given = Given(article.url, digest=hashlib.sha256((article.url + article.id).encode()).hexdigest())
    return Made(article, given, [told for told, _ in draft if told is not None], event)


def _passing(text: _Text, layers: _Layers, parts: Sequence[str | Voice]) -> None:
    """A sentence in which nobody speaks, though some are named."""
    for number, each in enumerate(parts):
        text.add(" " if number else "")
        if isinstance(each, Voice):
            layers.named(each, text.add(each.name))
        else:
            text.add(each)
    text.add(".")


def _saying(text: _Text, layers: _Layers, told: Told, event: Event) -> None:
    """One who says something, in full at first, by surname afterwards."""
    utterance = told.utterance
    voice = utterance.voice
    is_new = voice not in layers.speakers
    speaker = layers.speaker(voice)
    title = f"{voice.title} " if voice.title and is_new else ""
    if title and voice.title not in speaker.titles:
        speaker.titles.append(voice.title or "")

    def name() -> Span:
        text.add(title)
        span = text.add(voice.name if is_new else voice.short)
        speaker.mentions.append(span)
        return span

    if told.telling == "indirect":
        source = name()
        text.add(" ")
        cue = text.add("said")
        text.add(" that ")
        content = text.add(told.words)
        text.add(".")
    else:
        text.add("“")
        content = text.add(told.words)
        text.add(",” ")
        source = name()
        text.add(" ")
        cue = text.add("said")
        text.add(".")
    made = layers.attribute(told, source=source, cue=cue, content=content)
    if event.number % 3 == 0:
        made.occasion = Occasion(date=event.day.isoformat())
    about = utterance.about
    if about is not None and told.words.endswith(about.name):
        made.about = [layers.named(about, Span(content.end - len(about.name), content.end)).id]


def _relations(layers: _Layers, chance: random.Random) -> list[Relation]:
    ids = [each.id for each in layers.statements]
    return [
        Relation(chance.choice(("disputes", "responds to")), ids[at], ids[at - 1])
        for at in range(1, len(ids))
        if chance.random() < 0.03
    ]


def _figures(text: str) -> list[Figure]:
    found: list[Figure] = []
    start = 0
    for word in text.split(" "):
        if word[:1].isdigit() and word.isdigit():
            found.append(Figure(f"f{len(found) + 1}", Span(start, start + len(word)), value=float(word)))
        start += len(word) + 1
    return found
