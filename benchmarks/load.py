"""Fifty people at a desk while articles come in: `python -m benchmarks.load --archive FILE`.

Serves a copy of an archive (of 100,000 statements: `benchmarks.archives` makes one where none is named) in a process of
its own. Each of `--clients` people asks for a view, reads it for about `--think` seconds (exponentially distributed,
seeded), and goes on to the next: searches with facets, further pages, articles, speakers, traces, outlets, and the API.
Meanwhile a new article is posted every `--every` seconds, read by the model in the server's workers and kept. Told are
the times until the whole answer is here, by view; answers of 500 and above; and the memory of the server's own process,
as the median of the last tenth of the run beside that of the tenth after the first minute.

With `--first-byte` alone: the time to the first byte of stored articles' pages, one after another on an idle server.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

import sayso
from benchmarks.archives.building import archive_path, build
from benchmarks.archives.words import gold_texts
from benchmarks.load_report import load_tables
from sayso.archive import open_archive

STATEMENTS = 100_000
WARM_S = 60.0
QUERIES = (
    *(
        "bridge",
        "ferry OR harbour",
        "union -strike",
        '"the government"',
        "hospital stance:distancing",
        "budget quotation:direct",
    ),
    *(
        "school is:anonymous",
        "rain since:2025-06-01",
        "verdict:altered",
        "polarity:denies",
        "police",
        "minister is:named",
    ),
)


class Server:
    """`sayso desk` on a copy of an archive, in a process of its own."""

    def __init__(self, archive: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sayso", "desk", "--archive", str(archive), "--port", "0"],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        self.address = ""
        for line in self.process.stderr:
            if found := re.search(r"http://[\w.:]+", line):
                self.address = found[0]
                break
        # What it says later must not fill the pipe.
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def memory_mb(self) -> float:
        """Resident memory of the process that serves, without its workers."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * 4096 / 1e6

    def processor_s(self) -> float:
        """Seconds of a processor that the same process has taken."""
        told = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


