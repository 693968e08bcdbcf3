"""A personal training: a base voice learns a writer's texts by minutes, watched, paused, stopped and resumed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from pandemonium.errors import TrainingError
from pandemonium.training.checkpoint import load_checkpoint, save_checkpoint
from pandemonium.training.job import JobFolder
from pandemonium.training.material import Material
from pandemonium.training.model import LanguageModel
from pandemonium.training.planning import LONGEST_MINUTES, Plan
from pandemonium.training.replay import sample_replay
from pandemonium.training.start import Start
from pandemonium.training.tokens import Lanes, Shelf
from pandemonium.training.trainer import Trainer, average_model, evaluate
from pandemonium.writing.cpu_runtime import CpuRuntime

Event = Callable[[dict[str, Any]], None]
SAVE_SECONDS = 30.0
REPORT_SECONDS = 2.0
REPLAY_TOKENS = 80_000
_PATIENCE = 6  # evaluations without a gain
_GAIN = 0.001  # of the bits, that counts as one


class PersonalTraining:
    """The loop of one job; everything that resuming needs is in its checkpoint.

    Attributes:
        trainer: the network and its optimizers.
        best_bits: the lowest held-out bits per character so far.
        best: the averaged weights that reached them.
    """

    def __init__(
        self, folder: JobFolder, start: Start, material: Material, plan: Plan, *, seed: int, on_event: Event
    ) -> None:
        self._folder, self._start, self._material, self._plan, self._on_event = folder, start, material, plan, on_event
        self._seed = seed
        torch.manual_seed(seed)
        model = LanguageModel(start.architecture, plan.dropout)
        if start.weights is not None:
            model.load_tensors({name: torch.from_numpy(w) for name, w in start.weights.items()})
        self.trainer = Trainer(model, plan.rates, batch=plan.batch, device=torch.device("cpu"))
        self._replay: Shelf | None = None
        self.seconds = 0.0
        self.best_bits = math.inf
        self.best: dict[str, torch.Tensor] = {}
        self._history: list[tuple[float, float]] = []  # (seconds, held-out bits)
        self._losses: list[float] = []
        self._resume()

    def run(self) -> str:
        """Learns until the plan is done.

        Returns:
            why it ended: "done", "no gain" or "stopped".

        Raises:
            TrainingError: the disk is full, or the training diverged for good.
        """
        if self._replay is None:
            self._replay = self._make_replay()
        lanes = self._lanes()
        if not self._history:
            self._evaluate()
        every = max(15.0, self._plan.minutes * 60 / 25) if self._plan.minutes else 30.0
        evaluated = saved = reported = clock = time.monotonic()
        reason = "done"
        while (progress := self._progress()) < 1:
            if self._folder.is_asked("stop"):
                reason = "stopped"
                break
            if self._folder.is_asked("pause"):
                self._save(lanes)
                self._wait()
                clock = time.monotonic()
            report = self.trainer.step(*lanes.next(), self._plan.factor(progress))
            if not report.skipped:
                self._losses.append(report.loss)
            now = time.monotonic()
            self.seconds += now - clock
            clock = now
            if now - reported > REPORT_SECONDS:
                self._report()
                reported = now
            if now - evaluated > every:
                self._evaluate()
                evaluated = time.monotonic()
                self.seconds += evaluated - clock
                clock = evaluated
                if self._no_gain():
                    reason = "no gain"
                    break
            if now - saved > SAVE_SECONDS:
                self._save(lanes)
                saved = clock = time.monotonic()
        self._evaluate()
        self._save(lanes)
        return reason

    def _progress(self) -> float:
        return self.seconds / (60 * (self._plan.minutes or LONGEST_MINUTES))

    def _no_gain(self) -> bool:
        """Tells whether the last evaluations brought nothing; a falling rate is given the time to show its worth."""
        if len(self._history) <= _PATIENCE:
            return False
        before = min(bits for _, bits in self._history[:-_PATIENCE])
        return min(bits for _, bits in self._history[-_PATIENCE:]) > before * (1 - _GAIN)

    def _lanes(self) -> Lanes:
        assert self._replay is not None
        lanes = Lanes(
            {"own": self._material.train, "replay": self._replay}, separator=self._start.tokenizer.separator,
            batch=self._plan.batch, length=self._plan.length, windows=self._plan.windows, seed=self._seed,
        )  # fmt: skip
        lanes.weights = {"own": 1 - self._plan.replay, "replay": self._plan.replay}
        if self._saved_lanes is not None:
            lanes.restore(self._saved_lanes)
        return lanes

    def _make_replay(self) -> Shelf:
        if self._plan.replay <= 0:
            return Shelf(np.zeros(0, dtype=np.uint16), np.zeros(0, dtype=np.int64))
        self._on_event(self._folder.report("progress", phase="replay", seconds=0.0))
        return sample_replay(
            CpuRuntime(self._start.base), self._start.tokenizer.separator, REPLAY_TOKENS, self._seed,
            lambda: self._folder.is_asked("stop"),
        )  # fmt: skip

    def _evaluate(self) -> None:
        model = average_model(self.trainer)
        nats, _ = evaluate(model, self._material.development_pieces, self._start.tokenizer.separator)
        bits = nats / math.log(2) / self._material.development_characters
        self._history.append((self.seconds, bits))
        if bits < self.best_bits:
            self.best_bits = bits
            self.best = {name: tensor.clone() for name, tensor in self.trainer.average.items()}
        self._on_event(
            self._folder.report(
                "evaluation", seconds=round(self.seconds, 1), tokens=self.trainer.tokens,
                held_out_bits_per_character=round(bits, 5), best=round(self.best_bits, 5),
            )  # fmt: skip
        )

    def _report(self) -> None:
        if not self._losses:
            return
        recent = float(np.mean(self._losses))
        self._losses.clear()
        bits = recent / math.log(2) / self._material.characters_per_token
        planned = self._plan.minutes * 60
        self._on_event(
            self._folder.report(
                "progress", phase="learning", seconds=round(self.seconds, 1), tokens=self.trainer.tokens,
                training_bits_per_character=round(bits, 5),
                tokens_per_second=round(self.trainer.tokens / max(self.seconds, 1e-9), 1),
                seconds_left=round(max(0.0, planned - self.seconds), 1) if planned else None,
            )  # fmt: skip
        )

    def _wait(self) -> None:
        self._on_event(self._folder.report("progress", phase="paused", seconds=round(self.seconds, 1)))
        while self._folder.is_asked("pause") and not self._folder.is_asked("stop"):
            time.sleep(0.25)

    def _save(self, lanes: Lanes) -> None:
        assert self._replay is not None
        save_checkpoint(
            self._folder.checkpoint,
            {
                "trainer": self.trainer.state_dict(),
                "lanes": lanes.state(),
                "replay": torch.from_numpy(self._replay.tokens.astype(np.int32)),
                "replay_starts": torch.from_numpy(self._replay.starts),
                "seconds": self.seconds,
                "best_bits": self.best_bits,
                "best": self.best,
                "history": self._history,
            },
        )

    def _resume(self) -> None:
        self._saved_lanes: dict[str, Any] | None = None
        if not self._folder.checkpoint.exists():
            return
        saved = load_checkpoint(self._folder.checkpoint)
        try:
            self.trainer.load_state_dict(saved["trainer"])
            self._replay = Shelf(saved["replay"].numpy().astype(np.uint16), saved["replay_starts"].numpy())
            self._saved_lanes = saved["lanes"]
            self.seconds, self.best_bits = saved["seconds"], saved["best_bits"]
            self.best, self._history = saved["best"], [(s, b) for s, b in saved["history"]]
        except (KeyError, ValueError, RuntimeError) as error:
            raise TrainingError("The training's checkpoint is of another kind.", "Start the training anew.") from error

    def best_weights(self) -> dict[str, NDArray[np.float32]]:
        """The best state's weights, for the voice file."""
        return {name: tensor.cpu().numpy() for name, tensor in self.best.items()}
