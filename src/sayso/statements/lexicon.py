"""The lexicon of reporting words, and the sense that a cue's words have in it.

The words and their classes are data: `lexicon.tsv` (with the origin of each class), `irregular.tsv` (forms that no rule
reaches) and `constructions.tsv` (negation, withholding, verdicts). Words are brought back
to their base form by rule, when first met.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

from sayso.records import Act, Commitment, Polarity
from sayso.wordlists import read_rows

_HERE = Path(__file__).parent

Part = Literal["verb", "light", "phrasal", "noun", "adjective", "adverb", "beside", "phrase", "preposition"]
"""`light` is a verb that counts only where no fuller word stands in the cue; `beside` an adverb or adjective that
counts only in or next to a cue ("falsely claimed")."""

COMPLEMENTS = frozenset({"that", "to", "whether", "if", "as", "for"})
"""What a phrase of the lexicon may end in that the cue itself need not hold: "agreed" + "to close the mine"."""

_VERB_KINDS = frozenset({"withholder", "judging", "telling", "turning", "asking"})
_QUOTING = frozenset({"quote", "cite", "report", "quote as"})
"""Verbs after which the speech that they quote reports: "was quoted as saying"."""
_VERBAL = frozenset({"verb", "phrasal", "phrase", "preposition"})
_NOMINAL = frozenset({"noun", "adjective"})
_INFLECTED = {"verb": "0ise", "light": "0ise", "phrasal": "0ise", "noun": "0is"}
"""The forms that a part of speech takes, of those that `_lemmas` names; others only the base form."""


class Sense(NamedTuple):
    """What a reporting word commits to."""

    lemma: str
    part: Part
    act: Act
    stance: Commitment
    polarity: Polarity


class Match(NamedTuple):
    """A sense found in a cue: words `[first, last)` of those looked at, complements not counted."""

    sense: Sense
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Senses by lemma; phrases by the lemma of their first word, the longest first."""

    words: dict[str, tuple[Sense, ...]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Sense], ...]]
    irregular: dict[str, tuple[str, ...]]
    """The lemmas of a form that no rule reaches."""


