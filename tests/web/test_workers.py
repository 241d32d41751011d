"""Work in children: it comes out as it would here, and a child that hangs, dies or lies harms nobody but itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest

from sayso import check, read_text, wire
from sayso.documents import Correction, Span, Transcript
from sayso.errors import BadSetting, EmptySource, NotEnglish, SaysoError, ServerBusy, TookTooLong, UnreadableSource
from sayso.plain import to_plain, transcript_from_plain
from sayso.transcripts import read_transcript_bytes
from sayso.web import children
from sayso.web.carrying import FailedInside
from sayso.web.workers import Upload, Workers
from tests.quoting import story

TALK = b"MARA QUILL: The bridge is not safe. We shall close it.\n\nTOM BRANN: For how long?\n"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    made = Workers(count=1)
    yield made
    made.close()


def test_what_is_read_there_is_what_is_read_here(workers: Workers) -> None:
    text = "\ufeff" + story() + "\nCaf\u00e9 \U0001f600 said nothing.\n"
    there = workers.read(Upload("story.txt", text.encode()), date="2026-03-14", outlet="Coastal Wire")
    here = read_text(text.lstrip("\ufeff"), name="story.txt", date="2026-03-14", outlet="Coastal Wire")
    assert there.attributions
    assert {**to_plain(there), "source": None} == {**to_plain(here), "source": None}


def test_what_is_checked_there_is_what_is_checked_here(workers: Workers) -> None:
    transcript = read_transcript_bytes(TALK, "talk.txt")
    assert to_plain(workers.read_transcript(Upload("talk.txt", TALK))) == to_plain(transcript)
    here = read_text(story())
    check(here, [transcript])
    # Twice, as the second time the child has the transcript already.
    for _ in range(2):
        there = workers.check(read_text(story()), [transcript])
        assert to_plain(there.verdicts) == to_plain(here.verdicts)
        assert there.transcripts == [transcript]
    assert "verbatim" in [each.value for each in there.verdicts]
    assert workers.check(there, []).verdicts != here.verdicts, "without transcripts quotes are not judged"


def test_a_transcript_comes_through_whole() -> None:
    given = Transcript(
        "t1", "Ab \ud800", corrections=[Correction(Span(0, 1), None), Correction(Span(0, 1), Span(1, 2))]
    )
    through = transcript_from_plain(json.loads(json.dumps(to_plain(given))))
    assert through == given
    assert through.corrections[1].instead == Span(1, 2) and isinstance(through.corrections[1].struck, Span)


@pytest.mark.parametrize(
    "given, options, error",
    [
        pytest.param(Upload("a.txt"), {}, EmptySource, id="empty"),
        pytest.param(Upload("a.txt", "Die Brücke ist zu, sagte sie spät. ".encode() * 9), {}, NotEnglish, id="german"),
        pytest.param(Upload("a.txt", b"Text"), {"date": "tomorrow"}, BadSetting, id="no-date"),
        pytest.param(Upload("a.png", b"\x89PNG\r\n\x1a\n" + bytes(99)), {}, UnreadableSource, id="a-picture"),
    ],
)  # fmt: skip
def test_an_error_there_is_the_same_error_here(
    workers: Workers, given: Upload, options: dict[str, Any], error: type[SaysoError]
) -> None:
    with pytest.raises(error) as raised:
        workers.read(given, **options)
    assert type(raised.value) is error or error is UnreadableSource
    assert str(Path.cwd()) not in str(raised.value)


def test_many_threads_are_served_each_with_its_own(workers: Workers) -> None:
    with ThreadPoolExecutor(6) as pool:
        texts = [story(number) for number in range(6)]
        found = list(pool.map(lambda text: workers.read(Upload.of_text(text)).text, texts))
    assert found == texts


@pytest.fixture
def act(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Workers]]:
    """Workers with `task(told, body)` in place of reading."""
    made: list[Workers] = []

    def make(task: str, **options: Any) -> Workers:
        # Found before the child's own by its name, as `sitecustomize` is by every Python that starts.
        script = (
            "import sys, types\n"
            + task
            + (
                "\ntasks = types.ModuleType('sayso.web._tasks')\ntasks.tasks = lambda: {'read': task}\n"
                "sys.modules['sayso.web._tasks'] = tasks\n"
            )
        )
        (tmp_path / "sitecustomize.py").write_text(script)
        monkeypatch.syspath_prepend(str(tmp_path))
        made.append(Workers(**{"count": 1, **options}))
        return made[-1]

    yield make
    for each in made:
        each.close()


GOOD = Upload("good.txt", b"Good")
READ = """
def read(body):
    from sayso.plain import to_plain
    from sayso.reading import read_text
    return {"document": to_plain(read_text(body.decode()))}, b""
