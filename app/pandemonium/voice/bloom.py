"""A set of hashes in few bits: never forgets one, and takes one in a hundred strangers for its own."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint8]
Hashes = NDArray[np.uint64]

MOST_PROBES = 16
SMALLEST = 64  # bytes
LARGEST = 8 << 20  # bytes
_FULLEST = 0.6


class BloomFilter:
    """A Bloom filter over 64-bit hashes that are evenly spread.

    Probe i of hash h is bit (low + i * (high | 1)) modulo the number of bits, where low and high are the halves
    of h (double hashing, Kirsch and Mitzenmacher 2006); bit b is bit b % 8 of byte b // 8.

    Attributes:
        bits: [bytes].
        probes: bits a hash.
    """

    def __init__(self, bits: Bits, probes: int) -> None:
        self.bits = bits
        self.probes = probes

    @classmethod
    def of(cls, hashes: Hashes, false_positives: float = 0.01) -> BloomFilter:
        """A filter that holds `hashes`; beyond `LARGEST` bytes it takes more strangers for its own instead."""
        entries = max(1, len(hashes))
        size = math.ceil(-entries * math.log(false_positives) / math.log(2) ** 2 / 8)
        size = min(LARGEST, max(SMALLEST, size))
        probes = min(MOST_PROBES, max(1, round(8 * size / entries * math.log(2))))
        flags = np.zeros(8 * size, dtype=np.bool_)
        for place in _places(hashes, probes, 8 * size):
            flags[place] = True
        return cls(np.packbits(flags, bitorder="little"), probes)

    def has(self, hashes: Hashes) -> NDArray[np.bool_]:
        """Tells for each of `hashes` whether it was put in (or is taken for one that was)."""
        found = np.ones(len(hashes), dtype=np.bool_)
        for place in _places(hashes, self.probes, 8 * len(self.bits)):
            found &= (self.bits[place >> np.uint64(3)] >> (place & np.uint64(7)).astype(np.uint8)) & 1 == 1
        return found

    def __contains__(self, value: int) -> bool:
        low = value & 0xFFFFFFFF
        high = value >> 32 | 1
        memory = self._memory
        size = 8 * len(memory)
        for _ in range(self.probes):
            place = low % size
            if not memory[place >> 3] >> (place & 7) & 1:
                return False
            low += high
        return True

    @cached_property
    def false_positives(self) -> float:
        """The share of strangers that are taken for its own, from how full it is."""
        return self.fullness**self.probes

    @cached_property
    def fullness(self) -> float:
        """The share of bits that are set."""
        return float(np.bitwise_count(self.bits).sum(dtype=np.int64)) / (8 * len(self.bits))

    def check(self) -> None:
        """Refuses a filter that this class would not have made.

        Raises:
            ValueError: its size, its probes or how full it is.
        """
        if self.bits.ndim != 1 or self.bits.dtype != np.uint8 or not SMALLEST <= len(self.bits) <= LARGEST:
            raise ValueError("a filter of an impossible size")
        if type(self.probes) is not int or not 1 <= self.probes <= MOST_PROBES:
            raise ValueError("a filter with impossible probes")
        if self.fullness > _FULLEST:
            raise ValueError("a filter that is too full")

    @cached_property
    def _memory(self) -> memoryview:
        return np.ascontiguousarray(self.bits).data


def _places(hashes: Hashes, probes: int, size: int) -> Iterator[Hashes]:
    place = hashes & np.uint64(0xFFFFFFFF)
    step = hashes >> np.uint64(32) | np.uint64(1)
    for _ in range(probes):
        yield place % np.uint64(size)
        place = place + step
