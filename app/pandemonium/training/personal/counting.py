"""A model of letters alone: how often each follows the ones before it. What a voice from scratch is measured by.

Counts of runs of up to five characters, interpolated after Witten and Bell (1991). It knows nothing of words or
sentences beyond them, so a voice that foresees held-out pages no better has not learned to write.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandemonium.text.ngrams import MULTIPLIER

LONGEST_RUN = 5
MOST_CHARACTERS = 1_000_000  # that are counted
_UNKNOWN = 0

Codes = NDArray[np.uint64]


@dataclass(frozen=True)
class _Order:
    """The runs of one length: how often each came, and behind how many different continuations its beginning has."""

    runs: Codes
    counts: NDArray[np.int64]
    contexts: Codes
    totals: NDArray[np.int64]
    kinds: NDArray[np.int64]

    @classmethod
    def of(cls, codes: Codes, length: int) -> _Order:
        hashed = _run_hashes(codes, length)
        before = _run_hashes(codes[:-1], length - 1) if length > 1 else np.zeros(len(hashed), dtype=np.uint64)
        runs, first, counts = np.unique(hashed, return_index=True, return_counts=True)
        contexts, totals = np.unique(before, return_counts=True)
        kinds = np.bincount(np.searchsorted(contexts, before[first]), minlength=len(contexts))
        return cls(runs, counts, contexts, totals, kinds)


class LetterModel:
    """Counts of runs of characters.

    Args:
        texts: to count in; of more than a million characters the first part of each.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        total = sum(map(len, texts))
        share = min(1.0, MOST_CHARACTERS / max(1, total))
        text = "\n\n".join(each[: int(len(each) * share) + 1] for each in texts)
        points = _points(text)
        self._alphabet = np.unique(points)
        codes = self._codes(points)
        lengths = range(1, min(LONGEST_RUN, len(codes)) + 1)
        self._orders = [_Order.of(codes, length) for length in lengths]

    def bits_per_character(self, texts: Sequence[str]) -> float:
        """How many bits a character of `texts` takes; 0 where there is none."""
        bits = [self._bits(text) for text in texts if text]
        return float(np.concatenate(bits).mean()) if bits else 0.0

    def _bits(self, text: str) -> NDArray[np.float64]:
        codes = self._codes(_points(text))
        chances = np.full(len(codes), 1.0 / (len(self._alphabet) + 1))
        for length, order in enumerate(self._orders, 1):
            if len(codes) < length:
                break
            known = chances[length - 1 :]
            before = _run_hashes(codes[:-1], length - 1) if length > 1 else np.zeros(len(known), dtype=np.uint64)
            places, found = _find(order.contexts, before)
            totals = np.where(found, order.totals[places], 0)
            kinds = np.where(found, order.kinds[places], 0)
            places, found = _find(order.runs, _run_hashes(codes, length))
            counts = np.where(found, order.counts[places], 0)
            mixed = (counts + kinds * known) / np.maximum(1, totals + kinds)
            chances[length - 1 :] = np.where(totals > 0, mixed, known)
        bits: NDArray[np.float64] = -np.log2(chances)
        return bits

    def _codes(self, points: NDArray[np.uint32]) -> Codes:
        """A number for each character, 1 for the first of the alphabet; a character that was never seen has 0."""
        places, found = _find(self._alphabet, points)
        return np.where(found, places + 1, _UNKNOWN).astype(np.uint64)


def _points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint32)


def _find(known: NDArray[np.generic], wanted: NDArray[np.generic]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where each of `wanted` stands in the sorted `known`, and whether it does."""
    if not len(known):
        return np.zeros(len(wanted), dtype=np.intp), np.zeros(len(wanted), dtype=np.bool_)
    places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return places, np.asarray(known[places] == wanted)


def _run_hashes(codes: Codes, length: int) -> Codes:
    """A 64-bit hash of each run of `length` characters, [characters - length + 1]."""
    count = max(0, len(codes) - length + 1)
    result = np.zeros(count, dtype=np.uint64)
    for place in range(length):
        result = result * np.uint64(MULTIPLIER) + codes[place : place + count] + np.uint64(1)
    return result ^ (result >> np.uint64(31))
