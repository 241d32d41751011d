"""A place of a quote, judged: which of several is the one to go by, and whether it is where the quote comes from."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.checks.judging import Judgement
from sayso.verdicts import SOUND, QuoteValue

_KINDEST_FIRST: tuple[QuoteValue, ...] = (
    "verbatim", "marked", "tidied", "trimmed", "altered", "spliced", "not found",
)  # fmt: skip
_EVIDENCE = 4.0
"""Words of a bent quote that agree, below which a place has them by chance."""
_MORE_EVIDENCE = 6.0
"""The same where it is not the speaker's own turn, or the transcripts are many."""
_AGREEMENT = 0.7
"""And the share of the quote that they are. This and the others were chosen on real articles (`training.checked`)."""
_LIKE_FOR_LIKE = 0.6
"""Less will do where a number stands for a number, or a negation came or went: that is how quotes are bent."""
_BENT = ("number", "negation")
_OF_PIECES = 0.85
"""The same of a quote put together from several places: any text has some of its words here and some there."""


@dataclass(slots=True)
class Case:
    """One place of a quote, judged."""

    transcript: int
    judgement: Judgement
    agrees: bool | None
    """Whether it is the turn of whom the article names; None where that cannot be told."""
    places: list[int]
    """The transcript of each passage."""

    @property
    def is_sound(self) -> bool:
        """Whether the words were said there."""
        return self.judgement.value in SOUND

    @property
    def rank(self) -> tuple[bool, int, float, int]:
        """Sound words of the speaker come first, then sound words of one not known, then of others, then the rest: of
        those the one that accounts for more of the quote, and of equals the kinder."""
        whose = {True: 0, None: 1, False: 2}[self.agrees]
        agreement = 0.0 if self.is_sound else -round(self.judgement.agreement, 1)
        return (not self.is_sound, whose, agreement, _KINDEST_FIRST.index(self.judgement.value))

    def is_evident(self, words: int, *, among_many: bool) -> bool:
        """Whether the quote, of so many words, comes from there, and the place has not some of its words by chance.

        Sound words are there. Of bent ones enough must be left to know them by; more where it is not the speaker named
        who has them, and among many transcripts: two words in three are in some sentence of any long one.
        """
        value, agreement = self.judgement.value, self.judgement.agreement
        if self.is_sound or value == "not found":
            return self.is_sound
        own = self.agrees is True and not among_many
        if own and agreement >= _LIKE_FOR_LIKE and any(each.reverses in _BENT for each in self.judgement.differences):
            return agreement * words >= _EVIDENCE - 1
        evidence = _EVIDENCE if own else _MORE_EVIDENCE
        return agreement * words >= evidence and agreement >= (_OF_PIECES if value == "spliced" else _AGREEMENT)
