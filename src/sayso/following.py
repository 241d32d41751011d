"""Feeds, followed: what is new in them goes into the archive, again and again, until somebody says stop."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sayso.adding import Added, add_items
from sayso.pipeline import Day, read_limits, worker_count

if TYPE_CHECKING:
    from sayso.archive import Archive
    from sayso.intake.items import Failure, Item
    from sayso.reading.fetch import SessionMaker


def follow(
    feeds: Iterable[str | os.PathLike[str]],
    archive: Archive,
    *,
    every_s: float,
    stop: threading.Event | None = None,
    date: Day = None,
    outlet: str | None = None,
    any_language: bool = False,
    jobs: int | None = None,
    make_session: SessionMaker | None = None,
) -> Iterator[Added]:
    """What comes in from feeds, each kept as it is yielded; they are asked in turn every `every_s` seconds.

    Ends when `stop` is set. What a feed gave is kept in the archive after each turn, so that a later call goes on where
    this one ended; a turn that was broken off is begun again. A feed that cannot be had is asked less and less often,
    and is a problem once, not at every turn. `make_session` replaces the filtered session in tests. Raises as `add`.
    """
    from sayso.intake.following import ask, waiting_s

    stop = stop or threading.Event()
    states = {os.fspath(url): archive.feed_state(os.fspath(url)) for url in feeds}
    due = dict.fromkeys(states, 0.0)
    told: dict[str, set[tuple[str, str]]] = {url: set() for url in states}
    while states and not stop.is_set():
        for url, state in states.items():
            if due[url] > time.monotonic():
                continue
            asked = ask(url, state=state, limits=read_limits(), make_session=make_session)
            items = _unheard(asked, told, url, stop)
            for each in add_items(
                items, archive, date=date, outlet=outlet, any_language=any_language, workers=worker_count(jobs)
            ):
                yield each
                if stop.is_set():
                    break
            if stop.is_set():
                # What was asked for and is not in yet must be asked for again.
                return
            archive.keep_feed(url, state)
            due[url] = time.monotonic() + waiting_s(every_s, state)
        stop.wait(max(min(due.values()) - time.monotonic(), 0.0))


def _unheard(
    items: Iterable[Item | Failure], told: dict[str, set[tuple[str, str]]], url: str, stop: threading.Event
) -> Iterator[Item | Failure]:
    """The items but for failures that the turn before had as well."""
    from sayso.intake.items import Failure

    failed: set[tuple[str, str]] = set()
    for each in items:
        if stop.is_set():
            return
        if isinstance(each, Failure):
            failed.add((each.name, each.reason))
            if (each.name, each.reason) in told[url]:
                continue
        yield each
    told[url] = failed
