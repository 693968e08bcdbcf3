"""A recipe as a plan of minutes: which of its optimizers is at work when, and at what rate."""

from __future__ import annotations

from dataclasses import dataclass

from pandemonium.errors import TrainingError
from pandemonium.training.personal.planning import Annealing, Plan, plan
from pandemonium.training.recipe import Phase, Recipe


@dataclass(frozen=True)
class RecipePlan(Plan):
    """A plan whose rates are a recipe's.

    Attributes:
        recipe: what is followed.
    """

    recipe: Recipe | None = None

    @classmethod
    def of(cls, recipe: Recipe, minutes: float) -> RecipePlan:
        """Plans to follow `recipe` for `minutes`; 0 until it stops improving.

        Raises:
            TrainingError: the minutes are outside of what they may be.
        """
        checked = plan(minutes, 1, {}, from_scratch=True)
        training = recipe.training
        return cls(
            minutes=checked.minutes,
            batch=training.batch,
            length=training.window,
            windows=1,
            rate=recipe.phases[0].rate,
            layer_factor=1.0,
            dropout=training.dropout,
            replay=0.0,
            weight_decay=training.weight_decay,
            average=training.average,
            warm_up=0.0,
            recipe=recipe,
        )

    @property
    def phases(self) -> int:
        """How many phases the recipe has."""
        return len(self._phases)

    def phase(self, seconds: float, eased: int = 0) -> tuple[int, float]:
        """Which phase it is after so many seconds, and the factor of its rate.

        Where no time is planned, a phase lasts until it has stopped improving; behind the last one the rate is
        divided by three.
        """
        if not self.minutes:
            index = min(eased, self.phases - 1)
            return index, self._phases[index].factor(0.0) / 3.0 ** (eased - index)
        progress = min(1.0, self.progress(seconds))
        for index, each in enumerate(self._phases):
            if progress < each.share or index == self.phases - 1:
                return index, each.factor(min(1.0, progress / each.share))
            progress -= each.share
        raise AssertionError("a recipe has a phase")

    def factor(self, seconds: float, annealing: Annealing | None = None) -> float:
        """The factor of the rate of the optimizer that is at work; a recipe falls by its own schedule."""
        return self.phase(seconds)[1]

    @property
    def _phases(self) -> tuple[Phase, ...]:
        if self.recipe is None:
            raise TrainingError("This plan follows no recipe.", "Name one.")
        return self.recipe.phases
