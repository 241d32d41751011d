"""The engine for many machines: the same results whatever dies, and nothing left of it at the end."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.chaos.killing import Disturbed, batch_command
from benchmarks.chaos.nodes import Nodes, kill, words_of
from sayso.batch.digest import digest_of
from sayso.batch.engines.ray import RayEngine, _actor
from sayso.batch.engines.same import Place, look_here, place_of, told_of
from sayso.batch.job import job_of
from sayso.batch.layout import Folder, put_json
from sayso.batch.limits import Options
from sayso.batch.tasks import Task
from sayso.errors import BatchFailed, MissingPackage
from tests.batch.harmful import gone, harm, teach


def processes_of(session: int) -> list[int]:
    """The processes that an engine's process started, and those that Ray started for them."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdecimal():
            try:
                fields = (each / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(each.name))
    return found


def environment_of(pid: int) -> bytes:
    """What a process was given; nothing of one that is just ending."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


def named(pids: list[int], name: str) -> list[int]:
    return [pid for pid in pids if any(name in word for word in words_of(pid))]


def beneath(pid: int) -> list[int]:
    """The processes that a process started, and those that these did."""
    found = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            found += [int(child), *beneath(int(child))]
    return found


def put_batch(folder: Path) -> None:
    """Makes a folder that of a batch, which machines look for."""
    put_json(Folder(folder).job, job_of((), Options()).to_json())


class TestHere:
    """On this machine alone, with one start of Ray for all."""

    def test_whatever_dies_each_task_is_answered_once_and_nothing_is_left(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        teach(tmp_path, monkeypatch)
        put_batch(tmp_path)
        monkeypatch.setenv("SAYSO_ARCHIVE", "postgresql://ines:secret@db/news")
        engine = RayEngine(None, 2, Options(article_cpu_s=5))
        answered = []
        nap = "time.sleep(0.2)"
        for done in engine.run(harm(tmp_path, number=number, count=4, each=nap) for number in range(12)):
            answered.append(done)
            session = engine._process._process.pid  # type: ignore[union-attr]
            pids = processes_of(session)
            actors = named(pids, "ray::MapWorker")
            if len(answered) == 2:
                kill(named(beneath(actors[0]), "sayso.batch._child")[0])
            elif len(answered) == 4:
                kill(actors[0])
        assert sorted(each.task.number for each in answered) == list(range(12))
        for each in answered:
            assert [row["step"] for row in each.result["steps"]] == [0, 1, 2, 3]
            assert each.wall_s > 0 and each.peak_mb > 5
        # What died is gone on with, not begun again.
        assert sum(each.wall_s > 0.8 for each in answered) >= len(answered) - 2

        folder = Path(words_of(session)[-1])
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "token").stat().st_mode) == 0o600
        token = (folder / "token").read_text()
        assert len(token) == 64
        assert not [pid for pid in pids if any(token in word for word in words_of(pid))]
        seen = {pid: said for pid in processes_of(session) if (said := environment_of(pid))}
        assert not [pid for pid, environment in seen.items() if b"secret" in environment]
        # Whoever gives himself a title ("ray::IDLE") writes it over what he was given.
        seen = {pid: said for pid, said in seen.items() if pid != session and not words_of(pid)[0].startswith("ray::")}
        open_to_all = [pid for pid, environment in seen.items() if b"RAY_AUTH_MODE=token" not in environment]
        assert seen and [words_of(pid) for pid in open_to_all] == []

        # What is wrong with sayso and with no article ends the run, and says where it was.
        with pytest.raises(BatchFailed, match=rf"Machine {socket.gethostname()}: .*\(OverflowError: 7\)"):
            list(engine.run([harm(tmp_path, number=20, each="raise OverflowError(7)")]))
        assert not processes_of(session)
        assert not folder.exists()
        assert gone(pids)

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
    def test_a_batch_that_is_ended_takes_ray_along(self, number: signal.Signals, tmp_path: Path) -> None:
        (tmp_path / "note.txt").write_text('"The bridge is closed," Mara Quill said.')
        command = [*batch_command(Path("note.txt"), Path("out")), "--engine", "ray"]
        with tempfile.TemporaryDirectory(prefix="s-") as temporary:
            batch = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                     env={**os.environ, "TMPDIR": temporary})  # fmt: skip
            until = time.monotonic() + 60
            while not (named(below := beneath(batch.pid), "gcs_server")):
                assert time.monotonic() < until and batch.poll() is None
                time.sleep(0.1)
            batch.send_signal(number)
            batch.communicate(timeout=60)
            assert batch.returncode == (130 if number == signal.SIGINT else -number)
            assert gone(below, within_s=30)
            assert not list(Path(temporary).iterdir())


@pytest.mark.parametrize(
    "address, reason",
    [
        pytest.param("127.0.0.1:9", r"could not be joined \(.*Connection refused\)", id="nobody-is-there"),
        pytest.param("127.0.0.1", r"could not be joined", id="no-port"),
        pytest.param("ray://127.0.0.1:10001", r"it is no address of a cluster", id="that-of-a-client"),
    ],
)
def test_an_address_at_which_no_cluster_is_is_refused_at_once(address: str, reason: str) -> None:
    with pytest.raises(BatchFailed, match=reason):
        list(RayEngine(address).run([Task("harm", 0)]))


def test_without_ray_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingPackage, match=r"pip install 'sayso\[ray\]'"):
        RayEngine()


def test_a_machine_without_sayso_can_still_say_so() -> None:
    from ray import cloudpickle

    travels = cloudpickle.dumps(_actor())
    script = (
        "import pickle, sys; sys.modules['sayso'] = None\n"
        "reader = pickle.loads(sys.stdin.buffer.read())({}, None)\n"
        "print(reader({'number': [4], 'task': ['{}']})['answer'][0])"
    )
    there = subprocess.run([sys.executable, "-c", script], input=travels, capture_output=True, check=True)
    failed = json.loads(there.stdout)["failed"]
    assert failed["where"] == f"Machine {socket.gethostname()}"
    assert failed["reason"].startswith("sayso is not installed there, or another version (")


class TestSame:
    """A machine must see the batch, and have the same sayso."""

    @pytest.fixture
    def place(self, tmp_path: Path) -> Place:
        put_batch(tmp_path)
        found = place_of(Task("read", 0, {"place": str(tmp_path.parent), "folder": tmp_path.name}))
        assert found is not None
        look_here(found)
        return found

    @pytest.mark.parametrize(
        "changed, reason",
        [
            pytest.param({"id": "another"}, "another batch is in it as this machine sees it", id="another-batch"),
            pytest.param({"sayso": "0.0.1"}, "begun by sayso 0.0.1, and this machine has", id="another-version"),
            pytest.param({"weights": {"a": "0"}}, "another model than this machine has", id="another-model"),
        ],
    )
    def test_where_something_is_another(self, changed: dict[str, object], reason: str, place: Place) -> None:
        file = Folder(Path(place.root)).job
        put_json(file, {**json.loads(file.read_bytes()), **changed})
        with pytest.raises(BatchFailed, match=reason):
            look_here(place)

    def test_a_machine_that_does_not_see_the_folder(self, place: Place) -> None:
        Folder(Path(place.root)).job.unlink()
        with pytest.raises(BatchFailed, match=r"there is no batch in it .* must be on a file system"):
            look_here(place)

    def test_an_error_says_on_which_machine(self) -> None:
        told = told_of(BatchFailed("out", "it is full", "Make room"), at="Machine b")
        assert told == {"where": "Machine b", "reason": "out: it is full", "advice": "Make room"}
        told = told_of(MissingPackage("Parquet", ("polars",)), at="Machine b")
        assert told["reason"].startswith("Parquet: polars is not installed")


def test_machines_workers_and_the_batch_die_and_the_tables_are_the_same(tmp_path: Path) -> None:
    """Three nodes of Ray; each kind dies once a shard more is done, and a node comes back as another one."""
    sentence = '"The {} lock will stay open, whatever the harbour says," {} told the board of the canal on Tuesday. '
    names = ("Mara Quill", "Tom Brann", "Ines Dahl")
    lines = [{"text": "".join(sentence.format(each, names[each % 3]) for each in range(n, n + 6))} for n in range(176)]
    lines[50] = {"text": ""}
    wire = tmp_path / "wire.jsonl"
    wire.write_text("".join(json.dumps(each) + "\n" for each in lines))
    subprocess.run(batch_command(wire, tmp_path / "quiet"), check=True, capture_output=True)
    output = tmp_path / "disturbed"

    def in_turn() -> Iterator[str | None]:
        for count, kind in enumerate(("driver", "child", "actor", "node"), start=1):
            while len(Folder(output).entries()) < count:
                yield None
            while not disturbed.killed[kind]:
                yield kind

    with Nodes(3) as nodes:
        command = batch_command(wire, output, "--address", nodes.address)
        disturbed = Disturbed(nodes, command, chance=random.Random(5))
        said = disturbed.run(in_turn(), within_s=500)
    assert disturbed.killed == {"driver": 1, "child": 1, "actor": 1, "node": 1}
    assert "175 articles read, 1 failure" in said
    assert digest_of(output) == digest_of(tmp_path / "quiet")
