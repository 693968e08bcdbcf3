"""A base voice's recipe: network, rates and stages, read from a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pandemonium.errors import PandemoniumError, TrainingError
from pandemonium.voice.architecture import Architecture
from tools.train_base.schedule import Schedule, Stage

PARTS = ("main", "foundation", "finish")


@dataclass(frozen=True)
class Recipe:
    """A recipe file, read: the parts begin where "main" stands, but for that itself."""

    network: Architecture
    training: dict[str, Any]
    parts: dict[str, Schedule]

    @classmethod
    def read(cls, path: Path, changes: Sequence[str] = ()) -> Recipe:
        """Reads a recipe.

        Args:
            path: a TOML file.
            changes: `table.key=value` with a TOML value, over what the file says; a number before the key
                picks one of a list of tables (`finish.0.dropout=0.3`).

        Raises:
            TrainingError: the file is missing, or a key is wrong.
        """
        try:
            values = tomllib.loads(path.read_text("utf-8"))
            for change in changes:
                _apply(values, change)
            parts = {part: Schedule([Stage(**stage) for stage in values[part]]) for part in PARTS}
            return cls(Architecture.from_dict(values["network"]), values["training"], parts)
        except (OSError, ValueError, TypeError, KeyError, IndexError, PandemoniumError) as error:
            raise TrainingError(f"The recipe {path} cannot be used: {error}.", "Mend the file.") from error


def _apply(values: dict[str, Any], change: str) -> None:
    path, _, value = change.partition("=")
    *tables, key = path.split(".")
    place: Any = values
    for table in tables:
        place = place[int(table)] if isinstance(place, list) else place[table]
    if key not in place:
        raise KeyError(path)
    place[key] = tomllib.loads(f"value = {value}")["value"]
