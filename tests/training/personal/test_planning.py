"""The plan: by minutes and size, with limits to what may be set by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.errors import TrainingError
from pandemonium.training.personal.planning import (
    ANNEALING_LEAST,
    ANNEALING_SHARE,
    LONGEST_MINUTES,
    OPEN_WARM_UP,
    Plan,
    measure_speed,
    plan,
)
from pandemonium.voice.architecture import PlainArchitecture, ResidualArchitecture


def test_less_text_is_given_more_dropout() -> None:
    few, some, many = (plan(20, size, {}).dropout for size in (100_000, 1_000_000, 50_000_000))
    assert few > some > many >= 0.1


def test_residual_blocks_go_on_gently_and_without_dropout() -> None:
    shape = {"vocabulary": 50, "embedding": 8, "hidden": 8, "layers": 1}
    plain = plan(20, 500_000, {}, base=PlainArchitecture(**shape))
    residual = plan(20, 500_000, {}, base=ResidualArchitecture(**shape, width=8, inner=8))
    assert plain == plan(20, 500_000, {})
    assert residual.dropout == 0
    assert residual.rate < plain.rate / 2
    by_hand = plan(20, 500_000, {"dropout": 0.1}, base=ResidualArchitecture(**shape, width=8, inner=8))
    assert by_hand.dropout == 0.1


def test_from_scratch_nothing_is_replayed_and_all_layers_learn_alike() -> None:
    scratch = plan(20, 500_000, {}, from_scratch=True)
    assert scratch.replay == 0
    assert scratch.layer_factor == 1
    assert scratch.rate > plan(20, 500_000, {}).rate
    with pytest.raises(TrainingError, match="nothing to replay"):
        plan(20, 500_000, {"replay": 0.2}, from_scratch=True)


def test_changes_by_hand() -> None:
    changed = plan(20, 500_000, {"replay": 0, "layer_factor": 1, "average": 1, "batch": 16.0})
    assert (changed.replay, changed.layer_factor, changed.average, changed.batch) == (0.0, 1.0, 1.0, 16)
    assert isinstance(changed.batch, int)
    assert changed.minutes == 20


@pytest.mark.parametrize(
    "changes",
    [
        {"color": 1},
        {"batch": 0},
        {"batch": "many"},
        {"dropout": 1.0},
        {"rate": -1e-3},
        {"rate": math.nan},
        {"average": 0},
        {"replay": True},
        {"length": math.inf},
        {"warm_up": 1.0},
        {"minutes": 1e9},
    ],
)
def test_what_cannot_be_set_is_a_sentence(changes: dict[str, object]) -> None:
    with pytest.raises(TrainingError):
        plan(20, 500_000, changes)


@pytest.mark.parametrize("minutes", [-1, LONGEST_MINUTES + 1, math.nan, math.inf])
def test_impossible_minutes(minutes: float) -> None:
    with pytest.raises(TrainingError, match="may take up to"):
        plan(minutes, 500_000, {})


@given(st.floats(0.1, 600), st.floats(0, 0.9), st.floats(0, 1.2))
def test_the_rate_rises_shortly_and_falls_to_nothing(minutes: float, begins: float, share: float) -> None:
    chosen = Plan(minutes=minutes)
    whole = 60 * minutes
    assert chosen.factor(0) < chosen.factor(min(OPEN_WARM_UP, whole * chosen.warm_up)) == 1
    assert chosen.factor(whole) == 1
    annealing = chosen.annealing(whole * begins, whole * begins / 2)
    assert annealing.ends <= whole + 1e-6
    began = max(annealing.began, whole * chosen.warm_up)
    now, later = (chosen.factor(began + annealing.lasts * each, annealing) for each in (share, share + 0.1))
    assert 0.01 <= later <= now <= 1
    assert chosen.factor(max(annealing.ends, began), annealing) == pytest.approx(0.01, abs=1e-3)


def test_where_no_time_is_planned_the_rate_stays_until_it_is_eased() -> None:
    chosen = Plan(minutes=0)
    assert chosen.factor(0) < chosen.factor(OPEN_WARM_UP / 2) < chosen.factor(OPEN_WARM_UP) == 1
    assert chosen.factor(5 * 3600) == 1
    annealing = chosen.annealing(2000, 1200)
    assert annealing.lasts == pytest.approx(1200 * ANNEALING_SHARE)
    assert chosen.factor(annealing.began + annealing.lasts / 2, annealing) == pytest.approx(1 / 2)
    assert chosen.annealing(20, 1).lasts == ANNEALING_LEAST
    assert chosen.progress(LONGEST_MINUTES * 60) == 1


def test_this_machine_is_measured() -> None:
    architecture = PlainArchitecture(vocabulary=50, embedding=8, hidden=8, layers=1)
    assert measure_speed(architecture, Plan(batch=4, length=8), seconds=0.05) > 0
