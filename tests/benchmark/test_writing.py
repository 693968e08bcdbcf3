"""What is measured beside a voice: the network of the first ones, whatever the voice's own is."""

from __future__ import annotations

import numpy as np

from pandemonium.benchmark.writing import random_plain_voice, weight_bytes
from pandemonium.voice.file import Voice
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime


def test_the_first_voices_network_takes_another_voices_tokens(tiny_residual_voice: Voice) -> None:
    plain = random_plain_voice(tiny_residual_voice)
    runtime = CpuRuntime(plain, threads=1)
    hidden, _ = runtime.read(np.array([[5, 6]]), runtime.zero_state(2))
    assert runtime.logits(hidden[0]).shape == (2, tiny_residual_voice.architecture.vocabulary)
    assert weight_bytes(plain) > 8_000_000
