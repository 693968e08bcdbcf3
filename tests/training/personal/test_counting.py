"""Counting letters: chances that add up, and less surprise where the texts are alike."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.training.personal.counting import LetterModel


@given(st.text("ab ", min_size=1, max_size=40), st.text("ab ", max_size=6))
def test_the_chances_of_what_may_follow_add_up_to_one(text: str, before: str) -> None:
    model = LetterModel([text])
    alphabet = sorted(set(text))
    chances = [2 ** -model._bits(before + letter)[-1] for letter in [*alphabet, "z"]]
    assert sum(chances) == pytest.approx(1.0)
    assert min(chances) > 0


def test_a_text_of_the_same_kind_surprises_less(invented: Callable[..., str]) -> None:
    model = LetterModel([invented(1), invented(2)])
    alike = model.bits_per_character([invented(3)])
    other = model.bits_per_character([invented(3, language="nl")])
    assert alike < other < model.bits_per_character(["\u8001\u4eba\u4e3e\u8d77\u706f\u7b3c"])


def test_nothing_is_no_error() -> None:
    assert LetterModel([]).bits_per_character(["a"]) >= 0
    assert LetterModel(["a"]).bits_per_character([]) == 0
    assert np.isfinite(LetterModel(["ab"]).bits_per_character(["\ud800c"]))
