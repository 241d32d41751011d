"""From the probabilities an attribution was decoded with to one calibrated confidence.

Logistic regression over their log-odds (Platt 1999), with coefficients of its own for nested attributions; fitted on
articles not trained on (`python -m training.tune`). docs/accuracy.md has the reliability table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sayso.extraction.decoding import Found

FEATURES = ("cue", "source", "content", "tag", "has source", "contents beyond one")


def _log_odds(probability: float) -> float:
    clipped = min(max(probability, 1e-3), 1 - 1e-3)
    return math.log(clipped / (1 - clipped))


def features_of(found: Found) -> list[float]:
    """What the confidence is made of, in the order of `FEATURES`."""
    return [
        _log_odds(found.cue_probability),
        _log_odds(found.source_probability),
        _log_odds(found.content_probability),
        _log_odds(found.tag_probability),
        1.0 if found.source else 0.0,
        float(min(len(found.content) - 1, 2)),
    ]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Intercept, then one coefficient a feature."""

    flat: tuple[float, ...]
    nested: tuple[float, ...]

    def confidence(self, found: Found) -> float:
        """The chance, 0 to 1, that source and content are both right."""
        intercept, *weights = self.flat if found.inside is None else self.nested
        total = intercept + sum(w * value for w, value in zip(weights, features_of(found), strict=True))
        return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))
