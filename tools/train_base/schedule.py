"""What a training does when: stages with their rates, mixtures and dropout, laid end to end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Stage:
    """One part of a training.

    Attributes:
        name: what the checkpoint is called.
        tokens: how many sub-words it lasts.
        mixture: how often each dataset is drawn from, relative to the others.
        start: the rate's factor where the stage begins.
        end: the rate's factor where it ends.
        shape: how the factor goes from `start` to `end`.
        dropout: of the network while the stage lasts.
        length: tokens a window, how far backpropagation looks back; 0 keeps the recipe's.
        teacher: how much of each target is what a voice that has learned already expects, 0 to 1.
    """

    name: str
    tokens: int
    mixture: dict[str, float] = field(default_factory=dict)
    start: float = 1.0
    end: float = 1.0
    shape: Literal["linear", "cosine"] = "linear"
    dropout: float = 0.0
    length: int = 0
    teacher: float = 0.0

    def factor(self, progress: float) -> float:
        """The rate's factor at `progress` (0 to 1) of the stage."""
        if self.shape == "cosine":
            progress = (1 - math.cos(math.pi * progress)) / 2
        return self.start + (self.end - self.start) * progress


@dataclass(frozen=True)
class Schedule:
    """Stages one after the other."""

    stages: Sequence[Stage]

    @property
    def tokens(self) -> int:
        """How many sub-words the whole training reads."""
        return sum(stage.tokens for stage in self.stages)

    def at(self, tokens: int) -> tuple[Stage, float]:
        """The stage at `tokens` from the start, and the rate's factor there."""
        for stage in self.stages:
            if tokens < stage.tokens:
                return stage, stage.factor(tokens / stage.tokens)
            tokens -= stage.tokens
        return self.stages[-1], self.stages[-1].end
