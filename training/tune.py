"""Choose thresholds and fit confidences on articles not trained on: `python -m training.tune --shared ../shared`.

The flat layer's on PolNeAR's dev half, the nested layer's on our own dev texts (training/dev-texts). The encoder runs
once; then one threshold after the other is moved while the others stay (coordinate ascent).
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from sayso.documents import Span
from sayso.extraction import assemble
from sayso.extraction.confidence import FEATURES, features_of
from sayso.extraction.decoding import Found, Scores, Thresholds, decode
from sayso.extraction.layout import layout_of
from sayso.extraction.model import PARAMETERS, Model, read_model
from sayso.extraction.shipped import ENGLISH
from sayso.extraction.tokens import Tokens, tokenize
from sayso.records import Attribution
from training.corpora import GoldText, read_own, read_polnear
from training.layout import as_read
from training.scoring import figures_of, tally_article

GRID: dict[str, list[Any]] = {
    "span_bonus": [(s, q, c) for s in (0.0, 0.3) for q in (-0.5, 0.0, 0.5, 1.0) for c in (-0.5, 0.0, 0.5, 1.0)],
    "reach": [30, 40, 50, 60, 80],
    "source": [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5],
    "content": [0.02, 0.05, 0.1, 0.2, 0.3, 0.4],
}
NESTED_GRID: dict[str, list[Any]] = {
    "nested_cue": [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
    "nested_content": [0.2, 0.3, 0.4, 0.5, 0.6],
    "nested_source": [0.2, 0.3, 0.4, 0.5, 0.6],
}


@dataclass(slots=True)
class Scored:
    """A text with what the encoder says of it."""

    gold: list[Attribution]
    text: str
    tokens: Tokens
    quoted: list[Span]
    continued: frozenset[int]
    scores: Scores


def score_texts(texts: Iterable[GoldText], model: Model) -> list[Scored]:
    """Every text through the encoder, laid out as `sayso read` would."""
    found = []
    for article, text in map(as_read, texts):
        layout = layout_of(article)
        tokens = tokenize(article.text, blocks=layout.blocks, quoted=layout.quoted, pieces=model.pieces)
        continued = tokens.words_at(layout.continued)
        gold = [
            Attribution(
                f"g{number}", each.source, each.cue, each.content,
                inside=None if each.inside is None else f"g{each.inside}",
            )
            for number, each in enumerate(text.attributions)
        ]  # fmt: skip
        found.append(Scored(gold, article.text, tokens, layout.quoted, continued, model.scores(tokens)))
    return found


FLAT_MEASURES = ("attribution", "strict", "content found", "source exact", "cue exact", "content exact")
NESTED_MEASURES = ("attribution", "strict")


def objective(scored: list[Scored], thresholds: Thresholds, *, nested: bool) -> float:
    """The F1 of several measures added up, so that none is bought with another."""
    tallies = []
    for each in scored:
        found = decode(each.scores, thresholds, nested=nested, continued=each.continued)
        said = assemble(found, each.tokens, text=each.text, quoted=each.quoted)
        tallies.append(tally_article(each.text, each.gold, said)[0])
    figures = figures_of(tallies, resamples=1)
    return sum(figures[name].value for name in (NESTED_MEASURES if nested else FLAT_MEASURES))


def climb(
    start: Thresholds, grid: dict[str, list[Any]], measure: Callable[[Thresholds], float], *, rounds: int = 2
) -> Thresholds:
    """The best thresholds found by moving one after the other; what is as good as the start stays."""
    best, height = start, measure(start)
    for _ in range(rounds):
        before = height
        for name, values in grid.items():
            for value in values:
                tried = replace(best, **{name: value})
                reached = measure(tried)
                if reached > height + 1e-6:
                    best, height = tried, reached
                    print(f"{name} {value}: {height:.4f}", flush=True)
        if height == before:
            break
    return best


def fit_logistic(rows: list[list[float]], right: list[bool], *, ridge: float = 1.0) -> list[float]:
    """Intercept and coefficients of a logistic regression (Newton's method, small ridge on the coefficients)."""
    design = np.column_stack([np.ones(len(rows)), np.array(rows)])
    target = np.array(right, dtype=float)
    penalty = np.diag([0.0] + [ridge] * (design.shape[1] - 1))
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (target - chance) - penalty @ weights
        curve = (design.T * (chance * (1 - chance))) @ design + penalty + 1e-6 * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return [round(float(weight), 4) for weight in weights]


def fit_confidence(scored: list[Scored], thresholds: Thresholds, *, nested: bool) -> list[float]:
    """The calibration of the flat or of the nested layer on some texts."""
    rows: list[list[float]] = []
    right: list[bool] = []
    for each in scored:
        found: list[Found] = decode(each.scores, thresholds, nested=nested, continued=each.continued)
        said = assemble(found, each.tokens, text=each.text, quoted=each.quoted)
        judged = tally_article(each.text, each.gold, said)[1]
        for one, verdict in zip(found, judged, strict=True):
            if (one.inside is not None) == nested:
                rows.append(features_of(one))
                right.append(verdict.right)
    if len(set(right)) < 2:
        return [math.log((sum(right) + 1) / (len(right) - sum(right) + 1))] + [0.0] * len(FEATURES)
    return fit_logistic(rows, right)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--folder", type=Path, default=ENGLISH)
    parser.add_argument("--only-confidence", action="store_true", help="leave the thresholds as they are")
    arguments = parser.parse_args()
    model = read_model(arguments.folder)
    dev = score_texts(read_polnear(arguments.shared / "corpora" / "polnear" / "dev.jsonl"), model)
    own = score_texts(read_own(Path(__file__).parent / "dev-texts"), model)
    thresholds = model.thresholds
    if not arguments.only_confidence:
        thresholds = climb(thresholds, GRID, lambda tried: objective(dev, tried, nested=False))
        thresholds = climb(thresholds, NESTED_GRID, lambda tried: objective(own, tried, nested=True))
    path = arguments.folder / PARAMETERS
    parameters = json.loads(path.read_text(encoding="utf-8"))
    parameters["thresholds"] = asdict(thresholds)
    parameters["calibration"] = {
        "flat": fit_confidence(dev, thresholds, nested=False),
        "nested": fit_confidence(own, thresholds, nested=True),
    }
    path.write_text(json.dumps(parameters, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(parameters["thresholds"]))


if __name__ == "__main__":
    main()
