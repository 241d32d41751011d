"""A worker gets through its task whatever its child comes to: what was done stays done, what kills is given up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.batch.limits import Options
from sayso.batch.tasks import Done, Task
from sayso.batch.worker import Closed, Worker
from sayso.errors import BatchFailed
from tests.batch.harmful import gone, harm, runs, teach

Work = Callable[..., Done]


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Worker]]:
    teach(tmp_path, monkeypatch)
    made: list[Worker] = []

    def make(**options: Any) -> Worker:
        made.append(Worker(Options(**options)))
        return made[-1]

    yield make
    for each in made:
        each.close()


def steps_of(done: Done) -> list[int]:
    return [each["step"] for each in done.result["steps"]]


AT_ONCE = {"article_cpu_s": 0.4, "silent_s": 2}
REGEX = "import re; re.match('(a+)+$', 'a' * 99 + 'b')"
HELD = "import ctypes; ctypes.PyDLL(None).{}"


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers of the system here")
@pytest.mark.parametrize(
    "code, words, limits",
    [
        pytest.param("while True: pass", "within 0.4 s of a processor", AT_ONCE, id="hangs-in-python"),
        pytest.param(REGEX, "within 0.4 s", AT_ONCE, id="hangs-in-c-with-the-lock"),
        pytest.param("time.sleep(99)", "did nothing for 2 s", AT_ONCE, id="waits"),
        pytest.param(HELD.format("sleep(99)"), "did nothing for 2 s", AT_ONCE, id="waits-in-c-with-the-lock"),
        pytest.param("bytearray(3_000 * MEGABYTE)", "within 300 MB", {}, id="takes-all-memory-at-once"),
        pytest.param("while True: HELD.append(b'x' * MEGABYTE)", "within 300 MB", {}, id="takes-more-and-more"),
        pytest.param("os.kill(os.getpid(), 11)", "SIGSEGV", {}, id="crashes"),
        pytest.param(HELD.format("abort()"), "SIGABRT", {}, id="aborts"),
        pytest.param("os._exit(3)", "exit code 3", {}, id="leaves"),
    ],
)
def test_a_step_that_kills_is_given_up_and_the_others_are_done_once(
    worker: Callable[..., Worker], tmp_path: Path, code: str, words: str, limits: dict[str, float]
) -> None:
    done = worker(memory_mb=300, **limits).run(harm(tmp_path / "out", step2=code))
    assert steps_of(done) == [0, 1, 3]
    assert list(done.result["given_up"]) == ["2"] and words in done.result["given_up"]["2"]
    assert len({each["pid"] for each in done.result["steps"]}) == 2, "those before and those after, in one each"


PARSES = """
from sayso.reading.extractor import extract_main_text
from sayso.reading.limits import Limits
extract_main_text("<p>Nobody said anything.</p>", "page", Limits(parse_timeout_s=60))
parser, = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not say what a process took")
def test_one_that_works_is_not_taken_for_one_that_hangs(worker: Callable[..., Worker], tmp_path: Path) -> None:
    # A second of a processor, with waits between, as on a machine that does other things as well.
    slow = """for _ in range(20):
    until = time.process_time() + 0.06
    while time.process_time() < until: pass
    time.sleep(0.1)"""
    done = worker(silent_s=1.5).run(harm(tmp_path / "out", step1=slow))
    assert steps_of(done) == [0, 1, 2, 3] and not done.result["alone"]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not say what a process took")
def test_what_its_parser_takes_is_counted(worker: Callable[..., Worker], tmp_path: Path) -> None:
    own = tmp_path / "own"
    done = worker().run(harm(tmp_path, step0=PARSES, step3=f"Path({str(own)!r}).write_text(str(time.process_time()))"))
    assert done.cpu_s > float(own.read_text()) + 0.1, "it imports a library of its own"


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes here")
def test_its_parser_dies_with_it_also_when_it_cannot_see_that(worker: Callable[..., Worker], tmp_path: Path) -> None:
    told = tmp_path / "parser"
    code = f"""told = Path({str(told)!r})
if not told.exists():
    told.write_text(parser)
    os.kill(int(parser), 19)  # SIGSTOP: as one that is deep in a page, it does not look at its pipe
    os.kill(os.getpid(), 9)"""
    done = worker().run(harm(tmp_path / "out", step0=PARSES + code))
    assert steps_of(done) == [0, 1, 2, 3] and gone([int(told.read_text())])


def test_the_work_of_the_dead_is_counted(worker: Callable[..., Worker], tmp_path: Path) -> None:
    done = worker(article_cpu_s=0.5).run(harm(tmp_path, step1="while True: pass"))
    assert 1.0 <= done.cpu_s < 3 and done.peak_mb > 10


@pytest.mark.parametrize(
    "kills, given_up", [pytest.param(3, [], id="three-times"), pytest.param(9, ["1"], id="always")]
)
def test_being_killed_from_outside_accuses_nobody_at_first(
    worker: Callable[..., Worker], tmp_path: Path, kills: int, given_up: list[str]
) -> None:
    counted = tmp_path / "counted"
    code = f"""counted = Path({str(counted)!r})
with counted.open("ab") as file: file.write(b".")
if counted.stat().st_size <= {kills}: os.kill(os.getpid(), 9)"""
    done = worker().run(harm(tmp_path / "out", count=3, step1=code))
    assert list(done.result["given_up"]) == given_up
    assert steps_of(done) == ([0, 2] if given_up else [0, 1, 2])
    assert counted.stat().st_size == (5 if given_up else 4)


