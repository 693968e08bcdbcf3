"""The graphs: gates in ONNX's order, and an output that the plain formulas give as well."""

from __future__ import annotations

import numpy as np
import onnx

from pandemonium.voice.file import Voice
from pandemonium.writing.cpu_runtime import CpuRuntime
from pandemonium.writing.graph import build_head, build_layers, reorder_gates, state_names
from pandemonium.writing.runtime import Floats


def sigmoid(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-x))


def plain(voice: Voice, tokens: list[int]) -> Floats:
    """The network's logits behind the last token, after the LSTM's formulas, in float32."""
    weights, layers = voice.dequantize(), voice.architecture.layers
    h = [np.zeros(voice.architecture.hidden, dtype=np.float32) for _ in range(layers)]
    c = [each.copy() for each in h]
    for token in tokens:
        x = weights["embedding"][token]
        for i in range(layers):
            gates = weights[f"lstm.{i}.input"] @ x + weights[f"lstm.{i}.recurrent"] @ h[i] + weights[f"lstm.{i}.bias"]
            inner, forget, cell, outer = np.split(gates, 4)
            c[i] = sigmoid(forget) * c[i] + sigmoid(inner) * np.tanh(cell)
            h[i] = x = sigmoid(outer) * np.tanh(c[i])
    features = weights["projection"] @ h[-1] + weights["projection.bias"]
    return weights["embedding"] @ features + weights["output.bias"]


def test_the_formulas_give_the_same(tiny_voice: Voice, prose: str) -> None:
    tokens = [tiny_voice.tokenizer.separator, *tiny_voice.tokenizer.encode(prose[:200])]
    runtime = CpuRuntime(tiny_voice, threads=1)
    hidden, _ = runtime.read(np.array(tokens)[:, None], runtime.zero_state())
    expected, found = plain(tiny_voice, tokens), runtime.logits(hidden[-1])[0]
    assert np.corrcoef(expected, found)[0, 1] > 0.995
    assert np.abs(expected - found).max() < 0.25 * expected.std()


def test_gates_change_places() -> None:
    values = np.repeat(np.arange(4), 3)  # input, forget, cell, output
    assert reorder_gates(values, 3).tolist() == [0] * 3 + [3] * 3 + [1] * 3 + [2] * 3


def test_the_graphs_are_sound_and_hold_no_float_matrices(tiny_voice: Voice) -> None:
    for build in (build_layers, build_head):
        model = onnx.load_from_string(build(tiny_voice))
        onnx.checker.check_model(model)
        for constant in model.graph.initializer:
            assert constant.data_type != onnx.TensorProto.FLOAT or 1 in constant.dims or len(constant.dims) == 1
    assert state_names(2) == ["h0", "c0", "h1", "c1"]
