"""What the encoder's heads say about a word, and in which order.

Tags mark the flat layer: every word of a source, cue or content of an outermost attribution, with the position in its
span (BIOES; Ratinov and Roth 2009). Roles are seen from one cue: which words are its source and its content,
whatever other attribution they belong to, so that nested and shared parts need no layer of their own.
"""

from __future__ import annotations

SOURCE, CUE, CONTENT = range(3)
ROLES = ("source", "cue", "content")

TAGS = ("O", *(f"{position}-{role}" for role in ROLES for position in "BIES"))
"""13 tags; `1 + 4 * role + position` with positions B I E S."""
BEGIN, INSIDE, END, SINGLE = range(4)

CUE_TAGS = ("O", "B", "I")
"""Is the word part of a cue at any level, nested ones included."""

ROLE_TAGS = ("O", "B-source", "I-source", "B-content", "I-content")
"""From one cue's point of view."""

PAIR_WIDTH = 64
"""Dimensions of the vectors whose product scores one role tag for a cue and a word."""
DISTANCES = (-256, -128, -64, -40, -24, -16, -10, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 10, 16, 24, 40, 64, 128, 256)
"""Lower bounds, in words, of the distance classes from a cue to a word."""


def tag(role: int, position: int) -> int:
    """The number of a tag.

    >>> TAGS[tag(CONTENT, END)]
    'E-content'
    """
    return 1 + 4 * role + position
