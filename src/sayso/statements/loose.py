"""Phrases of saying that no list of nouns can hold, read only right behind a verb of saying: "recalled at a shelter",
"told photographers as he left his gym".

There nearly every phrase that opens with a preposition of place or time tells where or when; what tells how (a voice,
a smile, tears) is the exception and is listed.
"""

from __future__ import annotations

import re

from sayso.statements.nouns import WORDS
from sayso.wordlists import classes_of

LOOSE = frozenset(
    "in at on from under during within before after between near beside aboard inside outside across through to"
    " following".split()
) | {"in front of", "ahead of"}
"""Prepositions that open such a phrase whatever their noun."""
_CLAUSE = re.compile(
    r"(?P<exact>(?:(?:just|only|barely)\s+)?(?:(?:a|an|one|two|three|four|five|six|several|some|a\s+few)\s+)?"
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|moments|shortly|soon|immediately|long)\s+"
    r"(?:after|before)\b)"
    r"|(?P<any>as\s+(?!much\b|many\b|well\b|if\b|though\b|to\b|follows\b)|when\s+|before\s+|after\s+|while\s+|once\s+|until\s+)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:“”\"«»()]|\s[–—]")
_MANY = re.compile(r"[a-z-]+s$")


def clause_of_time(text: str, at: int, end: int, *, exact: bool = False) -> int | None:
    """Where a clause of time that begins at `at` ends: at the next comma, quotation mark or `end`; None for none.

    With `exact` only those count that say how long before or after ("hours after it opened"): others may belong to
    what stands before them.

    >>> text = "hours after the ferry sank, she said"
    >>> text[: clause_of_time(text, 0, len(text), exact=True)]
    'hours after the ferry sank'
    """
    found = _CLAUSE.match(text, at, end)
    if not found or (exact and not found["exact"]):
        return None
    closing = _CLAUSE_END.search(text, found.end(), end)
    words = text[at : closing.start() if closing else end].rstrip(" \t\n.")
    return at + len(words) if len(words) > found.end() - at else None


def is_scene(noun: str) -> bool:
    """Whether a noun phrase can tell where or when: not "a low voice", "tears", "general".

    >>> is_scene("a shelter"), is_scene("a low voice")
    (True, False)
    """
    last = noun.rsplit(maxsplit=1)[-1].lower() if noun else ""
    return bool(last) and last[0].isalnum() and "manner" not in classes_of(WORDS).get(last, ())


def is_many(noun: str) -> bool:
    """Whether a bare noun is of several people, such as a letter goes to: "passengers", "union members"."""
    return bool(_MANY.match(noun.rsplit(maxsplit=1)[-1])) if noun else False
