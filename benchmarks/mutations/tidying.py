"""Sound kinds: the words as they were said, and what an editor tidies (fillers, stutters, contractions)."""

from __future__ import annotations

import random
import re

from benchmarks.mutations.cases import Draft, Gold
from benchmarks.mutations.edits import WORD, Edit, Finder, Maker, any_of, edited, like, pairs_of, straight, tidy
from benchmarks.mutations.numbers import splits_number
from benchmarks.mutations.passages import Passage, World
from sayso.checks.words import words_of
from sayso.documents import Span

_FILLER = re.compile(
    r"(?:(?<=[,—–-] )|(?<=[.?!] ))(?:um|uh|er)[,.]? (?=\w)|, (?:um|uh|er),(?= \w)|, (?:you know|I mean),(?= \w)"
    r"|(?<=[.?!] )(?:You know|I mean|Well|Look|So|Um|Uh), (?=\w)"
)
_STUTTER = re.compile(
    r"\b(I|we|you|he|she|they|it|the|a|to|in|of|for|on|we're|I'm|it's|that's|this|is|are|was|we’re|I’m|it’s|that’s"
    r"|I think|it is|we have|I don't|I don’t|we will|they are|in the|of the|to the|I have|I was|and we|and I)"
    r"(?:,|-?\s?(?:—|–|--|-)|)\s\1\b(?![-'’])",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"\b([A-Za-z]{1,9})-\s?(?:—|–|--)\s(?:[a-z]+ )?(\1\w*)\b")
_STOP = re.compile(r"(?<=[a-z][.] )(?=[A-Z])")
_LEADING = re.compile(r"(?<=[.?!] )(?:And|But|So) (?!as\b|that\b|far\b|much\b|many\b|long\b|what\b)(\w)")
_CAN_OPEN = re.compile(r"(?<=[a-z]\. )(?:We|I|They|It|This|There|He|She|You|The)\b")
_GAP_FREE = re.compile(r"inaudible|cross-?talk|off-?mi|unintelligible", re.IGNORECASE)


_LONG = re.compile(r"\b[a-z]{7,}\b")


def as_said(rng: random.Random, world: World) -> Draft | None:
    """A passage as it stands."""
    passage = world.draw(rng, WORD)
    if passage is None:
        return None
    return Draft((passage.text,), (passage.gold,), passage.speaker, "as said", opens=passage.opens)


def cut_inside(rng: random.Random, world: World) -> Draft | None:
    """A stretch that starts and ends inside a sentence."""
    passage = world.draw(rng, WORD)
    if passage is None:
        return None
    words = [*re.finditer(r"\S+", passage.text)]
    if len(words) < 8:
        return None
    first = rng.randint(1, len(words) - 6)
    last = rng.randint(first + 4, len(words) - 2)
    start, end = words[first].start(), words[last].end()
    if splits_number(passage.text, start) or splits_number(passage.text, end):
        return None
    text = passage.text[start:end].strip(" ,;:—–-")
    if len(words_of(text)) < 4:
        return None
    return Draft((text,), (passage.gold,), passage.speaker, f"cut out of {passage.text!r}")


def fragment(rng: random.Random, world: World) -> Draft | None:
    """Two or three words, as articles quote them in passing; one of them is no small word."""
    passage = world.draw(rng, _LONG)
    if passage is None:
        return None
    words = [*re.finditer(r"\S+", passage.text)]
    first = rng.randint(0, len(words) - 3)
    last = first + rng.randint(1, 2)
    text = passage.text[words[first].start() : words[last].end()].strip(" ,;:—–-.?!")
    start, end = words[first].start(), words[last].end()
    if not _LONG.search(text) or re.search(r"[,;:—–?!]|--|[a-z]\. ", text) or len(words_of(text)) < 2:
        return None
    if splits_number(passage.text, start) or splits_number(passage.text, end):
        return None
    return Draft((text,), (passage.gold,), passage.speaker, f"cut out of {passage.text!r}")


