"""Feeds, followed: what is new in them goes into the archive, again and again, until somebody says stop."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sayso.adding import Added, add_items
from sayso.pipeline import Day, read_limits, worker_count

if TYPE_CHECKING:
    from sayso.archive import Archive
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

    Ends when `stop` is set. What a feed was last asked with is kept in the archive, so that a later call goes on where
    this one ended. `make_session` replaces the filtered session in tests. Raises as `add` does.
    """
    from sayso.intake.following import ask, waiting_s

    stop = stop or threading.Event()
    states = {os.fspath(url): archive.feed_state(os.fspath(url)) for url in feeds}
    due = dict.fromkeys(states, 0.0)
    clock = 0.0
    while not stop.is_set():
        for url, state in states.items():
            if due[url] > clock:
                continue
            items = ask(url, state=state, limits=read_limits(), make_session=make_session)
            yield from add_items(
                items, archive, date=date, outlet=outlet, any_language=any_language, workers=worker_count(jobs)
            )
            archive.keep_feed(url, state)
            due[url] = clock + waiting_s(every_s, state)
            if stop.is_set():
                return
        pause = max(min(due.values()) - clock, 0.0)
        stop.wait(pause)
        clock += pause
