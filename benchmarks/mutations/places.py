"""Kinds that take words from several places, from another mouth, or from nowhere."""

from __future__ import annotations

import random
import re

from benchmarks.mutations.cases import Draft
from benchmarks.mutations.edits import WORD, Maker, tidy
from benchmarks.mutations.marking import ELLIPSES
from benchmarks.mutations.numbers import splits_number
from benchmarks.mutations.passages import Desk, Passage, World
from benchmarks.mutations.printing import name_of
from sayso.checks.words import words_of
from sayso.documents import Span, Transcript, Turn

FAR = 15
"""Stretches with more words than this between them come from different places."""

_Two = tuple[Desk, Passage, Passage]
"""Two stretches to be joined, of one desk."""


def _piece(rng: random.Random, desk: Desk, transcript: Transcript, turn: Turn, within: Span) -> Passage | None:
    """A stretch of 6 to 24 words of one turn, said once on the desk: a sentence, its start or its end."""
    _, sentences = desk.sentences_of(transcript)
    fit = [each for each in sentences if within.start <= each.start and each.end <= within.end]
    if not fit:
        return None
    start, end = rng.choice(fit)
    words = [*re.finditer(r"\S+", transcript.text[start:end])]
    opens = True
    if len(words) > 12 and rng.random() < 0.5:
        cut = rng.randint(6, len(words) - 6)
        sentence = transcript.text[start:end]
        if splits_number(sentence, words[cut].start()) or splits_number(sentence, words[cut].end()):
            return None
        if rng.random() < 0.5:
            end = start + words[cut].end()
        else:
            start, opens = start + words[cut].start(), False
    found = desk.passage(transcript, turn, Span(start, end), opens=opens)
    if found is None or not 6 <= len(found) <= 24 or desk.guard.heard(found.text) != 1:
        return None
    return found


def _join(rng: random.Random, first: Passage, second: Passage, mark: str | None = None) -> str:
    text = first.text.rstrip(" ,;:—–-")
    if mark:
        return tidy(f"{text} {mark} {second.text}")
    if text[-1] in ".?!":
        return f"{text} {second.text[0].upper()}{second.text[1:]}"
    glue = rng.choice((", ", " ", ", and ")) if second.opens else rng.choice((", ", " "))
    follows = second.text
    if second.opens and not re.match(r"I\b|[A-Z][a-z]+ [A-Z]|[A-Z]{2}", follows):
        follows = follows[0].lower() + follows[1:]
    return f"{text}{glue.replace(' and', '')}{follows}"


def _between(transcript: Transcript, first: Passage, second: Passage) -> int:
    """How many said words lie between two passages."""
    spans = [
        Span(max(turn.span.start, first.span.end), min(turn.span.end, second.span.start))
        for turn in transcript.turns
        if turn.role != "editor" and turn.span.end > first.span.end and turn.span.start < second.span.start
    ]
    return len(
        words_of(transcript.text, [each for each in spans if each.start < each.end], without=transcript.directions)
    )


def _spliced(desk: Desk, first: Passage, second: Passage, text: str, note: str) -> Draft | None:
    if desk.guard.heard(text) or len(words_of(text)) < 9:
        return None
    return Draft((text,), (first.gold, second.gold), first.speaker, note, opens=first.opens)


def _run_together(rng: random.Random, found: _Two | None, note: str) -> Draft | None:
    return found and _spliced(*found, _join(rng, found[1], found[2]), note)


def _elided(rng: random.Random, found: _Two | None, note: str) -> Draft | None:
    mark = rng.choice(ELLIPSES)
    return found and _spliced(*found, _join(rng, found[1], found[2], mark), f"{note}, an ellipsis between them")


def _two_of_a_turn(rng: random.Random, world: World) -> tuple[Desk, Transcript, Passage, Passage] | None:
    desk = rng.choice(world.desks)
    number, _, turn = rng.choice(world.turns(desk))
    transcript = desk.transcripts[number]
    if len(turn.span.of(transcript.text)) < 400:
        return None
    first = _piece(rng, desk, transcript, turn, turn.span)
    if first is None:
        return None
    reach = rng.choice((250, 800, 4000))
    within = Span(first.span.end + 60, min(turn.span.end, first.span.end + reach))
    second = _piece(rng, desk, transcript, turn, within)
    if second is None or _between(transcript, first, second) <= FAR + 2:
        return None
    return desk, transcript, first, second


def within_a_turn(rng: random.Random, world: World) -> Draft | None:
    """Two stretches of one turn run together."""
    found = _two_of_a_turn(rng, world)
    if found is None:
        return None
    desk, transcript, first, second = found
    note = f"{_between(transcript, first, second)} words between them left out"
    return _spliced(desk, first, second, _join(rng, first, second), note)


def reversed_order(rng: random.Random, world: World) -> Draft | None:
    """Two stretches of one turn, the later one first."""
    found = _two_of_a_turn(rng, world)
    if found is None:
        return None
    desk, _, first, second = found
    return _spliced(desk, second, first, _join(rng, second, first), "in reversed order")


