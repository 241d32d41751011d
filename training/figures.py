"""How well quantities are read: `python -m training.figures`.

    --shared DIR          where the corpora lie (default: SAYSO_SHARED, else ../shared); says which sets are not there
    --peers-python FILE   a Python with quantulum3, to measure it on the same sentences (`just peers`)
    --show SET            the sentences of a set with what was missed and what was wrong
    --json FILE           write the figures as data

Sets: `hand-labelled` (the shared corpus), and tests/figures/own.jsonl, written and labelled for this project before any
of it was read: `own dev` is looked at, `own test` only as a figure. `own late` was written when the grammar stood,
measured once (F1 0.890), and looked at since.

A quantity is right where the spans share a character and value or bounds, kind and unit agree; each counts once. Two
lenient levels beside it: value and kind, and the value alone.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.documents import Span
from sayso.figures import figures_in
from training.tables import table

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SAYSO_SHARED") or ROOT.parent / "shared")
HAND_LABELLED = "corpora/figures/hand-labelled.jsonl"
OWN = ROOT / "tests/figures/own.jsonl"
LEVELS = ("value, kind and unit", "value and kind", "value")
_TOLERANCE = 1e-3
"""Relative: 33.3 percent is a third."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as it is compared."""

    span: Span
    kind: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with its labelled quantities."""

    id: str
    text: str
    quantities: list[Quantity]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean."""

    right: int
    predicted: int
    labelled: int

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        both = self.predicted + self.labelled
        return 2 * self.right / both if both else 0.0


Predictor = Callable[[Sequence[str]], list[list[Quantity]]]


def read_sentences(path: Path, split: str | None = None) -> list[Sentence]:
    """The sentences of a file of JSON lines, or those of one half of it."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Sentence(row["id"], row["text"], [quantity_from_json(each) for each in row["quantities"]])
        for row in rows
        if split is None or row["split"] == split
    ]


def quantity_from_json(record: dict[str, Any]) -> Quantity:
    """A quantity in the form of the shared corpus."""
    return Quantity(
        Span(record["b"], record["e"]),
        record["kind"],
        record["value"],
        record["lo"],
        record["hi"],
        record["unit"],
    )


def predict(texts: Sequence[str]) -> list[list[Quantity]]:
    """What sayso reads."""
    return [
        [
            Quantity(figure.span, figure.kind, figure.value, figure.low, figure.high, figure.unit)
            for figure in figures_in(text)
        ]
        for text in texts
    ]


def peer(python: str) -> Predictor:
    """What quantulum3 reads, in a process of its own."""

    def predict_with_peer(texts: Sequence[str]) -> list[list[Quantity]]:
        done = subprocess.run(
            [python, "-W", "ignore", "-m", "benchmarks.quantities"],
            input=json.dumps(list(texts)),
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        return [[quantity_from_json(each) for each in found] for found in json.loads(done.stdout)]

    return predict_with_peer


def is_right(gold: Quantity, found: Quantity, level: str) -> bool:
    """Whether a quantity that was found is one that was labelled."""
    if not gold.span.overlaps(found.span):
        return False
    if gold.value is None:
        agrees = _near(gold.low, found.low) and _near(gold.high, found.high)
    else:
        agrees = _near(gold.value, found.value)
    if level == "value" or not agrees:
        return agrees
    return gold.kind == found.kind and (level == "value and kind" or gold.unit == found.unit)


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=_TOLERANCE, abs_tol=1e-12)


def count_right(gold: Sequence[Quantity], found: Sequence[Quantity], level: str) -> int:
    """How many are right, each counted once."""
    left = list(found)
    right = 0
    for each in gold:
        match = next((other for other in left if is_right(each, other, level)), None)
        if match is not None:
            left.remove(match)
            right += 1
    return right


def score(sentences: Sequence[Sentence], found: Sequence[Sequence[Quantity]], level: str = LEVELS[0]) -> Score:
    """The score over all sentences."""
    pairs = list(zip(sentences, found, strict=True))
    return Score(
        sum(count_right(sentence.quantities, each, level) for sentence, each in pairs),
        sum(len(each) for each in found),
        sum(len(sentence.quantities) for sentence in sentences),
    )


def read_sets(shared: Path) -> dict[str, list[Sentence]]:
    """The sets that are there."""
    sets = {f"own {split}": read_sentences(OWN, split) for split in ("dev", "test", "late")}
    if (shared / HAND_LABELLED).exists():
        sets = {"hand-labelled": read_sentences(shared / HAND_LABELLED), **sets}
    return sets


def measure(shared: Path = SHARED, peers_python: str | None = None) -> dict[str, Any]:
    """The scores of every set, level and engine."""
    engines: dict[str, Predictor] = {"sayso": predict}
    if peers_python:
        engines["quantulum3"] = peer(peers_python)
    measured: dict[str, Any] = {}
    for name, sentences in read_sets(shared).items():
        measured[name] = {"sentences": len(sentences)}
        for engine, predictor in engines.items():
            found = predictor([sentence.text for sentence in sentences])
            scores = {level: score(sentences, found, level) for level in LEVELS}
            measured[name][engine] = {
                level: {"precision": each.precision, "recall": each.recall, "f1": each.f1}
                for level, each in scores.items()
            }
    return measured


def scores_table(measured: dict[str, Any]) -> str:
    """A row a set, engine and level."""
    rows = [
        [name, engine, level, *(f"{each[key]:.3f}" for key in ("precision", "recall", "f1"))]
        for name, engines in measured.items()
        for engine, levels in engines.items()
        if engine != "sentences"
        for level, each in levels.items()
    ]
    return table(["set", "engine", "counted right by", "precision", "recall", "F1"], rows)


def show(sentences: Sequence[Sentence]) -> None:
    """Prints each sentence that is not wholly right."""
    for sentence, found in zip(sentences, predict([each.text for each in sentences]), strict=True):
        if count_right(sentence.quantities, found, LEVELS[0]) == len(found) == len(sentence.quantities):
            continue
        print(f"{sentence.id} {sentence.text}")
        for sign, quantities, others in (("-", sentence.quantities, found), ("+", found, sentence.quantities)):
            for each in quantities:
                if not any(is_right(each, other, LEVELS[0]) for other in others):
                    value = each.value if each.value is not None else (each.low, each.high)
                    print(f"    {sign} [{each.span.of(sentence.text)}] {each.kind} {value} {each.unit}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--peers-python")
    parser.add_argument("--show", choices=["hand-labelled", "own dev", "own test", "own late"])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if options.show:
        show(read_sets(options.shared).get(options.show, []))
        return
    if not (options.shared / HAND_LABELLED).exists():
        print(f"hand-labelled: not there ({options.shared / HAND_LABELLED})")
    measured = measure(options.shared, options.peers_python)
    print(scores_table(measured))
    if options.json:
        options.json.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
