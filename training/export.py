"""Write a checkpoint into the package: `python -m training.export CHECKPOINT` (int8 graph, SHA-256, distance table).

Thresholds and calibration stay as they are until `python -m training.tune` chooses them anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import onnx
import torch

from sayso.extraction.confidence import FEATURES
from sayso.extraction.decoding import Thresholds
from sayso.extraction.model import GRAPH, PARAMETERS
from sayso.extraction.shipped import ENGLISH, VOCABULARY
from sayso.extraction.windows import WINDOW_PIECES
from training.graph import QuantisedGraph

LAYERS = 6


def export(checkpoint: Path, folder: Path) -> None:
    """Write graph and parameters of a checkpoint into a model folder that already has its vocabulary."""
    weights = {name: value.float().numpy() for name, value in torch.load(checkpoint).items()}
    # [WINDOW_PIECES] is what the reader plans with; a window one word too long must still fit
    graph = QuantisedGraph(weights, layers=LAYERS, positions=WINDOW_PIECES + 128).build()
    onnx.save(graph, folder / GRAPH)
    path = folder / PARAMETERS
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    untold = [0.0] * (1 + len(FEATURES))
    parameters = {
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (GRAPH, VOCABULARY)},
        "thresholds": known.get("thresholds", asdict(Thresholds())),
        "calibration": known.get("calibration", {"flat": untold, "nested": untold}),
        "distance": [[round(float(value), 5) for value in row] for row in weights["distance.weight"]],
        **{
            name: [round(float(value), 5) for value in weights[f"{name}.weight"][:, 0]]
            for name in ("span_distance", "link_distance")
        },
        "linking": known.get("linking", {}),
    }
    path.write_text(json.dumps(parameters, indent=1) + "\n", encoding="utf-8")
    print(f"{folder / GRAPH}: {(folder / GRAPH).stat().st_size / 1e6:.1f} MB, {parameters['sha256'][GRAPH]}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--folder", type=Path, default=ENGLISH)
    arguments = parser.parse_args()
    export(arguments.checkpoint, arguments.folder)