def test_a_child_killed_again_and_again_costs_time_alone(worker: Callable[..., Worker], tmp_path: Path) -> None:
    made, over = worker(), threading.Event()
    killed: list[int] = []
    attempts = tmp_path / "work" / "journal" / "harm-000000"

    def kill() -> None:
        while not over.wait(0.02):
            # Not before it has done something: that a machine is too busy to begin is another matter.
            if len(list(attempts.glob("attempt-*"))) > len(killed) and (pid := made.pid):
                over.wait(0.2)
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        done = made.run(harm(tmp_path, count=20, each="time.sleep(0.05)"))
    finally:
        over.set()
        thread.join()
    assert steps_of(done) == list(range(20)) and not done.result["given_up"]
    assert len(set(killed)) > 2


def test_a_task_that_never_gets_on_fails(worker: Callable[..., Worker], tmp_path: Path) -> None:
    lost = Task("harm", 3, {"folder": str(tmp_path), "count": 0, "harms": None, "each": None})
    with pytest.raises(BatchFailed, match=r"task harm 3: sayso failed on it .*Please report"):
        worker().run(harm(tmp_path, number=3, step0="1 / 0"))
    assert worker().run(lost).result["steps"] == []
    with pytest.raises(BatchFailed, match="no such job"):
        worker().run(Task("nothing", 1))
    with pytest.raises(BatchFailed, match="no room"):
        worker().run(harm(tmp_path, number=4, step1="from sayso.errors import BatchFailed\n"
                          "raise BatchFailed('out', 'there is no room')"))  # fmt: skip


def test_one_that_dies_before_it_begins_anything_is_tried_only_so_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(tmp_path, monkeypatch, "import os, sys\nif 'sayso.batch._child' in sys.orig_argv: os._exit(7)")
    with Worker(Options(attempts=3)) as worker, pytest.raises(BatchFailed, match=r"died 3 times .exit code 7"):
        worker.run(harm(tmp_path))


def test_memory_that_grows_is_given_back_between_steps(worker: Callable[..., Worker], tmp_path: Path) -> None:
    done = worker(memory_mb=150).run(harm(tmp_path, count=12, each="HELD.append(b'x' * 20 * MEGABYTE)"))
    pids = [each["pid"] for each in done.result["steps"]]
    assert steps_of(done) == list(range(12))
    assert 2 < len(set(pids)) < 8 and done.peak_mb < 150
    assert not (tmp_path / "work" / "journal" / "harm-000000" / "deaths.jsonl").exists()


def test_a_file_larger_than_its_memory_may_be_mapped_into_it(worker: Callable[..., Worker], tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(1 << 28)
    code = (
        f"import mmap; file = open({str(large)!r}, 'rb')\n"
        "HELD.append(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)); sum(HELD[-1][:: 1 << 14])"
    )
    done = worker(memory_mb=150).run(harm(tmp_path / "out", step1=code))
    assert steps_of(done) == [0, 1, 2, 3] and len({each["pid"] for each in done.result["steps"]}) == 1


def test_a_child_is_kept_for_the_next_task_and_replaced_when_it_is_killed_meanwhile(
    worker: Callable[..., Worker], tmp_path: Path
) -> None:
    made = worker()
    pids = [{each["pid"] for each in made.run(harm(tmp_path, number=number)).result["steps"]} for number in (1, 2)]
    assert pids == [{made.pid}, {made.pid}]
    assert made.pid is not None
    os.kill(made.pid, signal.SIGKILL)
    assert gone([made.pid])
    assert steps_of(made.run(harm(tmp_path, number=3))) == [0, 1, 2, 3]


def test_two_workers_at_one_task_do_not_harm_one_another(worker: Callable[..., Worker], tmp_path: Path) -> None:
    done: list[Done] = []
    task = harm(tmp_path, count=8, each="time.sleep(0.05)")
    threads = [threading.Thread(target=lambda: done.append(worker().run(task))) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [steps_of(each) for each in done] == [list(range(8))] * 2


def test_whoever_closes_it_ends_it_at_once(worker: Callable[..., Worker], tmp_path: Path) -> None:
    made = worker()
    raised: list[BaseException] = []

    def work() -> None:
        try:
            made.run(harm(tmp_path, step0="time.sleep(60)"))
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    until = time.monotonic() + 60
    while not made.pid and time.monotonic() < until:
        time.sleep(0.01)
    pid = made.pid
    made.close()
    thread.join(30)
    assert pid and not runs(pid) and [type(each) for each in raised] == [Closed]
    with pytest.raises(Closed):
        made.run(harm(tmp_path))
    assert not (tmp_path / "work" / "journal" / "harm-000000" / "deaths.jsonl").exists(), "nobody is to blame"


SUPERVISOR = """
import sys
from pathlib import Path
from sayso.batch.limits import Options
from sayso.batch.worker import Worker
from tests.batch.harmful import harm
Worker(Options(article_cpu_s=3)).run(harm(Path(sys.argv[1]), step0=sys.argv[2]))
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes here")
@pytest.mark.parametrize(
    "code",
    [
        pytest.param("time.sleep(200)", id="idle"),
        pytest.param(REGEX, id="holding-the-lock"),
    ],
)
def test_nothing_outlives_a_worker_that_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    teach(tmp_path, monkeypatch)
    told = tmp_path / "pids"
    tell = f"Path({str(told)!r}).write_text(f'{{os.getpid()}} {{parser}}.')\n"
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path / "out"), PARSES + tell + code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    until = time.monotonic() + 120
    while not (told.exists() and told.read_text().endswith(".")) and time.monotonic() < until:
        time.sleep(0.02)
    pids = [int(each) for each in told.read_text().rstrip(".").split()]
    assert all(map(runs, pids))
    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()
    # One that holds the lock does not see the pipe close: it ends when it has had its seconds of a processor.
    assert gone(pids, within_s=120)
