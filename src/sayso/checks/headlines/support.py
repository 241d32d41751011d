"""Which statement of the body carries a headline's claim, and which of its words nobody there gives that speaker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.checks.headlines.setting import Passage, Setting
from sayso.checks.headlines.terms import Term, is_loaded
from sayso.documents import Span

_POINTS_BACK = frozenset(
    "it its they them their this that these those he him his she her hers we us our there here so such one ones same"
    " both which who".split()
)
"""Words by which a statement takes up what stands before it."""
_CARRIED = 0.3
"""Of a claim's terms, how many the speaker's statements must have for one of them to carry it."""
_AROUND = 0.5
"""What a word counts that stands beside the statement, in its sentence or in the one before."""


@dataclass(slots=True)
class Support:
    """How a claim is carried; shares are of the claim's terms, 0 to 1."""

    share: float = 0.0
    """Of the best statement with what stands around it."""
    together: float = 0.0
    """Of all statements of the speaker."""
    best: list[Passage] = field(default_factory=list)
    """The passages of the statement that carries it, the one with most of its words first."""

    @property
    def is_enough(self) -> bool:
        """Whether a statement carries the claim."""
        return bool(self.best) and max(self.share, self.together) >= _CARRIED

    @property
    def evidence(self) -> list[Span]:
        """The passage that carries it best."""
        return [self.best[0].span] if self.best else []


def support_of(terms: Sequence[Term], passages: Sequence[Passage], setting: Setting) -> Support:
    """The statement among the passages that has most of the terms."""
    if not terms or not passages:
        return Support()
    by_statement: dict[str, list[Passage]] = {}
    for passage in passages:
        by_statement.setdefault(passage.attribution.id, []).append(passage)
    best = Support()
    for group in by_statement.values():
        ranked = sorted(group, key=lambda each: -_score(terms, [each], setting))
        share = _score(terms, group, setting) / len(terms)
        # Of two that carry it alike the sentence that does so alone, and a quotation, is the better witness.
        rank = (round(share, 3), _score(terms, ranked[:1], setting), ranked[0].direct)
        held = (
            round(best.share, 3),
            _score(terms, best.best[:1], setting) if best.best else 0.0,
            bool(best.best and best.best[0].direct),
        )
        if not best.best or rank > held:
            best = Support(share, 0.0, ranked)
    inside = [(each.first, each.end) for each in passages]
    best.together = sum(1 for term in terms if _within(term, inside)) / len(terms)
    return best


def _score(terms: Sequence[Term], passages: Sequence[Passage], setting: Setting) -> float:
    inside = [(each.first, each.end) for each in passages]
    around = [span for each in passages for span in _around(each, setting)]
    near = [setting.range_of(span) for span in around]
    return sum(1.0 if _within(term, inside) else _AROUND if _within(term, near) else 0.0 for term in terms)


def _around(passage: Passage, setting: Setting) -> list[Span]:
    """The sentence of a passage and the one before."""
    number = setting.sentences.number_at(passage.span.start)
    if number is None:
        return []
    spans = [setting.sentences.spans[number]]
    before = setting.before(passage.span)
    return spans if before is None else [*spans, before]


def _within(term: Term, ranges: Iterable[tuple[int, int]], *, strict: bool = False) -> bool:
    """Whether one of the ranges has the term; `strict`, in a form of its own."""
    return any(
        first <= place < end
        for first, end in ranges
        for place, how in term.matches.items()
        if how == "form" or not strict
    )


def own_words(
    terms: Sequence[Term], passages: Sequence[Passage], carrying: Sequence[Passage], setting: Setting
) -> list[tuple[Term, str | None]]:
    """The terms that no passage of the speaker has in any form, each with its doubt.

    Names that the body has are nobody's own, and so is what a pronoun of the carrying statement takes up from before
    it. A word that the body does not have at all may be another word for one of the speaker's, unless it judges.
    """
    inside = [(each.first, each.end) for each in passages]
    taken_up = [setting.range_of(span) for each in carrying for span in _antecedents(each, setting)]
    found: list[tuple[Term, str | None]] = []
    for term in terms:
        loaded = is_loaded(term.form)
        if _within(term, inside, strict=loaded) or _is_name(term, setting):
            continue
        if not loaded and _within(term, taken_up):
            continue
        elsewhere = "form" in term.matches.values()
        found.append((term, None if loaded or elsewhere else "it may be another word for one of the speaker's"))
    return found


def _antecedents(passage: Passage, setting: Setting) -> list[Span]:
    """Where that may stand which a pronoun of a passage takes up."""
    if _POINTS_BACK.isdisjoint(setting.words.forms[passage.first : passage.end]):
        return []
    return _around(passage, setting)


def _is_name(term: Term, setting: Setting) -> bool:
    """Whether the body writes the word with a capital wherever it has it, as it does a name."""
    places = [place for place, how in term.matches.items() if how == "form"]
    return bool(places) and all(setting.text[setting.words.starts[place]].isupper() for place in places)


def statements_with(terms: Sequence[Term], passages: Sequence[Passage]) -> list[tuple[float, Passage]]:
    """The passages with the share of the terms that each has, the greatest first."""
    if not terms:
        return []
    scored = [
        (sum(1 for term in terms if _within(term, [(each.first, each.end)])) / len(terms), each) for each in passages
    ]
    return sorted((each for each in scored if each[0] > 0), key=lambda each: -each[0])


def sentences_with(terms: Sequence[Term], setting: Setting) -> list[tuple[float, tuple[int, int]]]:
    """The sentences of the body, as ranges of its words, with the share of the terms that each has."""
    if not terms:
        return []
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
