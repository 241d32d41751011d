"""How long a check takes: `python -m benchmarks.checking`.

An article's 40 quotes, four in five sound and the others bent, against transcripts of 20,000 words or some more: the
library made, every quote placed and judged, as `sayso check` does it, without the search by meaning. Beside it, in the
same run and on the same quotes, a plain way that only places them: the best partial match of characters. Medians over
rounds; each round takes other quotes.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from benchmarks.mutations.cases import Case
from benchmarks.mutations.exam import examine
from benchmarks.mutations.making import make_cases
from benchmarks.mutations.passages import World, seat
from benchmarks.mutations.sources import read_transcripts
from training.evaluate import SHARED

QUOTES = 40
WORDS = 20_000
SOUND = (
    "verbatim",
    "cut mid-sentence",
    "fragment",
    "in two stretches",
    "contracted",
    "style: number",
    "ellipsis, harmless",
)


def desks(world: World, rounds: int) -> list[tuple[int, list[Case]]]:
    """The desks with enough words, each with its quotes."""
    cases: dict[int, list[Case]] = {}
    for case in make_cases(world, 400 * rounds, 11, None):
        cases.setdefault(case.desk, []).append(case)
    chosen = []
    for number, found in cases.items():
        sound = [case for case in found if case.kind in SOUND][: QUOTES * 4 // 5]
        bent = [case for case in found if case.sense][: QUOTES - len(sound)]
        words = sum(len(each.text.split()) for each in world.desks[number].transcripts)
        if len(sound) + len(bent) == QUOTES and words >= WORDS:
            chosen.append((number, sound + bent))
    return sorted(chosen)[:rounds]


def measure(world: World, rounds: int) -> dict[str, Any]:
    """Seconds a round for both ways, and what a round was."""
    ours, plain, words = [], [], []
    for number, cases in desks(world, rounds):
        transcripts = world.desks[number].transcripts
        words.append(sum(len(each.text.split()) for each in transcripts))
        start = time.process_time()
        list(examine(world, cases))
        ours.append(time.process_time() - start)
        texts = [each.text for each in transcripts]
        start = time.process_time()
        for case in cases:
            for text in texts:
                fuzz.partial_ratio_alignment(case.quote, text)
        plain.append(time.process_time() - start)
    return {
        "quotes": QUOTES,
        "words": int(statistics.median(words)),
        "rounds": len(words),
        "check_s": round(statistics.median(ours), 3),
        "check_worst_s": round(max(ours), 3),
        "plain_s": round(statistics.median(plain), 3),
        "ratio": round(statistics.median(a / b for a, b in zip(ours, plain, strict=True)), 3),
    }


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="checking", description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    split = "dev" if read_transcripts("dev", arguments.shared) else "own"
    measured = measure(World(seat(read_transcripts(split, arguments.shared))), arguments.rounds)
    print(json.dumps(measured, indent=1))
    if arguments.json:
        arguments.json.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
