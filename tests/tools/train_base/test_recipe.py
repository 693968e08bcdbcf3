"""The recipe: what the file says, with changes from the command line, or a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.train_base.recipe import Recipe

from pandemonium import paths
from pandemonium.errors import TrainingError

BUNDLED = paths.resources() / "recipes" / "lovecraft.toml"


def test_the_bundled_recipe_is_whole() -> None:
    recipe = Recipe.read(BUNDLED)
    assert set(recipe.parts) == {"main", "foundation", "finish"}
    assert recipe.network.vocabulary == 8192
    assert recipe.parts["finish"].at(10**12)[1] < 0.1
    assert recipe.parts["foundation"].at(10**12)[1] < 0.1


def test_changes_reach_into_tables_and_lists() -> None:
    changed = Recipe.read(BUNDLED, ["network.hidden=48", "finish.0.dropout=0.3", "main.0.mixture.weird=2.5"])
    assert changed.network.hidden == 48
    assert changed.parts["finish"].stages[0].dropout == 0.3
    assert changed.parts["main"].stages[0].mixture["weird"] == 2.5


@pytest.mark.parametrize(
    "change",
    [
        "network.hiden=48",
        "network.hidden",
        "network.hidden=",
        "network.hidden=-1",
        "finish.99.dropout=0.3",
        "nothing",
        "a.b=1",
        "=1",
    ],
)
def test_a_wrong_change_is_a_sentence(change: str) -> None:
    with pytest.raises(TrainingError, match="cannot be used"):
        Recipe.read(BUNDLED, [change])


def test_a_missing_or_broken_recipe_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    for text in (None, "not toml [", "[network]\nvocabulary = 40"):
        if text is not None:
            path.write_text(text, "utf-8")
        with pytest.raises(TrainingError, match="cannot be used"):
            Recipe.read(path)
