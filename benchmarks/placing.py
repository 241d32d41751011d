"""How fast quotes are placed, and what the index costs: `python -m benchmarks.placing`.

Three things are measured: an index on disk of many transcripts (building, size, memory, the time of a quote in a warm
and in a new process, with the files out of the system's cache too); an article's 40 quotes against 20,000 words in
memory, the library's making included; and beside each a plain way to do the same, in the same run. Medians over rounds.
Of the quotes, drawn from the transcripts, each fifth is as it was said, the others have words changed, left out or cut.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from operator import truediv
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

import sayso
from benchmarks import speed
from benchmarks.bent import KINDS, draw_quotes, is_found
from benchmarks.placing_report import placing_tables
from benchmarks.recombined import Material
from sayso.checks.library import Library
from sayso.checks.words import words_of
from sayso.documents import Transcript
from training.evaluate import SHARED

COLD = (
    "import json, sys, pathlib\nfrom sayso.checks.library import Library\n"
    "print(len(Library.open(pathlib.Path(sys.argv[1])).place(json.loads(sys.argv[2]))))"
)
PLAIN = re.compile(r"[^\w']+")
PLAIN_QUOTES = 20
"""So many quotes are looked for by the plain ways, which take long."""


class Clock:
    """Takes the time of one act after the other, on the wall and of the processor."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.processor: list[float] = []

    @contextmanager
    def time(self) -> Iterator[None]:
        """Time what is done while this is held, processes that were started and have ended included."""
        wall, processor = time.perf_counter(), _processor_s()
        yield
        self.wall.append(time.perf_counter() - wall)
        self.processor.append(_processor_s() - processor)

    def spread(self) -> dict[str, float]:
        """Of all that was timed: median and worst on the wall, median of the processor's time; seconds."""
        wall, processor = statistics.median(self.wall), statistics.median(self.processor)
        return {"median": wall, "worst": max(self.wall), "processor": processor}


