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
from pandemonium.web.graph import EMBEDDING, _Parts, _value, build_head, build_layers
from pandemonium.writing.cpu_runtime import CpuRuntime
from pandemonium.writing.graph import state_names

Floats = NDArray[np.float32]


def run(model: bytes, feeds: dict[str, Floats]) -> list[Floats]:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    result: list[Floats] = session.run(None, feeds)
    return result


def states(voice: Voice, state: Floats) -> dict[str, Floats]:
    return {name: state[i : i + 1] for i, name in enumerate(state_names(voice.architecture.layers))}


@pytest.mark.parametrize("count", [1, 63])
def test_the_layers_give_what_the_desktop_reads(tiny_voice: Voice, count: int) -> None:
    runtime = CpuRuntime(tiny_voice, 1)
    random = np.random.default_rng(3)
    _, state = runtime.read(random.integers(0, 399, (9, 1)), runtime.zero_state())
    tokens = random.integers(0, 399, (count, 1))
    expected, after = runtime.read(tokens, state)
    x = tiny_voice.matrices["embedding"].rows(tokens)
    y, *behind = run(build_layers(tiny_voice), {"x": x, **states(tiny_voice, state)})
    np.testing.assert_allclose(y, expected, atol=2e-6)
    np.testing.assert_allclose(np.concatenate(behind), after, atol=2e-6)


def test_the_head_gives_the_desktops_logits(tiny_voice: Voice, tmp_path: Path) -> None:
    # Natively, weights outside the graph are a file beside it.
    (tmp_path / "head.onnx").write_bytes(build_head(tiny_voice))
    (tmp_path / EMBEDDING).write_bytes(tiny_voice.matrices["embedding"].values.tobytes())
    y = np.random.default_rng(4).normal(0, 0.3, (1, 48)).astype(np.float32)
    session = onnxruntime.InferenceSession(tmp_path / "head.onnx", providers=["CPUExecutionProvider"])
    expected = CpuRuntime(tiny_voice, 1).logits(y)
    np.testing.assert_allclose(session.run(None, {"y": y})[0], expected, atol=1e-6)


def test_weights_stay_int8_in_the_graph(tiny_voice: Voice) -> None:
    graph = onnx.load_from_string(build_layers(tiny_voice)).graph
    large = [each for each in graph.initializer if np.prod(each.dims) > 1000]
    assert large
    assert {each.data_type for each in large} == {onnx.TensorProto.INT8}


@pytest.mark.parametrize(("activation", "exact"), [(logistic, "Sigmoid"), (tanh, "Tanh")])
def test_activations_are_onnx_runtimes_own(activation: object, exact: str) -> None:
    x = np.concatenate([np.linspace(-20, 20, 40_001), np.random.default_rng(1).normal(0, 2, 20_000)])
    x = x.astype(np.float32)[None]
    ours, theirs = _Parts(), _Parts()
    activation(ours, "x", "y")  # type: ignore[operator]
    theirs.node(exact, ["x"], ["y"])
    width = [_value("x", [1, x.size])], [_value("y", [1, x.size])]
    found, expected = (run(parts.model("activation", *width), {"x": x})[0] for parts in (ours, theirs))
    # One ulp where this machine has no fused multiply-add; hardly anywhere where it has.
    np.testing.assert_allclose(found, expected, rtol=0, atol=2e-7)
    reference = 1 / (1 + np.exp(-x.astype(np.float64))) if exact == "Sigmoid" else np.tanh(x.astype(np.float64))
    np.testing.assert_allclose(found, reference, rtol=0, atol=1e-6)
