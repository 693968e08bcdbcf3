"""Builds the ONNX graphs of a voice: the layers over a sequence, and the output layer.

Weights go in as they lie in the voice, int8 with a scale a row. What is multiplied with them is quantized on the fly,
each row of activations at a scale of its own: a product is then a sum of whole numbers, the same in whatever order
and company it is made. So a sequence's logits do not depend on what else is in its batch, nor on whether it was read
at once or step by step. ONNX Runtime's own `DynamicQuantizeLSTM` and `DynamicQuantizeMatMul` quantize a whole call at
one scale; its `MatMulNBits` quantizes by rows too, but makes a batch's rows one after the other where a processor
lacks VNNI, and a call over a sequence as slowly as its steps.

The recurrence is a `Scan` whose body holds the only copy of the recurrent weights, for a step as for a sequence.
Embedding rows are looked up outside.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from pandemonium.voice.architecture import PlainArchitecture, ResidualArchitecture
from pandemonium.voice.file import Voice
from pandemonium.voice.quantization import LARGEST, QuantizedMatrix
from pandemonium.writing.runtimes.onnx_model import DOUBLE, FLOAT, Graph, GraphBuilder, Value

# torch keeps a layer's gates as input, forget, cell, output; here the three that are opened stand together.
_GATES = (0, 3, 1, 2)
# Levels of a number between -1 and 1: a power of two, so that a division by its step is exact.
BOUNDED = 128
_TINY = np.float32(1e-30)  # keeps a row of zeros from being divided by nothing


def reorder_gates(values: NDArray[np.generic], hidden: int) -> NDArray[np.generic]:
    """Brings [4 * hidden, ...] from torch's order of gates into input, output, forget, cell."""
    gates = values.reshape(4, hidden, *values.shape[1:])
    return np.ascontiguousarray(gates[list(_GATES)].reshape(values.shape))


def product_graph(graph: NetworkGraph, matrix: QuantizedMatrix) -> bytes:
    """The model of one product alone: `x` [rows, columns] to `y` [rows, the matrix's rows]."""
    graph.product("matrix", matrix, "x", "y")
    rows, columns = matrix.values.shape
    return graph.model("product", [Value("x", ["rows", columns])], [Value("y", ["rows", rows])])


def layers_graph(graph: NetworkGraph, voice: Voice) -> bytes:
    """The model of all layers.

    `x` [time, batch, embedding] and `state` [2 * layers, batch, hidden] go in; `y` [time, batch, output width] and
    the state behind each sequence's end, `state_out`, come out.

    Raises:
        TypeError: there is no graph for networks of the voice's kind.
    """
    a = voice.architecture
    parts = [f"{kind}{layer}" for layer in range(a.layers) for kind in "hc"]
    graph.node("Split", ["state"], parts, axis=0)
    if isinstance(a, PlainArchitecture):
        y = _plain_layers(graph, voice, a)
    elif isinstance(a, ResidualArchitecture):
        y = _residual_blocks(graph, voice, a)
    else:
        raise TypeError(f"no graph for {a}")
    graph.node("Identity", [y], ["y"])
    graph.node("Concat", [f"{part}_out" for part in parts], ["state_out"], axis=0)
    state: list[int | str] = [2 * a.layers, "batch", a.hidden]
    inputs = [Value("x", ["time", "batch", a.embedding]), Value("state", state)]
    outputs = [Value("y", ["time", "batch", a.output_width]), Value("state_out", state)]
    return graph.model("layers", inputs, outputs)


def head_graph(graph: NetworkGraph, voice: Voice, embedding_file: str = "") -> bytes:
    """The model of the output layer: `y` [rows, output width] to `logits` [rows, vocabulary].

    Args:
        graph: an empty one.
        voice: whose.
        embedding_file: where not empty, the embedding's int8 values [vocabulary, embedding] are not part of the model
            but the bytes of a file of this name beside it.
    """
    a = voice.architecture
    projection = voice.matrices["projection"]
    bias = voice.vectors["projection.bias"]
    if isinstance(a, ResidualArchitecture):
        normalized = graph.normalize(voice.vectors["norm"], "y", "normalized", a.EPSILON)
        graph.product("projection", projection, normalized, "projected")
        graph.add(bias, "projected", "features")
    else:
        graph.bounded_product("projection", projection, "y", "features", bias)
    graph.product("output", voice.matrices["embedding"], "features", "scores", embedding_file)
    graph.add(voice.vectors["output.bias"], "scores", "logits")
    return graph.model("head", [Value("y", ["rows", a.output_width])], [Value("logits", ["rows", a.vocabulary])])


