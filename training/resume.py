"""A checkpoint from packaged weights: `python -m training.resume --out CHECKPOINT`.

Training goes on from what ships, without the checkpoint it was exported from: int8 weights times their scales, which
differ from the trained ones by at most half a step of 1/127 of a channel's largest.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from sayso.extraction import labels
from sayso.extraction.model import GRAPH, PARAMETERS
from sayso.extraction.shipped import ENGLISH
from training.graph import Array, Weights


def _halves(weights: Weights, names: list[str], weight: Array, bias: Array) -> None:
    """Layers that stand side by side in the graph, apart again; weight [out, in]."""
    for name, part, offset in zip(names, np.split(weight, len(names)), np.split(bias, len(names)), strict=True):
        weights[f"{name}.weight"], weights[f"{name}.bias"] = part, offset


def weights_of(graph: onnx.GraphProto) -> Weights:
    """The weights of an exported graph by their names in `training.model`, in float32.

    Positions and the type embedding come back as their sum, the type as zero.
    """
    constant = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    made = {name: node for node in graph.node for name in node.output}
    weights: Weights = {}

    def norm(output: str, name: str) -> None:
        add = made[output]
        gain = made[add.input[0]]
        weights[f"{name}.bias"], weights[f"{name}.weight"] = constant[add.input[1]], constant[gain.input[1]]

    products = [node for node in graph.node if node.op_type == "MatMulIntegerToFloat"]
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    for number in range(0, len(products), 4):
        name = f"encoder.encoder.layer.{number // 4}"
        parts = (
            [f"{name}.attention.self.{part}" for part in ("query", "key", "value")],
            [f"{name}.attention.output.dense"],
            [f"{name}.intermediate.dense"],
            [f"{name}.output.dense"],
        )
        for names, node in zip(parts, products[number : number + 4], strict=True):
            values, scale, bias = (constant[node.input[index]] for index in (1, 3, 6))
            _halves(weights, names, (values.astype(np.float32) * scale).T, bias)
    adds = [node for node in graph.node if node.op_type == "Add" and node.input[1] in constant]
    norms = [
        node
        for node in adds
        if node.input[0] in made
        and made[node.input[0]].op_type == "Mul"
        and made[node.input[0]].input[1] in constant
        and made[made[node.input[0]].input[0]].op_type == "Mul"
    ]
    names = ["encoder.embeddings.LayerNorm"] + [
        f"encoder.encoder.layer.{number}.{part}.LayerNorm"
        for number in range(len(products) // 4)
        for part in ("attention.output", "output")
    ]
    for name, node in zip(names, norms, strict=True):
        norm(node.output[0], name)
    gathers = [node for node in graph.node if node.op_type == "Gather" and node.input[0] in constant]
    rows, scales, features = (constant[node.input[0]] for node in gathers[:3])
    weights["encoder.embeddings.word_embeddings.weight"] = rows.astype(np.float32) * scales
    weights["features.weight"] = features
    positions = next(node for node in graph.node if node.op_type == "Slice")
    weights["encoder.embeddings.position_embeddings.weight"] = constant[positions.input[0]]
    weights["encoder.embeddings.token_type_embeddings.weight"] = np.zeros((2, rows.shape[1]), dtype=np.float32)
    last = made[made["scores"].input[0]]
    heads, bias = constant[made[last.input[0]].input[1]].T, constant[last.input[1]]
    at = 0
    for name, width in labels.HEADS.items():
        if at + width <= len(heads):
            weights[f"{name}.weight"], weights[f"{name}.bias"] = heads[at : at + width], bias[at : at + width]
        at += width
    return weights


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--folder", type=Path, default=ENGLISH)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    weights = weights_of(onnx.load(arguments.folder / GRAPH).graph)
    parameters = json.loads((arguments.folder / PARAMETERS).read_text(encoding="utf-8"))
    weights["distance.weight"] = np.array(parameters["distance"], dtype=np.float32)
    torch.save({name: torch.from_numpy(np.array(value)) for name, value in weights.items()}, arguments.out)
    print(f"{len(weights)} tensors")


if __name__ == "__main__":
    main()
