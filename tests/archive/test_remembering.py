"""What an archive remembers: exactly as long as nothing in it changes, and in so many bytes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sayso.archive import open_archive
from sayso.archive.accounts.forms import Actor
from sayso.archive.archive import Archive
from sayso.archive.forms import Problem
from sayso.archive.remembering import Memory
from tests.archive.built import given
from tests.archive.filled import conference, fill, news

ASKED: dict[str, Callable[[Archive], Any]] = {
    "info": lambda archive: archive.info(),
    "search": lambda archive: archive.search("bridge", facets=("speaker", "verdict")),
    "timeline": lambda archive: archive.timeline(),
    "speakers": lambda archive: archive.speakers(),
    "profile": lambda archive: archive.speaker_profile(archive.speakers("Mara Venn")[0].id),
    "outlets": lambda archive: archive.outlet_list(),
    "outlet": lambda archive: archive.outlet(archive.outlet_list()[0].id),
    "articles": lambda archive: archive.article_list(),
    "recent": lambda archive: archive.recent(),
    "trace": lambda archive: archive.trace("the bridge closes"),
    "problems": lambda archive: archive.problems(all=True),
    "suggestions": lambda archive: archive.suggestions(),
}
CHANGES: dict[str, Callable[[Archive], object]] = {
    "an article is added": lambda archive: archive.save(news(40), given("40.html")),
    "a transcript is added": lambda archive: archive.save_transcript(conference(9), given("9.vtt", digest="9" * 64)),
    "a new version": lambda archive: archive.save(news(40, more=", he says"), given("40.html", digest="4" * 64)),
    "two are merged": lambda archive: archive.merge(*(each.id for each in archive.speakers()[-2:]), reason="one"),
    "that is undone": lambda archive: archive.undo(archive.decisions()[0].id),
    "a verdict is corrected": lambda archive: archive.correct(
        2, field="verdict", target=archive.article(2).verdicts[0].id, after={"value": "verbatim"}
    ),
    "a file is refused": lambda archive: archive.note(Problem("truncated", "a.warc.gz", "it ends in the middle")),
}


@pytest.fixture
def others(archive: Archive, place: str) -> Iterator[Archive]:
    """The archive as another process has it."""
    with open_archive(place) as opened:
        yield opened


def test_what_is_remembered_is_what_would_be_counted_after_every_change(archive: Archive, others: Archive) -> None:
    fill(archive)
    archive.remember(1 << 22)
    for told, change in {"nothing yet": len, **CHANGES}.items():
        before = {name: ask(archive) for name, ask in ASKED.items()}
        if told != "nothing yet":
            change(others)
        counted = {name: ask(others) for name, ask in ASKED.items()}
        assert {name: ask(archive) for name, ask in ASKED.items()} == counted, told
        assert (before != counted) == (told != "nothing yet"), told


def test_the_state_stays_as_long_as_nothing_changes(archive: Archive, others: Archive) -> None:
    fill(archive)
    state = archive.state()
    archive.search("bridge")
    assert archive.state() == others.state() == state
    others.save(news(50), given("50.html"))
    assert archive.state() == others.state() != state


@pytest.mark.parametrize("store_kind", ["sqlite"], indirect=True)
def test_who_signs_in_and_what_is_undone_changes_nothing(archive: Archive) -> None:
    fill(archive)
    archive.accounts.add_user("mara", "nine ferries at noon")
    state = archive.state()
    archive.accounts.audit("look", actor=Actor.here())
    archive.accounts.sign_in("mara", "nine ferries at noon", address="127.0.0.1", browser="")
    with pytest.raises(ZeroDivisionError), archive.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM problem")
        _ = 1 / 0
    assert archive.state() == state


def test_whoever_gets_it_may_change_it(archive: Archive) -> None:
    fill(archive)
    archive.remember(1 << 22)
    for _ in range(3):
        page = archive.search("bridge")
        assert page.hits
        page.hits.clear()


def test_it_takes_no_more_than_it_may() -> None:
    memory = Memory(1000)
    made: list[object] = []

    def ask(key: object, size: int = 90) -> None:
        def make() -> bytes:
            made.append(key)
            return bytes(size)

        assert memory.of(1, key, make) == bytes(size)
        assert memory.bytes <= 1000

    for number in range(1, 100):
        ask(number)
        ask("often", 50)
    ask("large", 500)
    made.clear()
    for key in ("large", 98, 99):
        ask(key)
    ask("often", 50)
    assert made == ["large"], "the large one takes nobody's place"
    ask(5)
    assert made == ["large", 5], "what nobody asked for longest has gone"


def test_several_that_ask_at_once_wait_for_the_one_that_makes_it() -> None:
    memory = Memory(1000)
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        time.sleep(0.05)
        if len(made) == 1:
            raise ArithmeticError
        return b"made"

    found: list[object] = []

    def ask() -> None:
        try:
            found.append(memory.of(1, "key", make))
        except ArithmeticError as error:
            found.append(error)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(made) == 2, "whoever fails fails alone; the next one makes it for all others"
    assert found.count(b"made") == 7