def _processor_s() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def build(folder: Path, shared: Path, transcripts: int, words: int) -> dict[str, Any]:
    """Build the index, and beside it a plain text of all words for the plain way."""
    material = Material(shared)
    composing = composing_processor = 0.0
    before = _peak_mb()
    plain = (folder / "plain.txt").open("w", encoding="utf-8")

    def composed() -> Iterator[Transcript]:
        nonlocal composing, composing_processor
        source = material.transcripts(transcripts, words)
        while True:
            began, used = time.perf_counter(), time.process_time()
            transcript = next(source, None)
            if transcript is None:
                break
            plain.write(" " + PLAIN.sub(" ", transcript.text.casefold()))
            composing += time.perf_counter() - began
            composing_processor += time.process_time() - used
            yield transcript

    started, used = time.perf_counter(), time.process_time()
    library = Library.build(folder / "index", composed())
    took, processor = time.perf_counter() - started - composing, time.process_time() - used - composing_processor
    plain.close()
    peak = _peak_mb()
    said = library.word_count
    added = time.perf_counter()
    Library.build(folder / "index", material.transcripts(1, max(1, words // transcripts), seed=1))
    added = time.perf_counter() - added
    size = sum(path.stat().st_size for path in (folder / "index").iterdir())
    return {
        "material": material.name,
        "transcripts": len(library.transcripts),
        "words": said,
        "build_s": took,
        "words_per_s": said / took,
        "words_per_cpu_s": said / processor,
        "bytes_per_word": size / said,
        "text_bytes_per_word": (folder / "plain.txt").stat().st_size / said,
        "peak_mb": peak,
        "peak_before_mb": before,
        "add_one_s": added,
    }


def look_up(folder: Path, quotes: list[dict[str, Any]]) -> dict[str, Any]:
    """The times of quotes in a process that has just opened the index, and once more when all were looked up."""
    opened = time.perf_counter()
    library = Library.open(folder / "index")
    opened = time.perf_counter() - opened
    first, warm, plain = Clock(), Clock(), Clock()
    found: dict[str, list[bool]] = {kind: [] for kind in KINDS}
    for clock in (first, warm):
        for quote in quotes:
            with clock.time():
                placements = library.place(quote["forms"])
            if clock is first:
                found[quote["kind"]].append(is_found(quote, placements))
    text = (folder / "plain.txt").read_text(encoding="utf-8")
    for quote in quotes[:PLAIN_QUOTES]:
        with plain.time():
            text.find(" " + " ".join(quote["forms"]))
    return {
        "open_s": opened,
        "first": first.spread(),
        "warm": warm.spread(),
        "plain_scan": plain.spread(),
        "found": {kind: sum(each) / len(each) for kind, each in found.items() if each},
    }


def cold(folder: Path, quotes: list[dict[str, Any]], *, evict: bool) -> dict[str, float]:
    """From the start of a new process until it has placed one quote, for several quotes."""
    clock = Clock()
    for quote in quotes:
        if evict:
            _evict(folder / "index")
        command = [sys.executable, "-c", COLD, str(folder / "index"), json.dumps(quote["forms"])]
        with clock.time():
            subprocess.run(command, check=True, capture_output=True, env=_here())
    return clock.spread()


def in_memory(shared: Path, *, words: int = 20_000, wanted: int = 40, rounds: int = 7) -> dict[str, Any]:
    """An article's quotes against a few transcripts, beside rapidfuzz's best alignment of each with the whole texts."""
    transcripts = list(Material(shared).transcripts(4, words, seed=2))
    quotes = draw_quotes(transcripts, len(transcripts), wanted, seed=3)
    ours, plain = Clock(), Clock()
    found = plainly = 0
    for _ in range(rounds):
        with ours.time():
            library = Library.of(transcripts)
            placed = [library.place(quote["forms"]) for quote in quotes]
        found = sum(is_found(quote, each) for quote, each in zip(quotes, placed, strict=True))
        with plain.time():
            texts = [" ".join(words_of(transcript.text).forms) for transcript in transcripts]
            best = []
            for quote in quotes:
                sought = " ".join(quote["forms"])
                aligned = [fuzz.partial_ratio_alignment(sought, text) for text in texts]
                scores = [each.score if each else 0.0 for each in aligned]
                best.append(scores.index(max(scores)))
        plainly = sum(quote["transcript"] == at for quote, at in zip(quotes, best, strict=True))
    return {
        "words": words,
        "quotes": wanted,
        "ours": ours.spread(),
        "found": found / wanted,
        "plain": plain.spread(),
        "plain_found_transcript": plainly / wanted,
        "times_faster": statistics.median(map(truediv, plain.processor, ours.processor)),
    }


def measure(shared: Path, *, transcripts: int, words: int, quotes: int, colds: int) -> dict[str, Any]:
    """All of it, in a folder that is taken away again; each step on disk in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="sayso-placing-") as place:
        folder = Path(place)
        drawn = draw_quotes(Material(shared).transcripts(transcripts, words), transcripts, quotes, seed=1)
        (folder / "quotes.json").write_text(json.dumps(drawn), encoding="utf-8")
        built = _step("build", folder, shared, transcripts, words)
        looked = _step("look-up", folder, shared, transcripts, words)
        cached = cold(folder, drawn[:colds], evict=False)
        evicted = cold(folder, drawn[:colds], evict=True)
    return {
        "sayso": sayso.__version__,
        "machine": speed.machine(),
        "index": built,
        "quotes": len(drawn),
        "look_up": looked,
        "new_process": cached,
        "new_process_from_disk": evicted,
        "in_memory": in_memory(shared),
    }


def _step(name: str, folder: Path, shared: Path, transcripts: int, words: int) -> dict[str, Any]:
    print(f"{name} ...", file=sys.stderr)
    command = [sys.executable, "-m", "benchmarks.placing", "--step", name, "--folder", str(folder)]
    command += ["--shared", str(shared), "--transcripts", str(transcripts), "--words", str(words)]
    done = subprocess.run(command, cwd=speed.ROOT, check=True, stdout=subprocess.PIPE, text=True, env=_here())
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _here() -> dict[str, str]:
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **one}


def _evict(folder: Path) -> None:
    """Ask the system to forget what it has read of the files."""
    for path in folder.iterdir():
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="placing", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR")
    parser.add_argument("--transcripts", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=45_000_000, help="of all transcripts together")
    parser.add_argument("--quotes", type=int, default=200)
    parser.add_argument("--cold", type=int, default=20, metavar="QUOTES", help="each in a process of its own")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--write-docs", action="store_true")
    parser.add_argument("--step", choices=["build", "look-up"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step == "build":
        print(json.dumps(build(arguments.folder, arguments.shared, arguments.transcripts, arguments.words)))
        return
    if arguments.step == "look-up":
        quotes = json.loads((arguments.folder / "quotes.json").read_text(encoding="utf-8"))
        print(json.dumps(look_up(arguments.folder, quotes)))
        return
    measured = measure(
        arguments.shared,
        transcripts=arguments.transcripts,
        words=arguments.words,
        quotes=arguments.quotes,
        colds=arguments.cold,
    )
    print(placing_tables(measured))
    if arguments.json:
        arguments.json.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    if arguments.write_docs:
        from docs import pages

        pages.keep("placing", measured)


if __name__ == "__main__":
    main()
