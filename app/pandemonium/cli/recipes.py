"""Reads the recipe of a continuation that is to be written again, and tells where it cannot be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pandemonium.cli.texts import read_exactly
from pandemonium.errors import PandemoniumError
from pandemonium.writing.recipe import MixedVoice, Recipe


def read_recipe(path: Path) -> Recipe:
    """The recipe in a file: alone, or in what `--json` has printed.

    Raises:
        PandemoniumError: there is none.
    """
    try:
        values = json.loads(read_exactly(path))
    except ValueError as error:
        raise PandemoniumError(f"{path} holds no recipe.", "Take what `continue --json` has printed.") from error
    return Recipe.from_dict(values.get("recipe", values) if isinstance(values, dict) else values)


def check_recipe(recipe: Recipe, text: str, digest: str, mixed: Sequence[MixedVoice] = ()) -> None:
    """Refuses to write something else than what the recipe is of.

    Args:
        recipe: of what is to be written again.
        text: before it.
        digest: of the voice's file.
        mixed: the voices that stand beside it now.

    Raises:
        PandemoniumError: the voice or the text is another one.
    """
    if digest != recipe.voice_sha256:
        raise PandemoniumError(
            f"The voice {recipe.voice} is not the one that wrote this: its file is another.",
            "Leave --recipe out to have it written anew.",
        )
    if recipe.mixed and recipe.mixed != tuple(mixed):
        names = ", ".join(each.name for each in recipe.mixed if each not in mixed) or recipe.voice
        raise PandemoniumError(
            f"{names}: what was mixed in is not what wrote this: a file is another.",
            "Leave --recipe out to have it written anew.",
        )
    if not recipe.fits(text):
        raise PandemoniumError(
            "The text before it is not the one that it was written behind.",
            "Leave --recipe out to have it written anew.",
        )