"""


@pytest.mark.parametrize(
    "harm, error, words",
    [
        pytest.param("while True: pass", TookTooLong, "within 0.8 s", id="hangs"),
        pytest.param("import os; os.kill(os.getpid(), 11)", UnreadableSource, "SIGSEGV", id="crashes"),
        pytest.param("import os; os._exit(3)", UnreadableSource, "exit code 3", id="leaves"),
        pytest.param("bytearray(4_000_000_000)", TookTooLong, "within 700 MB", id="takes-all-memory"),
        pytest.param("raise KeyError('weights')", FailedInside, "KeyError: 'weights'", id="fails"),
        pytest.param("return {'document': {'text': 3}}, b''", FailedInside, "cannot be read", id="talks-nonsense"),
        pytest.param("return {'document': [1]}, b''", FailedInside, "cannot be read", id="lies"),
        pytest.param("import re; re.match('(a+)+$', 'a' * 99 + 'b')", TookTooLong, "within 0.8 s", id="holds-the-lock"),
    ],
)  # fmt: skip
def test_a_child_that_comes_to_harm_is_replaced(
    act: Callable[..., Workers], monkeypatch: pytest.MonkeyPatch, harm: str, error: type[Exception], words: str
) -> None:
    monkeypatch.setenv("SAYSO_PARSE_TIMEOUT_S", "1")
    workers = act(f"{READ}\ndef task(told, body):\n    return harm() if body == b'bad' else read(body)\n\n"
                  f"def harm():\n    {harm}\n", memory_mb=700)  # fmt: skip
    assert workers.read(GOOD).text == "Good"
    begun = time.monotonic()
    with pytest.raises(error, match=words):
        workers.read(Upload("bad.txt", b"bad"))
    assert time.monotonic() - begun < 5
    assert workers.read(GOOD).text == "Good"


def test_nobody_waits_without_end(act: Callable[..., Workers]) -> None:
    workers = act(f"{READ}\ndef task(told, body):\n    import time; time.sleep(1.5)\n    return read(body)\n",
                  count=1, most_waiting=1, wait_s=0.4)  # fmt: skip
    workers.timeout_s = 9
    outcomes: list[str] = []

    def ask(patient: bool) -> None:
        try:
            outcomes.append(cast(Any, workers.read(GOOD, patient=patient)).text)
        except ServerBusy as busy:
            assert (busy.status, busy.retry_after_s) == (503, 1)
            outcomes.append("busy")

    threads = [threading.Thread(target=ask, args=(patient,)) for patient in (True, True, False, False, False)]
    for each in threads:
        each.start()
        time.sleep(0.1)
    for each in threads:
        each.join(20)
    # Of two children jobs have one, one after the other; people have the other, and beyond that are told to come back.
    assert sorted(outcomes) == ["Good", "Good", "Good", "busy", "busy"]


def test_a_child_knows_no_secrets(act: Callable[..., Workers], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_ARCHIVE", "postgresql://me:hunter2@db.example/archive")
    monkeypatch.setenv("API_TOKEN", "hunter2")
    monkeypatch.setenv("SAYSO_MAX_BYTES", "12345")
    workers = act("def task(told, body):\n    import os; raise ValueError(sorted(os.environ.items()))\n")
    with pytest.raises(FailedInside) as raised:
        workers.read(GOOD)
    assert "hunter2" not in str(raised.value)
    assert "12345" in str(raised.value)


def test_what_is_printed_there_is_no_answer(act: Callable[..., Workers]) -> None:
    workers = act(f"{READ}\ndef task(told, body):\n    print('x' * 99, flush=True)\n    return read(body)\n")
    assert workers.read(GOOD).text == "Good"


def test_an_answer_too_long_is_not_taken(act: Callable[..., Workers], monkeypatch: pytest.MonkeyPatch) -> None:
    real = wire.receive
    monkeypatch.setattr(children, "receive", lambda stream: real(stream, most=1_000))
    workers = act("def task(told, body):\n    return {'document': 'x' * 9999}, b''\n")
    with pytest.raises(FailedInside, match="bytes"):
        workers.read(GOOD)


SERVER = """
import sys, threading, time
from sayso.web.workers import Upload, Workers
workers = Workers(count=1)
threading.Thread(target=workers.read, args=(Upload("bad.txt", b"bad"),), daemon=True).start()
workers.warm()
while len(workers._children._all) < 2 or not all(child._ready for child in workers._children._all if child.lent):
    time.sleep(0.02)
print(*(child.process.pid for child in workers._children._all), flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes here")
def test_no_child_outlives_a_server_that_is_killed(act: Callable[..., Workers], tmp_path: Path) -> None:
    act("def task(told, body):\n    import time; time.sleep(60)\n")
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)])},
    )  # fmt: skip
    assert server.stdout is not None
    pids = [int(each) for each in server.stdout.readline().split()]
    assert len(pids) == 2 and all(map(_runs, pids)), "one at work, one idle"
    server.send_signal(signal.SIGKILL)
    server.wait()
    until = time.monotonic() + 10
    while any(map(_runs, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [pid for pid in pids if _runs(pid)]
    server.stdout.close()


def _runs(pid: int) -> bool:
    """Whether a process is there and at work; one that ended and that nobody waited for is not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_at_the_end_nothing_is_left_and_nobody_waits(act: Callable[..., Workers]) -> None:
    workers = act("def task(told, body):\n    import time; time.sleep(60)\n")
    raised: list[BaseException] = []

    def ask() -> None:
        try:
            workers.read(GOOD)
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    until = time.monotonic() + 20
    while not workers._children._all and time.monotonic() < until:
        time.sleep(0.02)
    made = list(workers._children._all)
    workers.close()
    thread.join(10)
    assert [type(each) for each in raised] == [ServerBusy]
    assert made and not [each for each in made if each.alive]
    with pytest.raises(ServerBusy):
        workers.read(GOOD)
