"""Which statement of the body carries a headline's claim, and which of its words nobody there gives that speaker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log2

from sayso.checks.headlines.setting import Passage, Setting
from sayso.checks.headlines.terms import Term, is_loaded
from sayso.documents import Span

_POINTS_BACK = frozenset(
    "it its they them their this that these those he him his she her hers we us our there here so such one ones same"
    " both which who".split()
)
"""Words by which a statement takes up what stands before it."""
_CARRIED = 0.4
"""Of a claim's terms, how many a statement must have in order to carry it,"""
_LEAST = 0.3
"""and how many, but two at least, all of the speaker's statements together."""
_RUN = 3
"""Words in one run that are no accident."""
_AROUND = 0.5
"""What a word counts that stands beside the statement, in its sentence or in the one before."""


@dataclass(slots=True)
class Support:
    """How a claim is carried."""

    terms: int = 0
    """How many terms the claim has."""
    score: float = 0.0
    """How many of them the best statement has; those beside it count by half."""
    together: int = 0
    """How many the statements of the speaker have together."""
    same_words: bool = False
    """Whether a passage has a run of the claim's own words, or a quotation of it."""
    best: list[Passage] = field(default_factory=list)
    """The passages of the statement that carries it, the one with most of its words first."""

    @property
    def share(self) -> float:
        """Of the claim's terms, what part the best statement has, 0 to 1."""
        return self.score / max(self.terms, 1)

    @property
    def is_enough(self) -> bool:
        """Whether a statement carries the claim."""
        if not self.best:
            return False
        return self.same_words or self.share >= _CARRIED or (self.together > 1 and self.together >= _LEAST * self.terms)

    @property
    def evidence(self) -> list[Span]:
        """The passage that carries it best."""
        return [self.best[0].span] if self.best else []


def support_of(terms: Sequence[Term], passages: Sequence[Passage], setting: Setting, claimed: Sequence[str]) -> Support:
    """The statement among the passages that has most of the terms; `claimed` are all words of the claim, in order."""
    by_statement: dict[str, list[Passage]] = {}
    for passage in passages:
        by_statement.setdefault(passage.attribution.id, []).append(passage)
    best = Support(len(terms))
    held: tuple[float, float, bool] | None = None
    for group in by_statement.values():
        same = any(_has_run(claimed, setting.words.forms[each.first : each.end]) for each in group)
        ranked = sorted(group, key=lambda each: -_score(terms, [each], setting))
        score = _score(terms, group, setting) + same
        # Of two that carry it alike the sentence that does so alone, and a quotation, is the better witness.
        rank = (round(score, 3), _score(terms, ranked[:1], setting), ranked[0].direct)
        if held is None or rank > held:
            best, held = Support(len(terms), score, 0, same, ranked), rank
    inside = places_of(passages)
    best.together = sum(1 for term in terms if _within(term, inside))
    return best


def places_of(passages: Iterable[Passage]) -> set[int]:
    """The positions of all words of these passages."""
    return {place for each in passages for place in range(each.first, each.end)}


def _has_run(claimed: Sequence[str], forms: Sequence[str]) -> bool:
    """Whether words of a claim stand in a passage in one run, long enough to be no accident."""
    runs = {tuple(forms[at : at + _RUN]) for at in range(len(forms) - _RUN + 1)}
    return any(tuple(claimed[at : at + _RUN]) in runs for at in range(len(claimed) - _RUN + 1))


def _score(terms: Sequence[Term], passages: Sequence[Passage], setting: Setting) -> float:
    inside = places_of(passages)
    near = {
        place
        for each in passages
        for place in _around(each, setting, 1)
        if setting.owner(place) in (None, each.attribution.speaker)
    }
    return sum(1.0 if _within(term, inside) else _AROUND if _within(term, near) else 0.0 for term in terms)


def _around(passage: Passage, setting: Setting, sentences: int) -> set[int]:
    """The words of the passage's sentence and of those before it, without what others say in them."""
    number = setting.sentences.number_at(passage.span.start)
    if number is None:
        return set()
    spans = setting.sentences.spans[max(number - sentences, 0) : number + 1]
    return {place for each in spans for place in range(*setting.range_of(each))}


def _within(term: Term, places: set[int], *, strict: bool = False) -> bool:
    """Whether a term stands at one of the places; `strict`, in a form of its own."""
    return any(place in places for place, how in term.matches.items() if how == "form" or not strict)


def own_words(
    terms: Sequence[Term], passages: Sequence[Passage], carrying: Sequence[Passage], setting: Setting
) -> list[tuple[Term, bool]]:
    """The terms that no passage of the speaker has in any form, each with whether that is sure.

    Names that the body has are nobody's own, and so is what a pronoun of the carrying statement takes up from before
    it. A word that the body does not have at all may be another word for one of the speaker's, unless it judges.
    """
    inside = places_of(passages)
    taken_up = {place for each in carrying for place in _antecedents(each, setting)}
    found: list[tuple[Term, bool]] = []
    for term in terms:
        loaded = is_loaded(term.form)
        if _within(term, inside, strict=loaded) or _is_name(term, setting):
            continue
        if loaded or not _within(term, taken_up):
            found.append((term, loaded or "form" in term.matches.values()))
    return found


def _antecedents(passage: Passage, setting: Setting) -> set[int]:
    """Where that may stand which a pronoun of a passage takes up."""
    sentence = setting.sentence_of(passage.first)
    if _POINTS_BACK.isdisjoint(setting.words.forms[slice(*setting.range_of(sentence))]):
        return set()
    return _around(passage, setting, 2)


def _is_name(term: Term, setting: Setting) -> bool:
    """Whether the body writes the word with a capital wherever it has it, as it does a name."""
    places = [place for place, how in term.matches.items() if how == "form"]
    return bool(places) and all(setting.text[setting.words.starts[place]].isupper() for place in places)


def statements_with(
    terms: Sequence[Term], passages: Sequence[Passage], *, weighed: bool = False
) -> list[tuple[float, Passage]]:
    """The passages with the share of the terms that each has, the greatest first; `weighed`, a term that the body has
    at every turn counts little.
    """
    weights = [_weight(term) if weighed else 1.0 for term in terms]
    scored = [
        (
            sum(
                weight
                for weight, term in zip(weights, terms, strict=True)
                if _within(term, set(range(each.first, each.end)))
            )
            / max(sum(weights), 1e-9),
            each,
        )
        for each in passages
    ]
    return sorted((each for each in scored if each[0] > 0), key=lambda each: -each[0])


def _weight(term: Term) -> float:
    """1 for a term that the body has twice or less, a half for four times, a third for eight times."""
    return 1 / (1 + log2(max(len(term.matches) / 2, 1)))


def sentences_with(terms: Sequence[Term], setting: Setting) -> list[tuple[float, tuple[int, int]]]:
    """The sentences of the body, as ranges of its words, with the share of the terms that each has."""
    numbers: dict[int, set[int]] = {}
    for index, term in enumerate(terms):
        for place in term.matches:
            number = setting.sentences.number_at(setting.words.starts[place])
            if number is not None:
                numbers.setdefault(number, set()).add(index)
    found = [
        (len(which) / len(terms), setting.range_of(setting.sentences.spans[number]))
        for number, which in numbers.items()
    ]
    return sorted(found, key=lambda each: (-each[0], each[1]))
