"""The mixture that a training proposes: what it gains is measured on pages that its shares were not fitted on."""

from __future__ import annotations

import numpy as np
import pytest

from pandemonium.training.personal.mixture import Mixture, find_mixture, mixture_in_words
from pandemonium.writing.measuring.scoring import bits_per_character

RANDOM = np.random.default_rng(5)


def told(*means: float, n: int = 4000, spread: float = 1.5) -> np.ndarray:
    """Log-probabilities of voices that are right in different places."""
    return np.stack([np.minimum(RANDOM.normal(mean, spread, n), -0.01) for mean in means]).astype(np.float32)


def test_voices_that_know_other_things_are_mixed() -> None:
    pages = told(-3, -3.4, -3.2)
    found = find_mixture(pages, ["lovecraft", "classics"])
    assert set(found.shares) == {"lovecraft", "classics"}
    assert all(0.1 <= share < 0.5 for share in found.shares.values())
    assert found.nats < -pages[0].sum()


def test_a_voice_that_brings_nothing_stays_out() -> None:
    pages = told(-3, -3.2)
    useless = np.full_like(pages[:1], -12)
    found = find_mixture(np.concatenate([pages, useless]), ["lovecraft", "classics"])
    assert set(found.shares) == {"lovecraft"}


@pytest.mark.parametrize("other", [0.0, -1.0])
def test_what_is_as_good_alone_stays_alone(other: float) -> None:
    pages = told(-3)
    found = find_mixture(np.concatenate([pages, pages + np.float32(other)]), ["lovecraft"])
    assert not found.shares
    assert found.nats == pytest.approx(-pages.sum(dtype=np.float64))


def test_what_helps_on_the_first_half_alone_is_no_gain() -> None:
    pages = told(-3, n=2000)
    other = np.concatenate([pages[0, :1000] + 0.5, pages[0, 1000:] - 3])[None]
    assert not find_mixture(np.concatenate([pages, other]), ["lovecraft"]).shares


def test_no_pages_no_mixture() -> None:
    assert find_mixture(np.zeros((2, 0), dtype=np.float32), ["lovecraft"]) == Mixture()
    assert bits_per_character(0.0, 0) == 0


def test_it_is_told_in_words() -> None:
    assert mixture_in_words(Mixture(), 0.1) == ""
    said = mixture_in_words(Mixture({"lovecraft": 0.2, "classics": 0.15}), 0.021)
    assert said.startswith("Mixed with 20 % of 'lovecraft' and 15 % of 'classics' it foresees")
    assert "another 2 % better" in said
