"""The marks of a statement: what its attributions are like, as bits of one number and as words of the search index.

A statement has a mark where one of its attributions does: told once as `direct` and once as `indirect`, it has both.
"""

from __future__ import annotations

from collections.abc import Iterable

FAMILIES: dict[str, tuple[str, ...]] = {
    "quotation": ("direct", "indirect", "mixed"),
    "stance": ("neutral", "endorsing", "distancing"),
    "act": ("communication", "attitude", "factive", "control"),
    "polarity": ("affirms", "denies", "questions"),
    "is": ("named", "anonymous", "unattributed", "nested", "headline", "disputed", "doubtful"),
    "verdict": (
        *("verbatim", "marked", "tidied", "trimmed", "altered", "spliced", "misattributed", "reworded", "not found"),
        "unchecked",
    ),
}
"""By the field of the query language. `is:named` has a speaker with a name, `is:unattributed` none at all;
`is:headline` stands in a headline; `is:disputed` is disputed by another statement of its article; `is:doubtful` has a
verdict with a doubt. The order is part of the schema: new marks go to the end of `_ORDER`, never between."""
_ORDER: tuple[tuple[str, str], ...] = tuple((family, name) for family, names in FAMILIES.items() for name in names)
_BITS = {mark: 1 << place for place, mark in enumerate(_ORDER)}


def bits_of(marks: Iterable[tuple[str, str]]) -> int:
    """The number of some marks, each a family and a name.

    >>> bits_of([("quotation", "direct"), ("stance", "neutral")])
    9
    """
    bits = 0
    for mark in marks:
        bits |= _BITS[mark]
    return bits


def marks_of(bits: int) -> list[tuple[str, str]]:
    """The marks in a number.

    >>> marks_of(9)
    [('quotation', 'direct'), ('stance', 'neutral')]
    """
    return [mark for mark, bit in _BITS.items() if bits & bit]


def names_in(bits: int, family: str) -> list[str]:
    """The names of one family among the marks in a number."""
    return [name for name in FAMILIES[family] if bits & _BITS[(family, name)]]


def key_of(family: str, name: str) -> str:
    """The word by which the search index knows a mark: letters and digits only.

    >>> key_of("verdict", "not found")
    'verdictnotfound'
    """
    return (family + name).replace(" ", "")
