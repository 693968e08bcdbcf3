"""Replay against forgetting: what the base voice itself writes, mixed into what it learns from.

A base voice's own samples stand in for the corpus that it was trained on (Marek et al. 2026), so that no
corpus has to lie on the writer's disk.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pandemonium.training.material.tokens import TokenDataset
from pandemonium.writing.runtimes.runtime import Runtime

SEQUENCES = 64


def sample_replay(
    runtime: Runtime, separator: int, tokens: int, seed: int, stop: Callable[[float], bool] = lambda share: False
) -> TokenDataset:
    """Writes about `tokens` sub-words in 64 texts at temperature 1, each from a cold start.

    Args:
        runtime: the base voice's.
        separator: what each text begins and ends with.
        tokens: how many altogether.
        seed: of the draws.
        stop: hears between two steps what share is done; True ends the writing there.
    """
    random = np.random.default_rng(seed)
    state = runtime.zero_state(SEQUENCES)
    current = np.full((1, SEQUENCES), separator, dtype=np.int64)
    written: list[np.ndarray] = []
    steps = max(1, tokens // SEQUENCES)
    for step in range(steps):
        if stop(step / steps):
            break
        hidden, state = runtime.read(current, state)
        logits = runtime.logits(hidden[0])
        logits[:, separator] = -np.inf
        sums = np.cumsum(np.exp(logits - logits.max(axis=1, keepdims=True)), axis=1)
        places = (sums < random.random((SEQUENCES, 1)) * sums[:, -1:]).sum(axis=1)
        current = np.minimum(places, separator - 1)[None]
        written.append(current[0].astype(np.uint16))
    ends = np.full((SEQUENCES, 1), separator, dtype=np.uint16)
    whole = np.concatenate([np.stack(written, axis=1), ends], axis=1) if written else ends
    return TokenDataset(whole.reshape(-1), np.arange(SEQUENCES, dtype=np.int64) * whole.shape[1])
