"""Correcting an article, and taking that back: each in one transaction with all that follows from it.

Invariant: a row of `correction` is never changed but for `undone_by` and `checked_at`, and none is taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, func, select, update

from sayso.archive.clock import now_text
from sayso.archive.correcting.applying import apply, in_force
from sayso.archive.correcting.checking import before_and_after
from sayso.archive.correcting.forms import WHOLE, Corrected, Correction
from sayso.archive.correcting.rebuilding import rebuild
from sayso.archive.correcting.rows import ROWS, corrected_version, form_of, newest_of, of_version, put_in
from sayso.archive.keeping.entries import article_of_version, read_articles
from sayso.archive.keeping.layers import storable
from sayso.archive.schema import correction
from sayso.archive.signers import local_user
from sayso.archive.stores.base import Store
from sayso.documents import Article
from sayso.errors import BadRequest, NoSuchEntry, RefusedDecision

_MOST_REASON = 5_000


def correct(
    store: Store, article_id: int, *, field: str, target: str, after: Any, reason: str = "", by: str | None = None
) -> Correction:
    """What was set right, as a row; the forms of `after` stand with `Correction`.

    `by` is the user's name where it is not given. Raises NoSuchEntry for an article, attribution, verdict or speaker
    that is not there; BadRequest for a value that will not do; RefusedDecision where it is so already.
    """

    def act(connection: Connection) -> Correction:
        version_id = newest_of(connection, article_id)
        read = article_of_version(connection, version_id, where=store.where)
        made = of_version(connection, version_id)
        now = apply(read, made)
        name = target or (_next_id(connection, article_id) if field == "added" else target)
        if field == "added" and any(each.id == name for each in (*now.article.attributions, *read.attributions)):
            raise RefusedDecision(f"The article has an attribution {name!r} already", "Leave the target empty")
        before, value = before_and_after(now.article, read, field=field, target=name, after=after)
        _refuse_same(in_force(made), field, name, before, value)
        (number,) = put_in(
            connection,
            [
                {
                    "article_id": article_id,
                    "version_id": version_id,
                    "field": field,
                    "target": name,
                    "before": before,
                    "after": value,
                    "reason": storable(reason),
                    "by": storable(by or local_user()),
                    "at": now_text(),
                }
            ],
        )
        rebuild(store, connection, version_id)
        return _row(connection, number)

    if len(reason) > _MOST_REASON:
        raise BadRequest(f"The reason is too long: at most {_MOST_REASON:,} characters")
    return store.write(act)


def undo(store: Store, number: int, *, reason: str = "", by: str | None = None) -> Correction:
    """The row that undoes a correction: what stood before it holds again, an earlier correction of the same included.

    Raises NoSuchEntry; RefusedDecision where it is undone already, is an undoing itself, or is of a version of the
    article that was replaced.
    """

    def act(connection: Connection) -> Correction:
        row = connection.execute(ROWS.where(correction.c.id == number)).first()
        if row is None:
            raise NoSuchEntry("correction", str(number), advice="List them: sayso archive corrections")
        if row.undone_by is not None:
            raise RefusedDecision(f"Correction {number} is undone already, by {row.undone_by}", decision=row.undone_by)
        if row.field == "undo":
            raise RefusedDecision(f"{number} undoes correction {row.target}", "Correct it again as it was")
        if not row.newest:
            raise RefusedDecision(
                f"Correction {number} is of an older version of article {row.article_id}", "It changes nothing any more"
            )
        made = of_version(connection, row.version_id)
        earlier = [
            each
            for each in made
            if (each.field, each.target) == (row.field, row.target) and each.undone_by is None and each.id != number
        ]
        undone = form_of(row)
        back = earlier[-1].after if earlier else _first_before(made, undone)
        (new,) = put_in(
            connection,
            [
                {
                    "article_id": row.article_id,
                    "version_id": row.version_id,
                    "field": "undo",
                    "target": str(number),
                    "before": undone.after,
                    "after": back,
                    "reason": storable(reason),
                    "by": storable(by or local_user()),
                    "at": now_text(),
                }
            ],
        )
        connection.execute(update(correction).where(correction.c.id == number).values(undone_by=new))
        rebuild(store, connection, row.version_id)
        return _row(connection, new)

    if len(reason) > _MOST_REASON:
        raise BadRequest(f"The reason is too long: at most {_MOST_REASON:,} characters")
    return store.write(act)


def corrected(store: Store, article_id: int) -> Corrected:
    """The newest version of an article as its corrections have it, with them. Raises NoSuchEntry, DamagedArchive."""
    with store.reading() as connection:
        return corrected_version(connection, newest_of(connection, article_id), where=store.where)


def corrected_articles(store: Store, ids: Iterable[int] | None = None) -> Iterator[tuple[int, Article]]:
    """Articles as their corrections have them, with their ids, as `read_articles` gives them as they were read."""
    for number, article in read_articles(store, ids):
        with store.reading() as connection:
            made = of_version(connection, newest_of(connection, number))
        # Of another version only where one came in between: then its own corrections are for the next time.
        yield number, apply(article, [each for each in made if each.text_id == article.id]).article


def _first_before(made: list[Correction], undone: Correction) -> Any:
    """What was read, where no correction of the same is left."""
    same = [each for each in made if (each.field, each.target) == (undone.field, undone.target)]
    return same[0].before if same else None


def _refuse_same(made: list[Correction], field: str, target: str, before: Any, after: Any) -> None:
    """Where nothing would change: a second click must not make a second row."""
    there = next((each for each in made if (each.field, each.target) == (field, target)), None)
    if field == "confirmed":
        since = [each for each in made if there and each.id > there.id and target in (WHOLE, each.target)]
        there = None if since else there
    if there is not None and there.after == after:
        raise RefusedDecision(f"It is so already, by correction {there.id}", decision=there.id)
    if there is None and field not in ("confirmed", "removed") and before is not None and _same(before, after):
        raise RefusedDecision(f"The {field} of {target} is so already", "To say that it is right, confirm it")


def _same(before: Any, after: dict[str, Any]) -> bool:
    """Whether all that a correction says stands there; what follows from it, and words that it leaves out, aside."""
    return all(
        before.get(key) == value for key, value in after.items() if key != "judged" and (key, value) != ("words", [])
    )


def _next_id(connection: Connection, article_id: int) -> str:
    counted = select(func.count()).where(correction.c.article_id == article_id, correction.c.field == "added")
    return f"c-a{int(connection.scalar(counted) or 0) + 1}"


def _row(connection: Connection, number: int) -> Correction:
    return form_of(connection.execute(ROWS.where(correction.c.id == number)).one())
