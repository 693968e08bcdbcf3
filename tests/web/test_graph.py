"""A browser's graphs: the same numbers as the desktop's, but for the last bits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray

from pandemonium.voice.file import Voice
from pandemonium.web.activations import logistic, tanh
from pandemonium.web.graph import EMBEDDING, build_head, build_layers
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.onnx_model import GraphBuilder, Value

Floats = NDArray[np.float32]


def run(model: bytes, feeds: dict[str, Floats]) -> list[Floats]:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    result: list[Floats] = session.run(None, feeds)
    return result


@pytest.mark.parametrize("count", [1, 63])
def test_the_layers_give_what_the_desktop_reads(tiny_voice_of_each_kind: Voice, count: int) -> None:
    voice = tiny_voice_of_each_kind
    runtime = CpuRuntime(voice, 1)
    random = np.random.default_rng(3)
    _, state = runtime.read(random.integers(0, 399, (9, 1)), runtime.zero_state())
    tokens = random.integers(0, 399, (count, 1))
    expected, after = runtime.read(tokens, state)
    y, behind = run(build_layers(voice), {"x": voice.matrices["embedding"].rows(tokens), "state": state})
    # A last bit may bring a number over the border of two int8 steps; hardly ever in so few.
    assert (np.abs(y - expected) < 2e-5).mean() > 0.99
    assert (np.abs(behind - after) < 2e-5).mean() > 0.99


def test_the_head_gives_the_desktops_logits(tiny_voice_of_each_kind: Voice, tmp_path: Path) -> None:
    voice = tiny_voice_of_each_kind
    # Natively, weights outside the graph are a file beside it.
    (tmp_path / "head.onnx").write_bytes(build_head(voice))
    (tmp_path / EMBEDDING).write_bytes(voice.matrices["embedding"].values.tobytes())
    y = np.random.default_rng(4).normal(0, 0.3, (1, voice.architecture.output_width)).astype(np.float32)
    session = onnxruntime.InferenceSession(tmp_path / "head.onnx", providers=["CPUExecutionProvider"])
    expected = CpuRuntime(voice, 1).logits(y)
    np.testing.assert_allclose(session.run(None, {"y": y})[0], expected, atol=1e-5)


def test_weights_stay_int8_in_the_graph(tiny_voice_of_each_kind: Voice) -> None:
    graph = onnx.load_from_string(build_layers(tiny_voice_of_each_kind)).graph
    large = [each for each in graph.initializer if np.prod(each.dims) > 1000]
    assert large
    assert {each.data_type for each in large} == {onnx.TensorProto.INT8}


@pytest.mark.parametrize(("activation", "exact"), [(logistic, "Sigmoid"), (tanh, "Tanh")])
def test_activations_are_onnx_runtimes_own(activation: object, exact: str) -> None:
    x = np.concatenate([np.linspace(-20, 20, 40_001), np.random.default_rng(1).normal(0, 2, 20_000)])
    x = x.astype(np.float32)[None]
    ours = GraphBuilder()
    theirs = GraphBuilder()
    activation(ours, "x", "y")  # type: ignore[operator]
    theirs.node(exact, ["x"], ["y"])
    width = [Value("x", [1, x.size])], [Value("y", [1, x.size])]
    found, expected = (run(parts.model("activation", *width), {"x": x})[0] for parts in (ours, theirs))
    # One ulp where this machine has no fused multiply-add; hardly anywhere where it has.
    np.testing.assert_allclose(found, expected, rtol=0, atol=2e-7)
    reference = 1 / (1 + np.exp(-x.astype(np.float64))) if exact == "Sigmoid" else np.tanh(x.astype(np.float64))
    np.testing.assert_allclose(found, reference, rtol=0, atol=1e-6)
