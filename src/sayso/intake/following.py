"""Following a feed: asked again and again, only for what is new."""

from __future__ import annotations

import io
from collections import Counter, OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event
from typing import BinaryIO, cast

from sayso.errors import UnreadableSource
from sayso.intake.entries import Fault
from sayso.intake.failures import failure_at
from sayso.intake.feeds import FeedEntry, Known, entries_of, item_of
from sayso.intake.items import Failure, Item
from sayso.reading.fetch import SessionMaker, fetch
from sayso.reading.limits import Limits

_DEFAULT = Limits()
LONGEST_WAIT_S = 6 * 3600.0
TRIES = 3
"""An entry's page that could not be had so many times is asked for no more."""
_REMEMBERED = 10_000


@dataclass
class FeedState:
    """What is remembered of a feed between two times that it is asked."""

    etag: str | None = None
    modified: str | None = None
    failed: int = 0
    """How many times in a row it could not be had."""
    seen: OrderedDict[str, str | None] = field(default_factory=OrderedDict)
    """The entries that were given, by guid or name, with when they were last changed; the last ten thousand."""
    tried: Counter[str] = field(default_factory=Counter)
    """How many times the page of an entry could not be had."""
    faults: set[str] = field(default_factory=set)
    """What was wrong with it last time: it is told once, not at every turn."""


def follow(
    url: str, *, every_s: float, stop: Event, state: FeedState | None = None, known: Known | None = None,
    limits: Limits = _DEFAULT, make_session: SessionMaker | None = None,
) -> Iterator[Item | Failure]:  # fmt: skip
    """The new articles of a feed, as they come, until `stop` is set.

    The feed is asked every `every_s` seconds, and only for what changed (ETag, Last-Modified). Left out are entries
    that were given already and have not changed since, and those that `known` says yes to. A feed that cannot be had is
    a Failure each time, and the wait doubles, up to six hours. `state` is kept up to date: with it a later call goes
    on where this one ended.
    """
    state = state if state is not None else FeedState()
    while not stop.is_set():
        for each in ask(url, state=state, known=known, limits=limits, make_session=make_session):
            yield each
            if stop.is_set():
                return
        stop.wait(waiting_s(every_s, state))


def waiting_s(every_s: float, state: FeedState) -> float:
    """How long to wait before a feed is asked again: twice as long after each failure, up to six hours.

    >>> waiting_s(60, FeedState()), waiting_s(60, FeedState(failed=2)), waiting_s(60, FeedState(failed=40))
    (60, 240, 21600.0)
    """
    return min(every_s * (1 << min(state.failed, 16)), max(LONGEST_WAIT_S, every_s))


def ask(
    url: str, *, state: FeedState, known: Known | None = None, limits: Limits = _DEFAULT,
    make_session: SessionMaker | None = None,
) -> Iterator[Item | Failure]:  # fmt: skip
    """What is new in a feed since it was last asked with this state; once."""
    headers = {}
    if state.etag:
        headers["If-None-Match"] = state.etag
    if state.modified:
        headers["If-Modified-Since"] = state.modified
    try:
        page = fetch(url, limits, make_session=make_session, headers=headers or None)
    except UnreadableSource as error:
        state.failed += 1
        yield failure_at(error, url, url)
        return
    state.failed = 0
    if page.unchanged:
        return
    faults: set[str] = set()
    whole = True
    data = cast(BinaryIO, io.BytesIO(page.data))
    any_entry = False
    for entry in entries_of(data, url=page.url, charset=page.charset, limits=limits):
        if isinstance(entry, Fault):
            faults.add(entry.kind)
            if entry.kind not in state.faults:
                yield Failure(entry.kind, url, url, entry.reason, "Look at the feed in a validator")
            continue
        any_entry = True
        known_as = FeedEntry(entry, url)
        key = known_as.guid or known_as.name
        if (key in state.seen and state.seen[key] == entry.updated) or (known is not None and known(known_as)):
            _remember(state, key, entry.updated)
            continue
        made = item_of(entry, known_as, limits=limits, make_session=make_session)
        yield made
        state.tried[key] += 1
        if isinstance(made, Item) or state.tried[key] >= TRIES:
            del state.tried[key]
            _remember(state, key, entry.updated)
        else:
            # It is asked for again, so the feed must be too.
            whole = False
    if not any_entry and not faults:
        faults.add("unreadable")
        if "unreadable" not in state.faults:
            yield Failure("unreadable", url, url, "there is no entry in this feed", "Look whether it is a feed")
    state.faults = faults
    state.etag, state.modified = (page.etag, page.modified) if whole else (None, None)


def _remember(state: FeedState, key: str, updated: str | None) -> None:
    state.seen[key] = updated
    state.seen.move_to_end(key)
    while len(state.seen) > _REMEMBERED:
        state.seen.popitem(last=False)
