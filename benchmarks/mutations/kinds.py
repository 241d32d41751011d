"""All kinds of the exam: what is right for each (data/kinds.tsv), and how it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from benchmarks.mutations import house_style, marking, mixed, places, sense, tidying, wording
from benchmarks.mutations.cases import DATA, SOUND
from benchmarks.mutations.edits import Maker
from sayso.verdicts import QuoteValue, Sense
from sayso.wordlists import read_rows


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to bend a quote, or to print it soundly."""

    name: str
    right: tuple[QuoteValue, ...]
    """The verdicts that count as right, the one meant first."""
    sense: bool
    """Whether it changes the sense, so that it must never pass as sound."""
    reverses: tuple[Sense | None, ...]
    """By which names what changes may go; empty where that is not looked at."""
    why: str
    """What is done, and why more than one verdict is right, in words for the page."""
    make: Maker

    @property
    def sound(self) -> bool:
        """Whether such a quote may be printed."""
        return self.right[0] in SOUND


_MAKERS = {
    **tidying.MAKERS,
    **house_style.MAKERS,
    **marking.MAKERS,
    **mixed.MAKERS,
    **sense.MAKERS,
    **wording.MAKERS,
    **places.MAKERS,
}


def _read() -> dict[str, Kind]:
    kinds = {}
    for name, right, changes, reverses, why in read_rows(DATA / "kinds.tsv"):
        senses = () if reverses == "-" else tuple(reverses.split(","))
        kinds[name] = Kind(
            name,
            cast("tuple[QuoteValue, ...]", tuple(right.split(","))),
            changes == "yes",
            cast("tuple[Sense | None, ...]", senses),
            why,
            _MAKERS[name],
        )
    return kinds


KINDS = _read()
