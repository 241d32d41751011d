"""What a speaker talks about: the words that tell its statements from all others, and how they change over time.

A word's weight is its log-likelihood (`keyness`), the speaker's statements against all others of the archive. Which
words may weigh much is guessed from a sample; the index then says of these how many statements have them, so that each
count is what the topic's query finds. Statements in the same words count once in the weight: a remark that a wire
report carried into twenty papers is no topic.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from sayso.archive.batches import batches
from sayso.archive.browsing.forms import Chapter, Period, Topic
from sayso.archive.browsing.keyness import CHANCE, log_likelihood
from sayso.archive.browsing.stretches import places_of
from sayso.archive.browsing.wording import Told, counted, distinct, grouped, match_of, query_of, sample_of, told_of
from sayso.archive.days import day_of
from sayso.archive.folding import words_in
from sayso.archive.forms import ArchiveSpeaker
from sayso.archive.matching import EVERYTHING, And, Key
from sayso.archive.schema import statement
from sayso.archive.stores.base import Store

LOOKED_AT = 500
"""Statements of one speaker at the most."""
MOST_TOPICS = 12
MOST_OF_CHAPTER = 5
_CANDIDATES = 20
_LEAST = 2
"""Statements, in different words, that make a topic."""
_TOGETHER = 0.5
"""So many of the statements with either word of a pair must have the pair: "watchkeeping rules", not "crew ignored"."""
_REPLACED = 0.6
"""Where so many of a word's statements have the pair, the pair stands for the word."""
_CHAPTERS = ((12, 2), (60, 3), (200, 4))
"""From so many statements on, so many chapters."""
_AT_ONCE = 500

Days = Counter[int | None]
"""By day, how many statements."""


@dataclass(slots=True)
class Topics:
    """The statements of one speaker, by their words."""

    store: Store
    connection: Connection
    term: str
    """Of a query for the speaker."""
    key: Key
    names: frozenset[str]
    """The words of the speaker's own names, which are no topic."""
    of: int
    """How many there are."""
    told: list[Told]
    """By day; of very many some, evenly spread."""

    @property
    def is_whole(self) -> bool:
        """Whether all statements are looked at."""
        return len(self.told) == self.of

    def all(self, periods: Sequence[Period]) -> list[Topic]:
        """What tells the speaker from all others, the most telling first."""
        once = distinct(self.told)
        sample = sample_of(self.store, self.connection)
        terms = counted(once)
        groups = _paired(grouped(terms, least=_LEAST, without=self.names), terms)
        counts = _counted(once, groups)
        guessed = {}
        for word, forms in groups.items():
            # The sample has some of the speaker's own statements, which makes no word look rarer than it is.
            others = min(sum(sample.counts[form] for form in forms), sample.size)
            guessed[word] = log_likelihood(counts[word], len(once), others, sample.size)
        likely = sorted(guessed, key=lambda word: (-guessed[word], -counts[word], word))[:_CANDIDATES]
        days = self._days({word: groups[word] for word in likely})
        repeated = _counted(self.told, {word: groups[word] for word in likely})
        everywhere = self.store.counts(self.connection, [*map(match_of, likely), EVERYTHING])
        others_of = everywhere.pop() - self.of
        weights = {}
        for word, times in zip(likely, everywhere, strict=True):
            own = days[word].total()
            elsewhere = times - own
            said, said_of = own * counts[word] / repeated[word], self.of * len(once) / len(self.told)
            weights[word] = log_likelihood(said, said_of, elsewhere, others_of)
        best = _without_parts(weights, {word: found.total() for word, found in days.items()})
        bounds = [start for start, _ in places_of(periods)]
        return [
            self._topic(word, self.term, days[word].total(), weights[word], _spread(days[word], bounds))
            for word in best[:MOST_TOPICS]
        ]

    def chapters(self, on_days: Mapping[int, int]) -> list[Chapter]:
        """How the words change: stretches of about as many statements, each with what tells it from the others.

        `on_days` is how many statements there are on each day.
        """
        parts = _parted([each for each in self.told if each.day is not None])
        if len(parts) < 2:
            return []
        once = [distinct(part) for part in parts]
        every = [each for part in once for each in part]
        terms = counted(every)
        groups = _paired(grouped(terms, least=_LEAST, without=self.names), terms)
        counts = [_counted(part, groups) for part in once]
        whole = Counter[str]()
        for each in counts:
            whole.update(each)
        weights = [
            {
                word: log_likelihood(times, len(part), whole[word] - times, len(every) - len(part))
                for word, times in having.items()
                if times >= _LEAST
            }
            for part, having in zip(once, counts, strict=True)
        ]
        best = [
            _without_parts(weight, having)[:MOST_OF_CHAPTER] for weight, having in zip(weights, counts, strict=True)
        ]
        if not any(best):
            return []
        days = self._days({word: groups[word] for words in best for word in words})
        # Each reaches to the day before the next one: where only some statements are looked at, others lie between.
        starts = [min(on_days), *(part[0].day or 0 for part in parts[1:])]
        ends = [*(start - 1 for start in starts[1:]), max(on_days)]
        chapters = []
        for first, last, words, weight in zip(starts, ends, best, weights, strict=True):
            start, end = day_of(first).isoformat(), day_of(last).isoformat()
            query = f"{self.term} published:{start}..{end}"
            topics = [self._topic(word, query, _within(days[word], first, last), weight[word]) for word in words]
            chapters.append(Chapter(start, end, _within(on_days, first, last), query, topics))
        return chapters

    def _topic(self, word: str, within: str, count: int, score: float, over_time: Sequence[int] = ()) -> Topic:
        return Topic(word, count, f"{within} {query_of(word)}", score, list(over_time))

    def _days(self, groups: Mapping[str, tuple[str, ...]]) -> dict[str, Days]:
        """By word, on which days how many of all statements of the speaker have it."""
        if self.is_whole:
            days: dict[str, Days] = {word: Counter() for word in groups}
            for told, having in _having(self.told, groups):
                for word in having:
                    days[word][told.day] += 1
            return days
        matches = [And((match_of(word), self.key)) for word in groups]
        found = self.store.counts_by_day(self.connection, matches)
        return {word: Counter(days) for word, days in zip(groups, found, strict=True)}


