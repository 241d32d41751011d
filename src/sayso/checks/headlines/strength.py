"""Findings on how strongly a headline puts it: stronger, weaker, a hedge dropped, or turned round.

A finding needs every place where the passages have a word to speak against the headline: one that agrees is enough to
clear it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.checks.headlines.modality import (
    Mode,
    Tokens,
    described,
    few_before,
    hedge_before,
    is_soft,
    mode_of,
    negations_in,
    turns_away,
)
from sayso.checks.headlines.terms import Term
from sayso.checks.words import Words
from sayso.documents import Span
from sayso.verdicts import Finding

_DETERMINERS = frozenset("a an the this that these those his her its their our my your of for in on by no any".split())

_NOUN_ENDINGS = ("ing", "ment", "ments", "ion", "ions", "ness", "ity", "ance", "ence")


@dataclass(slots=True)
class Claimed:
    """The words of a headline's claim, its terms, and all the words of the line it stands in."""

    words: Words
    tokens: Tokens
    terms: list[Term]
    around: list[str]
    """The line's words: a cue that hopes or fears speaks for the whole."""


@dataclass(slots=True)
class Told:
    """Where the body tells it: the words of the body, and the stretches of them that count, by position."""

    words: Words
    tokens: Tokens
    stretches: list[tuple[int, int]]

    def holds(self, place: int) -> bool:
        """Whether a word stands in one of the stretches."""
        return any(first <= place < end for first, end in self.stretches)

    def clause_of(self, place: int) -> list[str]:
        """The words between the marks that part clauses, around one of them."""
        at = self.tokens.places[place]
        first = max((each for each in self.tokens.breaks if each < at), default=-1) + 1
        end = min((each for each in self.tokens.breaks if each >= at), default=len(self.tokens.forms) - 1) + 1
        return self.tokens.forms[first:end]

    def forms_around(self, place: int) -> list[str]:
        """The words of the stretch that holds a word."""
        first, end = next(each for each in self.stretches if each[0] <= place < each[1])
        return self.words.forms[first:end]


def strength_of(claimed: Claimed, told: Told) -> Iterator[Finding]:
    """The findings on one claim, at most one a word, the words of one verb together counted once."""
    seen: set[tuple[str, int]] = set()
    hedges: set[int] = set()
    for term in claimed.terms:
        places = [place for place, how in term.matches.items() if how == "form" and told.holds(place)]
        places = places or [place for place in term.matches if told.holds(place)]
        if not places:
            continue
        head = mode_of(claimed.tokens, term.number, headline=True)
        modes = [(place, mode_of(told.tokens, place)) for place in places]
        found = (
            _turned(claimed, told, term, head, modes)
            or _compared(claimed, told, term, head, modes)
            or _unhedged(claimed, told, term, head)
        )
        if found is None or (found.kind, head.place) in seen or found.evidence[0].start in hedges:
            continue
        hedges.add(found.evidence[0].start)
        if head.place >= 0:
            seen.add((found.kind, head.place))
        yield found


def _compared(
    claimed: Claimed, told: Told, term: Term, head: Mode, modes: Sequence[tuple[int, Mode]]
) -> Finding | None:
    """Whether the modal is stronger or weaker than every one that the body has."""
    if any(_is_plain_verb(told, place, mode) for place, mode in modes):
        plain = [Mode(3, 3, "", False, place, True) for place, mode in modes if not mode.marked]
    else:
        plain = []
    marked = [(place, mode) for place, mode in modes if mode.marked and mode.low and mode.negated == head.negated]
    if not marked:
        return None
    lowest = min(mode.low for _, mode in marked)
    highest = max([mode.high for _, mode in marked] + [3 for _ in plain])
    if not head.marked:
        if head.negated or plain or highest > 2 or is_soft(claimed.around) or _is_noun(claimed.tokens, term):
            return None
        if all(mode.label in ("should", "can", "would") for _, mode in marked) or len(claimed.terms) < 2:
            return None
        place, mode = max(marked, key=lambda each: each[1].high)
        return _finding("hedge dropped", claimed, told, term, head, place, mode)
    place, mode = min(marked, key=lambda each: (abs(each[1].high - head.low), each[0]))
    if head.low > highest:
        return _finding("hedge dropped" if mode.lexical else "stronger", claimed, told, term, head, place, mode)
    if head.high < lowest and not plain and not head.lexical:
        return _finding("weaker", claimed, told, term, head, place, mode)
    return None


