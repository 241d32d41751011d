"""What the encoder's heads say about a word, and in which order.

Tags mark the flat layer: every word of a source, cue or content of an outermost attribution, with the position in its
span (BIOES; Ratinov and Roth 2009). Roles are seen from one cue: which words are its source and its content,
whatever other attribution they belong to, so that nested and shared parts need no layer of their own. Mentions, of
whoever and whatever is talked about, are marked on their head word, which no two of them share, with two more pairs of
vectors: which words belong to a head's mention, and which earlier head speaks of the same (word-level coreference;
Dobrovolskii 2021).
"""

from __future__ import annotations

from sayso.records import Act, Commitment

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

MENTION_TAGS = ("O", "person", "organisation", "place", "thing", "time")
"""Is the word the head of a mention, and what is mentioned. A document or an event is a thing."""
SPAN_DISTANCES = (-24, -16, -12, -8, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 8, 12, 16, 24)
"""Lower bounds, in words, of the distance classes from a head to a word of its mention."""
SPAN_REACH = 40
"""Words to either side of a head that can belong to its mention: 99.6% of GUM's mentions are shorter."""
LINK_DISTANCES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256)
"""Lower bounds, in mentions, of the distance classes from a mention back to an earlier one."""

ACTS: tuple[Act, ...] = ("communication", "attitude", "factive", "control")
STANCES: tuple[Commitment, ...] = ("neutral", "endorsing", "distancing")
"""What a cue's first word says of it, for cues that the lexicon lacks."""

HEADS = {
    "tags": len(TAGS),
    "cue_tags": len(CUE_TAGS),
    "from_cue": len(ROLE_TAGS) * PAIR_WIDTH,
    "to_word": len(ROLE_TAGS) * PAIR_WIDTH,
    "mention": len(MENTION_TAGS),
    "span_head": PAIR_WIDTH,
    "span_word": PAIR_WIDTH,
    "link_from": PAIR_WIDTH,
    "link_to": PAIR_WIDTH,
    "act": len(ACTS),
    "stance": len(STANCES),
}
"""What the network says of a word, in the order of its output row, with the width of each."""


def tag(role: int, position: int) -> int:
    """The number of a tag.

    >>> TAGS[tag(CONTENT, END)]
    'E-content'
    """
    return 1 + 4 * role + position
