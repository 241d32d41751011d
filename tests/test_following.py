"""Following feeds into the archive: what is new comes in once, trouble is told once, and a restart loses nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import adding
from sayso.adding import Added
from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.following import follow
from tests.intake.making import sentences, serving, unfiltered
from tests.intake.test_feeds import RSS, item
from tests.quoting import extract, story

EVERY_S = 0.02


class Site:
    """Feeds and pages that a test changes while they are followed."""

    def __init__(self) -> None:
        self.entries: dict[str, list[str]] = {}
        """The entries of each feed, by its path."""
        self.pages: dict[str, bytes] = {}
        self.down: set[str] = set()
        self.asked: list[str] = []

    def answer(self, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(path)
        if path in self.down:
            return 503, {}, b""
        if path in self.entries:
            etag = f'"{hash(tuple(self.entries[path]))}"'
            if headers.get("if-none-match") == etag:
                return 304, {"ETag": etag}, b""
            feed = RSS.format("".join(self.entries[path])).encode()
            return 200, {"Content-Type": "application/rss+xml", "ETag": etag}, feed
        page = self.pages.get(path)
        return (200, {"Content-Type": "text/html"}, page) if page else (404, {}, b"")


def entry(number: int, *, said: str = "The bridge is not safe", updated: str = "2024-05-04T10:00:00Z") -> str:
    """An entry with its whole text."""
    lines = [line for line in story(number, said=said).splitlines() if line] + sentences(number)
    body = "".join(f"<p>{line}</p>" for line in lines)
    return item(number, content=body, more=f'<updated xmlns="http://www.w3.org/2005/Atom">{updated}</updated>')


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    with serving(site.answer) as where:
        yield where


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(adding, "extracted", extract)
    return tmp_path / "archive.db"


@pytest.fixture
def archive(place: Path) -> Iterator[Archive]:
    with open_archive(place, make=True) as made:
        yield made


class Following:
    """Feeds that are followed in a thread of their own, until the `with` ends."""

    def __init__(self, archive: Archive, *feeds: str, every_s: float = EVERY_S) -> None:
        self.results: list[Added] = []
        self.stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(archive, feeds, every_s))

    def _run(self, archive: Archive, feeds: tuple[str, ...], every_s: float) -> None:
        for each in follow(feeds, archive, every_s=every_s, stop=self.stop, make_session=unfiltered):
            self.results.append(each)

    def __enter__(self) -> Following:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._thread.join(20)
        assert not self._thread.is_alive()

    def until(self, count: int) -> list[tuple[str, str]]:
        """What has come in, as soon as it is so many."""
        wait_for(lambda: len(self.results) >= count)
        return [(each.name.rpartition("/")[2], each.outcome) for each in self.results]


def wait_for(done: object) -> None:
    end = time.monotonic() + 20
    while not done():  # type: ignore[operator]
        assert time.monotonic() < end, "nothing came in"
        time.sleep(0.01)


def turns(site: Site, path: str, more: int) -> None:
    """Waits until a feed was asked so many times more."""
    before = site.asked.count(path)
    wait_for(lambda: site.asked.count(path) >= before + more)


def test_new_entries_come_in_and_old_ones_do_not_come_again(site: Site, address: str, archive: Archive) -> None:
    site.entries["/feed"] = [entry(1), entry(2)]
    with Following(archive, f"{address}/feed") as following:
        assert following.until(2) == [("1", "added"), ("2", "added")]
        site.entries["/feed"].insert(0, entry(3))
        assert following.until(3)[2:] == [("3", "added")]
        turns(site, "/feed", 2)
        assert len(following.results) == 3
    assert archive.search("bridge").total == 3


def test_a_changed_entry_is_a_new_version(site: Site, address: str, archive: Archive) -> None:
    site.entries["/feed"] = [entry(1)]
    with Following(archive, f"{address}/feed") as following:
        following.until(1)
        site.entries["/feed"] = [entry(1, said="The bridge is safe by now", updated="2024-05-04T11:00:00Z")]
        assert following.until(2)[1:] == [("1", "new version")]
    assert [each.number for each in archive.versions(1)] == [1, 2]


def test_trouble_is_told_once_and_repaired_when_it_is_over(site: Site, address: str, archive: Archive) -> None:
    site.entries["/feed"] = [entry(1)]
    site.down = {"/feed"}
    with Following(archive, f"{address}/feed") as following:
        following.until(1)
        turns(site, "/feed", 3)
        assert [each.outcome for each in following.results] == ["problem"]
        (problem,) = archive.problems()
        assert (problem.name, problem.times) == (f"{address}/feed", 1)
        site.down = set()
        assert following.until(2)[1:] == [("1", "added")]
        turns(site, "/feed", 1)
    assert archive.problems() == []


def test_an_entry_without_a_page_is_told_once(site: Site, address: str, archive: Archive) -> None:
    site.entries["/feed"] = [item(1, content=""), entry(2)]
    with Following(archive, f"{address}/feed") as following:
        following.until(2)
        turns(site, "/feed", 3)
        assert [each.outcome for each in following.results] == ["problem", "added"]
    (problem,) = archive.problems()
    assert problem.name == f"{address}/story/1"


def test_a_restart_goes_on_where_it_ended(site: Site, address: str, place: Path, archive: Archive) -> None:
    site.entries["/feed"] = [item(1, content=""), entry(2)]
    site.pages["/story/1"] = f"<!doctype html><article>{story(1)}</article>".encode()
    with Following(archive, f"{address}/feed") as following:
        following.until(2)
        turns(site, "/feed", 1)
    assert archive.feed_state(f"{address}/feed").etag is not None
    with open_archive(place) as again:
        site.entries["/feed"].insert(0, entry(3))
        with Following(again, f"{address}/feed") as following:
            assert following.until(1) == [("3", "added")]
            turns(site, "/feed", 1)
            assert len(following.results) == 1
    # The page of an entry that is in was not fetched once more.
    assert site.asked.count("/story/1") == 1


def test_feeds_are_asked_in_turn_and_one_in_trouble_does_not_stop_the_rest(
    site: Site, address: str, archive: Archive
) -> None:
    site.entries = {"/one": [entry(1)], "/two": [entry(2)]}
    site.down = {"/gone"}
    feeds = [f"{address}/{name}" for name in ("one", "gone", "two")]
    with Following(archive, *feeds) as following:
        assert following.until(3) == [("1", "added"), ("gone", "problem"), ("2", "added")]
        site.entries["/one"].append(entry(3))
        site.entries["/two"].append(entry(4))
        assert sorted(following.until(5)[3:]) == [("3", "added"), ("4", "added")]
        # It is asked less and less often.
        turns(site, "/one", 4)
        assert site.asked.count("/gone") < site.asked.count("/one")


def test_stopping_ends_a_long_wait_at_once(site: Site, address: str, archive: Archive) -> None:
    site.entries["/feed"] = [entry(1)]
    with Following(archive, f"{address}/feed", every_s=3600) as following:
        following.until(1)
        began = time.monotonic()
    assert time.monotonic() - began < 5


def test_what_a_stop_cut_short_is_asked_for_again(site: Site, address: str, archive: Archive) -> None:
    site.entries["/feed"] = [entry(number) for number in range(1, 9)]
    stop = threading.Event()
    results = follow([f"{address}/feed"], archive, every_s=EVERY_S, stop=stop, jobs=1, make_session=unfiltered)
    assert next(results).outcome == "added"
    stop.set()
    assert list(results) == []
    assert archive.info().articles == 1
    with Following(archive, f"{address}/feed") as following:
        assert sorted(following.until(8)) == sorted([("1", "unchanged"), *((str(n), "added") for n in range(2, 9))])


def test_nothing_to_follow_is_nothing(archive: Archive) -> None:
    assert list(follow([], archive, every_s=1)) == []
