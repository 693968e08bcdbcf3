"""A recipe's optimizers over the time that is planned, and where none is."""

from __future__ import annotations

import pytest

from pandemonium.errors import TrainingError
from pandemonium.training.recipe import Phase, find_recipe
from pandemonium.training.recipes.plan import RecipePlan


def test_the_optimizer_is_switched_in_mid_training() -> None:
    plan = RecipePlan.of(find_recipe("scifi-2018"), 10)
    assert [plan.phase(60 * minute)[0] for minute in (0, 6.9, 7.1, 9.9, 12)] == [0, 0, 1, 1, 1]
    assert plan.phase(0) == (0, 1.0)
    assert plan.phase(600)[1] == pytest.approx(0.02)


def test_without_a_time_it_is_switched_when_it_stops_improving() -> None:
    plan = RecipePlan.of(find_recipe("scifi-2018"), 0)
    assert [plan.phase(1e5, eased)[0] for eased in (0, 1, 2)] == [0, 1, 1]
    assert plan.phase(1e5, 2)[1] == pytest.approx(1 / 3)


@pytest.mark.parametrize("shape", ["constant", "linear", "cosine", "exponential"])
def test_a_rate_goes_from_its_height_to_its_end(shape: str) -> None:
    phase = Phase("adam", 0.1, shape=shape, end=0.1)  # type: ignore[arg-type]
    assert phase.factor(0) == pytest.approx(1)
    assert phase.factor(1) == pytest.approx(1 if shape == "constant" else 0.1)
    assert 0.1 <= phase.factor(0.5) <= 1


def test_too_long_is_a_sentence() -> None:
    with pytest.raises(TrainingError, match="may take up to"):
        RecipePlan.of(find_recipe("scifi-2018"), 1e6)
