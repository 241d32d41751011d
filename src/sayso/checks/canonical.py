"""Words as they are compared: house style gone, contractions taken apart, numbers as their values.

A token has a key that equal words share, and knows which words of the text it stands for: "$5 million" is the number
5,000,000 and a dollar sign, and so is "five million dollars"; "don't" is "do" and "not", which share a word. That two
keys are equal says only that the words are the same as spoken; whether they are written alike is seen from the words.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.checks.numerals import Numeral, a_fraction_at, currencies, fraction_at, number_words, numeral_at
from sayso.checks.word_forms import FORMS, IN_CAPITALS, ROMAN, Form, contractions, form_of_word, style
from sayso.checks.words import APOSTROPHES, Words, words_of
from sayso.reading.dates import MONTHS

_MONTHS = frozenset(MONTHS)


@dataclass(slots=True)
class Tokens:
    """The tokens of a stretch of words, one list a property, in text order."""

    words: Words
    keys: list[str] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    """The words that a token stands for, as a range; a contraction's tokens share theirs."""
    also: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Other keys that a token may stand for."""
    why: dict[int, str] = field(default_factory=dict)
    """Why a token is compared as something else than what is written."""
    numerals: dict[int, Numeral] = field(default_factory=dict)
    short: set[int] = field(default_factory=set)
    """Tokens of contractions and casual forms."""

    def __len__(self) -> int:
        return len(self.keys)

    def start(self, at: int) -> int:
        """The character where a token's words begin."""
        return self.words.starts[self.firsts[at]]

    def end(self, at: int) -> int:
        """The character where a token's words end."""
        return self.words.ends[self.ends[at] - 1]

    def raw(self, at: int) -> str:
        """A token's words as the text has them."""
        return self.words.text[self.start(at) : self.end(at)]

    def readings(self, at: int) -> tuple[str, ...]:
        """All keys of a token."""
        return (self.keys[at], *self.also.get(at, ()))

    def add(
        self,
        key: str,
        first: int,
        end: int,
        *,
        also: tuple[str, ...] = (),
        why: str = "",
        short: bool = False,
    ) -> None:
        """Append a token."""
        at = len(self.keys)
        self.keys.append(key)
        self.firsts.append(first)
        self.ends.append(end)
        if also:
            self.also[at] = also
        if why:
            self.why[at] = why
        if short:
            self.short.add(at)


def tokens_of(words: Words, first: int, end: int) -> Tokens:
    """The tokens of the words from `first` to before `end`.

    >>> from sayso.checks.words import words_of
    >>> words = words_of("We don’t have $5 million, Sen. Reyes.")
    >>> tokens_of(words, 0, len(words)).keys
    ['we', 'do', 'not', 'have', '#5000000', '$', 'sen', 'reyes']
    """
    tokens = Tokens(words)
    forms = words.forms
    at = first
    while at < end:
        form = FORMS.get(forms[at]) or form_of_word(forms[at])
        if form.special:
            at = _special(tokens, form, at, end)
            continue
        _plain(tokens, form, at)
        at += 1
    return tokens


def _plain(tokens: Tokens, form: Form, at: int, also: tuple[str, ...] = ()) -> None:
    for key, others in form.parts:
        tokens.add(key, at, at + 1, also=others + also, why=form.why, short=form.short)


