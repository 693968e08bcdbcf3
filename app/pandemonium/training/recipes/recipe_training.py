"""A personal training that follows a recipe: watched, paused, stopped and resumed as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from pandemonium.settings import WritingSettings
from pandemonium.training.material.tokens import Batches
from pandemonium.training.network.trainer import StepReport
from pandemonium.training.personal.loop import PersonalTraining
from pandemonium.training.recipes.plan import RecipePlan
from pandemonium.training.recipes.recipe_trainer import RecipeTrainer
from pandemonium.training.recipes.resets import dataset_of, windows_of

if TYPE_CHECKING:
    from pandemonium.training.network.model import LanguageModel
    from pandemonium.training.network.trainer import Trainer


_FEW = 1000  # ids
_UNSEEN = 1e-4  # occurrences of what never occurred


class RecipeTraining(PersonalTraining):
    """The loop of a job with a recipe; its plan is a `RecipePlan`."""

    patience = 6  # small networks from scratch come down unevenly

    def _make_trainer(self, model: LanguageModel) -> Trainer:
        tokens = self._material.train.tokens
        begin_at_frequencies(model, np.bincount(tokens, minlength=model.architecture.vocabulary))
        return make_trainer(model, self._recipe_plan)

    def _step(self, batches: Batches) -> StepReport:
        assert isinstance(self.trainer, RecipeTrainer)
        self.trainer.phase, factor = self._recipe_plan.phase(self.seconds, len(self._annealed))
        return self.trainer.step(*batches.next(), factor)

    def _is_over(self) -> bool:
        return self._plan.progress(self.seconds) >= 1

    def _anneal(self) -> bool:
        """Where no time is planned, goes to the next phase, and behind the last one divides the rate, twice."""
        if self._plan.minutes or len(self._annealed) > self._recipe_plan.phases:
            return False
        self._annealed.append(len(self._history))
        return True

    def _batches(self) -> Batches:
        reset = self._recipe_plan.recipe.training.reset  # type: ignore[union-attr]
        tokenizer = self._start.tokenizer
        batches = Batches(
            {"own": dataset_of(self._material.train, tokenizer, reset)},
            separator=tokenizer.separator,
            batch=self._plan.batch,
            length=self._plan.length,
            windows=windows_of(reset),
            seed=self._seed,
        )
        if self._saved_batches is not None:
            batches.restore(self._saved_batches)
        return batches

    def _sampling(self, words: int, seed: int) -> WritingSettings:
        sampling = self._recipe_plan.recipe.sampling  # type: ignore[union-attr]
        return WritingSettings(
            words=words, seed=seed, temperature=sampling.temperature, top_p=sampling.top_p, candidates=1
        )

    @property
    def _recipe_plan(self) -> RecipePlan:
        assert isinstance(self._plan, RecipePlan)
        return self._plan


def begin_at_frequencies(model: LanguageModel, counts: NDArray[np.int64]) -> None:
    """Sets the output layer to what each piece's frequency says: what never occurs is hardly ever written.

    Args:
        model: new.
        counts: of each piece in the training text, [vocabulary].
    """
    shares = (counts + _UNSEEN) / (counts.sum() + _UNSEEN * len(counts))
    with torch.no_grad():
        model.output_bias.copy_(torch.from_numpy(np.log(shares)))


def make_trainer(model: LanguageModel, plan: RecipePlan) -> RecipeTrainer:
    """The trainer that follows the plan's recipe, on the CPU."""
    assert plan.recipe is not None
    # A few hundred rows that are input and output at once must begin far apart, or the first minutes teach nothing.
    few = model.architecture.vocabulary <= _FEW
    torch.nn.init.normal_(model.embedding.weight, std=0.5 if few else 0.1)
    return RecipeTrainer(model, plan, plan.recipe, device=torch.device("cpu"))
