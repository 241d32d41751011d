"""Articles and transcripts in lists, page by page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from sayso.archive.browsing.forms import ArticleRow, TranscriptRow
from sayso.archive.browsing.paging import Place, behind, check_limit, packed, unpacked
from sayso.archive.days import day_number, iso_day
from sayso.archive.folding import words_in
from sayso.archive.forms import Listing
from sayso.archive.people.meant import beyond_ascii
from sayso.archive.schema import article, outlet, statement, transcript, verdict, version
from sayso.archive.stores.base import Store
from sayso.errors import BadSetting, NoSuchEntry

SORTS = ("published", "added")


def article_list(
    store: Store,
    *,
    outlet_id: int | None = None,
    since: date | None = None,
    until: date | None = None,
    words: str = "",
    sort: str = "published",
    limit: int = 50,
    after: str | None = None,
) -> Listing[ArticleRow]:
    """One page of the articles, the latest first; see `Archive.article_list`."""
    if sort not in SORTS:
        raise BadSetting("sort", sort, f"one of {', '.join(SORTS)}")
    check_limit(limit)
    begun = words_in(words)
    of = ("articles", outlet_id, since, until, begun, sort)
    place = unpacked(after, of=of) if after else None
    conditions: list[ColumnElement[bool]] = [version.c.newest]
    with store.reading() as connection:
        if outlet_id is not None:
            known_outlet(connection, outlet_id)
            conditions.append(article.c.outlet_id == outlet_id)
        if since is not None:
            conditions.append(version.c.published_day >= day_number(since))
        if until is not None:
            conditions.append(version.c.published_day <= day_number(until))
        if begun:
            conditions.append(version.c.id.in_(_with_headline(connection, begun, conditions)))
        return _page(connection, conditions, sort=sort, limit=limit, place=place, of=of)


def unchecked(store: Store, *, limit: int = 20, after: str | None = None) -> Listing[ArticleRow]:
    """One page of the articles without a verdict, those that came in last first."""
    check_limit(limit)
    of = ("unchecked",)
    place = unpacked(after, of=of) if after else None
    without = version.c.id.not_in(select(verdict.c.version_id))
    with store.reading() as connection:
        return _page(connection, [version.c.newest, without], sort="added", limit=limit, place=place, of=of)


def transcript_list(store: Store, *, limit: int = 50, after: str | None = None) -> Listing[TranscriptRow]:
    """One page of the transcripts, the latest first, those without a day last."""
    check_limit(limit)
    of = ("transcripts",)
    place = unpacked(after, of=of) if after else None
    day, number = transcript.c.day, transcript.c.id
    columns = (number, transcript.c.title, transcript.c.name, day, transcript.c.url)
    query: Select[Any] = select(*columns, transcript.c.words, transcript.c.added_at, transcript.c.speakers)
    query = query.where(transcript.c.newest)
    with store.reading() as connection:
        total = connection.scalar(select(func.count()).select_from(transcript).where(transcript.c.newest)) or 0
        if place is not None:
            query = behind(query, day, number, place)
        query = query.order_by(day.is_(None), day.desc(), number.desc())
        rows = connection.execute(query.limit(limit + 1)).all()
    items = [
        TranscriptRow(
            id=row.id,
            title=row.title,
            name=row.name,
            day=iso_day(row.day),
            url=row.url,
            words=row.words,
            added_at=row.added_at,
            speakers=list(dict.fromkeys(json.loads(row.speakers))),
        )
        for row in rows[:limit]
    ]
    more = limit and len(rows) > limit
    return Listing(items, total, packed((rows[limit - 1].day, rows[limit - 1].id), of=of) if more else None)


def known_outlet(connection: Connection, number: int) -> str:
    """An outlet's name. Raises NoSuchEntry."""
    name: str | None = connection.scalar(select(outlet.c.name).where(outlet.c.id == number))
    if name is None:
        raise NoSuchEntry("outlet", f"#{number}", advice="The list of outlets has them all")
    return name


def _page(
    connection: Connection,
    conditions: Sequence[ColumnElement[bool]],
    *,
    sort: str,
    limit: int,
    place: Place | None,
    of: tuple[object, ...],
) -> Listing[ArticleRow]:
    joined = version.join(article, article.c.id == version.c.article_id)
    total = int(connection.scalar(select(func.count()).select_from(joined).where(*conditions)) or 0)
    day, number = version.c.published_day, article.c.id
    query: Select[Any] = (
        select(
            version.c.id.label("version_id"),
            number.label("id"),
            version.c.number,
            version.c.headline,
            version.c.published,
            day,
            version.c.words,
            article.c.url,
            article.c.added_at,
            outlet.c.id.label("outlet_id"),
            outlet.c.name.label("outlet"),
        )
        .select_from(joined.outerjoin(outlet, outlet.c.id == article.c.outlet_id))
        .where(*conditions)
    )
    if sort == "added":
        # Numbers are given in the order of coming in, and unlike days are never given anew.
        query = query.order_by(number.desc())
        query = query.where(number < place[1]) if place else query
    else:
        query = query.order_by(day.is_(None), day.desc(), number.desc())
        query = behind(query, day, number, place) if place else query
    found = connection.execute(query.limit(limit + 1)).all()
    rows = found[:limit]
    counts, verdicts = _counts(connection, [row.version_id for row in rows])
    items = [
        ArticleRow(
            id=row.id,
            headline=row.headline,
            outlet=row.outlet,
            outlet_id=row.outlet_id,
            published=row.published,
            added_at=row.added_at,
            url=row.url,
            words=row.words,
            statements=counts.get(row.version_id, 0),
            version=row.number,
            verdicts=verdicts[row.version_id],
        )
        for row in rows
    ]
    more = rows and len(found) > limit
    last = None if sort == "added" or not rows else rows[-1].published_day
    return Listing(items, total, packed((last, rows[-1].id), of=of) if more else None)


def _counts(connection: Connection, ids: Sequence[int]) -> tuple[dict[int, int], dict[int, dict[str, int]]]:
    """By version: how many statements it has, and its verdicts by value."""
    of_version = statement.c.version_id
    counted = select(of_version, func.count()).where(of_version.in_(ids)).group_by(of_version)
    counts: dict[int, int] = dict(connection.execute(counted).all())
    verdicts: dict[int, dict[str, int]] = defaultdict(dict)
    judged = select(verdict.c.version_id, verdict.c.value, func.count()).where(verdict.c.version_id.in_(ids))
    for number, value, times in connection.execute(
        judged.group_by(verdict.c.version_id, verdict.c.value).order_by(verdict.c.version_id, func.count().desc())
    ):
        verdicts[number][value] = times
    return counts, verdicts


def _with_headline(
    connection: Connection, begun: Sequence[str], conditions: Sequence[ColumnElement[bool]]
) -> list[int]:
    """The versions in whose headline each word stands, whole or begun."""
    # The database folds less than we do, and only has to leave out most.
    longest = max(begun, key=len)
    headline = version.c.headline
    shown = func.lower(headline)
    for mark in ".,'":
        shown = func.replace(shown, mark, "")
    some = or_(shown.contains(longest, autoescape=True), beyond_ascii(connection, headline))
    query = select(version.c.id, headline).join(article, article.c.id == version.c.article_id)
    found = []
    for number, text in connection.execute(query.where(headline.is_not(None), *conditions, some)):
        words = words_in(text)
        if all(any(word.startswith(each) for word in words) for each in begun):
            found.append(number)
    return found
