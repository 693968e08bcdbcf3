"""Builds ONNX graphs for a browser: `writing.runtimes.graph`'s network out of operators that are fast in WebAssembly.

Products of integers take several times as long in a browser as products of floats do. Here the weights are int8 in
the file and whole numbers as floats in memory, and so are the activations, rounded as on the desktop: a sum of
products of such numbers below 2 ** 24 is exact in float32, whatever the order.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pandemonium.voice.file import Voice
from pandemonium.voice.quantization import LARGEST, QuantizedMatrix
from pandemonium.web.activations import logistic, tanh
from pandemonium.writing.runtimes.graph import BOUNDED, NetworkGraph, head_graph, layers_graph
from pandemonium.writing.runtimes.onnx_model import FLOAT

EMBEDDING = "embedding.values"  # the head finds it under this name, outside the graph


def build_layers(voice: Voice) -> bytes:
    """Gives the model of all layers: see `writing.graph.layers_graph`."""
    return layers_graph(WebGraph(), voice)


def build_head(voice: Voice) -> bytes:
    """Gives the model of the output layer: see `writing.graph.head_graph`.

    The embedding's values lie outside under the name `EMBEDDING`: whoever looks up a piece's vector reads the same
    bytes.
    """
    return head_graph(WebGraph(), voice, EMBEDDING)


class WebGraph(NetworkGraph):
    """A graph of float products of whole numbers."""

    def product(self, name: str, matrix: QuantizedMatrix, source: str, target: str, file: str = "") -> None:
        """See `NetworkGraph.product`; where the weights lie in a file, the source has rows alone."""
        spread, largest = self.spread(source)
        self.node("Round", [spread], [f"{source}.rounded"])
        if file:
            self.outside(f"{name}.values", matrix.values, file)
            self.node("Cast", [f"{name}.values"], [f"{name}.floats"], to=FLOAT)
            self.node("Gemm", [f"{source}.rounded", f"{name}.floats"], [f"{target}.whole"], transB=1)
        else:
            self._multiply(name, matrix.values, f"{source}.rounded", f"{target}.whole")
        scales = self.constant(f"{name}.scales", matrix.scales / np.float32(LARGEST))
        self.node("Mul", [f"{target}.whole", scales], [f"{target}.unscaled"])
        self.node("Mul", [f"{target}.unscaled", largest], [target])

    def bounded_product(
        self, name: str, matrix: QuantizedMatrix, source: str, target: str, bias: NDArray[np.float32] | None = None
    ) -> None:
        """See `NetworkGraph.bounded_product`."""
        levels = self.constant("bounded", np.array(BOUNDED, dtype=np.float32))
        self.node("Mul", [source, levels], [f"{source}.spread"])
        self.node("Round", [f"{source}.spread"], [f"{source}.whole"])
        bounds = [self.constant(f"bounded.{n}", np.array(n, dtype=np.float32)) for n in (-BOUNDED, BOUNDED - 1)]
        self.node("Clip", [f"{source}.whole", *bounds], [f"{source}.rounded"])
        self._multiply(name, matrix.values, f"{source}.rounded", f"{target}.whole")
        scales = self.constant(f"{name}.scales", matrix.scales / np.float32(BOUNDED))
        unbiased = target if bias is None else f"{target}.unbiased"
        self.node("Mul", [f"{target}.whole", scales], [unbiased])
        if bias is not None:
            self.add(bias, unbiased, target)

    def logistic(self, source: str, target: str) -> None:
        """See `NetworkGraph.logistic`."""
        logistic(self, source, target)

    def tanh(self, source: str, target: str) -> None:
        """See `NetworkGraph.tanh`."""
        tanh(self, source, target)

    def inner(self) -> WebGraph:
        """See `NetworkGraph.inner`."""
        return WebGraph()

    def _multiply(self, name: str, values: NDArray[np.int8], source: str, target: str) -> None:
        """target = source @ values.T; the runtime makes floats of the values once, when it loads."""
        self.constant(f"{name}.values", values.T)
        self.node("Cast", [f"{name}.values"], [f"{name}.floats"], to=FLOAT)
        self.node("MatMul", [source, f"{name}.floats"], [target])
