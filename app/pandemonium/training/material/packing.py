"""Sub-words in as few bits as they need, so that a corpus travels in one small file."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def bits_for(vocabulary: int) -> int:
    """How many bits an id below `vocabulary` needs: 13 for 8,192."""
    return max(1, int(vocabulary - 1).bit_length())


def pack_bits(tokens: NDArray[np.uint16], bits: int) -> NDArray[np.uint8]:
    """Packs ids [n] below 2 ** bits end to end, most significant bit first; the last byte is filled up with zeros."""
    planes = np.arange(bits - 1, -1, -1, dtype=np.uint16)
    step = 1 << 20  # a multiple of 8 ids: each slice ends on a whole byte
    parts = [
        np.packbits(((tokens[i : i + step, None] >> planes) & 1).astype(np.uint8).reshape(-1))
        for i in range(0, len(tokens), step)
    ]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint8)


def unpack_bits(packed: NDArray[np.uint8], bits: int, count: int) -> NDArray[np.uint16]:
    """Gives the ids [count] that `pack_bits` packed, from bytes [count * bits / 8, rounded up]."""
    weights = (1 << np.arange(bits - 1, -1, -1)).astype(np.uint16)
    tokens = np.empty(count, dtype=np.uint16)
    step = 1 << 20
    for i in range(0, count, step):
        part = packed[i * bits // 8 : ((i + step) * bits + 7) // 8]
        planes = np.unpackbits(part)[: min(step, count - i) * bits].reshape(-1, bits)
        tokens[i : i + step] = planes.astype(np.uint16) @ weights
    return tokens
