"""Whose words stand in a passage: who speaks on after an interjection, and where another speaker's words begin."""

from __future__ import annotations

import re

from sayso.documents import Transcript, Turn

_WORD = re.compile(r"[^\W\d_]+")
_NO_NAME = frozenset("the mr mrs ms miss dr sir dame hon honorable honourable acting former".split())


def same_speaker(one: Turn, other: Turn) -> bool:
    """Whether two turns are one speaker's: equal labels, or one label that is part of the other ("THE PRESIDENT",
    "PRESIDENT REYES"). A turn without a label may be anybody's, so that nothing is held against it.
    """
    if one.speaker is None or other.speaker is None:
        return True
    first, second = _names(one.speaker), _names(other.speaker)
    if not first or not second:
        return one.speaker == other.speaker
    return (first <= second or second <= first) and (one.role == other.role or one.speaker == other.speaker)


def _names(label: str) -> frozenset[str]:
    return frozenset(_WORD.findall(label.casefold())) - _NO_NAME


def breaks_off(transcript: Transcript, turn: Turn) -> bool:
    """Whether a turn ends in the middle of a sentence, so that the transcript may lack its end."""
    text = turn.span.of(transcript.text).rstrip()
    return not text or text[-1] not in ".?!…\"”’')]"
