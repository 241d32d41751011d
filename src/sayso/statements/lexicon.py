"""The lexicon of reporting words, and the sense that a cue's words have in it.

The words and their classes are data: `lexicon.tsv` (with the origin of each class), `irregular.tsv` (forms that no rule
reaches) and `constructions.tsv` (negation, withholding, verdicts). Every inflected form is listed once, on loading, so
that a lookup is a lookup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast

from sayso.records import Act, Commitment, Polarity

Part = Literal["verb", "light", "phrasal", "noun", "adjective", "adverb", "beside", "phrase"]
"""`light` is a verb that counts only where no fuller word stands in the cue; `beside` an adverb or adjective that
counts only in or next to a cue ("falsely claimed")."""

COMPLEMENTS = frozenset({"that", "to", "whether", "if"})
"""What a phrase of the lexicon may end in that the cue itself need not hold: "agreed" + "to close the mine"."""

_VERBAL = frozenset({"verb", "phrasal", "phrase"})
_NOMINAL = frozenset({"noun", "adjective"})
_VOWELS = frozenset("aeiou")


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
    """Senses by inflected form; phrases by the form of their first word, the longest first."""

    words: dict[str, tuple[Sense, ...]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Sense], ...]]
    lemmas: dict[str, frozenset[str]]
    """The base forms an inflected form may have."""


@cache
def load_lexicon() -> Lexicon:
    """The lexicon, read once."""
    irregular: dict[str, list[str]] = {}
    bases: dict[str, set[str]] = {}
    for form, lemma in _rows("irregular.tsv"):
        irregular.setdefault(lemma, []).append(form)
    words: dict[str, list[Sense]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for lemma, part, act, stance, polarity, _ in _rows("lexicon.tsv"):
        sense = Sense(lemma, cast(Part, part), cast(Act, act), cast(Commitment, stance), cast(Polarity, polarity))
        head, *rest = lemma.split()
        for form in _forms(head, sense.part, irregular.get(head, [])):
            if rest:
                phrases.setdefault(form, []).append((tuple(rest), sense))
            else:
                words.setdefault(form, []).append(sense)
            bases.setdefault(form, set()).add(head)
    return Lexicon(
        {form: tuple(senses) for form, senses in words.items()},
        {form: tuple(sorted(each, key=lambda item: -len(item[0]))) for form, each in phrases.items()},
        {form: frozenset(each) for form, each in bases.items()},
    )


@cache
def load_constructions() -> dict[str, frozenset[str]]:
    """The words of `constructions.tsv` by their kind."""
    kinds: dict[str, set[str]] = {}
    for kind, word in _rows("constructions.tsv"):
        kinds.setdefault(kind, set()).add(word)
    return {kind: frozenset(words) for kind, words in kinds.items()}


def is_one(word: str, kind: str) -> bool:
    """Whether a word, or a base form of it, is of a kind of `constructions.tsv`."""
    members = load_constructions()[kind]
    return word in members or not members.isdisjoint(load_lexicon().lemmas.get(word, ()))


def lemmas_of(word: str) -> frozenset[str]:
    """The base forms of reporting words that a word may be a form of; itself where it is none.

    >>> sorted(lemmas_of("denied")), sorted(lemmas_of("harbour"))
    (['deny'], ['harbour'])
    """
    return load_lexicon().lemmas.get(word) or frozenset({word})


def find_sense(words: Sequence[str], *, complement: str | None = None, nominal: bool = False) -> Match | None:
    """The sense of a cue's words (small letters, "didn't" as "did", "not"): that of its reporting head.

    The longest phrase counts before single words, full verbs before nouns and light verbs, and of a chain of verbs the
    one that reports ("refused to say", "was quoted as saying"). `complement` is how the content goes on
    (`COMPLEMENTS`); `nominal` says that the cue stands where a noun does ("his call"). None where the lexicon has
    none of the words.

    >>> find_sense("was quoted as saying".split()).sense.lemma
    'say'
    >>> [find_sense(["agreed"], complement=word).sense.act for word in ("to", "that")]
    ['control', 'communication']
    """
    lexicon = load_lexicon()
    verbs: list[Match] = []
    spare: list[Match] = []
    taken = 0
    for at, word in enumerate(words):
        if at < taken:
            continue
        phrase = _phrase_at(lexicon, words, at, complement)
        if phrase is not None:
            verbs.append(phrase)
            taken = phrase.last
            continue
        senses = lexicon.words.get(word)
        if senses is None:
            continue
        chosen = _in_place(senses, nominal=nominal or _after_determiner(words, at))
        (verbs if chosen.part in _VERBAL else spare).append(Match(chosen, at, at + 1))
    head = _reporting(words, verbs)
    if head is not None:
        return head
    order = {"adjective": 0, "noun": 0, "light": 1, "adverb": 2, "beside": 3}
    return min(spare, key=lambda match: (order.get(match.sense.part, 4), match.first), default=None)


def _phrase_at(lexicon: Lexicon, words: Sequence[str], at: int, complement: str | None) -> Match | None:
    """The longest phrase that starts at a word; one adverb in -ly may stand inside ("called publicly for")."""
    for rest, sense in lexicon.phrases.get(words[at], ()):
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


_QUOTING = frozenset({"quote", "cite", "report", "quote as"})


def _forms(head: str, part: Part, irregular: list[str]) -> Iterator[str]:
    """The forms a word takes: too many for a word that has irregular ones, which does no harm."""
    spellings = {head}
    if head.endswith("ize"):
        spellings.add(head[:-3] + "ise")
    if head.endswith("ization"):
        spellings.add(head[:-7] + "isation")
    forms = {*spellings, *irregular} if part in ("verb", "light", "phrasal", "noun") else spellings
    if part == "noun":
        forms |= {_plural(each) for each in spellings}
    elif part in ("verb", "light", "phrasal"):
        for each in spellings:
            forms |= {_plural(each), *_past_and_participle(each)}
    yield from sorted(forms)


def _plural(word: str) -> str:
    """The form in -s, of a noun or a verb."""
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) or word in ("go", "do", "echo", "veto") else "s")


def _past_and_participle(word: str) -> Iterator[str]:
    """The forms in -ed and -ing; with the last consonant single and doubled, as stress and country decide."""
    if word.endswith("e") and not word.endswith(("ee", "ye", "oe")):
        yield from (word + "d", word[:-1] + "ing")
    elif word.endswith("y") and word[-2:-1] not in _VOWELS:
        yield from (word[:-1] + "ied", word + "ing")
    else:
        yield from (word + ("d" if word.endswith("e") else "ed"), word + "ing")
        if word[-1:] in "bdglmnprt" and word[-2:-1] in _VOWELS:
            yield from (word + word[-1] + "ed", word + word[-1] + "ing")
        if word.endswith("c"):
            yield from (word + "ked", word + "king")


def _rows(name: str) -> Iterator[list[str]]:
    """The lines of one of the room's data files, without comments and the heading."""
    lines = files("sayso.statements").joinpath(name).read_text(encoding="utf-8").splitlines()
    yield from (line.split("\t") for line in [each for each in lines if each and not each.startswith("#")][1:])
