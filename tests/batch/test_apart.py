"""An engine in a process of its own: whatever that process does, each task is answered once, or it is said why not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.batch.engines.apart import Apart
from sayso.batch.tasks import Task
from sayso.errors import BatchFailed

Made = Callable[..., Apart]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    monkeypatch.setattr("sayso.batch.engines.apart._CLOSE_S", 0.3)
    made: list[Apart] = []

    def make(acts: str = "", **more: Any) -> Apart:
        (tmp_path / "acts").write_text(acts, encoding="utf-8")
        told = {"acts": str(tmp_path / "acts"), **more}
        made.append(Apart("It", told, module="tests.batch.unreliable", environment={}, quiet_s=3.0))
        return made[-1]

    yield make
    for each in made:
        each.close()


def tasks(count: int) -> list[Task]:
    return [Task("harm", number) for number in range(count)]


@pytest.mark.parametrize(
    "acts, lots",
    [
        pytest.param("", [7], id="all-goes-well"),
        pytest.param("twice", [7], id="what-comes-twice-counts-once"),
        pytest.param("half half", [7, 4, 2], id="what-got-lost-is-asked-for-again"),
        pytest.param("none none none none", [7, 7, 7, 7, 7], id="all-got-lost-and-again"),
        pytest.param("die die", [7, 4, 2], id="a-process-that-dies-is-begun-anew"),
        pytest.param("hang", [7, 4], id="so-is-one-that-hangs"),
        pytest.param("slow", [7], id="not-one-that-gives-a-sign-of-life"),
    ],
)
def test_each_task_is_answered_once(
    acts: str, lots: list[int], engine: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.batch.engines.apart._PAUSE_S", 0.0)
    answered = list(engine(acts).run(tasks(7)))
    assert sorted(each.task.number for each in answered) == list(range(7))
    assert {each.cpu_s for each in answered} == {1.5}
    assert [int(each) for each in (tmp_path / "lots").read_text().split()] == lots


@pytest.mark.parametrize(
    "acts, reason",
    [
        pytest.param("none " * 5, "5 times in a row no task got done (all of them got lost)", id="all-got-lost"),
        pytest.param("but0 " * 5, "task 0 (harm) got lost 5 times, while others were done", id="one-got-lost"),
        pytest.param("broken " * 5, "5 times in a row no task got done (a wheel came off)", id="it-breaks"),
    ],
)
def test_it_gives_up_after_some_tries(acts: str, reason: str, engine: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.batch.engines.apart._PAUSE_S", 0.0)
    with pytest.raises(BatchFailed) as failed:
        list(engine(acts).run(tasks(320)))
    assert reason in failed.value.reason


def test_what_never_begins_is_not_tried_again(engine: Made) -> None:
    with pytest.raises(BatchFailed, match=r"Ray: there is no room. Wait"):
        next(engine(never="there is no room").run(tasks(1)))


def test_tasks_are_taken_a_lot_at_a_time(engine: Made) -> None:
    taken: list[int] = []
    answers = engine().run(task for task in tasks(200) if taken.append(task.number) is None)
    next(answers)
    assert len(taken) == 64
    assert len(list(answers)) == 199


def test_another_run_is_done_by_the_same_process(engine: Made) -> None:
    made = engine()
    by = [{each.result["by"] for each in made.run(tasks(3))} for _ in range(2)]
    assert by[0] == by[1]
    made.close()
    assert {each.result["by"] for each in made.run(tasks(3))} != by[0]


@pytest.mark.parametrize("acts", [pytest.param("hang", id="at-work"), pytest.param("none none", id="between-two-lots")])
def test_closed_by_another_thread_it_says_so(acts: str, engine: Made) -> None:
    made = engine(acts)
    threading.Timer(1.0, made.close).start()
    with pytest.raises(BatchFailed, match="it was stopped"):
        list(made.run(tasks(4)))


def test_who_stops_asking_ends_it(engine: Made) -> None:
    made = engine("hang")
    answers = made.run(tasks(4))
    next(answers)
    start = time.monotonic()
    answers.close()
    assert made._process is None
    assert time.monotonic() - start < 5