@cache
def load_lexicon() -> Lexicon:
    """The lexicon, read once."""
    irregular: dict[str, tuple[str, ...]] = {}
    for form, lemma in read_rows(_HERE / "irregular.tsv", heading=True):
        irregular[form] = (*irregular.get(form, ()), lemma)
    words: dict[str, tuple[Sense, ...]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for lemma, part, act, stance, polarity, _ in read_rows(_HERE / "lexicon.tsv", heading=True):
        sense = Sense(lemma, cast(Part, part), cast(Act, act), cast(Commitment, stance), cast(Polarity, polarity))
        head, *rest = lemma.split(" ")
        if rest:
            phrases.setdefault(head, []).append((tuple(rest), sense))
        else:
            words[head] = (*words.get(head, ()), sense)
    longest_first = {head: tuple(sorted(each, key=lambda item: -len(item[0]))) for head, each in phrases.items()}
    return Lexicon(words, longest_first, irregular)


@cache
def load_constructions() -> dict[str, frozenset[str]]:
    """The words of `constructions.tsv` by their kind."""
    kinds: dict[str, set[str]] = {}
    for kind, word in read_rows(_HERE / "constructions.tsv", heading=True):
        kinds.setdefault(kind, set()).add(word)
    return {kind: frozenset(words) for kind, words in kinds.items()}


@lru_cache(maxsize=8192)
def is_one(word: str, kind: str) -> bool:
    """Whether a word is of a kind of `constructions.tsv`; of the kinds that are verbs, in any form."""
    members = load_constructions()[kind]
    return word in members or (kind in _VERB_KINDS and any(lemma in members for lemma, _ in _lemmas(word)))


@lru_cache(maxsize=8192)
def senses_of(word: str) -> tuple[Sense, ...]:
    """The senses of a single word in any of its forms, small letters; none where the lexicon lacks it.

    >>> [(sense.lemma, sense.part) for sense in senses_of("denials")], senses_of("harbour")
    ([('denial', 'noun')], ())
    """
    words = load_lexicon().words
    return tuple(
        sense
        for lemma, form in _lemmas(word)
        for sense in words.get(lemma, ())
        if form in _INFLECTED.get(sense.part, "0")
    )


@lru_cache(maxsize=8192)
def _phrases_of(word: str) -> tuple[tuple[tuple[str, ...], Sense], ...]:
    """The phrases that a form may begin, the longest first: their words after it, and their sense."""
    phrases = load_lexicon().phrases
    found = [
        each
        for lemma, form in _lemmas(word)
        for each in phrases.get(lemma, ())
        if form in _INFLECTED.get(each[1].part, "0")
    ]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


def find_sense(words: Sequence[str], *, complement: str | None = None, nominal: bool = False) -> Match | None:
    """The sense of a cue's words (small letters, "didn't" as "did", "not"): that of its reporting head.

    The longest phrase counts before single words, full verbs before nouns and light verbs, and of a chain of verbs the
    one that reports ("refused to say", "was quoted as saying"). `complement` is how the content goes on
    (`COMPLEMENTS`); `nominal` says that the cue stands where a noun does ("his call"). None where the lexicon has
    none of the words.

    >>> find_sense("was quoted as saying".split()).sense.lemma
    'say'
    >>> [find_sense(["agreed"], complement=word).sense.act for word in ("to", "that")]
    ['control', 'attitude']
    """
    verbs: list[Match] = []
    spare: list[Match] = []
    taken = 0
    for at, word in enumerate(words):
        if at < taken:
            continue
        phrase = _phrase_at(words, at, complement)
        if phrase is not None:
            verbs.append(phrase)
            taken = phrase.last
            continue
        senses = senses_of(word)
        if not senses:
            continue
        chosen = _in_place(senses, nominal=nominal or _after_determiner(words, at))
        (verbs if chosen.part in _VERBAL else spare).append(Match(chosen, at, at + 1))
    head = _reporting(words, verbs)
    if head is not None:
        return head
    order = {"adjective": 0, "noun": 0, "light": 1, "adverb": 2, "beside": 3}
    return min(spare, key=lambda match: (order.get(match.sense.part, 4), match.first), default=None)


def _phrase_at(words: Sequence[str], at: int, complement: str | None) -> Match | None:
    """The longest phrase that starts at a word; one adverb in -ly may stand inside ("called publicly for")."""
    for rest, sense in _phrases_of(words[at]):
        place = at + 1
        for number, wanted in enumerate(rest):
            if place < len(words) and words[place] != wanted and words[place].endswith("ly"):
                place += 1
            if place < len(words) and words[place] == wanted:
                place += 1
            elif not (number == len(rest) - 1 and wanted in COMPLEMENTS and wanted == complement):
                break
        else:
            return Match(sense, at, place)
    return None


def _in_place(senses: tuple[Sense, ...], *, nominal: bool) -> Sense:
    """The sense of a word whose form is that of several parts of speech."""
    if len(senses) == 1:
        return senses[0]
    wanted = _NOMINAL if nominal else _VERBAL
    return next((sense for sense in senses if sense.part in wanted), senses[0])


def _after_determiner(words: Sequence[str], at: int) -> bool:
    return at > 0 and (is_one(words[at - 1], "determiner") or words[at - 1].endswith("'s"))


def _reporting(words: Sequence[str], verbs: list[Match]) -> Match | None:
    """Of the full verbs of a cue the one that reports: the first, or what it leads to."""
    if not verbs:
        return None
    head = verbs[0]
    for following in verbs[1:]:
        between = words[head.last : following.first]
        leads = "to" in between or words[head.last - 1] == "to" or head.sense.lemma in _QUOTING
        if not leads and not is_one(words[head.first], "withholder"):
            break
        if following.sense.act in ("communication", "factive"):
            head = following
    return head


def _lemmas(word: str) -> Iterator[tuple[str, str]]:
    """What a form may be a form of, likeliest first, with how it is formed.

    "0" is the base form, "i" an irregular one, "s" ends in -s, "e" in -ed or -ing. Most are no words at all, which the
    lexicon finds out.
    """
    yield from _spelt(word, "0")
    for lemma in load_lexicon().irregular.get(word, ()):
        yield lemma, "i"
    if word.endswith("s") and not word.endswith("ss"):
        yield from _spelt(word[:-1], "s")
        if word.endswith("es"):
            yield from _spelt(word[:-2], "s")
        if word.endswith("ies"):
            yield word[:-3] + "y", "s"
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            yield from _spelt(stem + "e", "e")
            yield stem, "e"
            if stem[-1] == stem[-2:-1] or stem.endswith("ck"):
                yield stem[:-1], "e"
            if word.endswith("ied"):
                yield stem[:-1] + "y", "e"


def _spelt(word: str, form: str) -> Iterator[tuple[str, str]]:
    """A word as it is spelt, and with -ize for -ise."""
    yield word, form
    if word.endswith("ise"):
        yield word[:-3] + "ize", form
    elif word.endswith("isation"):
        yield word[:-7] + "ization", form
