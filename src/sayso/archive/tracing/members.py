"""Statements that were found to tell an utterance, each with the stretch that does."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.archive.tracing.cutting import Cut, cut_alike, cut_to, cut_utterance
from sayso.archive.tracing.forms import Link, Utterance
from sayso.archive.tracing.rows import Told

OTHER_WORDS = ("translated", "paraphrased")


@dataclass(slots=True)
class Member:
    """A statement that tells the utterance."""

    told: Told
    utterance: Utterance
    """The wording that tells it, with all that it says beside."""
    link: Link
    cut: Cut
    """The stretch that tells it."""

    @property
    def said(self) -> Utterance:
        """That stretch as a wording of its own."""
        return cut_utterance(self.utterance, self.cut)


def member_of(told: Told, utterance: Utterance, link: Link, asked: str, sentence: str) -> Member | None:
    """A statement with what it tells of what is asked for; None where that is another sentence.

    `sentence` is the one round what is asked for, by which other words are known.
    """
    cut = cut_alike(utterance, sentence) if link.kind in OTHER_WORDS else cut_to(utterance, asked)
    return None if cut is None else Member(told, utterance, link, cut)
