"""What each framing learns from, and that the optimizers really take turns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch

from pandemonium.training.network.model import build_model
from pandemonium.training.recipe import Framing, Phase, Recipe
from pandemonium.training.recipes.plan import RecipePlan
from pandemonium.training.recipes.recipe_trainer import RecipeTrainer
from pandemonium.training.recipes.recipe_training import make_trainer
from pandemonium.voice.architecture import PlainArchitecture

Tiny = Callable[[str], Recipe]


def trainer_of(recipe: Recipe, **training: object) -> RecipeTrainer:
    torch.manual_seed(0)
    recipe = replace(recipe, training=replace(recipe.training, dropout=0.0, **training))
    model = build_model(PlainArchitecture(20, recipe.network.embedding, recipe.network.width, recipe.network.layers))
    return make_trainer(model, RecipePlan.of(recipe, 1.0))


def window(length: int = 6, batch: int = 4) -> np.ndarray:
    return (np.arange(length + 1)[:, None] + np.arange(batch)) % 20


def read(trainer: RecipeTrainer, ids: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
    features, targets, _ = trainer._read(torch.from_numpy(ids), trainer.model.zero_state(ids.shape[1]))
    return features, targets


@pytest.mark.parametrize(
    ("framing", "asked"), [("next", 24), ("one-to-one", 24), ("many-to-one", 4), ("one-to-many", 24)]
)
def test_what_is_asked_of_a_window(tiny: Tiny, framing: Framing, asked: int) -> None:
    ids = window()
    features, targets = read(trainer_of(tiny("strika-2019"), framing=framing), ids)
    assert features.shape == (asked, 8)
    assert targets.tolist() == (ids[-1] if framing == "many-to-one" else ids[1:].reshape(-1)).tolist()


def test_many_to_one_reads_as_next_does_and_asks_for_the_last(tiny: Tiny) -> None:
    every, _ = read(trainer_of(tiny("strika-2019"), framing="next"), window())
    last, _ = read(trainer_of(tiny("strika-2019"), framing="many-to-one"), window())
    assert torch.allclose(every[-4:], last)


def test_one_to_one_says_the_same_but_learns_from_one_step(tiny: Tiny) -> None:
    grads = {}
    for framing in ("next", "one-to-one"):
        trainer = trainer_of(tiny("strika-2019"), framing=framing)
        features, _ = read(trainer, window())
        features[-1].sum().backward()  # type: ignore[no-untyped-call]
        grads[framing] = (features.detach(), trainer.model.embedding.weight.grad)
    assert torch.allclose(grads["next"][0], grads["one-to-one"][0], atol=1e-6)
    touched = {framing: int((grad.abs().sum(1) > 0).sum()) for framing, (_, grad) in grads.items()}
    assert touched == {"next": 6, "one-to-one": 1}


@pytest.mark.long
def test_one_to_many_reads_nothing_behind_the_first(tiny: Tiny) -> None:
    trainer = trainer_of(tiny("strika-2019"), framing="one-to-many")
    other = window()
    other[1:] = (other[1:] + 7) % 20
    first = read(trainer, window())[0]
    second = read(trainer, other)[0]
    assert torch.allclose(first, second)
    other[0] = (other[0] + 7) % 20
    assert not torch.allclose(first, read(trainer, other)[0])


@pytest.mark.long
@pytest.mark.parametrize("framing", ["next", "one-to-one", "many-to-one", "one-to-many"])
def test_every_framing_learns(tiny: Tiny, framing: Framing) -> None:
    trainer = trainer_of(replace(tiny("vanilla-2017"), phases=(Phase("adam", 0.02),)), framing=framing, window=6)
    fresh = np.ones(4, dtype=np.bool_)
    losses = [trainer.step(window(), fresh, 1.0).loss for _ in range(60)]
    assert losses[-1] < losses[0] - 1


@pytest.mark.parametrize("name", ["adam", "adamw", "rmsprop", "adadelta", "sgd"])
def test_every_optimizer_takes_a_step_in_its_turn_alone(tiny: Tiny, name: str) -> None:
    phases = (Phase(name, 0.05, share=0.5), Phase("sgd", 1e-7, share=0.5))  # type: ignore[arg-type]
    trainer = trainer_of(replace(tiny("strika-2019"), phases=phases))
    before = trainer.model.projection.weight.detach().clone()
    trainer.phase = 1
    trainer.step(window(), np.ones(4, dtype=np.bool_), 1.0)
    assert torch.allclose(trainer.model.projection.weight, before, atol=1e-5)
    assert not trainer.optimizers[0].state
    trainer.phase = 0
    trainer.step(window(), np.ones(4, dtype=np.bool_), 1.0)
    assert not torch.allclose(trainer.model.projection.weight, before, atol=1e-5)


def test_a_loss_that_is_no_number_changes_nothing(tiny: Tiny) -> None:
    trainer = trainer_of(tiny("scifi-2018"))
    with torch.no_grad():
        trainer.model.output_bias[3] = float("nan")
    before = trainer.model.projection.weight.detach().clone()
    assert trainer.step(window(), np.ones(4, dtype=np.bool_), 1.0).skipped
    assert torch.equal(trainer.model.projection.weight, before)
