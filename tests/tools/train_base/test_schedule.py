"""The schedule: which stage stands where, and at what rate."""

from __future__ import annotations

import pytest
from tools.train_base.schedule import Schedule, Stage

FIRST = Stage("first", 100)
SECOND = Stage("second", 200, start=1.0, end=0.2)


def test_stages_follow_one_another() -> None:
    schedule = Schedule([FIRST, SECOND])
    assert schedule.tokens == 300
    assert [schedule.at(tokens)[0].name for tokens in (0, 99, 100, 299, 300, 10**9)] == ["first"] * 2 + ["second"] * 4


def test_the_rate_goes_from_start_to_end() -> None:
    schedule = Schedule([FIRST, SECOND])
    factors = [schedule.at(tokens)[1] for tokens in (0, 99, 100, 200, 300, 10**9)]
    assert factors == pytest.approx([1.0, 1.0, 1.0, 0.6, 0.2, 0.2])


def test_a_cosine_is_flat_at_both_ends() -> None:
    stage = Stage("fall", 10, start=1.0, end=0.0, shape="cosine")
    assert [stage.factor(x) for x in (0, 0.5, 1)] == pytest.approx([1.0, 0.5, 0.0])
    assert stage.factor(0.1) > 0.97
    assert stage.factor(0.9) < 0.03
