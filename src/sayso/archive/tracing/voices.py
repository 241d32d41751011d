"""Whether two wordings have one speaker, as far as can be told."""

from __future__ import annotations

from functools import lru_cache

from sayso.archive.people.naming import is_described, is_pronoun, persons_agree
from sayso.archive.tracing.forms import Utterance


def one_voice(a: Utterance, b: Utterance) -> bool | None:
    """Whether both have one speaker: None where that cannot be told, as of "he" and of "officials".

    Two speakers of the archive whose names can be one person's are not two for sure: an archive rather keeps two apart.
    """
    if a.speaker is not None and a.speaker == b.speaker:
        return True
    if a.speaker_name is None or b.speaker_name is None:
        return None
    return _one_name(a.speaker_name, b.speaker_name)


@lru_cache(maxsize=1 << 13)
def _one_name(one: str, other: str) -> bool | None:
    one, other = one.partition(",")[0].strip(), other.partition(",")[0].strip()
    if not one or not other or is_pronoun(one) or is_pronoun(other):
        return None
    if is_described(one) or is_described(other):
        # "The minister" may be any name; two descriptions in the same words are most often one.
        return True if one.casefold() == other.casefold() else None
    return {"same": True, "compatible": True, "contradict": False}[persons_agree(one, other)]