def _two_of_two_turns(rng: random.Random, world: World) -> _Two | None:
    desk = rng.choice(world.desks)
    number, at, turn = rng.choice(world.turns(desk))
    transcript = desk.transcripts[number]
    later = [other for other in transcript.turns[at + 1 : at + rng.choice((3, 12))] if other.speaker == turn.speaker]
    if not later:
        return None
    other = rng.choice(later)
    gap = [each for each in transcript.turns if turn.span.end <= each.span.start < other.span.start]
    said = max(
        (
            len(words_of(each.span.of(transcript.text)))
            for each in gap
            if each.role != "editor" and each.speaker != turn.speaker
        ),
        default=0,
    )
    first = _piece(rng, desk, transcript, turn, turn.span)
    second = _piece(rng, desk, transcript, other, other.span)
    if said < 5 or first is None or second is None or _between(transcript, first, second) <= FAR + 2:
        return None
    return desk, first, second


def across_turns(rng: random.Random, world: World) -> Draft | None:
    """Two stretches of two turns of one speaker, with something that another said between them."""
    return _run_together(rng, _two_of_two_turns(rng, world), "from two turns")


def across_turns_ellipsis(rng: random.Random, world: World) -> Draft | None:
    """The same with an ellipsis between them, which says that something is left out."""
    return _elided(rng, _two_of_two_turns(rng, world), "from two turns")


def _two_days(rng: random.Random, world: World) -> _Two | None:
    desk = rng.choice(world.desks)
    turns = world.turns(desk)
    number, _, turn = rng.choice(turns)
    day = desk.transcripts[number].date
    others = [
        (at, other)
        for at, _, other in turns
        if name_of(other.speaker or "") == name_of(turn.speaker or "") and desk.transcripts[at].date != day
    ]
    if not others:
        return None
    at, other = rng.choice(others)
    first = _piece(rng, desk, desk.transcripts[number], turn, turn.span)
    second = _piece(rng, desk, desk.transcripts[at], other, other.span)
    return None if first is None or second is None else (desk, first, second)


def two_days(rng: random.Random, world: World) -> Draft | None:
    """Two stretches of different days run together."""
    return _run_together(rng, _two_days(rng, world), "from two days")


def two_days_ellipsis(rng: random.Random, world: World) -> Draft | None:
    """Two stretches of different days with an ellipsis between them."""
    return _elided(rng, _two_days(rng, world), "from two days")


def swapped(rng: random.Random, world: World) -> Draft | None:
    """Words as said, given to somebody else who speaks in the same transcript; or a question given to who answers."""
    passage = world.draw(rng, WORD)
    if passage is None or len(passage) < 6:
        return None
    transcript = passage.transcript
    here = name_of(passage.speaker)
    labels = {turn.speaker for turn in transcript.turns if turn.role == "speaker" and turn.speaker}
    if here.startswith("the "):
        return None
    fit = sorted(
        label
        for label in labels
        if not name_of(label).startswith("the ") and not set(name_of(label).lower().split()) & set(here.lower().split())
    )
    said_by = {name_of(label) for label in passage.desk.guard.speakers_of(passage.text)}
    if not fit or said_by != {here}:
        return None
    claimed = rng.choice(fit)
    note = f"said by {passage.speaker}, given to {claimed}"
    return Draft((passage.text,), (passage.gold,), claimed, note, opens=passage.opens)


def questioned(rng: random.Random, world: World) -> Draft | None:
    """Words of a question, given to who answers it."""
    desk = rng.choice(world.desks)
    transcript = rng.choice(desk.transcripts)
    asked = [at for at, turn in enumerate(transcript.turns[:-1]) if turn.role == "question"]
    if not asked:
        return None
    at = rng.choice(asked)
    turn, answer = transcript.turns[at], transcript.turns[at + 1]
    if answer.role != "speaker" or not answer.speaker:
        return None
    _, sentences = desk.sentences_of(transcript)
    fit = [each for each in sentences if turn.span.contains(each)]
    passage = desk.passage(transcript, turn, rng.choice(fit), opens=True) if fit else None
    if passage is None or len(passage) < 7 or desk.guard.heard(passage.text) != 1:
        return None
    return Draft((passage.text,), (passage.gold,), answer.speaker, f"asked by {turn.speaker}", opens=True)


def invented(rng: random.Random, world: World) -> Draft | None:
    """Sentences of transcripts that are not given, whole or put together from two, given to somebody who is there."""
    if len(world.desks) < 2:
        return None
    desk = rng.choice(world.desks)
    others = [each for each in world.desks if each is not desk]
    passages = []
    for _ in range(rng.choice((1, 1, 2))):
        elsewhere = rng.choice(others)
        number, _, turn = rng.choice(world.turns(elsewhere))
        found = _piece(rng, elsewhere, elsewhere.transcripts[number], turn, turn.span)
        if found is None or len(found) < 10:
            return None
        passages.append(found)
    text = passages[0].text if len(passages) == 1 else _join(rng, passages[0], passages[1])
    if desk.guard.likeness(text) > 0.2 or desk.guard.longest_run(text) > 2:
        return None
    _, _, speaker = rng.choice(world.turns(desk))
    note = f"{len(passages)} stretch(es) of transcripts that are not given"
    # No place: the desk that judges it is told by the first of the turns.
    return Draft((text,), (), speaker.speaker or "", note, opens=passages[0].opens, desk=desk.number)


MAKERS: dict[str, Maker] = {
    "spliced, one turn": within_a_turn,
    "spliced, two turns": across_turns,
    "ellipsis, two turns": across_turns_ellipsis,
    "spliced, reversed": reversed_order,
    "two days": two_days,
    "two days, ellipsis": two_days_ellipsis,
    "swapped speaker": swapped,
    "question as answer": questioned,
    "invented": invented,
}
