"""Builds the ONNX graphs of a voice: the LSTM layers over a sequence, and the output layer.

Weights go in as they lie in the voice, int8 with a scale a row; activations are quantized on the fly by
ONNX Runtime's `DynamicQuantizeLSTM` and `DynamicQuantizeMatMul`. Embedding rows are looked up outside. Weights may
be asked for as uint8 around 128: on processors without VNNI, products with int8 ones are cut off at 16 bits.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from pandemonium.voice.file import Voice
from pandemonium.voice.quantization import QuantizedMatrix

_OPSETS = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
_IR_VERSION = 9
# torch keeps a layer's gates as input, forget, cell, output; ONNX as input, output, forget, cell.
_ONNX_GATES = (0, 3, 1, 2)


def reorder_gates(values: NDArray[np.generic], hidden: int) -> NDArray[np.generic]:
    """Brings [4 * hidden, ...] from torch's order of gates into ONNX's."""
    gates = values.reshape(4, hidden, *values.shape[1:])
    return np.ascontiguousarray(gates[list(_ONNX_GATES)].reshape(values.shape))


def state_names(layers: int) -> list[str]:
    """The names of the state's inputs in their order: h0, c0, h1, c1 ...; outputs have `_out` behind them."""
    return [f"{kind}{layer}" for layer in range(layers) for kind in "hc"]


def build_layers(voice: Voice, *, unsigned: bool = False) -> bytes:
    """Gives the graph of all LSTM layers: `x` [time, batch, embedding] and states [1, batch, hidden] to
    `y` [time, batch, hidden], the states behind each sequence's end, and none of the output layer."""
    a = voice.architecture
    parts = _Parts(unsigned)
    flow = "x"
    for layer in range(a.layers):
        prefix = f"lstm.{layer}"
        for kind in ("input", "recurrent"):
            matrix = voice.matrices[f"{prefix}.{kind}"]
            parts.weight(f"{prefix}.{kind}", reorder_gates(matrix.values, a.hidden).T[None])
            parts.constant(f"{prefix}.{kind}.scales", reorder_gates(matrix.scales, a.hidden)[None])
        parts.weight(f"{prefix}.zero", np.zeros((1, 4 * a.hidden), dtype=np.int8))
        bias = reorder_gates(voice.vectors[f"{prefix}.bias"], a.hidden)
        parts.constant(f"{prefix}.bias", np.concatenate([bias, np.zeros_like(bias)])[None].astype(np.float32))
        parts.node(
            "DynamicQuantizeLSTM",
            [
                flow, f"{prefix}.input", f"{prefix}.recurrent", f"{prefix}.bias", "", f"h{layer}", f"c{layer}", "",
                f"{prefix}.input.scales", f"{prefix}.zero", f"{prefix}.recurrent.scales", f"{prefix}.zero",
            ],
            [f"y{layer}.directions", f"h{layer}_out", f"c{layer}_out"],
            domain="com.microsoft",
            hidden_size=a.hidden,
        )  # fmt: skip
        flow = f"y{layer}" if layer + 1 < a.layers else "y"
        parts.node("Squeeze", [f"y{layer}.directions", "axis.directions"], [flow])
    parts.constant("axis.directions", np.array([1], dtype=np.int64))
    states = state_names(a.layers)
    inputs = [_value("x", ["time", "batch", a.embedding])]
    inputs += [_value(name, [1, "batch", a.hidden]) for name in states]
    outputs = [_value("y", ["time", "batch", a.hidden])]
    outputs += [_value(f"{name}_out", [1, "batch", a.hidden]) for name in states]
    return parts.model("layers", inputs, outputs)


def build_head(voice: Voice, *, unsigned: bool = False) -> bytes:
    """Gives the graph of the output layer: `y` [rows, hidden] to `logits` [rows, vocabulary]."""
    a = voice.architecture
    parts = _Parts(unsigned)
    parts.product("projection", voice.matrices["projection"], "y", "features")
    parts.constant("projection.bias", voice.vectors["projection.bias"])
    parts.node("Add", ["features", "projection.bias"], ["shifted"])
    parts.product("output", voice.matrices["embedding"], "shifted", "scores")
    parts.constant("output.bias", voice.vectors["output.bias"])
    parts.node("Add", ["scores", "output.bias"], ["logits"])
    return parts.model("head", [_value("y", ["rows", a.hidden])], [_value("logits", ["rows", a.vocabulary])])


def build_product(matrix: QuantizedMatrix, *, unsigned: bool = False) -> bytes:
    """Gives the graph of one product: `x` [rows, columns] to `y` [rows, the matrix's rows]."""
    parts = _Parts(unsigned)
    parts.product("matrix", matrix, "x", "y")
    rows, columns = matrix.values.shape
    return parts.model("product", [_value("x", ["rows", columns])], [_value("y", ["rows", rows])])


class _Parts:
    """Nodes and constants on their way into a graph."""

    def __init__(self, unsigned: bool = False) -> None:
        self._unsigned = unsigned
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: NDArray[np.generic]) -> None:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))

    def weight(self, name: str, values: NDArray[np.generic]) -> None:
        """Weights, or their zero points."""
        self.constant(name, (values.view(np.uint8) ^ np.uint8(0x80)) if self._unsigned else values)

    def node(self, kind: str, inputs: list[str], outputs: list[str], domain: str = "", **attributes: Any) -> None:
        self._nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **attributes))

    def product(self, name: str, matrix: QuantizedMatrix, source: str, target: str) -> None:
        """target = source @ matrix.T, source quantized on the fly."""
        self.weight(f"{name}.values", matrix.values.T)
        self.constant(f"{name}.scales", matrix.scales)
        self.weight(f"{name}.zero", np.zeros(len(matrix.scales), dtype=np.int8))
        inputs = [source, f"{name}.values", f"{name}.scales", f"{name}.zero"]
        self.node("DynamicQuantizeMatMul", inputs, [target], domain="com.microsoft")

    def model(self, name: str, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]) -> bytes:
        graph = helper.make_graph(self._nodes, name, inputs, outputs, self._constants)
        model = helper.make_model(graph, opset_imports=_OPSETS, ir_version=_IR_VERSION)
        return bytes(model.SerializeToString())


def _value(name: str, shape: list[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
