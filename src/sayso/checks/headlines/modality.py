"""How strongly a headline puts what the body puts more weakly, or the other way round: modal verbs, hedges, negations.

Compared are words that both have, each with the modal that governs it. Of several places in the body the one nearest
to the headline counts: a headline is only too strong where the body never puts it so. Headlines tell the past in the
present tense, the future by a bare infinitive, and leave out auxiliaries; none of that is a difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sayso.checks.words import Words
from sayso.wordlists import read_rows

_DATA = Path(__file__).parents[1] / "data" / "headline_modality.tsv"
_BREAK = re.compile(r"[,;:.!?—–|\n]| - ")
_FARTHEST = 6
"""Words before a verb among which its modal is looked for."""


class Mode(NamedTuple):
    """What governs a word: a modal or another word for it, how strong it is, and whether it is negated."""

    low: int
    high: int
    """Levels of the scale: of a word with two readings the weaker and the stronger one. 0 where nothing is known."""
    label: str
    negated: bool
    place: int
    """Position of the word that governs, the negation's where there is no other; -1 where nothing governs."""
    marked: bool
    """Whether a modal, an infinitive or a hedge stands there at all."""
    lexical: bool = False
    """Whether it is a hedge or another word, not a modal verb."""


@dataclass(slots=True)
class Tokens:
    """Words with contractions parted ("won't": "wo", "n't"), each knowing the word it comes from."""

    forms: list[str]
    origin: list[int]
    places: dict[int, int]
    """The last token of each word."""
    breaks: set[int]
    """Tokens after which a clause ends: a comma, a stop, a dash or a quotation mark follows."""

    @classmethod
    def of(cls, words: Words, first: int = 0, end: int | None = None) -> Tokens:
        """The tokens of the words `[first, end)`."""
        tokens = cls([], [], {}, set())
        last = len(words) if end is None else end
        text, starts, ends = words.text, words.starts, words.ends
        for at in range(first, last):
            form = words.forms[at]
            parts = _parted(form) if "'" in form or form == "cannot" else (form,)
            tokens.forms += parts
            tokens.origin += [at] * len(parts)
            tokens.places[at] = len(tokens.forms) - 1
            if at + 1 < last and starts[at + 1] - ends[at] > 1 and _BREAK.search(text, ends[at], starts[at + 1]):
                tokens.breaks.add(len(tokens.forms) - 1)
        return tokens


def _parted(form: str) -> tuple[str, ...]:
    if form == "cannot":
        return ("can", "not")
    if form.endswith("n't"):
        return ({"ca": "can", "sha": "shall"}.get(form[:-3], form[:-3]), "not")
    if form.endswith("'ll"):
        return (form[:-3], "will")
    return (form,)


@cache
def _table(label: str) -> dict[str, tuple[int, int, str]]:
    """The words of a class, each with its lowest and highest level and how it is put."""
    found = {}
    for name, levels, put, words in read_rows(_DATA):
        if name == label:
            low, _, high = levels.partition("-")
            found.update({word: (int(low), int(high or low), put) for word in words.split(",")})
    return found


def is_modal(form: str) -> bool:
    """Whether a word is a modal verb or a hedge, which says how a thing is put and not what it is."""
    return form in _table("modal") or form in _table("hedge")


def mode_of(tokens: Tokens, word: int, *, headline: bool = False) -> Mode:
    """What governs a word. In a headline a bare "to" before it means the future."""
    at = tokens.places[word]
    gerund = tokens.forms[at].endswith("ing")
    negation = hedge = -1
    between, hedges = _table("between"), _table("hedge")
    for back in range(at - 1, max(at - 1 - _FARTHEST, -1), -1):
        form = tokens.forms[back]
        if back in tokens.breaks:
            break
        if form in _table("modal"):
            return _with_modal(tokens, back, negation, hedge)
        if form == "to":
            return _with_infinitive(tokens, back, negation, headline=headline)
        verb = back - 1 if form in ("of", "about") and back else back
        if gerund and tokens.forms[verb] in _table("ing"):
            low, high, label = _table("ing")[tokens.forms[verb]]
            return Mode(low, high, label, negation >= 0, tokens.origin[verb], True, True)
        if form in hedges:
            hedge = back
        elif _negates(tokens, back):
            negation = back
        elif form not in between and not form.endswith("ly"):
            break
    if hedge >= 0:
        low, high, _ = hedges[tokens.forms[hedge]]
        return Mode(low, high, tokens.forms[hedge], negation >= 0, tokens.origin[hedge], True, True)
    return Mode(3, 3, "", negation >= 0, tokens.origin[negation] if negation >= 0 else -1, False)


