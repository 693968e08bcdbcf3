"""Recipes made so small that they learn in a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pandemonium.training.recipe import Recipe, find_recipe


@pytest.fixture
def tiny() -> Callable[[str], Recipe]:
    """Gives a shipped recipe by its name, everything in it as it is but less of it."""

    def make(name: str) -> Recipe:
        recipe = find_recipe(name)
        return replace(
            recipe,
            network=replace(recipe.network, width=12, embedding=8, vocabulary=500),
            training=replace(recipe.training, window=min(6, recipe.training.window), batch=4),
        )

    return make
