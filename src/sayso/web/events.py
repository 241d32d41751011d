"""What happens to a job, as it happens: server-sent events (HTML Standard, section 9.2)."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from sayso.web.jobs import ENDED, Jobs

HEARTBEAT_S = 15.0
_AT_MOST_EVERY_S = 0.1
"""Progress may be told a thousand times a second, and is looked at by people."""


async def events(
    jobs: Jobs, id: str, after: int = 0, *, heartbeat_s: float = HEARTBEAT_S
) -> AsyncIterator[dict[str, Any]]:
    """What happens to a job from a number on, until it has ended: `{"id": 7, "event": "result", "data": {...}}`.

    `result` has one result, `dropped` how many the job has forgotten, `progress` and `state` the job as `job_to_json`
    has it (`state` where that has changed, and at the end), and `heartbeat` nothing. `after` is the id of the last
    event that the caller has seen. Raises NoSuchEntry, ServerBusy.
    """
    loop, happened = asyncio.get_running_loop(), asyncio.Event()

    def wake() -> None:
        # The loop may be gone while a job goes on.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(happened.set)

    state = None
    with jobs.listening(id, wake) as job:
        while True:
            happened.clear()
            results, lost, number, told = jobs.since(job, after)
            if lost:
                yield {"id": after, "event": "dropped", "data": {"dropped": lost}}
            for at, result in results:
                yield {"id": at, "event": "result", "data": result}
            if number > after or state is None:
                kind = "progress" if state == told["state"] else "state"
                state, after = told["state"], number
                yield {"id": number, "event": kind, "data": told}
            if state in ENDED or jobs.closed:
                return
            try:
                await asyncio.wait_for(happened.wait(), heartbeat_s)
                await asyncio.sleep(_AT_MOST_EVERY_S)
            except TimeoutError:
                yield {"id": after, "event": "heartbeat", "data": None}


def event_stream(request: Request, jobs: Jobs, id: str) -> StreamingResponse:
    """The events of a job as an answer of `text/event-stream`; a browser that was cut off goes on where it was.

    From `?after=` on, or from the header `Last-Event-ID`. Raises NoSuchEntry; answering, ServerBusy.
    """
    jobs.get(id)
    given = request.headers.get("last-event-id") or request.query_params.get("after") or "0"
    after = int(given) if given.isascii() and given.isdecimal() and len(given) < 16 else 0

    async def lines() -> AsyncIterator[bytes]:
        # How soon a browser that was cut off asks again.
        yield b"retry: 2000\n\n"
        async for each in events(jobs, id, after):
            yield _line(each)

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    principal = getattr(request.state, "principal", None)
    return _Watching(jobs, principal.name if principal else "nobody", lines(), headers)


class _Watching(StreamingResponse):
    """Events, while there is room for one more who listens; else it says so before anything else."""

    def __init__(self, jobs: Jobs, by: str, lines: AsyncIterator[bytes], headers: dict[str, str]) -> None:
        super().__init__(lines, media_type="text/event-stream", headers=headers)
        self._jobs = jobs
        self._by = by

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._jobs.watched(self._by):
            await super().__call__(scope, receive, send)


def _line(event: dict[str, Any]) -> bytes:
    if event["event"] == "heartbeat":
        return b": still here\n\n"
    data = json.dumps(event["data"], ensure_ascii=True, separators=(",", ":"))
    return f"id: {event['id']}\nevent: {event['event']}\ndata: {data}\n\n".encode("ascii")
