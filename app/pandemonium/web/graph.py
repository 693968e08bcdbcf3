"""Builds a voice's ONNX graphs for a browser: `writing.graph`'s network out of operators that WebAssembly runs fast.

`DynamicQuantizeLSTM` takes several times as long in a browser as a product of floats does. Here the weights are
int8 in the file and whole numbers as floats in memory, and so are the activations, quantized as ONNX Runtime
quantizes them on the desktop: a sum of products of such numbers below 2 ** 24 is exact in float32, whatever the
order. The two graphs of a voice take and give what those of `writing.graph` do, for one text at a time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from pandemonium.voice.file import Voice
from pandemonium.web.activations import logistic, tanh
from pandemonium.writing.graph import reorder_gates, state_names

EMBEDDING = "embedding.values"  # the head finds it under this name, outside the graph
_OPSETS = [helper.make_opsetid("", 17)]
_IR_VERSION = 9


def build_layers(voice: Voice) -> bytes:
    """Gives the graph of all LSTM layers.

    `x` [time, 1, embedding] and states [1, 1, hidden] go in; `y` [time, 1, hidden] and the states behind the last
    piece come out. As on the desktop, one call quantizes what a layer reads at one scale.
    """
    a = voice.architecture
    parts = _Parts()
    parts.constant("axis.batch", np.array([1], dtype=np.int64))
    parts.constant("axis.direction", np.array([0], dtype=np.int64))
    parts.node("Squeeze", ["x", "axis.batch"], ["flow0"])
    for layer in range(a.layers):
        prefix = f"lstm.{layer}"
        for kind in ("input", "recurrent"):
            matrix = voice.matrices[f"{prefix}.{kind}"]
            parts.weight(f"{prefix}.{kind}", reorder_gates(matrix.values, a.hidden))
            parts.constant(f"{prefix}.{kind}.scales", reorder_gates(matrix.scales, a.hidden))
        parts.constant(f"{prefix}.bias", reorder_gates(voice.vectors[f"{prefix}.bias"], a.hidden))
        parts.product(f"{prefix}.input", f"flow{layer}", f"gates{layer}")
        for kind in "hc":
            parts.node("Squeeze", [f"{kind}{layer}", "axis.direction"], [f"{kind}{layer}.in"])
        parts.node(
            "Scan",
            [f"h{layer}.in", f"c{layer}.in", f"gates{layer}"],
            [f"h{layer}.end", f"c{layer}.end", f"outputs{layer}"],
            body=_cell(prefix, a.hidden),
            num_scan_inputs=1,
        )
        for kind in "hc":
            parts.node("Unsqueeze", [f"{kind}{layer}.end", "axis.direction"], [f"{kind}{layer}_out"])
        last = layer + 1 == a.layers
        parts.node(
            "Identity" if last else "Squeeze",
            [f"outputs{layer}"] if last else [f"outputs{layer}", "axis.batch"],
            ["y" if last else f"flow{layer + 1}"],
        )
    states = state_names(a.layers)
    inputs = [_value("x", ["time", 1, a.embedding]), *(_value(name, [1, 1, a.hidden]) for name in states)]
    outputs = [_value("y", ["time", 1, a.hidden]), *(_value(f"{name}_out", [1, 1, a.hidden]) for name in states)]
    return parts.model("layers", inputs, outputs)


def build_head(voice: Voice) -> bytes:
    """Gives the graph of the output layer, `y` [1, hidden] to `logits` [1, vocabulary].

    The embedding's values, int8 [vocabulary, embedding], lie outside under the name `EMBEDDING`: whoever looks up
    a piece's vector reads the same bytes.
    """
    a = voice.architecture
    parts = _Parts()
    parts.weight("projection", voice.matrices["projection"].values)
    parts.constant("projection.scales", voice.matrices["projection"].scales)
    parts.constant("projection.bias", voice.vectors["projection.bias"])
    parts.product("projection", "y", "features")
    parts.node("Add", ["features", "projection.bias"], ["shifted"])
    parts.weight("output", voice.matrices["embedding"].values, outside=EMBEDDING)
    parts.constant("output.scales", voice.matrices["embedding"].scales)
    parts.constant("output.bias", voice.vectors["output.bias"])
    parts.product("output", "shifted", "scores")
    parts.node("Add", ["scores", "output.bias"], ["logits"])
    return parts.model("head", [_value("y", [1, a.hidden])], [_value("logits", [1, a.vocabulary])])


class _Parts:
    """Nodes and constants on their way into a graph."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: NDArray[np.generic]) -> None:
        self.constants.append(numpy_helper.from_array(np.asarray(values, order="C"), name))

    def weight(self, name: str, values: NDArray[np.generic], outside: str = "") -> None:
        """An int8 matrix [rows, columns]; the runtime makes it floats once, when it loads."""
        self.constant(f"{name}.values", values)
        if outside:
            tensor = self.constants[-1]
            onnx.external_data_helper.set_external_data(tensor, outside, offset=0, length=values.size)
            tensor.ClearField("raw_data")
        self.node("Cast", [f"{name}.values"], [f"{name}.floats"], to=TensorProto.FLOAT)

    def node(self, kind: str, inputs: list[str], outputs: list[str], **attributes: Any) -> None:
        self.nodes.append(helper.make_node(kind, inputs, outputs, **attributes))

    def product(self, weight: str, source: str, target: str) -> None:
        """target = source @ weight.T, source quantized on the fly."""
        q, scale, zero = (f"{target}.{part}" for part in ("quantized", "scale", "zero"))
        self.node("DynamicQuantizeLinear", [source], [q, scale, zero])
        self.node("Cast", [q], [f"{q}.floats"], to=TensorProto.FLOAT)
        self.node("Cast", [zero], [f"{zero}.float"], to=TensorProto.FLOAT)
        self.node("Sub", [f"{q}.floats", f"{zero}.float"], [f"{q}.whole"])
        self.node("Gemm", [f"{q}.whole", f"{weight}.floats"], [f"{target}.whole"], transB=1)
        self.node("Mul", [f"{weight}.scales", scale], [f"{target}.scales"])
        self.node("Mul", [f"{target}.whole", f"{target}.scales"], [target])

    def model(self, name: str, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]) -> bytes:
        graph = helper.make_graph(self.nodes, name, inputs, outputs, self.constants)
        model = helper.make_model(graph, opset_imports=_OPSETS, ir_version=_IR_VERSION)
        return bytes(model.SerializeToString())


