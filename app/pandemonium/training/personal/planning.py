"""How a personal training is planned: by minutes, by the size of the texts, by what this machine can do."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import torch

from pandemonium.errors import TrainingError
from pandemonium.training.network.model import LanguageModel, build_model
from pandemonium.training.network.trainer import Rates, Trainer
from pandemonium.training.personal.presets import LEAST_CHARACTERS as LEAST_CHARACTERS
from pandemonium.training.personal.presets import LONGEST_MINUTES as LONGEST_MINUTES
from pandemonium.voice.architecture import Architecture, ResidualArchitecture

OPEN_WARM_UP = 60.0  # seconds that the rate rises at most
ANNEALING_SHARE = 0.5  # of the time until then, that the rate is annealed for; of a planned time, the last part
ANNEALING_LEAST = 30.0  # seconds
# A network of residual blocks forgets at the rate that a plain one learns at; and what it has learned without dropout,
# it loses under it.
_RESIDUAL_RATE = 1e-4
_LIMITS: dict[str, tuple[float, float]] = {
    "minutes": (0, LONGEST_MINUTES),
    "batch": (1, 1024),
    "length": (4, 1024),
    "windows": (1, 10_000),
    "rate": (1e-6, 0.1),
    "layer_factor": (1, 10),
    "dropout": (0, 0.9),
    "replay": (0, 0.9),
    "weight_decay": (0, 1),
    "average": (1, 1e9),
    "warm_up": (0, 0.5),
    "ease": (0, 1),
    "foundation": (0, 1),
}


@dataclass(frozen=True)
class Annealing:
    """The end of a training: from `began` seconds on, for `lasts` seconds, the rate falls to nothing."""

    began: float
    lasts: float

    @property
    def ends(self) -> float:
        """After so many seconds of learning."""
        return self.began + self.lasts


@dataclass(frozen=True)
class Plan:
    """Everything that a personal training decides beforehand.

    Attributes:
        minutes: of learning; 0 goes on until it stops improving.
        batch: sequences.
        length: sub-words a sequence and step.
        windows: windows that a sequence stays with one text.
        rate: AdamW's, at its height.
        layer_factor: how much slower each layer learns than the one above it.
        dropout: of the network.
        replay: share of the sequences' draws that goes to the base voice's own samples.
        weight_decay: AdamW's.
        average: sub-words that the averaged weights look back over.
        warm_up: share of the time in which the rate rises.
        ease: 1 lets the rate fall at the end and keeps the best state; 0 keeps it up for all the minutes and takes
            what stands then, as plain loops do.
        foundation: 1 begins between the base voice and its foundation, wherever the held-out pages are foreseen best;
            0 begins with the base voice.
    """

    minutes: float = 20.0
    batch: int = 16
    length: int = 64
    windows: int = 16
    rate: float = 8e-4
    layer_factor: float = 1.3
    dropout: float = 0.2
    replay: float = 0.1
    weight_decay: float = 0.05
    average: float = 2e5
    warm_up: float = 0.05
    ease: int = 1
    foundation: int = 1

    @property
    def rates(self) -> Rates:
        """The trainer's part of it."""
        return Rates(self.rate, 0.0, self.weight_decay, self.average, self.layer_factor)

    def progress(self, seconds: float) -> float:
        """The share of the time that is over after so many seconds of learning."""
        return seconds / (60 * (self.minutes or LONGEST_MINUTES))

    def annealing(self, seconds: float, best: float) -> Annealing:
        """The annealing that begins now, with the best state reached after `best` seconds; within what is planned."""
        lasts = max(ANNEALING_LEAST, ANNEALING_SHARE * best)
        return Annealing(seconds, min(lasts, 60 * self.minutes - seconds) if self.minutes else lasts)

    def factor(self, seconds: float, annealing: Annealing | None = None) -> float:
        """The rate's factor after so many seconds: a short rise, its height, and the annealing down to nothing."""
        rise = OPEN_WARM_UP if not self.minutes else min(OPEN_WARM_UP, 60 * self.minutes * self.warm_up)
        if seconds < rise:
            return max(0.02, seconds / rise)
        return 1.0 if annealing is None else max(0.01, 1 - (seconds - annealing.began) / max(annealing.lasts, 1e-9))


def plan(
    minutes: float,
    characters: int,
    changes: dict[str, Any],
    *,
    from_scratch: bool = False,
    base: Architecture | None = None,
) -> Plan:
    """Plans for `minutes` and a training text of so many characters; less text is given more dropout.

    From scratch the rate is higher, all layers learn alike and there is nothing to replay. On from residual blocks the
    rate is lower, and there is no dropout.

    Args:
        minutes: 0 for "until it stops improving".
        characters: of what will be learned from.
        changes: fields of the plan that were set by hand.
        from_scratch: it learns from the texts alone.
        base: the network that it goes on from; where that is not known, a plain one.

    Raises:
        TrainingError: the minutes or a change are outside of what they may be, or a change names no field.
    """
    size = math.log10(max(characters, 1) / 1e6)  # 0 for a megabyte
    usual = Plan(dropout=min(0.4, max(0.1, 0.2 - 0.15 * size)))
    if from_scratch:
        usual = replace(
            usual, rate=4e-3, layer_factor=1.0, replay=0.0, foundation=0, dropout=min(0.4, usual.dropout + 0.05)
        )
    elif isinstance(base, ResidualArchitecture):
        usual = replace(usual, rate=_RESIDUAL_RATE, dropout=0.0)
    changes = {"minutes": minutes, **changes}
    for name, value in changes.items():
        _check(name, value)
    if from_scratch and changes.get("replay"):
        raise TrainingError("A voice from scratch has nothing to replay.", "Leave 'replay' out.")
    kinds = {each.name: type(getattr(usual, each.name)) for each in fields(Plan)}
    return replace(usual, **{name: kinds[name](value) for name, value in changes.items()})


def _check(name: str, value: object) -> None:
    if name not in _LIMITS or isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TrainingError(
            f"The plan has no setting '{name}' that could be {value!r}.", f"Its settings: {', '.join(_LIMITS)}."
        )
    low, high = _LIMITS[name]
    if not low <= value <= high:
        if name == "minutes":
            raise TrainingError(f"A training may take up to {LONGEST_MINUTES:.0f} minutes.", "Choose fewer.")
        raise TrainingError(f"The plan's '{name}' cannot be {value:g}.", f"It lies between {low:g} and {high:g}.")


def measure_speed(
    architecture: Architecture, plan: Plan, seconds: float = 5.0, make: Callable[[LanguageModel], Trainer] | None = None
) -> float:
    """Trains a network of this shape on noise for a few seconds; gives sub-words a second on this machine.

    Args:
        architecture: the network's shape.
        plan: batch and window.
        seconds: to measure.
        make: makes the trainer, where it is not the usual one.
    """
    model = build_model(architecture, plan.dropout)
    trainer = make(model) if make else Trainer(model, plan.rates, batch=plan.batch, device=torch.device("cpu"))
    random = np.random.default_rng(0)
    fresh = np.zeros(plan.batch, dtype=np.bool_)

    def step() -> None:
        window = random.integers(0, architecture.vocabulary, (plan.length + 1, plan.batch))
        trainer.step(window, fresh, 0.0)

    step()
    started = time.perf_counter()
    steps = 0
    while time.perf_counter() - started < seconds:
        step()
        steps += 1
    return steps * plan.batch * plan.length / (time.perf_counter() - started)