class Times:
    """The seconds that answers took, by view."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = defaultdict(list)
        self.broken: list[str] = []
        self.refused = 0

    def note(self, view: str, seconds: float, answer: httpx.Response | None, url: str) -> None:
        self.taken[view].append(seconds)
        if answer is None or answer.status_code >= 500:
            self.broken.append(f"{view} {url}: {answer.status_code if answer else 'no answer'}")
        elif answer.status_code >= 400:
            self.refused += 1


async def person(
    client: httpx.AsyncClient, ids: dict[str, list[int]], times: Times, *, seed: int, until: float, think_s: float
) -> None:
    """One person, from the first view to the end of the run."""
    chance = random.Random(seed)
    views: tuple[tuple[str, Callable[[], str]], ...] = (
        *[("search", lambda: f"/search?q={chance.choice(QUERIES)}")] * 4,
        *[("article", lambda: f"/articles/{chance.choice(ids['articles'])}")] * 4,
        *[("speaker", lambda: f"/speakers/{chance.choice(ids['speakers'])}")] * 2,
        ("trace", lambda: f"/trace?statement={chance.choice(ids['statements'])}"),
        ("outlets", lambda: "/outlets"),
        ("outlet", lambda: f"/outlets/{chance.choice(ids['outlets'])}"),
        ("home", lambda: "/"),
        ("inbox", lambda: "/inbox"),
        ("list", lambda: "/articles"),
        *[("api search", lambda: f"/api/v1/statements?q={chance.choice(QUERIES)}&limit=20")] * 2,
        ("api article", lambda: f"/api/v1/articles/{chance.choice(ids['articles'])}"),
    )
    await asyncio.sleep(chance.random() * think_s)
    while time.monotonic() < until:
        view, url = chance.choice(views)
        asked = url()
        began = time.perf_counter()
        try:
            answer = await client.get(asked)
        except httpx.HTTPError:
            answer = None
        times.note(view, time.perf_counter() - began, answer, asked)
        await asyncio.sleep(chance.expovariate(1 / think_s))


async def adding(client: httpx.AsyncClient, texts: list[str], times: Times, *, until: float, every_s: float) -> int:
    """Posts an article every so often; how many."""
    number = 0
    while time.monotonic() < until:
        began = time.perf_counter()
        text = f"{texts[number % len(texts)]}\n\nThis is report {number} of {began}."
        answer = await client.post("/api/v1/articles", json={"text": text, "name": f"load-{number}.txt"})
        times.note("add", time.perf_counter() - began, answer, "/api/v1/articles")
        number += 1
        await asyncio.sleep(max(every_s - (time.perf_counter() - began), 0))
    return number


async def run(server: Server, ids: dict[str, list[int]], arguments: argparse.Namespace) -> dict[str, Any]:
    """All people at once, until the time is over."""
    times = Times()
    memory: list[tuple[float, float]] = []
    began, processor_s = time.monotonic(), server.processor_s()
    until = began + arguments.minutes * 60
    limits = httpx.Limits(max_connections=arguments.clients + 5, max_keepalive_connections=arguments.clients + 5)
    async with httpx.AsyncClient(base_url=server.address, timeout=60, limits=limits) as client:

        async def watch() -> None:
            while time.monotonic() < until:
                memory.append((time.monotonic() - began, server.memory_mb()))
                await asyncio.sleep(2)

        people = [
            person(client, ids, times, seed=arguments.seed + each, until=until, think_s=arguments.think)
            for each in range(arguments.clients)
        ]
        added = adding(client, gold_texts(), times, until=until, every_s=arguments.every)
        *_, count = await asyncio.gather(watch(), *people, added)
    answers = sum(map(len, times.taken.values()))
    return {
        "processor_ms": round((server.processor_s() - processor_s) / answers * 1000, 1),
        "views": {view: _summary(taken) for view, taken in sorted(times.taken.items())},
        "all": _summary([each for view, taken in times.taken.items() if view != "add" for each in taken]),
        "broken": len(times.broken),
        "examples": times.broken[:5],
        "refused": times.refused,
        "added": count,
        "memory_mb": _growth(memory, arguments.minutes * 60),
    }


def _summary(seconds: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(seconds, n=100) if len(seconds) > 1 else seconds * 99
    return {
        "count": len(seconds),
        "median_ms": round(statistics.median(seconds) * 1000, 1),
        "p95_ms": round(cuts[94] * 1000, 1),
        "p99_ms": round(cuts[98] * 1000, 1),
        "worst_ms": round(max(seconds) * 1000, 1),
    }


def _growth(memory: list[tuple[float, float]], seconds: float) -> dict[str, float]:
    tenth = seconds / 10
    first = [mb for at, mb in memory if min(WARM_S, tenth) <= at < min(WARM_S, tenth) + tenth]
    last = [mb for at, mb in memory if at >= seconds - tenth]
    before, after = statistics.median(first), statistics.median(last)
    return {"before": round(before, 1), "after": round(after, 1), "growth": round(after / before - 1, 4)}


def first_bytes(server: Server, ids: list[int], *, rounds: int) -> dict[str, Any]:
    """The time to the first byte of article pages: each asked once before, and again."""
    found: dict[str, list[float]] = {"first asked": [], "asked again": []}
    with httpx.Client(base_url=server.address, timeout=60) as client:
        client.get("/")
        for taken in found.values():
            for each in ids[:rounds]:
                began = time.perf_counter()
                with client.stream("GET", f"/articles/{each}") as answer:
                    parts = answer.iter_raw()
                    next(parts)
                    taken.append(time.perf_counter() - began)
                    # The next one is asked on the same connection.
                    list(parts)
    return {name: _summary(taken) for name, taken in found.items()}


def ids_of(archive: Path, seed: int) -> dict[str, list[int]]:
    """What the people look at: drawn from what the archive holds, the busiest speakers among them."""
    chance = random.Random(seed)
    with open_archive(archive) as opened:
        hits = [hit for query in QUERIES for hit in opened.search(query, limit=100).hits]
        speakers = [each.id for each in opened.speakers(limit=300)]
        outlets = [each.id for each in opened.outlet_list()]
    articles = sorted({hit.article for hit in hits})
    chance.shuffle(articles)
    return {
        "articles": articles,
        "statements": [hit.statement for hit in hits],
        "speakers": speakers[:20] * 5 + speakers,
        "outlets": outlets,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, help="an archive; it is copied")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument(
        "--think", type=float, default=3.0, help="seconds that a person looks at a view, on the average"
    )
    parser.add_argument("--every", type=float, default=10.0, help="seconds from one new article to the next")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first-byte", action="store_true", help="only that of article pages")
    parser.add_argument("--write-docs", action="store_true", help="keep the figures for docs/desk.md")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sayso-load-") as folder:
        source = arguments.archive
        if source is None:
            build(Path(folder), [STATEMENTS], seed=1)
            source = archive_path(Path(folder), STATEMENTS)
        copy = Path(folder) / "served.db"
        shutil.copyfile(source, copy)
        ids = ids_of(copy, arguments.seed)
        server = Server(copy)
        try:
            measured: dict[str, Any] = {"sayso": sayso.__version__, "clients": arguments.clients}
            measured["first_byte"] = first_bytes(server, ids["articles"], rounds=200)
            if not arguments.first_byte:
                measured |= {"minutes": arguments.minutes, "think_s": arguments.think, "every_s": arguments.every}
                measured |= asyncio.run(run(server, ids, arguments))
        finally:
            server.stop()
    print(load_tables(measured) if not arguments.first_byte else json.dumps(measured, indent=1))
    if arguments.write_docs:
        from docs.pages import keep

        keep("load", measured)


if __name__ == "__main__":
    main()
