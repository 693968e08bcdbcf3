"""Packing: ids come back from as few bits as they need."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.training.material.packing import bits_for, pack_bits, unpack_bits


@given(st.lists(st.integers(0, 8191), max_size=200), st.integers(13, 16))
def test_comes_back(ids: list[int], bits: int) -> None:
    packed = pack_bits(np.array(ids, dtype=np.uint16), bits)
    assert len(packed) == (len(ids) * bits + 7) // 8
    assert unpack_bits(packed, bits, len(ids)).tolist() == ids


@pytest.mark.parametrize(("vocabulary", "bits"), [(2, 1), (3, 2), (400, 9), (8192, 13), (8193, 14), (65536, 16)])
def test_bits(vocabulary: int, bits: int) -> None:
    assert bits_for(vocabulary) == bits


def test_comes_back_over_the_slices_edge() -> None:
    ids = np.random.default_rng(0).integers(0, 8192, (1 << 20) + 13).astype(np.uint16)
    np.testing.assert_array_equal(unpack_bits(pack_bits(ids, 13), 13, len(ids)), ids)
