"""Following a feed: only what is new, only when it changed, and on after errors."""

from __future__ import annotations

import threading
import time

import pytest

from sayso.intake import Failure, FeedState, Item, ask, follow
from tests.intake.making import serving, unfiltered
from tests.intake.test_feeds import RSS, item


class Feed:
    """A feed that a test changes, and what was asked of it."""

    def __init__(self, *entries: str) -> None:
        self.entries = list(entries)
        self.asked: list[dict[str, str]] = []
        self.status = 200

    def answer(self, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(headers)
        etag = f'"{hash(tuple(self.entries))}"'
        if self.status != 200:
            return self.status, {}, b""
        if headers.get("if-none-match") == etag:
            return 304, {"ETag": etag}, b""
        headers = {
            "Content-Type": "application/rss+xml",
            "ETag": etag,
            "Last-Modified": "Sat, 04 May 2024 10:00:00 GMT",
        }
        return 200, headers, RSS.format("".join(self.entries)).encode()


def guids(made: list[Item | Failure]) -> list[str | None]:
    return [each.guid if isinstance(each, Item) else each.kind for each in made]


def test_it_is_asked_only_for_what_changed() -> None:
    feed, state = Feed(item(1), item(2)), FeedState()
    with serving(feed.answer) as address:
        assert guids(list(ask(address, state=state, make_session=unfiltered))) == ["tag:1", "tag:2"]
        assert list(ask(address, state=state, make_session=unfiltered)) == []
        feed.entries.insert(0, item(3))
        assert guids(list(ask(address, state=state, make_session=unfiltered))) == ["tag:3"]
    assert "if-none-match" not in feed.asked[0]
    assert feed.asked[1]["if-modified-since"] == "Sat, 04 May 2024 10:00:00 GMT"


def test_an_entry_that_was_changed_comes_again() -> None:
    def entry(updated: str) -> str:
        more = f'<updated xmlns="http://www.w3.org/2005/Atom">{updated}</updated>'
        return item(1, more=more)

    feed, state = Feed(entry("2024-05-04T10:00:00Z")), FeedState()
    with serving(feed.answer) as address:
        assert guids(list(ask(address, state=state, make_session=unfiltered))) == ["tag:1"]
        feed.entries = [entry("2024-05-04T11:00:00Z"), item(2)]
        assert guids(list(ask(address, state=state, make_session=unfiltered))) == ["tag:1", "tag:2"]


def test_an_entry_whose_page_could_not_be_had_is_tried_again() -> None:
    feed, state = Feed(item(1, content="")), FeedState()
    up = False

    def answer(path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if path.startswith("/story"):
            return (200, {"Content-Type": "text/html"}, b"<p>At last") if up else (503, {}, b"")
        return feed.answer(path, headers)

    with serving(answer) as address:
        assert guids(list(ask(f"{address}/feed", state=state, make_session=unfiltered))) == ["unreadable"]
        up = True
        assert guids(list(ask(f"{address}/feed", state=state, make_session=unfiltered))) == ["tag:1"]
        assert list(ask(f"{address}/feed", state=state, make_session=unfiltered)) == []


def test_a_page_that_is_never_had_is_given_up() -> None:
    feed, state = Feed(item(1, content="")), FeedState()

    def answer(path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        return (404, {}, b"") if path.startswith("/story") else feed.answer(path, headers)

    with serving(answer) as address:
        turns = [guids(list(ask(f"{address}/feed", state=state, make_session=unfiltered))) for _ in range(5)]
    assert turns == [["unreadable"]] * 3 + [[]] * 2
    assert "if-none-match" in feed.asked[-1]


def test_what_is_broken_is_told_once() -> None:
    feed, state = Feed(item(1, more="a & b")), FeedState()
    with serving(feed.answer) as address:
        assert guids(list(ask(address, state=state, make_session=unfiltered))) == ["tag:1", "damaged"]
        feed.entries.append(item(2))
        assert guids(list(ask(address, state=state, make_session=unfiltered))) == ["tag:2"]


def test_following_goes_on_after_errors_and_waits_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    feed, stop, state = Feed(item(1)), threading.Event(), FeedState()
    waits: list[float] = []

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        feed.status = 500 if len(waits) in (1, 2) else 200
        if len(waits) == 3:
            feed.entries.append(item(2))
        if len(waits) == 5:
            stop.set()
        return stop.is_set()

    monkeypatch.setattr(stop, "wait", wait)
    with serving(feed.answer) as address:
        made = list(follow(address, every_s=60, stop=stop, state=state, make_session=unfiltered))
    assert guids(made) == ["tag:1", "unreadable", "unreadable", "tag:2"]
    assert waits == [60, 120, 240, 60, 60]
    assert isinstance(made[1], Failure)


def test_the_wait_after_errors_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, state = threading.Event(), FeedState(failed=50)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        stop.set()

    monkeypatch.setattr(stop, "wait", wait)
    list(follow("http://127.0.0.1:9/feed", every_s=900, stop=stop, state=state))
    assert waits == [6 * 3600]


def test_stopping_ends_it_while_it_waits() -> None:
    feed, stop = Feed(item(1)), threading.Event()
    with serving(feed.answer) as address:
        following = follow(address, every_s=3600, stop=stop, make_session=unfiltered)
        assert isinstance(next(following), Item)
        threading.Timer(0.2, stop.set).start()
        began = time.monotonic()
        assert list(following) == []
    assert time.monotonic() - began < 10
