"""How a personal training is planned: by minutes, by the size of the texts, by what this machine can do."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import torch

from pandemonium.errors import TrainingError
from pandemonium.training.model import LanguageModel
from pandemonium.training.trainer import Rates, Trainer
from pandemonium.voice.architecture import Architecture

LEAST_CHARACTERS = 100_000
LONGEST_MINUTES = 600.0
PRESETS = {"taste": 5.0, "good": 20.0, "thorough": 60.0}


@dataclass(frozen=True)
class Plan:
    """Everything that a personal training decides beforehand.

    Attributes:
        minutes: of learning; 0 goes on until it stops improving.
        batch: lanes.
        length: sub-words a lane and step.
        windows: windows that a lane stays with one text.
        rate: AdamW's, at its height.
        layer_factor: how much slower each layer learns than the one above it.
        dropout: of the network.
        replay: share of the lanes' draws that goes to the base voice's own samples.
        weight_decay: AdamW's.
        average: sub-words that the averaged weights look back over.
        warm_up: share of the time in which the rate rises.
    """

    minutes: float = 20.0
    batch: int = 32
    length: int = 64
    windows: int = 16
    rate: float = 1.5e-3
    layer_factor: float = 1.3
    dropout: float = 0.25
    replay: float = 0.25
    weight_decay: float = 0.05
    average: float = 2e5
    warm_up: float = 0.05

    @property
    def rates(self) -> Rates:
        """The trainer's part of it."""
        return Rates(self.rate, 0.0, self.weight_decay, self.average, self.layer_factor)

    def factor(self, progress: float) -> float:
        """The rate's factor when `progress` (0 to 1) of the time is over: a short rise, a long cosine to nothing."""
        if progress < self.warm_up:
            return max(0.02, progress / self.warm_up)
        rest = (min(progress, 1.0) - self.warm_up) / (1 - self.warm_up)
        return max(0.01, (1 + math.cos(math.pi * rest)) / 2)


def plan(minutes: float, characters: int, changes: dict[str, Any], *, from_scratch: bool = False) -> Plan:
    """Plans for `minutes` and a training text of so many characters; less text is given more dropout.

    From scratch the rate is higher, all layers learn alike and there is nothing to replay.

    Args:
        minutes: 0 for "until it stops improving".
        characters: of what will be learned from.
        changes: fields of the plan that were set by hand.

    Raises:
        TrainingError: a change names no field, or its value is of a wrong kind.
    """
    if not 0 <= minutes <= LONGEST_MINUTES:
        raise TrainingError(f"A training may take up to {LONGEST_MINUTES:.0f} minutes.", "Choose fewer.")
    size = math.log10(max(characters, 1) / 1e6)  # 0 for a megabyte
    base = Plan(minutes=minutes, dropout=min(0.45, max(0.1, 0.25 - 0.15 * size)))
    if from_scratch:
        base = replace(base, rate=4e-3, layer_factor=1.0, replay=0.0, dropout=min(0.4, base.dropout + 0.05))
    known = {each.name: type(getattr(base, each.name)) for each in fields(Plan)}
    for name, value in changes.items():
        if name not in known or isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TrainingError(f"The plan has no setting '{name}' that could be {value!r}.", "See the guide.")
    return replace(base, **{name: known[name](value) for name, value in changes.items()})


def measure_speed(architecture: Architecture, plan: Plan, seconds: float = 5.0) -> float:
    """Trains a network of this shape on noise for a few seconds; gives sub-words a second on this machine."""
    trainer = Trainer(LanguageModel(architecture, plan.dropout), plan.rates, batch=plan.batch, device=torch.device("cpu"))
    random = np.random.default_rng(0)
    fresh = np.zeros(plan.batch, dtype=np.bool_)

    def step() -> None:
        window = random.integers(0, architecture.vocabulary, (plan.length + 1, plan.batch))
        trainer.step(window, fresh, 0.0)

    step()
    started, steps = time.perf_counter(), 0
    while time.perf_counter() - started < seconds:
        step()
        steps += 1
    return steps * plan.batch * plan.length / (time.perf_counter() - started)
