"""The CPU runtime: agrees with the float model, reads at once as by steps, and rests when it has nothing to do."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest
import torch

from pandemonium.training.network.model import build_model
from pandemonium.voice.file import Voice
from pandemonium.writing.measuring.scoring import log_probabilities
from pandemonium.writing.runtimes import cpu_runtime
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime, best_threads, cuts_products_off, physical_cores
from pandemonium.writing.runtimes.runtime import Floats, Ids

APP = Path(__file__).resolve().parents[3] / "app"


@pytest.fixture(scope="module")
def runtime(bundled_voice: Voice) -> CpuRuntime:
    return CpuRuntime(bundled_voice, threads=1)


@pytest.fixture(scope="module")
def ids(bundled_voice: Voice, prose: str) -> Ids:
    """The tale, the separator first, [time, 1]."""
    tokenizer = bundled_voice.tokenizer
    return np.array([tokenizer.separator, *tokenizer.encode(prose)], dtype=np.int64)[:, None]


@pytest.fixture(scope="module")
def at_once(runtime: CpuRuntime, ids: Ids) -> tuple[Floats, Floats]:
    return runtime.read(ids, runtime.zero_state())


def bits(logits: Floats, ids: Ids) -> float:
    targets = ids[1:, 0]
    return -float(log_probabilities(logits[:-1])[np.arange(len(targets)), targets].sum()) / math.log(2)


@pytest.mark.long
@pytest.mark.usefixtures("one_thread")
def test_agrees_with_the_float_model(
    bundled_voice: Voice, runtime: CpuRuntime, ids: Ids, at_once: tuple[Floats, Floats]
) -> None:
    model = build_model(bundled_voice.architecture).eval()
    model.load_tensors({name: torch.from_numpy(weights) for name, weights in bundled_voice.dequantize().items()})
    with torch.inference_mode():
        features, _ = model(torch.from_numpy(ids), model.zero_state(1))
        expected = model.logits(features)[:, 0].numpy()
    found = runtime.logits(np.ascontiguousarray(at_once[0][:, 0]))
    assert (expected.argmax(axis=1) == found.argmax(axis=1)).mean() >= 0.95  # where two pieces are nearly even
    assert bits(found, ids) == pytest.approx(bits(expected, ids), rel=0.01)


@pytest.mark.long
def test_reading_at_once_is_reading_step_by_step(runtime: CpuRuntime, ids: Ids, at_once: tuple[Floats, Floats]) -> None:
    state = runtime.zero_state()
    outputs = []
    for token in ids:
        output, state = runtime.read(token[None], state)
        outputs.append(output[0, 0])
    stepped = np.stack(outputs)
    whole = np.ascontiguousarray(at_once[0][:, 0])
    np.testing.assert_allclose(stepped, whole, atol=1e-5)
    np.testing.assert_allclose(state, at_once[1], atol=1e-5)
    np.testing.assert_allclose(runtime.logits(stepped), runtime.logits(whole), atol=1e-3)


@pytest.mark.parametrize("batch", range(2, 9))
def test_a_sequence_is_the_same_in_any_company(tiny_voice_of_each_kind: Voice, batch: int) -> None:
    runtime = CpuRuntime(tiny_voice_of_each_kind, threads=1)
    tokens = np.random.default_rng(batch).integers(0, 400, (20, batch))
    together, state = runtime.read(tokens, runtime.zero_state(batch))
    logits = runtime.logits(together[-1])
    for lane in range(batch):
        alone, own = runtime.read(tokens[:, lane : lane + 1], runtime.zero_state())
        np.testing.assert_allclose(together[:, lane], alone[:, 0], atol=1e-5)
        np.testing.assert_allclose(state[:, lane], own[:, 0], atol=1e-5)
        np.testing.assert_allclose(logits[lane], runtime.logits(alone[-1])[0], atol=1e-4)


def test_so_are_the_bundled_voices_logits_step_by_step(bundled_voice: Voice, runtime: CpuRuntime, ids: Ids) -> None:
    columns = ids[:64].reshape(8, 8)
    state = runtime.zero_state(8)
    alone = [runtime.zero_state() for _ in range(8)]
    for row in columns:
        hidden, state = runtime.read(row[None], state)
        logits = runtime.logits(hidden[0])
        for lane in range(8):
            own, alone[lane] = runtime.read(row[lane : lane + 1][None], alone[lane])
            np.testing.assert_allclose(logits[lane], runtime.logits(own[0])[0], atol=1e-4)


def test_shapes_and_an_untouched_state(tiny_voice_of_each_kind: Voice) -> None:
    runtime = CpuRuntime(tiny_voice_of_each_kind, threads=1)
    width = runtime.architecture.output_width
    state = runtime.zero_state(3)
    hidden, after = runtime.read(np.array([[1, 2, 3], [4, 5, 6]]), state)
    assert (hidden.shape, after.shape, state.shape) == ((2, 3, width), (4, 3, 48), (4, 3, 48))
    assert not state.any()
    assert runtime.logits(hidden[-1]).shape == (3, 400)


def test_a_plain_voice_gives_its_top_layers_output(tiny_voice: Voice) -> None:
    runtime = CpuRuntime(tiny_voice, threads=1)
    hidden, after = runtime.read(np.array([[1, 2, 3], [4, 5, 6]]), runtime.zero_state(3))
    np.testing.assert_array_equal(hidden[-1], after[2])


def test_the_same_twice_is_the_same(tiny_voice: Voice) -> None:
    tokens = np.arange(50)[:, None]
    first, second = (CpuRuntime(tiny_voice, threads=n).read(tokens, np.zeros((4, 1, 48), np.float32)) for n in (1, 2))
    np.testing.assert_array_equal(first[0], second[0])


def test_idle_threads_sleep(bundled_voice: Voice) -> None:
    """Between two words no thread of it waits by running on: the writer's fan stays off."""
    runtime = CpuRuntime(bundled_voice, threads=2)
    for session in (runtime._layers, runtime._head):
        options = session.get_session_options()
        assert options.get_session_config_entry("session.intra_op.allow_spinning") == "0"


