"""The CPU runtime: agrees with the float model, reads at once as by steps, and rests when it has nothing to do."""

from __future__ import annotations

import math
import time

import numpy as np
import psutil
import pytest
import torch

from pandemonium.training.network.model import build_model
from pandemonium.voice.file import Voice
from pandemonium.writing import cpu_runtime
from pandemonium.writing.cpu_runtime import CpuRuntime, best_threads, cuts_products_off, physical_cores
from pandemonium.writing.runtime import Floats, Ids
from pandemonium.writing.scoring import log_probabilities


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


def test_reading_at_once_is_reading_step_by_step(runtime: CpuRuntime, ids: Ids, at_once: tuple[Floats, Floats]) -> None:
    # Not bit for bit: a call's inputs share one scale of quantization.
    state, outputs = runtime.zero_state(), []
    for token in ids:
        output, state = runtime.read(token[None], state)
        outputs.append(output[0, 0])
    stepped, whole = np.stack(outputs), at_once[0][:, 0]
    assert np.abs(stepped - whole).mean() < 0.02 * np.abs(whole).mean()
    stepped_logits, whole_logits = runtime.logits(stepped), runtime.logits(np.ascontiguousarray(whole))
    assert (stepped_logits.argmax(axis=1) == whole_logits.argmax(axis=1)).mean() >= 0.97
    assert bits(stepped_logits, ids) == pytest.approx(bits(whole_logits, ids), rel=0.002)


def test_several_texts_in_one_batch_are_what_each_is_alone(tiny_voice: Voice) -> None:
    runtime = CpuRuntime(tiny_voice, threads=1)
    tokens = np.random.default_rng(0).integers(0, 400, (20, 4))
    together, state = runtime.read(tokens, runtime.zero_state(4))
    for lane in range(4):
        alone, own = runtime.read(tokens[:, lane : lane + 1], runtime.zero_state())
        # A batch shares one scale of quantization, too.
        assert np.abs(together[:, lane] - alone[:, 0]).mean() < 0.01
        assert np.abs(state[:, lane] - own[:, 0]).mean() < 0.02


def test_shapes_and_an_untouched_state(tiny_voice: Voice) -> None:
    runtime = CpuRuntime(tiny_voice, threads=1)
    state = runtime.zero_state(3)
    hidden, after = runtime.read(np.array([[1, 2, 3], [4, 5, 6]]), state)
    assert (hidden.shape, after.shape, state.shape) == ((2, 3, 48), (4, 3, 48), (4, 3, 48))
    assert not state.any()
    assert runtime.logits(hidden[-1]).shape == (3, 400)
    np.testing.assert_array_equal(hidden[-1], after[2])


def test_the_same_twice_is_the_same(tiny_voice: Voice) -> None:
    tokens = np.arange(50)[:, None]
    first, second = (CpuRuntime(tiny_voice, threads=n).read(tokens, np.zeros((4, 1, 48), np.float32)) for n in (1, 2))
    np.testing.assert_array_equal(first[0], second[0])


def test_idle_threads_burn_no_processor_time(bundled_voice: Voice) -> None:
    runtime = CpuRuntime(bundled_voice, threads=2)
    state = runtime.zero_state()
    for token in range(20):
        _, state = runtime.read(np.array([[token]]), state)
    process = psutil.Process()
    before = sum(process.cpu_times()[:2])
    time.sleep(0.5)
    assert sum(process.cpu_times()[:2]) - before < 0.2


def test_there_is_a_core() -> None:
    assert 1 <= physical_cores() <= (psutil.cpu_count() or 1)


def test_unsigned_weights_say_the_same(tiny_voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, outputs = np.arange(40)[:, None], []
    for cut_off in (False, True):
        monkeypatch.setattr(cpu_runtime, "cuts_products_off", lambda cut_off=cut_off: cut_off)
        runtime = CpuRuntime(tiny_voice, threads=1)
        hidden, _ = runtime.read(tokens, runtime.zero_state())
        outputs.append(runtime.logits(np.ascontiguousarray(hidden[:, 0])))
    if not cuts_products_off():
        np.testing.assert_allclose(outputs[0], outputs[1], atol=1e-5)
    assert np.isfinite(outputs[1]).all()


def test_a_small_voice_takes_one_thread(tiny_voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    assert best_threads(tiny_voice) == 1
    monkeypatch.setattr(cpu_runtime, "_ONE_THREAD_BYTES", 10)
    assert best_threads(tiny_voice) == physical_cores()
