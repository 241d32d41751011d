"""The sentence encoder as a part of a graph: nodes on the weights of the shipped one, with small corrections.

A layer's product is that of the shipped int8 weights plus a product of low rank (Hu et al. 2022, "LoRA"): int8 as well,
with a scale for each row. Biases and norms are its own, in half precision.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.graph import Array, GraphBuilder, QuantisedGraph, quantised

WORDS_LAYER = 4
"""After which layer words are compared with words; chosen on training/reworded/dev."""


class _PartBuilder(GraphBuilder):
    """Names that the shipped graph has not; equal constants once, long ones of floats in half precision."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[bytes, str, tuple[int, ...]], str] = {}

    def constant(self, value: npt.NDArray[np.generic], *, half: bool = False) -> str:
        key = (value.tobytes(), str(value.dtype), value.shape)
        if key not in self._known:
            name = f"own{len(self.constants)}"
            stored = value.astype(np.float16) if half else value
            self.constants.append(numpy_helper.from_array(np.ascontiguousarray(stored), name))
            self._known[key] = self.one("Cast", name, to=TensorProto.FLOAT) if half else name
        return self._known[key]

    def add(self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: object) -> list[str]:
        self._count += 1
        names = [f"part{self._count}_{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names


class _Shipped:
    """Where the shipped graph keeps its weights: names of constants."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        constants = {each.name for each in graph.initializer}
        products = [node for node in graph.node if node.op_type == "MatMulIntegerToFloat"]
        self.products = [(node.input[1], node.input[3], node.input[5]) for node in products]
        """Weight, scale and zero point of the four products of each layer in turn."""
        gathers = [node for node in graph.node if node.op_type == "Gather" and node.input[0] in constants]
        self.rows, self.row_scales = gathers[0].input[0], gathers[1].input[0]
        self.positions = next(node for node in graph.node if node.op_type == "Slice").input[0]


class VectorGraph(QuantisedGraph):
    """Builds the part: `weights` are those that `training.vectors` learnt, by the names of `transformers`."""

    def __init__(
        self, shipped: onnx.GraphProto, weights: Mapping[str, Array], *, layers: int, word_weights: Array, centre: Array
    ) -> None:
        self.weights = dict(weights)
        self.layers = layers
        self.width = len(weights["embeddings.LayerNorm.weight"])
        self.fused_attention = True
        self._own = _PartBuilder()
        self.graph = self._own
        self.shipped = _Shipped(shipped)
        self.word_weights = word_weights
        self.centre = centre
        self._products = iter(self.shipped.products)
        self._plain: dict[str, str] = {}
        self.says = ""
        """The constant that holds how much each piece says, once built."""

    def quantise(self, value: str) -> list[str]:
        """As ever; what was quantised is remembered for the corrections."""
        found = super().quantise(value)
        self._plain[found[0]] = value
        return found

    def norm(self, value: str, skip: str, name: str) -> str:
        """Layer norm of a sum; its weights are known in half precision before they are asked for in full."""
        for part in ("weight", "bias"):
            self._own.constant(self.weights[f"{name}.{part}"], half=True)
        return super().norm(value, skip, name)

    def linear(self, quantised_input: list[str], *names: str) -> str:
        """The shipped product, corrected."""
        graph = self.graph
        weight, scale, zero = next(self._products)
        activation, activation_scale, activation_zero = quantised_input
        bias = self._own.constant(np.concatenate([self.weights[f"{name}.b"] for name in names]), half=True)
        product = graph.one(
            "MatMulIntegerToFloat", activation, weight, activation_scale, scale, activation_zero, zero, bias,
            domain="com.microsoft",
        )  # fmt: skip
        plain = self._plain[activation]
        parts = [
            graph.one("MatMul", graph.one("MatMul", plain, self._small(f"{name}.A")), self._small(f"{name}.B"))
            for name in names
        ]
        return graph.one("Add", product, graph.one("Concat", *parts, axis=2) if len(parts) > 1 else parts[0])

    def _small(self, name: str) -> str:
        """A factor of a correction, [in, out], from int8."""
        values, scale = quantised(self.weights[name], 1 if name.endswith(".A") else 0)  # a scale for each of the rank
        graph = self.graph
        plain = graph.one("Cast", graph.constant(values), to=TensorProto.FLOAT)
        scaled = graph.one("Mul", plain, graph.constant(scale))
        return graph.one("Transpose", scaled, perm=[1, 0])

    def embed(self) -> str:
        """Sum of piece and position embeddings, normed; no letter case, no quotation marks."""
        graph = self.graph
        rows = graph.one("Cast", graph.one("Gather", self.shipped.rows, "pieces"), to=TensorProto.FLOAT)
        word = graph.one("Mul", rows, graph.one("Gather", self.shipped.row_scales, "pieces"))
        zero, axis = graph.constant(np.array([0])), graph.constant(np.array([0]))
        position = graph.one("Slice", self.shipped.positions, zero, graph.one("Shape", "pieces"), axis)
        first = graph.constant(np.array([0]))
        return self.norm(
            graph.one("Unsqueeze", word, first), graph.one("Unsqueeze", position, first), "embeddings.LayerNorm"
        )

    def build(self) -> onnx.ModelProto:
        """The part: pieces in; out a vector of the whole, vectors of the pieces and how much each piece says."""
        graph = self.graph
        hidden = self.embed()
        words = hidden
        for number in range(self.layers):
            hidden = self.layer(hidden, f"encoder.layer.{number}")
            if number + 1 == WORDS_LAYER:
                words = hidden
        none = graph.constant(np.array([0]))
        flat = graph.one("Squeeze", words, none)
        centred = graph.one("Sub", flat, self._own.constant(self.centre.astype(np.float32), half=True))
        mean = graph.one("ReduceMean", hidden, axes=[0, 1], keepdims=0)
        steps = np.round(self.word_weights / self.word_weights.max() * 255).astype(np.uint8)
        self.says = graph.constant(steps)
        says = graph.one("Cast", graph.one("Gather", self.says, "pieces"), to=TensorProto.FLOAT)
        for name, value in (("whole", mean), ("words", centred), ("weights", says)):
            graph.nodes.append(helper.make_node("Identity", [value], [name]))
        number_type = TensorProto.FLOAT
        made = helper.make_graph(
            graph.nodes,
            "vectors",
            [helper.make_tensor_value_info("pieces", TensorProto.INT64, ["pieces"])],
            [
                helper.make_tensor_value_info("whole", number_type, [self.width]),
                helper.make_tensor_value_info("words", number_type, ["pieces", self.width]),
                helper.make_tensor_value_info("weights", number_type, ["pieces"]),
            ],
            graph.constants,
        )
        model = onnx.ModelProto()
        model.graph.CopyFrom(made)
        return model