def test_there_is_a_core() -> None:
    assert 1 <= physical_cores() <= (psutil.cpu_count() or 1)


def test_unsigned_weights_say_the_same(tiny_voice_of_each_kind: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = np.arange(40)[:, None]
    outputs = []
    for cut_off in (False, True):
        monkeypatch.setattr(cpu_runtime, "cuts_products_off", lambda cut_off=cut_off: cut_off)
        runtime = CpuRuntime(tiny_voice_of_each_kind, threads=1)
        hidden, _ = runtime.read(tokens, runtime.zero_state())
        outputs.append(runtime.logits(np.ascontiguousarray(hidden[:, 0])))
    if not cuts_products_off():
        np.testing.assert_allclose(outputs[0], outputs[1], atol=1e-5)
    assert np.isfinite(outputs[1]).all()


def test_a_small_voice_takes_one_thread(tiny_voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    assert best_threads(tiny_voice) == 1
    monkeypatch.setattr(cpu_runtime, "_ONE_THREAD_BYTES", 10)
    assert best_threads(tiny_voice) == physical_cores()


def test_numpy_has_no_threads_to_wait_for() -> None:
    code = """
import pandemonium, psutil, numpy
square = numpy.ones((600, 600), dtype=numpy.float32)
square @ square
print(psutil.Process().num_threads())
"""
    environment = {key: value for key, value in os.environ.items() if not key.endswith("_NUM_THREADS")}
    child = subprocess.run(
        [sys.executable, "-c", code],
        env={**environment, "PYTHONPATH": str(APP)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert (child.stdout.strip(), child.stderr) == ("1", "")
