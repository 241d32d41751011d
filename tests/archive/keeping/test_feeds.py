"""What is remembered of a feed, on both databases."""

from __future__ import annotations

from collections import OrderedDict

from sayso.archive.archive import Archive
from sayso.archive.forms import Problem
from sayso.intake.following import FeedState

URL = "https://tidewater.example/feed"


def test_a_feed_that_was_never_asked_has_a_new_state(archive: Archive) -> None:
    assert archive.feed_state(URL) == FeedState()


def test_what_was_kept_comes_back_in_its_order(archive: Archive) -> None:
    seen = OrderedDict([("tag:2", "2026-03-14T10:00:00Z"), ("tag:1", None), ("étoile ☆", "")])
    archive.keep_feed(URL, FeedState(etag='"a"', modified="Sat, 04 May 2024 10:00:00 GMT", seen=seen))
    archive.keep_feed(f"{URL}/other", FeedState(etag='"b"'))
    state = archive.feed_state(URL)
    assert (state.etag, state.modified) == ('"a"', "Sat, 04 May 2024 10:00:00 GMT")
    assert list(state.seen.items()) == list(seen.items())
    assert state.failed == 0 and not state.tried and not state.faults


def test_the_latest_state_takes_the_place_of_the_one_before(archive: Archive) -> None:
    archive.keep_feed(URL, FeedState(etag='"a"', seen=OrderedDict([("tag:1", None)])))
    archive.keep_feed(URL, FeedState())
    assert archive.feed_state(URL) == FeedState()


def test_a_feed_that_is_well_again_is_no_problem_any_more(archive: Archive) -> None:
    for kind in ("unreadable", "damaged"):
        archive.note(Problem(kind, URL, f"{kind}, once"))  # type: ignore[arg-type]
    archive.note(Problem("unreadable", f"{URL}/story", "no such page"))
    archive.keep_feed(URL, FeedState(failed=1))
    archive.keep_feed(URL, FeedState(faults={"damaged"}))
    assert len(archive.problems()) == 3
    archive.keep_feed(URL, FeedState())
    assert [each.name for each in archive.problems()] == [f"{URL}/story"]
