"""Distances as their definitions have them, shares that sum to one, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.distributions import (
    Distance,
    checked_count,
    checked_number,
    checked_shares,
    letter_shares,
    word_length_shares,
)


def test_word_lengths_count_letters_and_the_longest_together() -> None:
    assert word_length_shares(["don't", "a", "x" * 20, "y" * 90]) == {"1": 0.25, "4": 0.25, "20": 0.5}
    assert word_length_shares([]) == {}


def test_letters_whatever_their_case_and_the_rarest_together() -> None:
    assert letter_shares("aA b1!") == pytest.approx({"a": 2 / 3, "b": 1 / 3})
    many = letter_shares("".join(map(chr, range(0x4E00, 0x4E00 + 100))))
    assert len(many) == 65
    assert many["other"] == pytest.approx(0.36)


def test_distances_by_hand() -> None:
    assert Distance.between({"a": 1.0}, {"a": 1.0}) == Distance(0, 0)
    assert Distance.between({"a": 1.0}, {"b": 1.0}) == Distance(1, 1)
    half = Distance.between({"a": 0.5, "b": 0.5}, {"a": 1.0})
    assert half.total_variation == 0.5
    assert half.jensen_shannon == pytest.approx(0.311278)
    folded = Distance.between({"a": 0.7, "x": 0.2, "y": 0.1}, {"a": 0.7, "other": 0.3})
    assert folded.total_variation == pytest.approx(0)


@given(st.text(), st.text())
def test_distances_keep_their_bounds(first: str, second: str) -> None:
    p = letter_shares(first)
    q = letter_shares(second)
    distance = Distance.between(p, q)
    assert -1e-9 <= distance.jensen_shannon <= distance.total_variation + 1e-9 <= 1 + 1e-6
    assert Distance.between(p, p).total_variation == pytest.approx(0)


def test_only_shares_are_shares() -> None:
    assert checked_shares({}) == {}
    assert checked_shares({"a": 1}) == {"a": 1.0}
    for value in (
        {str(i): 0.01 for i in range(100)},
        {"a": 0.5},
        {"a": 1.5, "b": -0.5},
        {"a": None},
        {1: 1.0},
        [1.0],
        None,
    ):
        with pytest.raises(ValueError, match=r"."):
            checked_shares(value)


@pytest.mark.parametrize("value", [-1, 1.1, float("nan"), float("inf"), True, "1", None, [], 10**400])
def test_only_numbers_are_numbers(value: object) -> None:
    with pytest.raises(ValueError, match="no number"):
        checked_number(value, 1.0)


@pytest.mark.parametrize("value", [-1, 1.0, True, "1", None, 1 << 60])
def test_only_counts_are_counts(value: object) -> None:
    with pytest.raises(ValueError, match="no count"):
        checked_count(value)