def topics_by(store: Store, connection: Connection, speaker: ArchiveSpeaker) -> Topics:
    """The statements of a speaker by their words."""
    number, day = statement.c.id, statement.c.published_day
    place = func.row_number().over(order_by=(day, number)).label("place")
    ordered = select(number, place).where(statement.c.speaker_id == speaker.id).subquery()
    step = max(1, -(-speaker.statements // LOOKED_AT))
    # Counted off by the database: to fetch all ids takes longer than all that is done with these.
    chosen = connection.scalars(select(ordered.c.id).where(ordered.c.place % step == 0).order_by(ordered.c.place))
    columns = (number, day, statement.c.text, statement.c.others)
    told = []
    for ids in batches(chosen.all(), _AT_ONCE):
        rows = {row.id: row for row in connection.execute(select(*columns).where(number.in_(ids)))}
        told += [told_of(row.published_day, row.text, row.others) for row in map(rows.__getitem__, ids)]
    names = frozenset(word for name in speaker.names for word in words_in(name))
    return Topics(
        store, connection, f"speaker:#{speaker.id}", Key(f"speaker{speaker.id}"), names, speaker.statements, told
    )


def _parted(dated: Sequence[Told]) -> list[list[Told]]:
    """Statements in the order of their days in as many parts as they are enough for, no day in two of them."""
    number = max((parts for least, parts in _CHAPTERS if len(dated) >= least), default=1)
    parts: list[list[Told]] = [[]]
    for place, each in enumerate(dated):
        full = place >= len(dated) * len(parts) / number
        if full and len(parts) < number and parts[-1][-1].day != each.day:
            parts.append([])
        parts[-1].append(each)
    return parts


def _having(tolds: Sequence[Told], groups: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Told, set[str]]]:
    """Statements with those of some terms that they have in any form; those without any are left out."""
    of_form: dict[str, list[str]] = {}
    for term, forms in groups.items():
        for form in forms:
            of_form.setdefault(form, []).append(term)
    for told in tolds:
        if found := told.terms & of_form.keys():
            yield told, {term for form in found for term in of_form[form]}


def _counted(tolds: Sequence[Told], groups: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """By term, how many of some statements have it in any of its forms."""
    counts = dict.fromkeys(groups, 0)
    for _, words in _having(tolds, groups):
        for word in words:
            counts[word] += 1
    return counts


def _paired(groups: dict[str, tuple[str, ...]], counts: Counter[str]) -> dict[str, tuple[str, ...]]:
    """The terms without those pairs whose words mostly stand apart."""
    return {
        term: forms
        for term, forms in groups.items()
        if " " not in term or counts[term] >= max(counts[word] for word in term.split(" ")) * _TOGETHER
    }


def _without_parts(weights: Mapping[str, float], counts: Mapping[str, int]) -> list[str]:
    """Terms that weigh more than chance, the heaviest first; without a word that mostly stands in a pair that does."""
    heavy = [term for term, weight in weights.items() if weight > CHANCE]
    pairs = [term for term in heavy if " " in term]
    hidden = {word for pair in pairs for word in pair.split(" ") if counts[pair] >= counts.get(word, 0) * _REPLACED}
    return sorted((term for term in heavy if term not in hidden), key=lambda term: (-weights[term], term))


def _spread(days: Days, bounds: Sequence[int]) -> list[int]:
    """How many statements there are from each bound to the next."""
    found = [0] * len(bounds)
    for day, times in days.items():
        if day is not None:
            found[bisect_right(bounds, day) - 1] += times
    return found


def _within(days: Mapping[Any, int], first: int, last: int) -> int:
    return sum(times for day, times in days.items() if day is not None and first <= day <= last)