class NetworkGraph(GraphBuilder, ABC):
    """A graph with the operations of a network; how they are made is the runtime's business."""

    @abstractmethod
    def product(self, name: str, matrix: QuantizedMatrix, source: str, target: str, file: str = "") -> None:
        """target = source @ matrix.T, each row of source quantized at its own scale.

        Args:
            name: of the weights.
            matrix: the weights.
            source: what they are multiplied with.
            target: the product's name.
            file: the weights' values are the bytes of this file beside the model, if it is not empty.
        """

    @abstractmethod
    def bounded_product(
        self, name: str, matrix: QuantizedMatrix, source: str, target: str, bias: NDArray[np.float32] | None = None
    ) -> None:
        """target [..., out] = source [..., in] @ matrix.T + bias, of a source between -1 and 1, an LSTM's output."""

    @abstractmethod
    def logistic(self, source: str, target: str) -> None:
        """target = 1 / (1 + exp(-source))."""

    @abstractmethod
    def tanh(self, source: str, target: str) -> None:
        """target = tanh(source)."""

    @abstractmethod
    def inner(self) -> NetworkGraph:
        """An empty graph of the same kind, for a body."""

    def add(self, bias: NDArray[np.generic], source: str, target: str) -> str:
        """target = source + bias, both [..., width]; gives `target` back."""
        self.node("Add", [source, self.constant(f"{target}.bias", bias)], [target])
        return target

    def spread(self, source: str) -> tuple[str, str]:
        """Brings each row of `source` between -127 and 127.

        Returns:
            the name of the result, which is not rounded yet, and that of each row's largest number.
        """
        largest = f"{source}.largest"
        self.node("Abs", [source], [f"{source}.absolute"])
        self.node("ReduceMax", [f"{source}.absolute"], [f"{largest}.bare"], axes=[-1], keepdims=1)
        self.node("Max", [f"{largest}.bare", self.constant("tiny", np.array(_TINY))], [largest])
        self.node("Div", [self.constant("levels", np.array(LARGEST, dtype=np.float32)), largest], [f"{source}.factor"])
        self.node("Mul", [source, f"{source}.factor"], [f"{source}.spread"])
        return f"{source}.spread", largest

    def normalize(self, gain: NDArray[np.float32], source: str, target: str, epsilon: float) -> str:
        """target = gain [width] * source [..., width] / sqrt(mean(source^2) + epsilon); gives `target` back.

        The squares are added up as float64: then their order, which differs between processors, makes no difference.
        """
        root = f"{target}.root"
        width = len(gain)
        self.node("Cast", [source], [f"{target}.wide"], to=DOUBLE)
        self.node("ReduceSumSquare", [f"{target}.wide"], [f"{target}.squares"], axes=[-1], keepdims=1)
        least = self.constant(f"{target}.epsilon", np.array(width * epsilon, dtype=np.float64))
        self.node("Add", [f"{target}.squares", least], [f"{target}.sum"])
        self.node("Sqrt", [f"{target}.sum"], [f"{root}.wide"])
        self.node("Cast", [f"{root}.wide"], [root], to=FLOAT)
        self.node("Div", [source, root], [f"{target}.bare"])
        factor = self.constant(f"{target}.gain", (gain * np.sqrt(width)).astype(np.float32))
        self.node("Mul", [f"{target}.bare", factor], [target])
        return target


