"""Jobs: seen from outside while they go on, stopped between their parts, and never lost in silence."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from starlette.requests import Request

from sayso.errors import NoSuchEntry, ServerBusy, TookTooLong
from sayso.web.events import event_stream, events
from sayso.web.jobs import Job, Jobs, job_to_json

Result = dict[str, Any]


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs(most_running=1, most_waiting=2, most_kept=3, most_results=5)
    yield made
    made.close()


class Held:
    """Work that goes on one result at a time, when it is told to."""

    def __init__(self, total: int = 3) -> None:
        self.total = total
        self.allowed = threading.Semaphore(0)
        self.cleared_up = False

    def __call__(self, job: Job) -> Iterator[Result]:
        try:
            for number in range(1, self.total + 1):
                self.allowed.acquire()
                job.progress(number, self.total, "files")
                yield {"outcome": "added", "name": str(number)}
        finally:
            self.cleared_up = True

    def go_on(self, times: int = 1) -> None:
        for _ in range(times):
            self.allowed.release()


def at_once(count: int) -> Callable[[Job], Iterator[Result]]:
    return lambda job: ({"outcome": "added", "name": str(number)} for number in range(1, count + 1))


def wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not until() and time.monotonic() < end:
        time.sleep(0.005)
    assert until()


def test_a_job_says_how_far_it_is(jobs: Jobs) -> None:
    work = Held()
    job = jobs.start("add", work, by="mara", about="a.txt")
    work.go_on(2)
    wait(lambda: len(job.results) == 2)
    assert (job.state, job.done, job.total, job.unit) == ("running", 2, 3, "files")
    work.go_on()
    wait(lambda: job.ended)
    told = job_to_json(jobs.get(job.id), results=True)
    assert (told["state"], told["counts"], [each["name"] for each in told["results"]]) == (
        "done", {"added": 3}, ["1", "2", "3"],
    )  # fmt: skip
    assert told["ended_at"] >= told["made_at"]
    json.dumps(told)


def test_only_so_many_run_and_only_so_many_wait(jobs: Jobs) -> None:
    works, after = [Held(1) for _ in range(4)], []
    started = [jobs.start("add", work, by="mara") for work in works[:3]]
    wait(lambda: started[0].state == "running")
    with pytest.raises(ServerBusy):
        jobs.start("add", works[3], by="mara", after=lambda: after.append("cleared up"))
    assert after == ["cleared up"]
    assert [each.state for each in started] == ["running", "waiting", "waiting"]
    for work in works:
        work.go_on()
    wait(lambda: all(each.state == "done" for each in started))


def test_a_job_ends_after_the_part_that_it_is_at(jobs: Jobs) -> None:
    work, after = Held(), []
    job = jobs.start("add", work, by="mara", after=lambda: after.append("deleted"))
    work.go_on()
    wait(lambda: len(job.results) == 1)
    jobs.cancel(job.id)
    assert job.state == "running"
    work.go_on()
    wait(lambda: job.ended)
    assert (job.state, len(job.results), work.cleared_up, after) == ("cancelled", 2, True, ["deleted"])
    assert jobs.cancel(job.id).state == "cancelled"


def test_a_job_that_waits_is_stopped_at_once(jobs: Jobs) -> None:
    first, after = Held(1), []
    jobs.start("add", first, by="mara")
    waiting = jobs.start("add", at_once(3), by="mara", after=lambda: after.append("deleted"))
    assert jobs.cancel(waiting.id).state == "cancelled"
    assert (waiting.results, after) == ([], ["deleted"])
    first.go_on()


@pytest.mark.parametrize(
    "error, kind, words, logged",
    [
        pytest.param(TookTooLong("a.html", "it took 10 s"), "TookTooLong", "it took", False, id="told"),
        pytest.param(KeyError("weights"), "Broken", "log has it under", True, id="our-fault"),
        pytest.param(SystemExit(3), "Broken", "log has it under", True, id="not-even-an-exception"),
    ],
)
def test_a_job_that_fails_says_why(
    jobs: Jobs, caplog: pytest.LogCaptureFixture, error: BaseException, kind: str, words: str, logged: bool
) -> None:
    def work(job: Job) -> Iterator[Result]:
        yield {"outcome": "added"}
        raise error

    with caplog.at_level(logging.ERROR, "sayso.web"):
        job = jobs.start("add", work, by="mara")
        wait(lambda: job.ended)
    assert job.error is not None
    assert (job.state, job.error["type"], len(job.results)) == ("failed", kind, 1)
    assert words in job.error["message"] and "weights" not in job.error["message"]
    if logged:
        number = job.error["message"].split("under ")[1].split(".")[0]
        assert number in caplog.text and type(error).__name__ in caplog.text
    assert jobs.start("add", at_once(1), by="mara"), "the next one has its turn"


def test_old_jobs_and_old_results_are_forgotten_and_counted(jobs: Jobs) -> None:
    made: list[Job] = []
    for _ in range(5):
        made.append(jobs.start("add", at_once(9), by="mara"))
        wait(lambda: made[-1].ended)
    assert [each.id for each in jobs.all()] == [each.id for each in made[:-4:-1]]
    with pytest.raises(NoSuchEntry, match="forgotten"):
        jobs.get(made[0].id)
    assert (len(made[-1].results), made[-1].dropped, made[-1].counts) == (5, 4, {"added": 9})


def test_large_results_are_bounded_by_their_size() -> None:
    jobs = Jobs(most_size=10_000)
    job = jobs.start("add", lambda job: ({"outcome": "added", "text": "x" * 4_000} for _ in range(9)), by="mara")
    wait(lambda: job.ended)
    assert (len(job.results), job.dropped) == (2, 7)


def test_at_the_end_of_the_server_all_jobs_end(jobs: Jobs) -> None:
    work, after = Held(), []
    running = jobs.start("add", work, by="mara", after=lambda: after.append(1))
    waiting = jobs.start("add", at_once(3), by="mara", after=lambda: after.append(2))
    wait(lambda: running.state == "running")
    threading.Timer(0.1, work.go_on).start()
    jobs.close()
    assert [running.state, waiting.state, work.cleared_up, sorted(after)] == ["cancelled", "cancelled", True, [1, 2]]
    with pytest.raises(ServerBusy):
        jobs.start("add", at_once(1), by="mara")


# what a page hears


async def heard(jobs: Jobs, id: str, after: int = 0, *, most: int = 100) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    source = events(jobs, id, after, heartbeat_s=0.05)
    async for each in source:
        found.append((each["event"], each["data"]))
        if len(found) == most:
            break
    await aclose(source)
    return found


async def aclose(source: AsyncIterator[Any]) -> None:
    await source.aclose()  # type: ignore[attr-defined]


def test_who_listens_hears_each_result_and_the_end(jobs: Jobs) -> None:
    async def listen() -> list[list[tuple[str, Any]]]:
        work = Held()
        job = jobs.start("add", work, by="mara")
        listeners = [asyncio.create_task(heard(jobs, job.id)) for _ in range(3)]
        for _ in range(3):
            await asyncio.sleep(0.25)
            work.go_on()
        return await asyncio.gather(*listeners)

    for found in asyncio.run(listen()):
        assert [data["name"] for event, data in found if event == "result"] == ["1", "2", "3"]
        assert found[-1][0] == "state" and found[-1][1]["state"] == "done"
        kinds = [event for event, _ in found]
        assert "heartbeat" in kinds and "progress" in kinds and kinds[0] == "state"
    assert not any(entry.listeners for entry in jobs._entries.values())


def test_who_comes_late_or_again_hears_what_is_left(jobs: Jobs) -> None:
    job = jobs.start("add", at_once(9), by="mara")
    wait(lambda: job.ended)

    async def listen() -> list[dict[str, Any]]:
        return [each async for each in events(jobs, job.id)]

    whole = asyncio.run(listen())
    assert [each["event"] for each in whole] == ["dropped", *["result"] * 5, "state"]
    assert whole[0]["data"] == {"dropped": 4}
    again = asyncio.run(heard(jobs, job.id, whole[3]["id"]))
    assert [data["name"] for event, data in again if event == "result"] == ["8", "9"]
    assert asyncio.run(heard(jobs, job.id, whole[-1]["id"]))[-1][1]["state"] == "done", "and it ends"


def test_who_goes_away_leaves_room() -> None:
    jobs = Jobs(most_listeners=1)
    work = Held()
    job = jobs.start("add", work, by="mara")

    async def come_and_go() -> None:
        first = asyncio.create_task(heard(jobs, job.id))
        await asyncio.sleep(0.1)
        with pytest.raises(ServerBusy):
            await heard(jobs, job.id)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        await asyncio.sleep(0)
        assert await heard(jobs, job.id, most=1)

    asyncio.run(come_and_go())
    work.go_on(3)
    jobs.close()


def test_who_holds_many_connections_open_leaves_some_for_others() -> None:
    jobs = Jobs(most_of_one=2, most_listeners=3)
    with jobs.watched("mara"), jobs.watched("mara"):
        with pytest.raises(ServerBusy, match="mara"), jobs.watched("mara"):
            pass
        with jobs.watched("tom"), pytest.raises(ServerBusy), jobs.watched("ines"):
            pass
    with jobs.watched("mara"), jobs.watched("ines"):
        pass
    assert not jobs._watching, "nobody is counted who has gone"


def test_a_stream_that_finds_no_room_says_so_before_it_begins() -> None:
    jobs = Jobs(most_of_one=0)
    job = jobs.start("add", lambda job: iter(()), by="mara")
    request = Request({"type": "http", "headers": [], "query_string": b""})
    sent: list[Any] = []

    async def answer() -> None:
        async def send(message: Any) -> None:
            sent.append(message)

        await event_stream(request, jobs, job.id)(request.scope, request.receive, send)

    with pytest.raises(ServerBusy):
        asyncio.run(answer())
    assert sent == []
    jobs.close()


def test_a_stream_of_events_is_one_that_a_browser_reads(jobs: Jobs) -> None:
    job = jobs.start("add", lambda job: iter([{"outcome": "added", "name": "line\nbreak \u2028 <b>"}]), by="mara")
    wait(lambda: job.ended)

    def request(**headers: str) -> Request:
        named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        return Request({"type": "http", "headers": named, "query_string": b""})

    async def read(**headers: str) -> str:
        response = event_stream(request(**headers), jobs, job.id)
        assert response.media_type == "text/event-stream"
        return b"".join([each async for each in response.body_iterator]).decode()  # type: ignore[misc]

    text = asyncio.run(read())
    blocks = [dict(line.split(": ", 1) for line in block.split("\n")) for block in text.strip().split("\n\n")]
    assert [each.get("event") for each in blocks] == [None, "result", "state"]
    assert json.loads(blocks[1]["data"])["name"] == "line\nbreak \u2028 <b>"
    assert "event: result" not in asyncio.run(read(last_event_id=blocks[1]["id"]))
    assert "event: result" in asyncio.run(read(last_event_id="nonsense"))
    with pytest.raises(NoSuchEntry):
        event_stream(request(), jobs, "none")
