"""What a speaker talks about: the words that tell its statements from all others, and how they change over time.

A word's weight is its log-likelihood (`keyness`), the speaker's statements against all others of the archive. Which
words may weigh much is guessed from a sample; the index then says of these how many statements have them, so that each
count is what the topic's query finds. Statements in the same words count once in the weight: a remark that a wire
report carried into twenty papers is no topic.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, func, select

from sayso.archive.batches import batches
from sayso.archive.browsing.forms import Chapter, Period, Topic
from sayso.archive.browsing.keyness import CHANCE, log_likelihood
from sayso.archive.browsing.stretches import places_of
from sayso.archive.browsing.wording import Told, counted, distinct, grouped, match_of, query_of, sample_of, told_of
from sayso.archive.days import day_number, day_of
from sayso.archive.folding import words_in
from sayso.archive.forms import ArchiveSpeaker
from sayso.archive.matching import EVERYTHING, And, Key
from sayso.archive.schema import statement
from sayso.archive.searching.binding import Bound
from sayso.archive.searching.ordering import chosen
from sayso.archive.stores.base import Store

LOOKED_AT = 1_500
"""Statements of one speaker at the most."""
MOST_TOPICS = 15
MOST_OF_CHAPTER = 6
_CANDIDATES = 30
_LEAST = 2
"""Statements, in different words, that make a topic."""
_REPLACED = 0.6
"""Where so many of a word's statements have the pair, the pair stands for the word."""
_CHAPTERS = ((12, 2), (60, 3), (200, 4))
"""From so many statements on, so many chapters."""
_AT_ONCE = 500