class DeskGraph(NetworkGraph):
    """A graph of ONNX Runtime's integer products.

    Weights may be asked for as uint8 around 128: on processors without VNNI, products with int8 ones are cut off
    at 16 bits.
    """

    def __init__(self, *, unsigned: bool = False) -> None:
        super().__init__()
        self._unsigned = unsigned

    def product(self, name: str, matrix: QuantizedMatrix, source: str, target: str, file: str = "") -> None:
        """See `NetworkGraph.product`."""
        if file:
            raise ValueError("these weights lie the other way round than a voice's")
        spread, largest = self.spread(source)
        scales = matrix.scales / np.float32(LARGEST)
        self._multiply(name, matrix.values, scales, self._rounded(spread, 1.0), f"{target}.unscaled")
        self.node("Mul", [f"{target}.unscaled", largest], [target])

    def bounded_product(
        self, name: str, matrix: QuantizedMatrix, source: str, target: str, bias: NDArray[np.float32] | None = None
    ) -> None:
        """See `NetworkGraph.bounded_product`."""
        rounded = self._rounded(source, 1 / BOUNDED)
        self._multiply(name, matrix.values, matrix.scales / np.float32(BOUNDED), rounded, target, bias)

    def logistic(self, source: str, target: str) -> None:
        """See `NetworkGraph.logistic`."""
        self.node("Sigmoid", [source], [target])

    def tanh(self, source: str, target: str) -> None:
        """See `NetworkGraph.tanh`."""
        self.node("Tanh", [source], [target])

    def inner(self) -> DeskGraph:
        """See `NetworkGraph.inner`."""
        return DeskGraph(unsigned=self._unsigned)

    def _rounded(self, source: str, scale: float) -> str:
        """`source` / `scale` as whole numbers, uint8 around 128."""
        step = self.constant(f"step.{scale}", np.array(scale, dtype=np.float32))
        self.node("QuantizeLinear", [source, step, self._middle()], [f"{source}.rounded"])
        return f"{source}.rounded"

    def _middle(self) -> str:
        return self.constant("middle", np.array(128, dtype=np.uint8))

    def _multiply(
        self,
        name: str,
        values: NDArray[np.int8],
        scales: NDArray[np.float32],
        source: str,
        target: str,
        bias: NDArray[np.float32] | None = None,
    ) -> None:
        """target = (source @ values.T) * scales + bias."""
        inputs = [
            source,
            self.constant(f"{name}.values", self._weights(values).T),
            self.constant("one", np.array(1, dtype=np.float32)),
            self.constant(f"{name}.scales", scales),
            self._middle(),
            self.constant(f"{name}.zero", self._weights(np.zeros(len(scales), dtype=np.int8))),
        ]
        if bias is not None:
            inputs.append(self.constant(f"{name}.bias", bias))
        self.node("MatMulIntegerToFloat", inputs, [target], domain="com.microsoft")

    def _weights(self, values: NDArray[np.int8]) -> NDArray[np.generic]:
        return (values.view(np.uint8) ^ np.uint8(0x80)) if self._unsigned else values


def _plain_layers(graph: NetworkGraph, voice: Voice, architecture: PlainArchitecture) -> str:
    flow = "x"
    for layer in range(architecture.layers):
        flow = _lstm(graph, voice, f"lstm.{layer}", layer, flow, bounded=layer > 0)
    return flow


def _residual_blocks(graph: NetworkGraph, voice: Voice, architecture: ResidualArchitecture) -> str:
    epsilon = architecture.EPSILON
    graph.product("entry", voice.matrices["entry"], "x", "entered")
    flow = graph.add(voice.vectors["entry.bias"], "entered", "stream")
    for layer in range(architecture.layers):
        block = f"block.{layer}"
        read = graph.normalize(voice.vectors[f"{block}.lstm.norm"], flow, f"{block}.lstm.read", epsilon)
        remembered = _lstm(graph, voice, f"{block}.lstm", layer, read)
        graph.bounded_product(f"{block}.out", voice.matrices[f"{block}.out"], remembered, f"{block}.out.change")
        graph.node("Add", [flow, f"{block}.out.change"], [f"{block}.between"])
        flow = f"{block}.between"
        read = graph.normalize(voice.vectors[f"{block}.inner.norm"], flow, f"{block}.inner.read", epsilon)
        both = stack(voice.matrices[f"{block}.gate"], voice.matrices[f"{block}.up"])
        graph.product(f"{block}.inner", both, read, f"{block}.inner.both")
        graph.node("Split", [f"{block}.inner.both"], [f"{block}.gate", f"{block}.up"], axis=-1)
        graph.logistic(f"{block}.gate", f"{block}.gate.open")
        graph.node("Mul", [f"{block}.gate", f"{block}.gate.open"], [f"{block}.silu"])
        graph.node("Mul", [f"{block}.silu", f"{block}.up"], [f"{block}.gated"])
        graph.product(f"{block}.down", voice.matrices[f"{block}.down"], f"{block}.gated", f"{block}.down.change")
        graph.node("Add", [flow, f"{block}.down.change"], [f"{block}.stream"])
        flow = f"{block}.stream"
    return flow


