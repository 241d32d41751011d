"""Who may be whom: pairs of speakers that may be one, and speakers that may be two, with reasons for and against.

Nothing is decided here. The cost grows in step with the archive: speakers meet only in blocks of like names
(`sayso.archive.people.pairing`), and only the likeliest pairs are looked up in their articles.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from sqlalchemy import Connection, func, select

from sayso.archive.batches import batches
from sayso.archive.folding import words_in
from sayso.archive.forms import Suggestion
from sayso.archive.people.pairing import Card, Pair, cards_of, pairs_of
from sayso.archive.people.profiles import Profile, agreement, contradiction
from sayso.archive.people.roles import Role, role_of
from sayso.archive.people.speakers import described
from sayso.archive.schema import appearance, speaker, statement, version
from sayso.archive.schema import article as articles
from sayso.archive.stores.base import Store

LOOKED_AT = 6
"""Pairs that are looked up in their articles, for each one that is asked for."""
LATEST = 40
"""Appearances of a speaker that are looked at, the latest ones."""
LEAST_WORDS = 6
"""Of a statement, so that the same words under two names say something."""
FEW, SHARE = 6, 0.1
"""Who stands beside more speakers than both, as a number and as a share of those looked at, tells nobody apart."""
LEAST = 0.3
"""Score below which a pair is not worth a look."""
AT_ONCE = 300
"""Speakers or versions in one query."""


def suggestions(store: Store, *, limit: int = 50) -> list[Suggestion]:
    """Speakers that may be one and speakers that may be two, the likeliest first; pairs that were decided to be two
    are left out."""
    with store.reading() as connection:
        cards = cards_of(connection)
        pairs = sorted(pairs_of(cards), key=lambda pair: (-_first_score(pair), pair.one.id, pair.other.id))
        pairs = pairs[: limit * LOOKED_AT]
        contexts = _contexts(connection, {each.id for pair in pairs for each in (pair.one, pair.other)})
        common = _common(contexts)
        judged = [_judged(pair, contexts, common) for pair in pairs]
        judged = [each for each in judged if each[0] >= LEAST]
        judged.sort(key=lambda each: (-each[0], each[1].one.id, each[1].other.id))
        found = _merges(connection, judged[:limit]) + _splits(connection, cards.values(), limit)
    return sorted(found, key=lambda each: (-each.score, each.one.id, each.other.id))[:limit]


def _first_score(pair: Pair) -> float:
    weight = sum(weight for _, weight in agreement(pair.one.profile, pair.other.profile))
    clash = contradiction(pair.one.profile, pair.other.profile)
    return pair.score + 0.08 * min(weight, 4) - (0.4 if clash else 0)


@dataclass(slots=True)
class _Context:
    """What stands round a speaker in its latest articles."""

    versions: set[int] = field(default_factory=set)
    beside: set[int] = field(default_factory=set)
    days: set[tuple[int | None, int]] = field(default_factory=set)
    """Outlet and day of each."""
    said: dict[tuple[str, ...], str] = field(default_factory=dict)


def _common(contexts: dict[int, _Context]) -> set[int]:
    """Those who stand beside so many that it says nothing."""
    counted = Counter(number for context in contexts.values() for number in context.beside)
    return {number for number, count in counted.items() if count > max(FEW, len(contexts) * SHARE)}


def _judged(
    pair: Pair, contexts: dict[int, _Context], common: set[int]
) -> tuple[float, Pair, list[str], list[str], set[int]]:
    one, other = pair.one, pair.other
    score = _first_score(pair)
    reasons = [pair.reason, *(words for words, _ in agreement(one.profile, other.profile))]
    clash = contradiction(one.profile, other.profile)
    against = [clash] if clash else []
    mine, theirs = contexts[one.id], contexts[other.id]
    beside = (mine.beside & theirs.beside) - {one.id, other.id} - common
    if beside:
        score += 0.05 * min(len(beside), 4)
    if mine.versions & theirs.versions:
        score -= 0.35
        against.append("one article has both of them")
    same_days = mine.days & theirs.days
    if any(house is not None for house, _ in same_days):
        score += 0.1
        reasons.append("one outlet has both on the same day")
    quotes = [mine.said[words] for words in mine.said.keys() & theirs.said.keys()]
    if quotes:
        score += 0.25
        reasons.append(f"both are given the same words: “{min(quotes)}”")
    elif len(beside) < pair.least_beside:
        score = 0.0
    return round(min(max(score, 0.0), 1.0), 3), pair, reasons, against, beside


def _merges(
    connection: Connection, judged: Sequence[tuple[float, Pair, list[str], list[str], set[int]]]
) -> list[Suggestion]:
    ids = sorted({each.id for _, pair, *_ in judged for each in (pair.one, pair.other)})
    known = dict(zip(ids, described(connection, ids), strict=True))
    names = _names(connection, {number for *_, beside in judged for number in sorted(beside)[:3]})
    found = []
    for score, pair, reasons, against, beside in judged:
        if beside:
            reasons.append(f"both stand beside {', '.join(names[each] for each in sorted(beside)[:3])}")
        found.append(Suggestion(known[pair.one.id], known[pair.other.id], score, tuple(reasons), tuple(against)))
    return found


def _names(connection: Connection, ids: set[int]) -> dict[int, str]:
    found = {}
    for some in batches(sorted(ids), AT_ONCE):
        rows = connection.execute(select(speaker.c.id, speaker.c.name).where(speaker.c.id.in_(some)))
        found.update({row.id: row.name for row in rows})
    return found


def _contexts(connection: Connection, ids: set[int]) -> dict[int, _Context]:
    """What stands round speakers in their latest articles."""
    found: dict[int, _Context] = defaultdict(_Context)
    for some in batches(sorted(ids), AT_ONCE):
        place = (
            func.row_number().over(partition_by=appearance.c.speaker_id, order_by=appearance.c.id.desc()).label("place")
        )
        ranked = (
            select(appearance.c.speaker_id, appearance.c.version_id, place)
            .where(appearance.c.speaker_id.in_(some))
            .subquery()
        )
        latest = select(ranked.c.speaker_id, ranked.c.version_id).where(ranked.c.place <= LATEST).subquery()
        rows = connection.execute(
            select(latest, version.c.published_day, articles.c.outlet_id)
            .join(version, version.c.id == latest.c.version_id)
            .join(articles, articles.c.id == version.c.article_id)
        ).all()
        for row in rows:
            context = found[row.speaker_id]
            context.versions.add(row.version_id)
            if row.published_day is not None:
                context.days.add((row.outlet_id, row.published_day))
        _add_beside(connection, found, some, {row.version_id for row in rows})
        _add_said(connection, found, some)
    return found


def _add_beside(connection: Connection, found: dict[int, _Context], ids: list[int], versions: set[int]) -> None:
    """Those who are named in the same articles."""
    in_version: dict[int, set[int]] = defaultdict(set)
    for some in batches(sorted(versions), AT_ONCE):
        rows = connection.execute(
            select(appearance.c.version_id, appearance.c.speaker_id).where(
                appearance.c.version_id.in_(some),
                appearance.c.kind.in_(("person", "organisation")),
            )
        )
        for row in rows:
            in_version[row.version_id].add(row.speaker_id)
    for number in ids:
        for version_id in found[number].versions:
            found[number].beside |= in_version[version_id]


def _add_said(connection: Connection, found: dict[int, _Context], ids: list[int]) -> None:
    """What speakers said of late, by its folded words."""
    place = func.row_number().over(partition_by=statement.c.speaker_id, order_by=statement.c.id.desc()).label("place")
    ranked = select(statement.c.speaker_id, statement.c.text, place).where(statement.c.speaker_id.in_(ids)).subquery()
    for row in connection.execute(select(ranked).where(ranked.c.place <= LATEST)):
        words = tuple(words_in(row.text))
        if len(words) >= LEAST_WORDS:
            found[row.speaker_id].said[words] = row.text


def _splits(connection: Connection, cards: Iterable[Card], limit: int) -> list[Suggestion]:
    """Speakers with titles that hardly one person has, and the articles with the rarer one."""
    clashing: list[tuple[float, Card, str, Role, Role]] = []
    for card in cards:
        clash = _clash(card.profile)
        if clash is not None:
            words, one, other = clash
            # of one who is heard in many parts, some part is read wrongly
            score = 0.6 - 0.03 * len(card.profile.roles)
            if score >= LEAST:
                clashing.append((round(score, 3), card, words, one, other))
    clashing.sort(key=lambda each: (-each[0], each[1].id))
    found = []
    for score, card, words, one, other in clashing[:limit]:
        going = _articles_with(connection, card.id, one, other)
        if going:
            known = described(connection, [card.id])[0]
            found.append(Suggestion(known, known, score, (words,), (), "split", going))
    return found


def _clash(profile: Profile) -> tuple[str, Role, Role] | None:
    for one, other in combinations(sorted(profile.roles, key=repr), 2):
        words = contradiction(Profile({one}), Profile({other}))
        if words is not None:
            return words, one, other
    return None


def _articles_with(connection: Connection, number: int, one: Role, other: Role) -> tuple[int, ...]:
    """The articles that give a speaker the rarer of two roles; none where either is no longer there."""

    by_role: dict[Role, list[int]] = {one: [], other: []}
    for row in connection.execute(
        select(version.c.article_id, appearance.c.titles)
        .join(version, version.c.id == appearance.c.version_id)
        .where(appearance.c.speaker_id == number, appearance.c.titles != "[]")
        .order_by(appearance.c.id)
    ):
        roles = {role_of(title) for title in json.loads(row.titles)}
        for role, there in by_role.items():
            if role in roles:
                there.append(row.article_id)
    fewer, more = sorted(by_role.values(), key=len)
    return tuple(dict.fromkeys(fewer)) if fewer and set(fewer) != set(more) else ()