def told_by(connection: Connection, speaker: ArchiveSpeaker, rows: Sequence[tuple[int | None, int]]) -> list[Told]:
    """Statements of a speaker by their words, by day; of very many some, evenly spread. `rows` are days and ids."""
    own = {word for name in speaker.names for word in words_in(name)}
    ordered = sorted(rows, key=lambda row: (row[0] is not None, row[0] or 0, row[1]))
    ids = [number for _, number in ordered[:: max(1, -(-len(ordered) // LOOKED_AT))]]
    columns = (statement.c.id, statement.c.published_day, statement.c.text, statement.c.others)
    found = {}
    for some in batches(ids, _AT_ONCE):
        for row in connection.execute(select(*columns).where(statement.c.id.in_(some))):
            found[row.id] = told_of(row.published_day, row.text, row.others, own)
    return [found[number] for number in ids]


def topics_of(
    store: Store, connection: Connection, term: str, told: Sequence[Told], *, of: int, periods: list[Period]
) -> list[Topic]:
    """What tells a speaker from all others; `of` is how many statements it has, `term` the query for them."""
    once = distinct(told)
    if not once:
        return []
    sample = sample_of(store, connection)
    groups = grouped(counted(once), least=_LEAST)
    counts = _having(once, groups)
    guessed = {}
    for each, forms in groups.items():
        # The sample has some of the speaker's own statements, which makes no word look rarer than it is.
        others = sum(sample.counts[form] for form in forms)
        guessed[each] = log_likelihood(counts[each], len(once), min(others, sample.size), sample.size)
    likely = sorted(guessed, key=lambda each: (-guessed[each], -counts[each], each))[:_CANDIDATES]
    total = store.count(connection, EVERYTHING)
    days: dict[str, dict[int | None, int]] = {}
    weights: dict[str, float] = {}
    for each in likely:
        days[each] = _days(store, connection, term, each)
        elsewhere = store.count(connection, match_of(each)) - sum(days[each].values())
        weights[each] = log_likelihood(counts[each], len(once), elsewhere, total - of)
    best = _without_parts(weights, {each: sum(found.values()) for each, found in days.items()})
    bounds = [start for start, _ in places_of(periods)]
    topics = []
    for each in best[:MOST_TOPICS]:
        over_time = [0] * len(bounds)
        for day, times in days[each].items():
            if day is not None:
                over_time[bisect_left(bounds, day + 1) - 1] += times
        topics.append(_topic(each, term, sum(days[each].values()), weights[each], over_time))
    return topics


def chapters_of(store: Store, connection: Connection, term: str, told: Sequence[Told]) -> list[Chapter]:
    """How a speaker's words change: stretches of about as many statements, each with what tells it from the others."""
    dated = [each for each in told if each.day is not None]
    parts = _parted(dated)
    if len(parts) < 2:
        return []
    once = [distinct(part) for part in parts]
    every = [each for part in once for each in part]
    groups = grouped(counted(every), least=_LEAST)
    counts = [_having(part, groups) for part in once]
    whole = Counter[str]()
    for part_counts in counts:
        whole.update(part_counts)
    chapters = []
    for part, part_once, part_counts in zip(parts, once, counts, strict=True):
        first, last = part[0].day or 0, part[-1].day or 0
        weights = {
            each: log_likelihood(times, len(part_once), whole[each] - times, len(every) - len(part_once))
            for each, times in part_counts.items()
            if times >= _LEAST
        }
        best = _without_parts(weights, part_counts)[:MOST_OF_CHAPTER]
        start, end = day_of(first).isoformat(), day_of(last).isoformat()
        query = f"{term} published:{start}..{end}"
        chapters.append(Chapter(start, end, len(part), query, [_topic(each, query, 0, weights[each]) for each in best]))
    return _counted_in(store, connection, term, chapters)


def _topic(word: str, within: str, count: int, score: float, over_time: Sequence[int] = ()) -> Topic:
    return Topic(word, count, f"{within} {query_of(word)}", score, list(over_time))


def _parted(dated: Sequence[Told]) -> list[list[Told]]:
    """Statements in the order of their days in as many parts as they are enough for, no day in two of them."""
    number = max((parts for least, parts in _CHAPTERS if len(dated) >= least), default=1)
    parts: list[list[Told]] = [[]]
    for place, each in enumerate(dated):
        full = place >= len(dated) * len(parts) / number
        if full and len(parts) < number and parts[-1] and parts[-1][-1].day != each.day:
            parts.append([])
        parts[-1].append(each)
    return parts


def _having(tolds: Sequence[Told], groups: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """By term, how many of some statements have it in any of its forms."""
    of_form: dict[str, str] = {form: term for term, forms in groups.items() for form in forms}
    found = dict.fromkeys(groups, 0)
    for told in tolds:
        for term in {of_form[each] for each in told.terms() if each in of_form}:
            found[term] += 1
    return found


def _without_parts(weights: Mapping[str, float], counts: Mapping[str, int]) -> list[str]:
    """Terms that weigh more than chance, the heaviest first; without a word that mostly stands in a pair that does."""
    heavy = [each for each, weight in weights.items() if weight > CHANCE]
    pairs = [each for each in heavy if " " in each]
    hidden = {word for pair in pairs for word in pair.split(" ") if counts[pair] >= counts.get(word, 0) * _REPLACED}
    return sorted((each for each in heavy if each not in hidden), key=lambda each: (-weights[each], each))


def _days(store: Store, connection: Connection, term: str, word: str) -> dict[int | None, int]:
    """How many statements of a speaker have a word, by day."""
    bound = Bound(And((match_of(word), Key(term.replace(":#", "")))), [])
    day = statement.c.published_day
    rows = connection.execute(chosen(store, bound, day, func.count()).group_by(day))
    return dict(rows.tuples().all())


def _counted_in(store: Store, connection: Connection, term: str, chapters: list[Chapter]) -> list[Chapter]:
    """The chapters with what the index counts: their queries find just as many."""
    days = {each.word: _days(store, connection, term, each.word) for chapter in chapters for each in chapter.topics}
    return [replace(each, topics=[replace(one, count=_within(days[one.word], each)) for one in each.topics])
            for each in chapters]  # fmt: skip


def _within(days: Mapping[int | None, int], chapter: Chapter) -> int:
    first, last = (day_number(date.fromisoformat(each)) for each in (chapter.start, chapter.end))
    return sum(times for day, times in days.items() if day is not None and first <= day <= last)