def stack(first: QuantizedMatrix, second: QuantizedMatrix) -> QuantizedMatrix:
    """One matrix of the rows of two."""
    return QuantizedMatrix(np.concatenate([first.values, second.values]), np.concatenate([first.scales, second.scales]))


def _lstm(graph: NetworkGraph, voice: Voice, name: str, layer: int, source: str, *, bounded: bool = False) -> str:
    """One LSTM from `source` [time, batch, width] and the state h and c of `layer`; gives its output's name.

    `bounded` says that the source lies between -1 and 1.
    """
    hidden = voice.architecture.hidden
    weights = _reordered(voice.matrices[f"{name}.input"], hidden)
    bias = reorder_gates(voice.vectors[f"{name}.bias"], hidden).astype(np.float32, copy=False)
    gates = f"{name}.gates"
    if bounded:
        graph.bounded_product(f"{name}.input", weights, source, gates, bias)
    else:
        graph.product(f"{name}.input", weights, source, f"{name}.products")
        graph.add(bias, f"{name}.products", gates)
    graph.node(
        "Scan",
        [f"h{layer}", f"c{layer}", gates],
        [f"h{layer}_out", f"c{layer}_out", f"{name}.outputs"],
        body=_cell(graph.inner(), _reordered(voice.matrices[f"{name}.recurrent"], hidden), name),
        num_scan_inputs=1,
    )
    return f"{name}.outputs"


def _reordered(matrix: QuantizedMatrix, hidden: int) -> QuantizedMatrix:
    values = reorder_gates(matrix.values, hidden).astype(np.int8, copy=False)
    return QuantizedMatrix(values, reorder_gates(matrix.scales, hidden).astype(np.float32, copy=False))


def _cell(body: NetworkGraph, recurrent: QuantizedMatrix, name: str) -> Graph:
    """A step of an LSTM: h and c [1, batch, hidden] and the input's share of the gates [batch, 4 * hidden]."""
    hidden = recurrent.values.shape[1]
    body.bounded_product(f"{name}.recurrent", recurrent, "h", "products")
    body.node("Add", ["share", "products"], ["sums"])
    widths = body.constant("widths", np.array([3 * hidden, hidden], dtype=np.int64))
    body.node("Split", ["sums", widths], ["three", "cell"], axis=-1)
    body.logistic("three", "open")
    body.node("Split", ["open"], ["input", "output", "forget"], axis=-1)
    body.tanh("cell", "news")
    body.node("Mul", ["forget", "c"], ["kept"])
    body.node("Mul", ["input", "news"], ["added"])
    body.node("Add", ["kept", "added"], ["c_out"])
    body.tanh("c_out", "squashed")
    body.node("Mul", ["output", "squashed"], ["h_out"])
    first = body.constant("first", np.array([0], dtype=np.int64))
    body.node("Squeeze", ["h_out", first], ["h_row"])
    state: list[int | str] = [1, "batch", hidden]
    inputs = [Value("h", state), Value("c", state), Value("share", ["batch", 4 * hidden])]
    outputs = [Value("h_out", state), Value("c_out", state), Value("h_row", ["batch", hidden])]
    return body.graph("cell", inputs, outputs)