def _cell(prefix: str, hidden: int) -> onnx.GraphProto:
    """One step of a layer: h and c [1, hidden] and the input's share of the gates [4 * hidden] to h, c and h."""
    parts = _Parts()
    parts.product(f"{prefix}.recurrent", "h", "recurrent")
    parts.node("Add", ["gates", "recurrent"], ["products"])
    parts.node("Add", ["products", f"{prefix}.bias"], ["sums"])
    parts.constant("widths", np.array([3 * hidden, hidden], dtype=np.int64))
    parts.node("Split", ["sums", "widths"], ["three", "cell"], axis=1)
    logistic(parts, "three", "open")
    parts.node("Split", ["open"], ["input", "output", "forget"], axis=1)
    tanh(parts, "cell", "news")
    parts.node("Mul", ["forget", "c"], ["kept"])
    parts.node("Mul", ["input", "news"], ["added"])
    parts.node("Add", ["kept", "added"], ["c_out"])
    tanh(parts, "c_out", "squashed")
    parts.node("Mul", ["output", "squashed"], ["h_out"])
    parts.node("Identity", ["h_out"], ["h_row"])
    row: list[int | str] = [1, hidden]
    inputs = [_value("h", row), _value("c", row), _value("gates", [4 * hidden])]
    outputs = [_value(name, row) for name in ("h_out", "c_out", "h_row")]
    return helper.make_graph(parts.nodes, "cell", inputs, outputs, parts.constants)


def _value(name: str, shape: list[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