def _is_plain_verb(told: Told, place: int, mode: Mode) -> bool:
    """Whether a word that nothing governs is told as a fact; after a determiner it is a noun and tells nothing."""
    if mode.marked or mode.negated:
        return False
    at = told.tokens.places[place]
    return not (at and at - 1 not in told.tokens.breaks and told.tokens.forms[at - 1] in _DETERMINERS)


def _is_noun(tokens: Tokens, term: Term) -> bool:
    """Whether a word of a headline stands where a noun does, or is one that verbs take ("back sending troops")."""
    at = tokens.places[term.number]
    before = tokens.forms[at - 1] if at else ""
    if term.form.endswith(_NOUN_ENDINGS):
        return True
    return at == 0 or before in _DETERMINERS or before.endswith("'s")


def _unhedged(claimed: Claimed, told: Told, term: Term, head: Mode) -> Finding | None:
    """Whether the body has the word only with a hedge before it: "alleged deliveries", "some farmers"."""
    if head.marked or head.negated or is_soft(claimed.around):
        return None
    everywhere = [place for place, how in term.matches.items() if how == "form"]
    places = [place for place in everywhere if told.holds(place)]
    hedges = [hedge_before(told.tokens, place) for place in places]
    if not places or any(each is None for each in hedges):
        plural = term.form.endswith("s") and not term.form.endswith("ss")
        if not plural or few_before(claimed.tokens, term.number) is not None:
            return None
        hedges = [
            few_before(told.tokens, place) if told.words.forms[place].endswith("s") else None for place in everywhere
        ]
    if not places or any(each is None for each in hedges):
        return None
    hedge = next(each for each in hedges if each is not None)
    place = places[0] if hedge_before(told.tokens, places[0]) == hedge else everywhere[0]
    word = told.words.forms[hedge]
    return Finding(
        "hedge dropped",
        [term.span],
        [told.words.span(hedge, max(place, hedge) + 1)],
        f'The body has it with "{word}"; the headline leaves that out.',
    )


def _turned(claimed: Claimed, told: Told, term: Term, head: Mode, modes: Sequence[tuple[int, Mode]]) -> Finding | None:
    """Whether the body says the opposite wherever it has the verb: negated in the one and not in the other."""
    if any(mode.negated == head.negated for _, mode in modes) or (
        not head.marked and not head.negated and not all(mode.negated for _, mode in modes)
    ):
        return None
    if negations_in(claimed.tokens.forms) != int(head.negated) or turns_away(claimed.around):
        return None
    for place, mode in modes:
        forms = told.forms_around(place)
        if negations_in(told.clause_of(place)) != int(mode.negated) or turns_away(forms):
            return None
    if head.negated and not all(mode.marked for _, mode in modes):
        return None
    place, mode = modes[0]
    here = "negates" if head.negated else "says"
    there = "does not negate" if head.negated else "negates"
    evidence = _evidence(told, place, mode)
    span = _span(claimed, term, head)
    doubt = None if head.marked or head.negated else "the verb may mean something else there"
    return Finding("unsupported", [span], [evidence], f"The headline {here} what the body {there}.", doubt)


def _finding(kind: str, claimed: Claimed, told: Told, term: Term, head: Mode, place: int, mode: Mode) -> Finding:
    there = described(mode)
    here = described(head) if head.marked else "says so outright"
    verb = {"stronger": "is stronger than", "weaker": "is weaker than"}.get(kind)
    if verb is None:
        why = f'The body has "{there}"; the headline ' + (f'has "{here}".' if head.marked else f"{here}.")
    else:
        why = f'"{here}" in the headline {verb} "{there}" in the body.'
    return Finding(kind, [_span(claimed, term, head)], [_evidence(told, place, mode)], why)  # type: ignore[arg-type]


def _span(claimed: Claimed, term: Term, mode: Mode) -> Span:
    """The modal with its verb in the headline."""
    if mode.place < 0:
        return term.span
    return Span(
        min(claimed.words.starts[mode.place], term.span.start), max(claimed.words.ends[mode.place], term.span.end)
    )


def _evidence(told: Told, place: int, mode: Mode) -> Span:
    first = mode.place if mode.place >= 0 else place
    return told.words.span(min(first, place), max(first, place) + 1)