def in_two(rng: random.Random, world: World) -> Draft | None:
    """One quote in two stretches around "he said", with nothing between them left out."""
    passage = world.draw(rng, WORD)
    if passage is None or len(passage) < 8:
        return None
    breaks = [each.end() for each in re.finditer(r"[.,;:?!] (?=\w)", passage.text)]
    if not breaks or rng.random() < 0.2:
        breaks = [each.end() for each in re.finditer(r" (?=\w)", passage.text)]
    at = rng.choice(breaks)
    if splits_number(passage.text, at):
        return None
    first, second = passage.text[:at].rstrip(), passage.text[at:]
    if min(len(words_of(first)), len(words_of(second))) < 2:
        return None
    return Draft((first, second), (passage.gold,), passage.speaker, "in two stretches", opens=passage.opens)


def across_direction(rng: random.Random, world: World) -> Draft | None:
    """A quote that runs across a stage direction, or across one that stands as a turn of its own."""
    desk = rng.choice(world.desks)
    number, at, turn = rng.choice(world.turns(desk))
    transcript = desk.transcripts[number]
    inner = [
        each
        for each in transcript.directions
        if turn.span.start < each.start and each.end < turn.span.end and not _GAP_FREE.search(each.of(transcript.text))
    ]
    pieces: tuple[Span, Span]
    if inner:
        direction = rng.choice(inner)
        pieces = Span(turn.span.start, direction.start), Span(direction.end, turn.span.end)
    else:
        following = transcript.turns[at + 1 : at + 3]
        if len(following) < 2 or following[0].role != "editor" or following[1].speaker != turn.speaker:
            return None
        if _GAP_FREE.search(following[0].span.of(transcript.text)):
            return None
        pieces = turn.span, following[1].span
    _, sentences = desk.sentences_of(transcript)
    before = [each for each in sentences if pieces[0].contains(each) and each.end > each.start]
    after = [each for each in sentences if pieces[1].start <= each.start and each.end <= pieces[1].end]
    if not before or not after or transcript.text[before[-1].end : pieces[0].end].strip():
        return None
    if transcript.text[pieces[1].start : after[0].start].strip():
        return None
    first = desk.passage(transcript, turn, before[-1], opens=True)
    second = desk.passage(transcript, turn, after[0], opens=True)
    if first is None or second is None or len(first) + len(second) > 60:
        return None
    text = f"{first.text} {second.text}"
    gold = Gold(transcript.id, Span(first.span.start, second.span.end))
    return Draft((text,), (gold,), first.speaker, "across a stage direction", opens=True)


def corrected(rng: random.Random, world: World) -> Draft | None:
    """A quote that reads a struck-out correction one way or the other."""
    desk = rng.choice(world.desks)
    with_some = [each for each in desk.transcripts if each.corrections]
    if not with_some:
        return None
    transcript = rng.choice(with_some)
    struck, instead = rng.choice(transcript.corrections)
    turn = transcript.turn_at(struck.start)
    if turn is None or instead is None or turn.role != "speaker" or not turn.speaker:
        return None
    _, sentences = desk.sentences_of(transcript)
    sentence = next((each for each in sentences if each.start <= struck.start and instead.end < each.end), None)
    if sentence is None:
        return None
    kept = rng.choice((struck, instead))
    raw = f"{transcript.text[sentence.start : struck.start - 2]}{kept.of(transcript.text)}"
    raw += transcript.text[instead.end + 1 : sentence.end]
    if re.search(r"[\[\]()~\\…]|\.\.\.|\w-(?!\w)", raw) or not 4 <= len(words_of(raw)) <= 60:
        return None
    words = [*re.finditer(r"\S+", raw)]
    first = rng.choice((0, 0, rng.randrange(max(len(raw[: struck.start - 2 - sentence.start].split()) - 2, 1))))
    text = tidy(raw[words[first].start() :])
    note = "as corrected" if kept == instead else "as first said"
    return Draft((text,), (Gold(transcript.id, sentence),), turn.speaker, note, opens=not first)


def _cut_fillers(passage: Passage, rng: random.Random) -> list[Edit]:
    found = []
    for each in _FILLER.finditer(passage.text):
        start, end = each.span()
        if each[0].startswith(","):
            found.append(Edit(start, end, rng.choice(("", ","))))
        elif each[0][:1].isupper():
            found.append(Edit(start, end + 1, passage.text[end : end + 1].upper()))
        else:
            found.append(Edit(start, end, ""))
    return found


