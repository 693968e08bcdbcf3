"""The graphs: gates in their order, and an output that the plain formulas give as well."""

from __future__ import annotations

import numpy as np
import onnx
import pytest

from pandemonium.voice.architecture import ResidualArchitecture
from pandemonium.voice.file import Voice
from pandemonium.voice.quantization import quantize
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime, cuts_products_off, open_session
from pandemonium.writing.runtimes.graph import DeskGraph, head_graph, layers_graph, product_graph, reorder_gates
from pandemonium.writing.runtimes.runtime import Floats


def sigmoid(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-x))


class Formulas:
    """The network's formulas, in float32, for one sequence."""

    def __init__(self, voice: Voice) -> None:
        self.weights = voice.dequantize()
        self.architecture = voice.architecture
        self.h = [np.zeros(voice.architecture.hidden, dtype=np.float32) for _ in range(voice.architecture.layers)]
        self.c = [each.copy() for each in self.h]

    def logits(self, tokens: list[int]) -> Floats:
        """The network's logits behind the last token."""
        y = [self.step(token) for token in tokens][-1]
        if isinstance(self.architecture, ResidualArchitecture):
            y = self.normalized("norm", y)
        features = self.weights["projection"] @ y + self.weights["projection.bias"]
        return self.weights["embedding"] @ features + self.weights["output.bias"]

    def step(self, token: int) -> Floats:
        w = self.weights
        x = w["embedding"][token]
        if not isinstance(self.architecture, ResidualArchitecture):
            for i in range(self.architecture.layers):
                x = self.lstm(i, f"lstm.{i}", x)
            return x
        stream = w["entry"] @ x + w["entry.bias"]
        for i in range(self.architecture.layers):
            block = f"block.{i}"
            stream = stream + w[f"{block}.out"] @ self.lstm(
                i, f"{block}.lstm", self.normalized(f"{block}.lstm.norm", stream)
            )
            read = self.normalized(f"{block}.inner.norm", stream)
            gate = w[f"{block}.gate"] @ read
            stream = stream + w[f"{block}.down"] @ (gate * sigmoid(gate) * (w[f"{block}.up"] @ read))
        return stream

    def normalized(self, name: str, x: Floats) -> Floats:
        return self.weights[name] * x / np.sqrt(np.mean(x * x) + ResidualArchitecture.EPSILON)

    def lstm(self, i: int, name: str, x: Floats) -> Floats:
        w = self.weights
        gates = w[f"{name}.input"] @ x + w[f"{name}.recurrent"] @ self.h[i] + w[f"{name}.bias"]
        inner, forget, cell, outer = np.split(gates, 4)
        self.c[i] = sigmoid(forget) * self.c[i] + sigmoid(inner) * np.tanh(cell)
        self.h[i] = sigmoid(outer) * np.tanh(self.c[i])
        return self.h[i]


def test_the_formulas_give_the_same(tiny_voice_of_each_kind: Voice, prose: str) -> None:
    voice = tiny_voice_of_each_kind
    tokens = [voice.tokenizer.separator, *voice.tokenizer.encode(prose[:200])]
    runtime = CpuRuntime(voice, threads=1)
    hidden, _ = runtime.read(np.array(tokens)[:, None], runtime.zero_state())
    expected = Formulas(voice).logits(tokens)
    found = runtime.logits(hidden[-1])[0]
    assert np.corrcoef(expected, found)[0, 1] > 0.995
    assert np.abs(expected - found).max() < 0.25 * expected.std()


@pytest.mark.parametrize("columns", [1, 7, 128, 130])
def test_a_product_is_exact_but_for_its_rows_rounding(columns: int) -> None:
    random = np.random.default_rng(columns)
    matrix = quantize(random.normal(0, 1, (9, columns)).astype(np.float32))
    x = random.normal(0, 3, (5, columns)).astype(np.float32)
    x[2] = 0  # a row of zeros stays one
    session = open_session(product_graph(DeskGraph(unsigned=cuts_products_off()), matrix), 1)
    found = session.run(None, {"x": x})[0]
    step = np.abs(x).max(axis=1, keepdims=True) / 127
    rounded = np.rint(x / np.where(step > 0, step, 1)) * step
    np.testing.assert_allclose(found, rounded @ matrix.dequantize().T, rtol=1e-5, atol=1e-5)
    for row in range(len(x)):
        np.testing.assert_array_equal(session.run(None, {"x": x[row : row + 1]})[0][0], found[row])


def test_gates_change_places() -> None:
    values = np.repeat(np.arange(4), 3)  # input, forget, cell, output
    assert reorder_gates(values, 3).tolist() == [0] * 3 + [3] * 3 + [1] * 3 + [2] * 3


def constants(graph: onnx.GraphProto) -> list[onnx.TensorProto]:
    """A graph's, and those of its nodes' graphs."""
    inner = [each.g for node in graph.node for each in node.attribute if each.HasField("g")]
    return [*graph.initializer, *(each for body in inner for each in constants(body))]


@pytest.mark.parametrize("unsigned", [False, True])
def test_the_graphs_are_sound_and_hold_each_weight_once_and_no_float_matrices(
    tiny_voice_of_each_kind: Voice, unsigned: bool
) -> None:
    voice = tiny_voice_of_each_kind
    held = 0
    for build in (layers_graph, head_graph):
        model = onnx.load_from_string(build(DeskGraph(unsigned=unsigned), voice))
        onnx.checker.check_model(model, full_check=True)
        for constant in constants(model.graph):
            assert constant.data_type != onnx.TensorProto.FLOAT or len(constant.dims) < 2
            held += int(np.prod(constant.dims)) if len(constant.dims) == 2 else 0
    assert held == sum(matrix.values.size for matrix in voice.matrices.values())
