"""Numbers in words and in digits, as far as quotes have them."""

from __future__ import annotations

import re

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL = {word: value for value, word in enumerate(ONES)} | {
    word: 10 * value for value, word in enumerate(TENS) if word != "_"
}
MAGNITUDES = ("million", "billion", "trillion")
_ONE_WORD = "|".join(sorted((word for word, value in SMALL.items() if value > 1), key=len, reverse=True))
IN_WORDS = re.compile(rf"(?i)(?<![\w-])(?:(?:{'|'.join(TENS[2:])})[ -](?:{'|'.join(ONES[1:10])})|{_ONE_WORD})(?![\w-])")
"""A number from two to ninety-nine in words."""
_AROUND = re.compile(
    r"(?i)\b(?:and|point|hundred|thousand|million|billion|dozen|half|quarter|thirds?|fourths?|fifths?|tenths?|o'clock"
    rf"|to|by|or|number|zero|one|{_ONE_WORD})\b"
)
DIGITS = re.compile(r"(?<![\w.,$£€/:%-])\d{1,3}(?:,\d{3})*(?![\w%/:-]|[.,]\d|\s?[ap]\.?m)")
"""A whole number in digits that stands alone."""
_MONTHS = "January February March April May June July August September October November December".split()
BEFORE_DATE = re.compile(rf"(?:{'|'.join(_MONTHS)}|No\.|Section|Title|Route|Article|Form|Flight|Mach|Proposition) $")


def to_words(value: int) -> str:
    """A number below a hundred in words.

    >>> to_words(7), to_words(40), to_words(45)
    ('seven', 'forty', 'forty-five')
    """
    if value < 20:
        return ONES[value]
    tens, ones = divmod(value, 10)
    return TENS[tens] + (f"-{ONES[ones]}" if ones else "")


def value_of(words: str) -> int:
    """The value of what IN_WORDS finds.

    >>> value_of("Forty-five"), value_of("eleven")
    (45, 11)
    """
    return sum(SMALL[word] for word in re.split(r"[ -]", words.casefold()))


_NUMBER_END = re.compile(
    rf"(?i)(?:\d[\d,.]*|\b(?:hundred|thousand|million|billion|trillion|{'|'.join(ONES)}|{'|'.join(TENS[2:])}))[ -]$"
)
_NUMBER_GOES_ON = re.compile(
    r"(?i)(?:hundred|thousand|million|billion|trillion|percent|per cent|dollars?|euros?|pounds?|cents?|and a half|point"
    rf"|[ap]\.?m\b|{'|'.join(ONES)}|{'|'.join(TENS[2:])})\b|\d"
)


def splits_number(text: str, at: int) -> bool:
    """Whether a cut there would part a number from its magnitude or unit, as no reporter does.

    >>> splits_number("It cost $45 million in all", 12), splits_number("It cost $45 million in all", 20)
    (True, False)
    """
    return bool(_NUMBER_END.search(text[:at].rstrip() + " ") and _NUMBER_GOES_ON.match(text[at:].lstrip()))


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a number is no part of a longer one, of a fraction or of a date."""
    before = re.search(r"[\w'’.]+[ -]$", text[:start])
    after = re.match(r"[ -][\w'’]+", text[end:])
    if before and (_AROUND.search(before.group()) or re.search(r"\d", before.group())):
        return False
    if BEFORE_DATE.search(text[:start]):
        return False
    return not (after and (_AROUND.search(after.group()) or re.search(r"\d", after.group())))
