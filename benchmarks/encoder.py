"""How far the encoder is from the most that a core can do: `just encoder`, or `python -m benchmarks.encoder`.

    --rounds N      how often each way of reading is timed, turn by turn (default 5; a round takes a minute)
    --limit N       only so many articles
    --json FILE     write the figures as data; --write-docs writes docs/measured/encoder.json and docs/speed.md

Everything on one core, in the processor's time. The peak: what `peak.c` multiplies and adds in registers alone; where
it cannot be compiled or run, the fastest product of the network itself, and the page says so. What the network does
and where its time goes: ONNX Runtime's own profile, of each node the fastest of several runs of a window, which is
what the node takes where nobody disturbs it. Articles: as in `benchmarks.speed`.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.encoder_report import encoder_tables
from benchmarks.speed import find_texts, processor
from sayso.documents import Article
from sayso.extraction import load_model, read_scores, read_scores_many
from sayso.extraction.model import network_of, open_session
from sayso.extraction.shipped import ENGLISH
from sayso.pipeline import extracted
from sayso.reading import read_text
from training.evaluate import SHARED, model_name

PRODUCTS = ("MatMul", "Gemm", "FusedMatMul", "DynamicQuantizeMatMul", "MatMulIntegerToFloat")
WINDOWS, RUNS = 16, 25
"""How many windows are profiled, and how often each."""


def peak() -> dict[str, float] | None:
    """The most that this core multiplies and adds in a second, and its cycles; None where that cannot be measured."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "peak"
        compiler = shutil.which("gcc") or shutil.which("clang")
        source = Path(__file__).with_name("peak.c")
        try:
            command = [str(compiler), "-O2", "-mavx512f", "-mavx512vnni", str(source), "-o", str(program)]
            subprocess.run(command, check=True, capture_output=True)
            said = subprocess.run([program], check=True, capture_output=True, text=True).stdout.split()
        except (OSError, subprocess.CalledProcessError):
            return None
    integers, floats, cycles = (float(each) * 1e9 for each in said)
    return {"int8_macs": integers, "float_macs": floats, "hertz": cycles}


def macs_of(kind: str, given: list[list[int]], made: list[int]) -> int:
    """Multiply-adds of one node, by the shapes of what goes in and comes out.

    >>> macs_of("Gemm", [[233, 384], [925]], [233, 925]) == 233 * 384 * 925
    True
    >>> macs_of("MultiHeadAttention", [[1, 200, 384], [1, 300, 384], [1, 300, 384]], [1, 200, 384])
    46080000
    """
    if kind == "MultiHeadAttention":
        query, key = given[0], given[1]
        return 2 * query[1] * key[1] * query[2]
    return math.prod(made) * given[0][-1] if kind in PRODUCTS else 0


def nodes_of(profile: Path, windows: int) -> dict[str, dict[str, float]]:
    """For each kind of node its seconds and multiply-adds a window, of each node the fastest run."""
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    macs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for event in json.loads(profile.read_text(encoding="utf-8")):
        if event.get("cat") != "Node" or not event["name"].endswith("_kernel_time"):
            continue
        told = event["args"]
        key = (told["op_name"], event["name"])
        shapes = [next(iter(each.values())) for each in told["input_type_shape"]]
        times[key].append(event["dur"] / 1e6)
        macs[key].append(macs_of(told["op_name"], shapes, next(iter(told["output_type_shape"][0].values()))))
    found: dict[str, dict[str, float]] = defaultdict(lambda: {"seconds": 0.0, "macs": 0.0, "nodes": 0})
    for (kind, name), taken in times.items():
        runs = len(taken) // windows
        fastest = (min(taken[place * runs : (place + 1) * runs]) for place in range(windows))
        found[kind]["seconds"] += sum(fastest) / windows
        found[kind]["macs"] += sum(macs[kind, name]) / len(taken)
        found[kind]["nodes"] += 1
    return dict(found)


def profile(articles: Iterable[Article]) -> dict[str, Any]:
    """The network's nodes as ONNX Runtime times them, over some windows of the articles."""
    model, inputs = load_model(), []
    for article in articles:
        inputs += [given for _, given in model.windows(read_scores(article).tokens)]
    inputs = inputs[:: max(1, len(inputs) // WINDOWS)][:WINDOWS]
    with tempfile.TemporaryDirectory() as folder:
        session = open_session(network_of(ENGLISH), profile=Path(folder) / "profile")
        for given in inputs:
            for _ in range(RUNS):
                session.run(None, given)
        nodes = nodes_of(Path(session.end_profiling()), len(inputs))
    return {"windows": len(inputs), "pieces": statistics.mean(len(each["pieces"]) for each in inputs), "nodes": nodes}


def timed(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median of the processor's seconds that each way takes; all take their turn in every round."""
    taken: dict[str, list[float]] = defaultdict(list)
    for turn in range(rounds):
        order = list(ways)
        for name in order[turn % len(order) :] + order[: turn % len(order)]:
            start = time.process_time()
            ways[name]()
            taken[name].append(time.process_time() - start)
    return {name: statistics.median(each) for name, each in taken.items()}


def measure(shared: Path, *, rounds: int, limit: int | None) -> dict[str, Any]:
    """All figures as plain data."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    name, texts = find_texts(shared, limit)
    articles = [read_text(text, any_language=True) for text in texts]
    model = load_model()
    tokens = [read_scores(article).tokens for article in articles]
    windows = [given for each in tokens for _, given in model.windows(each)]
    by_length = sorted(windows, key=lambda given: len(given["pieces"]))

    def run(inputs: list[dict[str, Any]]) -> Callable[[], object]:
        return lambda: [model.session.run(None, given) for given in inputs]

    def whole() -> None:
        for text in texts:
            extracted(read_text(text, any_language=True))

    def side_by_side() -> None:
        for start in range(0, len(articles), 8):
            read_scores_many(articles[start : start + 8])

    ways: dict[str, Callable[[], object]] = {
        "network": run(windows),
        "network, shorter windows first": run(by_length),
        "encoder, one by one": lambda: [read_scores(article) for article in articles],
        "encoder, side by side": side_by_side,
        "whole reading": whole,
    }
    # The peak before and after: the clock is not the same all day.
    before = peak()
    seconds = timed(ways, rounds)
    nodes = profile(articles[:: max(1, len(articles) // 8)])
    after = peak()
    found = max((each for each in (before, after) if each), key=lambda each: each["int8_macs"], default=None)
    return {
        "model": model_name(),
        "machine": processor(),
        "articles": {"name": name, "count": len(texts), "words": sum(len(text.split()) for text in texts)},
        "rounds": rounds,
        "windows": {
            "count": len(windows),
            "pieces": sum(len(given["pieces"]) for given in windows),
            "of_the_text": sum(len(each.pieces) for each in tokens),
        },
        "seconds": seconds,
        "peak": found,
        "profile": nodes,
    }


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="encoder", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=int, metavar="ARTICLES")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--write-docs", action="store_true")
    arguments = parser.parse_args()
    measured = measure(arguments.shared, rounds=arguments.rounds, limit=arguments.limit)
    print(encoder_tables(measured))
    if arguments.json:
        arguments.json.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    if arguments.write_docs:
        from docs import pages

        pages.keep("encoder", measured)


if __name__ == "__main__":
    main()
