from __future__ import annotations

import re
import shutil
import threading
from pathlib import Path
from typing import get_args

import pytest

from sayso.batch import events as module
from sayso.batch.events import Cost, Events, Kind, cost_of, read_events
from sayso.batch.layout import Folder
from sayso.batch.limits import Options
from sayso.batch.progress import Peek, Tally, every


def test_what_happened_is_a_line_each(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    for number in range(2):
        with Events(path) as events:
            events.tell("started", process=number)
            events.tell("planned", articles=7, name="Zo\udcffë")
    told = list(read_events(path))
    assert [each["event"] for each in told] == ["started", "planned"] * 2
    assert told[0]["at"].endswith("Z")
    assert list(told[1]) == ["at", "event", "articles", "name"]


def test_the_page_tells_every_event_and_no_other() -> None:
    page = (Path(__file__).parents[2] / "docs" / "batch.md").read_text(encoding="utf-8")
    _, _, table = page.partition("| event |")
    assert set(re.findall(r"(?m)^\| `([a-z ]+)` \|", table)) == set(get_args(Kind))


def test_the_page_tells_the_limits() -> None:
    page = (Path(__file__).parents[2] / "docs" / "batch.md").read_text(encoding="utf-8")
    limits = Options()
    assert f"| processor time of an article | {limits.article_cpu_s:g} s;" in page
    assert f"| time without a sign of life | {limits.silent_s:g} s |" in page
    assert f"| memory of a worker | {limits.memory_mb / 1000:g} GB;" in page


def test_a_line_that_a_kill_tore_harms_no_other(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    with Events(path) as events:
        events.tell("started")
    path.write_bytes(path.read_bytes() + b'{"at": "2026-03-14T10:00:00.000Z", "ev')
    with Events(path) as events:
        events.tell("finished")
    assert [each["event"] for each in read_events(path)] == ["started", "finished"]


def test_no_log_no_cost(tmp_path: Path) -> None:
    assert cost_of(tmp_path / "events.jsonl") == Cost()


def test_cost_is_counted_over_all_runs_and_not_between_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "events.jsonl"
    happened = [
        ("10:00:00.000Z", "started", {}),
        ("10:00:30.000Z", "shard done", {"cpu_s": 20.0, "peak_mb": 300.0}),
        ("10:01:00.000Z", "worker died", {}),
        # killed here, and begun again an hour later
        ("11:00:00.000Z", "started", {}),
        ("11:00:10.500Z", "shard done", {"cpu_s": 8.25, "peak_mb": 280.0}),
        ("11:00:11.000Z", "finished", {}),
        # looked at once more, when there was nothing to do
        ("12:00:00.000Z", "started", {}),
        ("12:00:07.000Z", "finished", {}),
    ]
    with Events(path) as events:
        for at, event, facts in happened:
            monkeypatch.setattr(module, "now_text", lambda at=at: f"2026-03-14T{at}")
            events.tell(event, **facts)  # type: ignore[arg-type]
    assert cost_of(path) == Cost(runs=2, wall_s=71.0, reading_s=40.5, cpu_s=28.25, peak_mb=300.0, deaths=1)


class Clock:
    """Goes on when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_rate_and_the_time_left_are_those_of_this_run() -> None:
    clock = Clock()
    tally = Tally("reading", 1000, "articles", done=500, failures=3, clock=clock)
    assert (tally.now().per_s, tally.now().left_s) == (None, None)
    clock.now = 10.0
    tally.add(100, failures=1)
    now = tally.now()
    assert (now.done, now.failures, now.per_s, now.left_s) == (600, 4, 10.0, 40.0)
    clock.now = 30.0
    assert (tally.now().per_s, tally.now().left_s) == (10.0, 20.0), "the next piece is not due yet"
    clock.now = 50.0
    assert (tally.now().per_s, tally.now().left_s) == (2.0, 200.0), "nothing came for long"


def test_the_rate_forgets_what_was_long_ago() -> None:
    clock = Clock()
    tally = Tally("reading", 100_000, "articles", clock=clock)
    for minute in range(1, 61):
        clock.now = 60.0 * minute
        # After half an hour the cluster has twice the machines.
        tally.add(60 if minute <= 30 else 120)
    assert tally.now().per_s == pytest.approx(2.0)


def test_between_two_shards_the_journals_tell_how_far_it_is(tmp_path: Path) -> None:
    clock, folder = Clock(), Folder(tmp_path)
    journal = folder.work / "journal" / "000003"
    journal.mkdir(parents=True)
    (journal / "attempt-1.jsonl").write_bytes(b"1\n2\n3")
    tally = Tally("reading", 1000, "articles", done=500, under_way=Peek(folder), clock=clock)
    assert (tally.now().done, tally.now().per_s) == (502, None), "an earlier run's are not of this run's rate"
    clock.now = 2.0
    (journal / "attempt-2.jsonl").write_bytes(b"3\n" * 5)
    (journal / "deaths.jsonl").write_bytes(b"{}\n")
    assert (tally.now().done, tally.now().per_s) == (507, 2.5)
    with (journal / "attempt-2.jsonl").open("ab") as file:
        file.write(b"4\n")
    assert tally.now().done == 508
    shutil.rmtree(journal)
    assert tally.now().done == 508, "the shard is done, and about to be counted"
    tally.add(16)
    assert tally.now().done == 516


def test_of_what_nobody_can_count_no_time_is_told() -> None:
    clock = Clock()
    tally = Tally("grouping", None, "articles", clock=clock)
    clock.now = 1.0
    tally.add(5)
    assert (tally.now().per_s, tally.now().left_s) == (5.0, None)


def test_what_is_done_every_so_often_ends_with_the_work() -> None:
    times = []
    enough = threading.Event()

    def note() -> None:
        times.append(1)
        if len(times) == 3:
            enough.set()

    with every(0.001, note):
        assert enough.wait(10)
    after = len(times)
    assert not [each for each in threading.enumerate() if each.name == "sayso-progress"]
    assert len(times) == after


def test_a_full_disk_ends_the_telling_and_not_the_work() -> None:
    tried = threading.Event()

    def fail() -> None:
        tried.set()
        raise OSError(28, "No space left on device")

    with every(0.001, fail):
        assert tried.wait(10)