def _negates(tokens: Tokens, at: int) -> bool:
    """Whether a word negates the verb it stands before: "not", but for "not only"."""
    if tokens.forms[at] not in ("not", "never"):
        return tokens.forms[at] == "longer" and at > 0 and tokens.forms[at - 1] == "no"
    return tokens.forms[at + 1 : at + 2] not in (["only"], ["just"], ["merely"], ["yet"])


def _with_modal(tokens: Tokens, at: int, negation: int, hedge: int) -> Mode:
    low, high, label = _table("modal")[tokens.forms[at]]
    negated = negation >= 0
    if negated and label in ("can", "could"):
        low = high = 3
    if hedge >= 0:
        weaker = _table("hedge")[tokens.forms[hedge]]
        if weaker[1] < low:
            return Mode(weaker[0], weaker[1], tokens.forms[hedge], negated, tokens.origin[hedge], True, True)
    return Mode(low, high, label, negated, tokens.origin[at], True)


def _with_infinitive(tokens: Tokens, at: int, negation: int, *, headline: bool) -> Mode:
    """What "to" before a verb makes of it, by the word before "to"."""
    back = at - 1
    negated = negation >= 0
    while back >= 0 and back not in tokens.breaks and tokens.forms[back] in ("not", "never"):
        negated, back = True, back - 1
    form = tokens.forms[back] if back >= 0 and back not in tokens.breaks else ""
    found = _table("to").get(form)
    if found is None:
        if headline:
            return Mode(2, 3, "to", negated, tokens.origin[at], True)
        return Mode(0, 0, "", negated, tokens.origin[at], False)
    if back > 0 and _negates(tokens, back - 1):
        if found[2] in ("has to", "needs to"):
            # What one does not have to do one may do or leave.
            return Mode(0, 0, "", True, tokens.origin[back], False)
        negated = True
    return Mode(found[0], found[1], found[2], negated, tokens.origin[back], True, found[0] < 3)


def is_soft(forms: Iterable[str]) -> bool:
    """Whether some word of a headline shows that it does not tell a thing as certain."""
    soft = _table("soft")
    return any(form in soft for form in forms)


def negations_in(forms: Iterable[str]) -> int:
    """How many words negate."""
    negations = _table("negation")
    return sum(1 for form in forms if form in negations or form.endswith("n't"))


def turns_away(forms: Iterable[str]) -> bool:
    """Whether some word turns the sense without negating it ("fails", "too", "ban")."""
    turning = _table("turning")
    return any(form in turning for form in forms)


def few_before(tokens: Tokens, word: int) -> int | None:
    """The word by which only some of what a plural noun names are meant ("some of the farmers"); None if none is."""
    return _before(tokens, word, "few")


def hedge_before(tokens: Tokens, word: int) -> int | None:
    """The word that puts a noun in doubt ("alleged arms deliveries"); None if none does."""
    return _before(tokens, word, "hedge")


def _before(tokens: Tokens, word: int, label: str) -> int | None:
    at = tokens.places[word]
    for back in range(at - 1, max(at - 4, -1), -1):
        if back in tokens.breaks:
            return None
        form = tokens.forms[back]
        if form in _table(label):
            return tokens.origin[back]
        if form in _ENDS_PHRASE:
            return None
    return None


_ENDS_PHRASE = frozenset(
    "a an and or but is are was were be been in on at by for from with to that which who as than".split()
)
"""Words that part a noun from a hedge before it."""


def described(mode: Mode) -> str:
    """How a mode is named in an answer.

    >>> described(Mode(2, 2, "should", True, 0, True))
    'should not'
    """
    label = mode.label or "does"
    if mode.negated:
        return "cannot" if label == "can" else f"{label} not"
    return label
