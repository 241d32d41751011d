"""The trained network as an int8 ONNX graph for one window a call.

Weights are int8 with a scale for each output channel; activations are quantised by ONNX Runtime as they come, with one
scale for the window. A window holds words of one article only, so no article's record depends on what else is read.
Embeddings are int8 with a scale a row. Norms, softmax and heads' sums stay in float.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from sayso.extraction import labels

Array = npt.NDArray[np.float32]
Weights = dict[str, Array]

HEAD_COUNT = 12


class GraphBuilder:
    """Nodes and constants of one graph, each under a name of its own."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._count = 0

    def constant(self, value: npt.NDArray[np.generic]) -> str:
        """A constant tensor's name."""
        self._count += 1
        name = f"c{self._count}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: Any) -> list[str]:
        """Add a node; the names of its outputs."""
        self._count += 1
        names = [f"v{self._count}_{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names

    def one(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Add a node with one output."""
        return self.add(kind, *inputs, domain=domain, **attributes)[0]


def quantised(weight: Array, axis: int) -> tuple[npt.NDArray[np.int8], Array]:
    """Symmetric int8 with one scale for each row left when `axis` is taken out."""
    scale = np.maximum(np.abs(weight).max(axis=axis, keepdims=True), 1e-8) / 127
    return np.round(weight / scale).clip(-127, 127).astype(np.int8), scale.astype(np.float32)


class QuantisedGraph:
    """Builds the graph from a checkpoint's weights by name (as in `training.model`)."""

    def __init__(self, weights: Weights, *, layers: int, positions: int, fused_attention: bool = True) -> None:
        self.weights = weights
        self.layers = layers
        self.positions = positions
        self.fused_attention = fused_attention
        self.width = weights["tags.weight"].shape[1]
        self.graph = GraphBuilder()

    def linear(self, quantised_input: list[str], *names: str) -> str:
        """The product of quantised activations with one or more layers side by side, their biases added."""
        weight = np.concatenate([self.weights[f"{name}.weight"] for name in names]).T
        bias = np.concatenate([self.weights[f"{name}.bias"] for name in names])
        values, scale = quantised(weight, 0)
        graph = self.graph
        values_name, scale_name = graph.constant(values), graph.constant(scale[0])
        zero = graph.constant(np.zeros(values.shape[1], dtype=np.int8))
        activation, activation_scale, activation_zero = quantised_input
        return graph.one(
            "MatMulIntegerToFloat", activation, values_name, activation_scale, scale_name, activation_zero, zero,
            graph.constant(bias.astype(np.float32)), domain="com.microsoft",
        )  # fmt: skip

    def quantise(self, value: str) -> list[str]:
        """Activations as uint8 with the window's scale and zero point."""
        return self.graph.add("DynamicQuantizeLinear", value, outputs=3)

    def norm(self, value: str, skip: str, name: str) -> str:
        """Layer norm of a sum.

        Spelt out, its means as products with a column of 1/width: ONNX Runtime's own node runs one number at a time
        on a CPU and took four times as long, a quarter of the whole pass.
        """
        graph = self.graph
        column = np.full((self.width, 1), 1 / self.width, dtype=np.float32)
        summed = graph.one("Add", value, skip)
        centred = graph.one("Sub", summed, graph.one("MatMul", summed, graph.constant(column)))
        variance = graph.one("MatMul", graph.one("Mul", centred, centred), graph.constant(column))
        deviation = graph.one("Sqrt", graph.one("Add", variance, graph.constant(np.array(1e-12, dtype=np.float32))))
        scaled = graph.one("Mul", centred, graph.one("Reciprocal", deviation))
        gained = graph.one("Mul", scaled, graph.constant(self.weights[f"{name}.weight"]))
        return graph.one("Add", gained, graph.constant(self.weights[f"{name}.bias"]))

    def embed(self) -> str:
        """Sum of piece, position, type and feature embeddings, normed; [1, pieces, width]."""
        graph, weights = self.graph, self.weights
        values, scale = quantised(weights["encoder.embeddings.word_embeddings.weight"], 1)
        rows = graph.one("Cast", graph.one("Gather", graph.constant(values), "pieces"), to=TensorProto.FLOAT)
        scales = graph.one("Gather", graph.constant(scale), "pieces")
        word = graph.one("Mul", rows, scales)
        features = graph.one("Gather", graph.constant(weights["features.weight"]), "features")
        where = weights["encoder.embeddings.position_embeddings.weight"][: self.positions]
        where = where + weights["encoder.embeddings.token_type_embeddings.weight"][0]
        length = graph.one("Shape", "pieces")
        zero, axis = graph.constant(np.array([0])), graph.constant(np.array([0]))
        position = graph.one("Slice", graph.constant(where), zero, length, axis)
        first = graph.constant(np.array([0]))
        summed = graph.one("Unsqueeze", graph.one("Add", word, features), first)
        return self.norm(summed, graph.one("Unsqueeze", position, first), "encoder.embeddings.LayerNorm")

    def attend(self, hidden: str, name: str) -> str:
        """Multi-head self-attention before its output layer; [1, pieces, width]."""
        graph = self.graph
        together = self.linear(self.quantise(hidden), *(f"{name}.self.{part}" for part in ("query", "key", "value")))
        sizes = graph.constant(np.array([self.width] * 3))
        parts = graph.add("Split", together, sizes, outputs=3, axis=2)
        if self.fused_attention:
            return graph.one("MultiHeadAttention", *parts, domain="com.microsoft", num_heads=HEAD_COUNT)
        size = self.width // HEAD_COUNT
        shape = graph.constant(np.array([1, -1, HEAD_COUNT, size]))
        query, key, value = (graph.one("Reshape", part, shape) for part in parts)
        query = graph.one("Transpose", query, perm=[0, 2, 1, 3])
        key = graph.one("Transpose", key, perm=[0, 2, 3, 1])
        value = graph.one("Transpose", value, perm=[0, 2, 1, 3])
        scaled = graph.one("Mul", query, graph.constant(np.array(1 / math.sqrt(size), dtype=np.float32)))
        chances = graph.one("Softmax", graph.one("MatMul", scaled, key), axis=-1)
        mixed = graph.one("Transpose", graph.one("MatMul", chances, value), perm=[0, 2, 1, 3])
        return graph.one("Reshape", mixed, graph.constant(np.array([1, -1, self.width])))

    def layer(self, hidden: str, name: str) -> str:
        """One layer of the encoder: attention, then the wide layer, each added to what came in, and normed."""
        mixed = self.linear(self.quantise(self.attend(hidden, f"{name}.attention")), f"{name}.attention.output.dense")
        hidden = self.norm(mixed, hidden, f"{name}.attention.output.LayerNorm")
        wide = self.graph.one(
            "Gelu", self.linear(self.quantise(hidden), f"{name}.intermediate.dense"), domain="com.microsoft"
        )
        return self.norm(self.linear(self.quantise(wide), f"{name}.output.dense"), hidden, f"{name}.output.LayerNorm")

    def build(self) -> onnx.ModelProto:
        """The whole graph: pieces, features [pieces] and firsts [words] in, one row of scores a word out."""
        graph = self.graph
        hidden = self.embed()
        for number in range(self.layers):
            hidden = self.layer(hidden, f"encoder.encoder.layer.{number}")
        flat = graph.one("Squeeze", hidden, graph.constant(np.array([0])))
        words = graph.one("Gather", flat, "firsts")
        weight = np.concatenate([self.weights[f"{name}.weight"] for name in labels.HEADS]).T
        bias = np.concatenate([self.weights[f"{name}.bias"] for name in labels.HEADS])
        scores = graph.one("Add", graph.one("MatMul", words, graph.constant(weight)), graph.constant(bias))
        graph.nodes.append(helper.make_node("Identity", [scores], ["scores"]))
        integer, number_type = TensorProto.INT64, TensorProto.FLOAT
        made = helper.make_graph(
            graph.nodes,
            "attribution",
            [
                helper.make_tensor_value_info("pieces", integer, ["pieces"]),
                helper.make_tensor_value_info("features", integer, ["pieces"]),
                helper.make_tensor_value_info("firsts", integer, ["words"]),
            ],
            [helper.make_tensor_value_info("scores", number_type, ["words", sum(labels.HEADS.values())])],
            graph.constants,
        )
        return helper.make_model(
            made,
            opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)],
            ir_version=9,
            producer_name="sayso",
        )