def _add_fillers(passage: Passage, rng: random.Random) -> list[Edit]:
    text = passage.text
    found = [
        Edit(each.start(), each.start(), rng.choice(("um, ", "uh, ", "er, ", "you know, ", "I mean, ")))
        for each in re.finditer(r"(?<=, )(?=[a-z])", text)
    ]
    found += [
        Edit(
            each.start(), each.start() + 1, rng.choice(("Well, ", "Look, ", "So, ", "You know, ")) + _small(text, each)
        )
        for each in _CAN_OPEN.finditer(text)
    ]
    return found


def _small(text: str, found: re.Match[str]) -> str:
    """The first letter of a word in small, unless it is "I"."""
    return found[0][0] if found[0] == "I" else found[0][0].lower()


def _cut_stutters(passage: Passage, rng: random.Random) -> list[Edit]:
    return [Edit(*each.span(), each[1]) for each in _STUTTER.finditer(passage.text)]


_SHORTER = {straight(short).casefold(): full for full, short in pairs_of("contractions")}
_LONGER = {full.casefold(): short for full, short in pairs_of("contractions")}
_CONTRACTED = any_of([*_SHORTER, *(each.replace("'", "’") for each in _SHORTER)])
_FULL = any_of(list(_LONGER))


def _expand(passage: Passage, rng: random.Random) -> list[Edit]:
    # "Don't we" and "isn't it" would have to be turned round ("do we not").
    asks = re.compile(r" (?:I|we|you|he|she|they|it|that|there|this|the)\b")
    return [
        Edit(*each.span(), like(each[0], _SHORTER[straight(each[0]).casefold()]))
        for each in _CONTRACTED.finditer(passage.text)
        if not ("n" in each[0][-3:] and asks.match(passage.text[each.end() :]))
    ]


def _contract(passage: Passage, rng: random.Random) -> list[Edit]:
    found = []
    for each in _FULL.finditer(passage.text):
        after = re.match(r" (\w+)", passage.text[each.end() :])
        before = passage.text[: each.start()].split()
        if not after or after[1] in ("only", "to", "just"):
            continue
        if each[0].casefold() in ("going to", "got to") and (
            not before
            or straight(before[-1]).casefold().rpartition("'")[2] not in ("m", "re", "s", "ve", "am", "are", "is")
        ):
            continue
        if each[0].casefold() == "going to" and after[1] in (
            "the",
            "a",
            "our",
            "my",
            "his",
            "their",
            "this",
            "that",
            "be",
        ):
            continue
        if each[0].casefold().endswith(" have") and not re.fullmatch(r"\w+ed|been|done|seen|made|got|had", after[1]):
            continue
        found.append(Edit(*each.span(), like(each[0], _LONGER[each[0].casefold()])))
    return found


def _drop_conjunction(passage: Passage, rng: random.Random) -> list[Edit]:
    return [Edit(*each.span(), each[1].upper()) for each in _LEADING.finditer(passage.text)]


def _add_conjunction(passage: Passage, rng: random.Random) -> list[Edit]:
    return [
        Edit(each.start(), each.start() + 1, rng.choice(("And ", "But ", "So ")) + _small(passage.text, each))
        for each in _CAN_OPEN.finditer(passage.text)
    ]


FINDERS: tuple[Finder, ...] = (_cut_fillers, _add_fillers, _cut_stutters, _contract, _expand, _drop_conjunction)

MAKERS: dict[str, Maker] = {
    "verbatim": as_said,
    "cut mid-sentence": cut_inside,
    "fragment": fragment,
    "in two stretches": in_two,
    "stage direction inside": across_direction,
    "correction, either way": corrected,
    "filler removed": edited(_FILLER, _cut_fillers, most=3, inside=1, sound=True),
    "filler added": edited(re.compile(r", [a-z]|[.] [A-Z]"), _add_fillers, sound=True),
    "stutter removed": edited(_STUTTER, _cut_stutters, most=2, inside=1, sound=True),
    "contracted": edited(_FULL, _contract, most=2, sound=True),
    "spelt out": edited(_CONTRACTED, _expand, most=2, sound=True),
    "conjunction dropped": edited(_LEADING, _drop_conjunction, sound=True, inside=1),
    "conjunction added": edited(_CAN_OPEN, _add_conjunction, sound=True, inside=1),
}
