"""The engine for one machine: every result once, tasks no sooner than they are needed, and nothing left at the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sayso.batch.engines.local import LocalEngine
from sayso.batch.limits import Options
from sayso.batch.tasks import Task
from sayso.errors import BatchFailed
from tests.batch.harmful import gone, harm, runs, teach

Made = Callable[..., LocalEngine]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    teach(tmp_path, monkeypatch)
    made: list[LocalEngine] = []

    def make(workers: int) -> LocalEngine:
        made.append(LocalEngine(workers, Options(article_cpu_s=0.5)))
        return made[-1]

    yield make
    for each in made:
        each.close()
    assert not [each for each in threading.enumerate() if each.name.startswith("sayso-")]


def pids_of(engine: LocalEngine) -> list[int]:
    return [pid for worker in engine._workers if (pid := worker.pid)]


def test_each_task_has_its_result_once_in_whichever_order(engine: Made, tmp_path: Path) -> None:
    # The first takes longest, and the third has a step that hangs.
    first = harm(tmp_path, number=0, count=1, each="time.sleep(1)")
    hanging = harm(tmp_path, number=2, count=2, step1="while True: pass")
    rest = [harm(tmp_path, number=number, count=2) for number in (1, 3, 4, 5)]
    made = engine(2)
    done = list(made.run(iter([first, hanging, *rest])))
    assert sorted(each.task.number for each in done) == list(range(6))
    found = {each.task.number: each.result for each in done}
    assert [len(found[number]["steps"]) for number in range(6)] == [1, 2, 1, 2, 2, 2]
    assert list(found[2]["given_up"]) == ["1"]
    assert [each.result["steps"] for each in made.run([harm(tmp_path, number=7, count=0)])] == [[]], "and again"
    assert not list(made.run([]))


def test_tasks_are_taken_as_workers_become_free(engine: Made, tmp_path: Path) -> None:
    taken = 0

    def tasks() -> Iterator[Task]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield harm(tmp_path, number=number, count=1)

    made = engine(1)
    results = made.run(tasks())
    for given in range(1, 5):
        next(results)
        assert taken <= given + 2, "one at work, and one for whoever is free next"
    pids = pids_of(made)
    results.close()  # type: ignore[attr-defined]
    assert pids and gone(pids, within_s=0)


def test_a_task_that_cannot_be_done_ends_the_run_and_the_others_with_it(engine: Made, tmp_path: Path) -> None:
    made = engine(2)
    begun = time.monotonic()
    with pytest.raises(BatchFailed, match="no such job"):
        list(made.run([harm(tmp_path, each="time.sleep(60)"), Task("nothing", 1)]))
    assert time.monotonic() - begun < 55
    assert not pids_of(made)
    with pytest.raises(BatchFailed, match="stopped"):
        list(made.run([harm(tmp_path)]))


def test_it_is_closed_in_the_middle_of_a_run(engine: Made, tmp_path: Path) -> None:
    made = engine(2)
    raised: list[BaseException] = []

    def work() -> None:
        try:
            list(made.run(harm(tmp_path, number=number, each="time.sleep(60)") for number in range(9)))
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    until = time.monotonic() + 50
    while len(pids_of(made)) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    pids = pids_of(made)
    made.close()
    thread.join(30)
    assert len(pids) == 2 and gone(pids, within_s=0)
    assert [str(each) for each in raised] == ["batch: it was stopped. The same command goes on"]


DRIVER = """
import sys, threading
from pathlib import Path
from sayso.batch.engines.local import LocalEngine
from tests.batch.harmful import harm
engine = LocalEngine(2)
tasks = [harm(Path(sys.argv[1]), number=number, each="time.sleep(60)") for number in range(3)]
def tell():
    import time
    while len(pids := [each.pid for each in engine._workers if each.pid]) < 2:
        time.sleep(0.02)
    print(*pids, flush=True)
threading.Thread(target=tell).start()
try:
    for done in engine.run(tasks):
        pass
except KeyboardInterrupt:
    print(threading.active_count())
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes here")
def test_an_interrupt_ends_it_at_once_with_all_its_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    teach(tmp_path, monkeypatch)
    driver = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert driver.stdout is not None
    pids = [int(each) for each in driver.stdout.readline().split()]
    assert len(pids) == 2 and all(map(runs, pids))
    begun = time.monotonic()
    driver.send_signal(signal.SIGINT)
    left, _ = driver.communicate(timeout=60)
    assert (left.split(), driver.returncode) == (["1"], 0), "threads that are left"
    assert time.monotonic() - begun < 30 and gone(pids, within_s=0)
