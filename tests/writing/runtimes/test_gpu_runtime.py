"""The GPU runtime, run on torch's CPU: the same voice gives the same text as the CPU runtime."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from pandemonium.errors import DeviceError
from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.measuring.scoring import score
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.gpu_runtime import GpuRuntime
from pandemonium.writing.runtimes.runtime import Runtime

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.mark.long
def test_agrees_with_the_cpu_runtime(bundled_voice: Voice, prose: str) -> None:
    tokenizer = bundled_voice.tokenizer
    ids = np.array([tokenizer.separator, *tokenizer.encode(prose)])[:, None]
    logits = []
    for runtime in (CpuRuntime(bundled_voice, threads=1), GpuRuntime(bundled_voice, "cpu")):
        hidden, state = runtime.read(ids, runtime.zero_state())
        assert state.shape == runtime.zero_state().shape
        logits.append(runtime.logits(np.ascontiguousarray(hidden[:, 0])))
    assert (logits[0].argmax(axis=1) == logits[1].argmax(axis=1)).mean() >= 0.95  # where two pieces are nearly even


@pytest.mark.long
def test_scores_like_the_cpu_runtime(bundled_voice: Voice, prose: str) -> None:
    text = prose[:1500]
    runtimes: list[Runtime] = [CpuRuntime(bundled_voice, threads=1), GpuRuntime(bundled_voice, "cpu")]
    scores = [score(text, runtime, bundled_voice.tokenizer).bits for runtime in runtimes]
    assert scores[0] == pytest.approx(scores[1], rel=0.01)


@pytest.mark.parametrize("batch", [1, 3])
def test_reading_at_once_is_reading_step_by_step(tiny_voice_of_each_kind: Voice, batch: int) -> None:
    runtime = GpuRuntime(tiny_voice_of_each_kind, "cpu")
    tokens = np.random.default_rng(1).integers(0, 400, (30, batch))
    whole, end = runtime.read(tokens, runtime.zero_state(batch))
    state = runtime.zero_state(batch)
    for place, row in enumerate(tokens):
        before = state.copy()
        output, after = runtime.read(row[None], state)
        np.testing.assert_array_equal(state, before)
        np.testing.assert_allclose(output[0], whole[place], atol=1e-4)
        state = after
    np.testing.assert_allclose(state, end, atol=2e-3)


def test_gives_what_the_cpu_runtime_gives(tiny_voice_of_each_kind: Voice) -> None:
    tokens = np.random.default_rng(2).integers(0, 400, (40, 2))
    found = []
    for runtime in (CpuRuntime(tiny_voice_of_each_kind, threads=1), GpuRuntime(tiny_voice_of_each_kind, "cpu")):
        hidden, state = runtime.read(tokens, runtime.zero_state(2))
        assert state.shape == runtime.zero_state(2).shape
        found.append(runtime.logits(hidden[-1]))
    assert np.corrcoef(found[0].ravel(), found[1].ravel())[0, 1] > 0.99


def test_a_kept_state_is_a_checkpoint(tiny_voice: Voice) -> None:
    runtime = GpuRuntime(tiny_voice, "cpu")
    first, kept = runtime.read(np.array([[3]]), runtime.zero_state())
    copy = kept.copy()
    seen = first.copy()
    for token in range(5):
        runtime.read(np.array([[token]]), kept)
    np.testing.assert_array_equal(kept, copy)
    np.testing.assert_array_equal(first, seen)


@pytest.mark.long
def test_writes(bundled_voice: Voice) -> None:
    continuer = Continuer(bundled_voice, GpuRuntime(bundled_voice, "cpu"))
    request = ContinueRequest(1, 0, "The door", settings=WritingSettings(words=12, seed=1))
    texts = ["".join(piece.text for piece in continuer.write(request)) for _ in range(2)]
    assert len(texts[0].split()) >= 12
    assert texts[0] == texts[1]


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_without_a_gpu_it_says_so(tiny_voice: Voice) -> None:
    with pytest.raises(DeviceError, match="No GPU"):
        GpuRuntime(tiny_voice)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU")
def test_on_a_gpu_it_scores_like_the_cpu_runtime(bundled_voice: Voice, prose: str) -> None:
    runtimes: list[Runtime] = [CpuRuntime(bundled_voice), GpuRuntime(bundled_voice)]
    scores = [score(prose, runtime, bundled_voice.tokenizer).bits for runtime in runtimes]
    assert scores[0] == pytest.approx(scores[1], rel=0.01)
    tokens = np.arange(20)[:, None]
    whole, _ = runtimes[1].read(tokens, runtimes[1].zero_state())
    state = runtimes[1].zero_state()
    for place, row in enumerate(tokens):
        output, state = runtimes[1].read(row[None], state)
        np.testing.assert_allclose(output[0], whole[place], atol=0.02)
