"""The training step of a recipe: its framing of the task, and its optimizers one after the other."""

from __future__ import annotations

import torch
from torch import Tensor

from pandemonium.training.network.model import LanguageModel, State
from pandemonium.training.network.trainer import Trainer
from pandemonium.training.recipe import Phase, Recipe
from pandemonium.training.recipes.plan import RecipePlan


class RecipeTrainer(Trainer):
    """A trainer whose steps are a recipe's.

    Attributes:
        phase: which of the recipe's optimizers is at work, from 0.
    """

    def __init__(self, model: LanguageModel, plan: RecipePlan, recipe: Recipe, *, device: torch.device) -> None:
        self._recipe = recipe
        self.phase = 0
        super().__init__(model, plan.rates, batch=plan.batch, device=device)

    def _build_optimizers(self) -> list[torch.optim.Optimizer]:
        weights = [p for p in self.model.parameters() if p.requires_grad]
        return build_phases(weights, self._recipe.phases, self._recipe.training.weight_decay)

    def _active(self) -> list[torch.optim.Optimizer]:
        return [self.optimizers[self.phase]]

    def _read(self, ids: Tensor, state: State) -> tuple[Tensor, Tensor, State]:
        match self._recipe.training.framing:
            case "many-to-one":
                features, after = self.model(ids[:-1], state)
                return features[-1], ids[-1], after
            case "one-to-one":
                return self._read_one_by_one(ids, state)
            case "one-to-many":
                return self._read_own_guesses(ids, state)
        return super()._read(ids, state)

    def _read_one_by_one(self, ids: Tensor, state: State) -> tuple[Tensor, Tensor, State]:
        """After each piece the next one; the state that a piece is read with is taken as given."""
        found = []
        for piece in ids[:-1]:
            features, state = self.model(piece[None], state)  # the state comes back without its gradient
            found.append(features[0])
        return torch.cat(found), ids[1:].flatten(), state

    def _read_own_guesses(self, ids: Tensor, state: State) -> tuple[Tensor, Tensor, State]:
        """From the first piece on nothing is given: each step reads what the last one held for the likeliest.

        What a sequence then remembers is what the text says, so that the next window goes on from there.
        """
        found = []
        running = state
        piece = ids[:1]
        for _ in ids[1:]:
            features, running = self.model.forward(piece, running)
            found.append(features[0])
            with torch.no_grad():
                piece = self.model.logits(features).argmax(-1)
        with torch.no_grad():
            _, after = self.model(ids[:-1], state)
        return torch.cat(found), ids[1:].flatten(), after


def build_phases(
    weights: list[torch.nn.Parameter], phases: tuple[Phase, ...], weight_decay: float
) -> list[torch.optim.Optimizer]:
    """The optimizers of a recipe, each over all of `weights`, its full rate kept in `base_rate`."""
    optimizers: list[torch.optim.Optimizer] = []
    for phase in phases:
        rate = phase.rate
        match phase.name:
            case "adam":
                made: torch.optim.Optimizer = torch.optim.Adam(weights, rate, weight_decay=weight_decay)
            case "adamw":
                made = torch.optim.AdamW(weights, rate, weight_decay=weight_decay)
            case "rmsprop":
                made = torch.optim.RMSprop(weights, rate, alpha=0.9, weight_decay=weight_decay)
            case "adadelta":
                made = torch.optim.Adadelta(weights, rate, rho=0.95, eps=1e-6, weight_decay=weight_decay)
            case "sgd":
                made = torch.optim.SGD(weights, rate, momentum=0.9, nesterov=True, weight_decay=weight_decay)
        for group in made.param_groups:
            group["base_rate"] = group["lr"]
        optimizers.append(made)
    return optimizers
