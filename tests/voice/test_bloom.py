"""A filter never forgets, hardly ever takes a stranger for its own, and says when it cannot be one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.voice.bloom import LARGEST, MOST_PROBES, BloomFilter

HASHES = st.lists(st.integers(0, 2**64 - 1), max_size=80)


def hashes(count: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 2**64, count, dtype=np.uint64)


@given(HASHES)
def test_nothing_put_in_is_forgotten(values: list[int]) -> None:
    array = np.array(values, dtype=np.uint64)
    made = BloomFilter.of(array)
    made.check()
    assert made.has(array).all()
    assert all(value in made for value in values)


@given(HASHES, HASHES)
def test_one_hash_and_many_are_looked_up_alike(inside: list[int], asked: list[int]) -> None:
    made = BloomFilter.of(np.array(inside, dtype=np.uint64))
    assert made.has(np.array(asked, dtype=np.uint64)).tolist() == [value in made for value in asked]


@pytest.mark.parametrize("share", [0.01, 0.001])
def test_strangers_are_as_rare_as_promised(share: float) -> None:
    made = BloomFilter.of(hashes(20_000, 1), share)
    assert made.false_positives == pytest.approx(share, rel=0.15)
    assert made.has(hashes(200_000, 2)).mean() == pytest.approx(share, rel=0.2)
    assert len(made.bits) < 20_000 * (1.25 if share == 0.01 else 1.85)


def test_a_filter_of_nothing_knows_nothing() -> None:
    made = BloomFilter.of(hashes(0, 1))
    made.check()
    assert not made.has(hashes(1000, 2)).any()


def test_the_layout_is_what_it_is_said_to_be() -> None:
    # Voice files hold these bits: their places may never change.
    made = BloomFilter.of(np.array([(3 << 32) | 5], dtype=np.uint64))
    assert (len(made.bits), made.probes) == (64, MOST_PROBES)
    places = np.flatnonzero(np.unpackbits(made.bits, bitorder="little"))
    assert places.tolist() == [5 + 3 * i for i in range(MOST_PROBES)]


@pytest.mark.parametrize(
    ("bits", "probes"),
    [
        (np.zeros(63, np.uint8), 7),
        (np.zeros(LARGEST + 1, np.uint8), 7),
        (np.zeros((8, 8), np.uint8), 7),
        (np.zeros(64, np.int8), 7),
        (np.full(64, 255, np.uint8), 7),
        (np.zeros(64, np.uint8), 0),
        (np.zeros(64, np.uint8), MOST_PROBES + 1),
        (np.zeros(64, np.uint8), True),
        (np.zeros(64, np.uint8), 7.0),
        (np.zeros(64, np.uint8), "7"),
        (np.zeros(64, np.uint8), None),
    ],
)
def test_what_cannot_be_a_filter_is_refused(bits: np.ndarray, probes: object) -> None:
    with pytest.raises(ValueError, match="a filter"):
        BloomFilter(bits, probes).check()  # type: ignore[arg-type]