def _special(tokens: Tokens, form: Form, at: int, end: int) -> int:
    """Appends what begins at a word that has to be looked at with its neighbours; where to go on."""
    words, word = tokens.words, tokens.words.forms[at]
    signs = currencies()
    sign = word
    ahead = at + 1
    if word == "us" and ahead < end and words.forms[ahead] in signs and words.starts[ahead] == words.ends[at]:
        sign, ahead = words.forms[ahead], ahead + 1
    if sign in signs and ahead < end and words.forms[ahead][0].isdigit():
        numeral = numeral_at(words, ahead, end)
        if numeral is not None:
            _number(tokens, ahead, numeral)
            tokens.add(signs[sign], at, ahead, why="a currency in words or as a sign")
            return _past_currency(tokens, numeral.end, end, signs[sign])
    if word in signs and tokens.keys and len(tokens) - 1 in tokens.numerals:
        tokens.add(signs[word], at, at + 1, also=(word,), why="a currency in words or as a sign")
        return at + 1
    for phrase, key, why in style().phrases.get(word, ()):
        if at + len(phrase) <= end and tuple(words.forms[at : at + len(phrase)]) == phrase:
            tokens.add(key, at, at + len(phrase), why=why)
            return at + len(phrase)
    if word[0].isdigit() or word in number_words() or word in ("a", "half"):
        numeral = numeral_at(words, at, end)
        if numeral is not None:
            numeral = fraction_at(words, at, numeral, end) or numeral
            _number(tokens, at, numeral)
            return numeral.end
        if ":" in word:
            return _clock(tokens, at)
        share = a_fraction_at(words, at, end)
        if share is not None:
            _number(tokens, at, share)
            return share.end
    _plain(tokens, form, at, _readings(words, at, form))
    if word == "am" and tokens.keys[:-1] and len(tokens) - 2 in tokens.numerals:
        # "9 AM" is no pronoun's verb, "9 a.m." the same.
        pass
    elif word in IN_CAPITALS and _is_capital(words, at):
        tokens.keys[-1] = f"{word}!"
        tokens.also[len(tokens) - 1] = (word,) if _shouts(words, at) else ()
    elif word in ROMAN and _is_capital(words, at):
        tokens.also[len(tokens) - 1] = (f"#{ROMAN[word]}",)
        tokens.why[len(tokens) - 1] = "a number in Roman numerals"
    return at + 1


def _readings(words: Words, at: int, form: Form) -> tuple[str, ...]:
    """Other words that this one may be short for where it stands."""
    raw = words.text[words.starts[at] : words.ends[at]]
    word = words.forms[at]
    if form.pointed and (raw[0].isupper() or words.text[words.ends[at] : words.ends[at] + 1] == "."):
        return form.pointed
    before = words.text[words.starts[at] - 1 : words.starts[at]]
    if before and before in APOSTROPHES and f"`{word}" in contractions():
        return tuple(reading[0] for reading in contractions()[f"`{word}"])
    return ()


def _is_capital(words: Words, at: int) -> bool:
    raw = words.text[words.starts[at] : words.ends[at]]
    return len(raw) > 1 and raw.isupper()


def _shouts(words: Words, at: int) -> bool:
    """Whether the words next to one are in capitals as well, so that its own say nothing."""
    near = [each for each in (at - 1, at + 1) if 0 <= each < len(words) and len(words.forms[each]) > 1]
    return any(_is_capital(words, each) for each in near)


def _number(tokens: Tokens, first: int, numeral: Numeral) -> None:
    also: tuple[str, ...] = ()
    if numeral.kind == "th" and tokens.keys and not _MONTHS.isdisjoint(tokens.readings(len(tokens) - 1)):
        also = (numeral.key[:-2],)
    tokens.numerals[len(tokens)] = numeral
    tokens.add(numeral.key, first, numeral.end, also=also, why="a number in words or digits")


def _clock(tokens: Tokens, at: int) -> int:
    """ "9:30" as "nine thirty", "9:00" as "nine"."""
    for place, part in enumerate(tokens.words.forms[at].split(":")):
        value = int(part)
        if place and not value:
            continue
        tokens.numerals[len(tokens)] = numeral = Numeral(at + 1, value, value, 0)
        tokens.add(numeral.key, at, at + 1, why="a time in words or digits")
    return at + 1


def _past_currency(tokens: Tokens, at: int, end: int, sign: str) -> int:
    """Past the currency that is named again: "$5 dollars"."""
    words = tokens.words
    if at < end and currencies().get(words.forms[at]) == sign and words.forms[at] != sign:
        tokens.ends[-1] = at + 1
        return at + 1
    return at


def keys_of(text: str) -> tuple[str, ...]:
    """The keys of a text's tokens: how an entry of a list is compared."""
    words = words_of(text)
    return tuple(tokens_of(words, 0, len(words)).keys)
