"""A recipe's file: what is shipped can be read, and what is wrong with another is said in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandemonium.errors import TrainingError
from pandemonium.training.recipe import Recipe, find_recipe, known_recipes, recipe_names

SOUND = """
title = "Mine"
about = "A small one."
[network]
unit = "character"
layers = 1
width = 16
embedding = 8
[training]
framing = "next"
window = 8
batch = 4
[[phases]]
name = "adam"
rate = 0.01
[variants.wide]
network = { width = 32 }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(SOUND, "utf-8")
    return path


@pytest.mark.parametrize("name", recipe_names())
def test_what_is_shipped_can_be_read_and_kept_in_a_job(name: str) -> None:
    recipe = find_recipe(name)
    assert recipe.name == name
    assert recipe.title
    assert recipe.about.endswith(".")
    assert Recipe.from_dict(recipe.to_dict()) == recipe


def test_the_four_write_ups_are_there_and_the_bundled_voices_own_recipe_is_not() -> None:
    assert {"strika-2019", "scifi-2018", "vanilla-2017", "words-2018"} <= set(recipe_names())
    assert "lovecraft" not in recipe_names()
    with pytest.raises(TrainingError, match="There is no recipe 'lovecraft'"):
        find_recipe("lovecraft")


def test_a_file_by_its_path_and_its_variant(file: Path) -> None:
    assert find_recipe(str(file)).network.width == 16
    wide = find_recipe(f"{file}:wide")
    assert wide.network.width == 32
    assert wide.network.layers == 1
    assert wide.name == "mine:wide"


def test_a_writers_own_lies_in_her_folder(file: Path, pandemonium_home: Path) -> None:
    own = pandemonium_home / "data" / "recipes"
    own.mkdir(parents=True)
    (own / "mine.toml").write_bytes(file.read_bytes())
    (own / "broken.toml").write_text("[network\n", "utf-8")
    assert find_recipe("mine").title == "Mine"
    assert "mine" in [each.name for each in known_recipes()]
    with pytest.raises(TrainingError, match="no TOML file"):
        find_recipe("broken")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("width = 16", "widht = 16", "does not know 'widht' in \\[network\\]"),
        ("width = 16", "width = 100_000_000", "cannot have width = 100000000"),
        ("width = 16", "width = 0", "cannot have width = 0"),
        ("width = 16", "width = 16.5", "It is a whole number"),
        ("width = 16", 'width = "wide"', "cannot have width = 'wide'"),
        ("width = 16", "width = true", "cannot have width = True"),
        ("width = 16\n", "", "has no 'width'"),
        ('unit = "character"', 'unit = "syllable"', "one of character, word, sub-word"),
        ('name = "adam"', 'name = "magic"', "cannot have name = 'magic'"),
        ("rate = 0.01", "rate = nan", "cannot have rate = nan"),
        ("rate = 0.01", "rate = 0.01\nshare = 0.5", "do not sum to 1"),
        ("[[phases]]", "[phases]", "has no \\[\\[phases\\]\\]"),
        ("[training]", "[learning]", "does not know 'learning'"),
        ('title = "Mine"', "title = 7", "a 'title' that is no text"),
        ("[network]", "network = 3\n[other]", "does not know 'other'"),
        ('framing = "next"', 'framing = "many-to-one"\nreset = "text"', 'Write reset = "window"'),
    ],
)
def test_what_is_wrong_is_one_sentence(file: Path, old: str, new: str, said: str) -> None:
    assert old in SOUND
    file.write_text(SOUND.replace(old, new), "utf-8")
    with pytest.raises(TrainingError, match=said) as caught:
        find_recipe(str(file))
    assert "\n" not in str(caught.value)


def test_a_missing_file_variant_or_name(file: Path, tmp_path: Path) -> None:
    for name, said in (
        (str(tmp_path / "none.toml"), "There is no recipe"),
        (f"{file}:narrow", "has no variant 'narrow'"),
        ("no-such", "There is no recipe 'no-such'"),
        ("", "There is no recipe ''"),
        ("../recipes/no-such", "There is no recipe"),
    ):
        with pytest.raises(TrainingError, match=said):
            find_recipe(name)


def test_why_no_voice_comes_of_an_experiment() -> None:
    assert "cannot go on" in find_recipe("scifi-2018:bidirectional").why_no_voice
    assert "cannot go on" in find_recipe("strika-2019:published").why_no_voice
    assert "GRU" in find_recipe("scifi-2018:gru").why_no_voice
    assert all(not each.why_no_voice for each in known_recipes())
