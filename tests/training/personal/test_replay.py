"""Replay: what the base voice itself writes, as texts to learn from."""

from __future__ import annotations

import numpy as np

from pandemonium.training.personal.replay import SEQUENCES, sample_replay
from pandemonium.voice.file import Voice
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime


def test_writes_texts_of_the_asked_size(tiny_voice: Voice) -> None:
    separator = tiny_voice.tokenizer.separator
    shares: list[float] = []
    dataset = sample_replay(
        CpuRuntime(tiny_voice, 1), separator, 64 * 20, seed=1, stop=lambda share: bool(shares.append(share))
    )
    assert len(dataset.starts) == SEQUENCES
    assert len(dataset.tokens) == SEQUENCES * 21
    for index in range(SEQUENCES):
        document = dataset.document(index)
        assert document[-1] == separator
        assert (document[:-1] < separator).all()
    assert shares == sorted(shares)
    assert (shares[0], len(shares)) == (0.0, 20)


def test_a_seed_writes_the_same_twice(tiny_voice: Voice) -> None:
    runtime = CpuRuntime(tiny_voice, 1)
    separator = tiny_voice.tokenizer.separator
    first, again, other = (sample_replay(runtime, separator, 640, seed).tokens for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_draws_as_the_voice_would(tiny_voice: Voice) -> None:
    """The first pieces of many texts follow the voice's own distribution behind the separator."""
    runtime = CpuRuntime(tiny_voice, 1)
    separator = tiny_voice.tokenizer.separator
    hidden, _ = runtime.read(np.array([[separator]]), runtime.zero_state())
    logits = runtime.logits(hidden[0])[0, :separator].astype(np.float64)
    expected = np.exp(logits - logits.max())
    expected /= expected.sum()
    firsts = np.concatenate(
        [sample_replay(runtime, separator, 64, seed).tokens.reshape(SEQUENCES, -1)[:, 0] for seed in range(60)]
    )
    counted = np.bincount(firsts, minlength=separator) / len(firsts)
    assert np.abs(counted - expected).sum() / 2 < 0.15


def test_stopped_at_once_it_is_still_a_dataset(tiny_voice: Voice) -> None:
    dataset = sample_replay(CpuRuntime(tiny_voice, 1), tiny_voice.tokenizer.separator, 640, 1, lambda share: True)
    assert len(dataset.starts) == SEQUENCES
    assert (dataset.tokens == tiny_voice.tokenizer.separator).all()
