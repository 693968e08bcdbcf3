"""Draws tokens: probabilities, and numbers of chance that are the same in every language."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pandemonium.writing.runtimes.runtime import Floats


def draw(logits: Floats, uniforms: Sequence[float]) -> list[int | None]:
    """Draws an id from each row of logits [rows, vocabulary] with its number in [0, 1) as the only chance.

    The likeliest tokens lie first, so that one number gives the same token on machines whose sums differ in the last
    bit, except at a border. A row in which nothing is possible gives None.
    """
    largest = logits.max(axis=1, keepdims=True).astype(np.float64)
    weights = np.exp(logits - np.where(np.isfinite(largest), largest, 0.0))
    order = np.argsort(-weights, axis=1, kind="stable")
    rows = np.arange(len(weights))
    sums = np.cumsum(weights[rows[:, None], order], axis=1)
    whole = sums[:, -1]
    reached = sums <= (np.asarray(uniforms) * whole)[:, None]
    places = np.minimum(reached.sum(axis=1), np.count_nonzero(weights, axis=1) - 1)
    drawn = order[rows, places].tolist()
    return [token if possible else None for token, possible in zip(drawn, whole > 0, strict=True)]


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Probabilities of `logits` [..., n], in float64."""
    shifted = np.exp(logits.astype(np.float64) - logits.max(axis=-1, keepdims=True))
    result: NDArray[np.float64] = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def uniform(seed: int, counter: int) -> float:
    """The `counter`-th number in [0, 1) of `seed`: SplitMix64 (Steele et al. 2014) at that place.

    Counter-based: no state to carry, the same in every language with 64-bit integers.
    """
    mask = (1 << 64) - 1
    z = (seed * 0xD1342543DE82EF95 + (counter + 1) * 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return float((z ^ (z >> 31)) >> 11) * 2.0**-53
