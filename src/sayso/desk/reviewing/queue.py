"""The queue of review: what is most uncertain first, narrowed to an article or a kind, and what comes after an item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sayso.archive.archive import Archive
from sayso.archive.correcting.forms import Uncertain
from sayso.desk.reviewing.item import parts_of
from sayso.desk.reviewing.passage import Piece, sentence
from sayso.desk.words import query
from sayso.documents import Article, Span

KINDS = {"attribution": "Attributions", "verdict": "Verdicts"}
_PAGE = 20
_SCAN = 200
"""As many as one question gives: what comes after an item is looked for without their articles."""
_MOST = 5
"""Questions that are asked for it."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of the queue somebody works through."""

    article: int | None = None
    kind: str = ""

    @property
    def query(self) -> str:
        """The part of a URL behind its path."""
        return query({"article": self.article, "kind": self.kind})


def address(article: int, target: str, narrowed: Narrowed) -> str:
    """Where an item is looked at."""
    return f"/review/{article}/{target}{narrowed.query}"


def queue(
    archive: Archive, narrowed: Narrowed, *, after: str | None = None, limit: int = _PAGE
) -> tuple[list[Uncertain], str | None]:
    """One page of the queue, with the cursor of the next one."""
    found: list[Uncertain] = []
    for _ in range(_MOST):
        listed = archive.review_queue(limit=limit, after=after, article=narrowed.article)
        found += [each for each in listed.items if narrowed.kind in ("", each.kind)]
        after = listed.next
        if after is None or found:
            break
    return found, after


def sentences(archive: Archive, some: list[Uncertain]) -> list[list[Piece]]:
    """The sentence that each item lies in, with its parts marked; each article is read once."""
    articles = {number: archive.corrected(number) for number in {each.article for each in some}}
    return [sentence(articles[each.article], _spans(articles[each.article], each.target)) for each in some]


def _spans(article: Article, target: str) -> dict[str, list[Span]]:
    judged = next((each for each in article.verdicts if each.id == target), None)
    name = judged.attribution if judged else target
    found = next((each for each in article.attributions if each.id == name), None)
    if found is not None:
        return parts_of(found)
    return {"content": list(judged.spans)} if judged else {}


def following(archive: Archive, article: int, target: str, narrowed: Narrowed) -> Uncertain | None:
    """What comes after an item: the next one in the queue, the first one at its end or where it is not in the queue;
    None where there is no other."""
    first: Uncertain | None = None
    passed = False
    for each in _all(archive, narrowed):
        if (each.article, each.target) == (article, target):
            passed = True
        elif passed:
            return each
        else:
            first = first or each
    return first


def _all(archive: Archive, narrowed: Narrowed) -> Iterator[Uncertain]:
    after: str | None = None
    for _ in range(_MOST):
        found, after = queue(archive, narrowed, after=after, limit=_SCAN)
        yield from found
        if after is None:
            return


def done_today(archive: Archive, by: str) -> int:
    """How many items somebody has corrected or confirmed since midnight, UTC."""
    today = datetime.now(UTC).date().isoformat()
    done: set[tuple[int, str]] = set()
    after: str | None = None
    for _ in range(_MOST):
        listed = archive.corrections(by=by, limit=200, after=after)
        fresh = [each for each in listed.items if each.at[:10] >= today]
        done |= {(each.article, each.target) for each in fresh if each.field != "undo"}
        after = listed.next
        if after is None or len(fresh) < len(listed.items):
            break
    return len(done)
