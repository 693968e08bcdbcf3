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
from pandemonium.settings import WritingSettings
from pandemonium.training.job import JobFolder
from pandemonium.training.material.material import Material
from pandemonium.training.material.openings import Reader, find_openings
from pandemonium.training.material.tokens import Batches, TokenDataset
from pandemonium.training.network.checkpoint import load_checkpoint, save_checkpoint
from pandemonium.training.network.interval import Interval
from pandemonium.training.network.model import LanguageModel, build_model
from pandemonium.training.network.trainer import DivergedError, StepReport, Trainer, evaluate
from pandemonium.training.network.training_loop import AGAIN, After, Before, Every, LearningClock, run_steps
from pandemonium.training.personal.machine import free_disk
from pandemonium.training.personal.planning import ANNEALING_SHARE, Annealing, Plan
from pandemonium.training.personal.replay import sample_replay
from pandemonium.training.personal.start import Start
from pandemonium.voice.card import Card
from pandemonium.voice.file import quantize_voice
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime

Event = Callable[[dict[str, Any]], None]
Question = Callable[[], bool]
SAVE_SECONDS = 45.0
REPORT_SECONDS = 2.0
REPLAY_TOKENS = 80_000
SAMPLE_WORDS = 40
_GAIN = 0.001  # of the bits, that counts as one
_LONGEST_STEP = 60.0  # seconds; a lid that was closed for the night is no learning


def _never() -> bool:
    return False


class PersonalTraining:
    """The training of one job; everything that resuming needs is in its checkpoint.

    Attributes:
        trainer: the network and its optimizers.
        best_bits: the lowest held-out bits per character so far.
        best: the averaged weights that reached them.
        patience: evaluations without a gain, after which the gain counts as ended.
    """

    patience = 4

    def __init__(
        self,
        folder: JobFolder,
        start: Start,
        material: Material,
        plan: Plan,
        *,
        seed: int,
        on_event: Event,
        is_interrupted: Question = _never,
        on_battery: Question = _never,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begins, or goes on where the folder's checkpoint was taken.

        Args:
            folder: of the job.
            start: network, tokenizer and weights to begin with.
            material: the texts.
            plan: what was decided beforehand.
            seed: of every draw.
            on_event: hears each event as it is written to the folder.
            is_interrupted: looked at between two steps; the process is wanted to end, and the training to be resumed.
            on_battery: looked at every few seconds; learning waits as long as it says so.
            clock: seconds, from any moment on.

        Raises:
            TrainingError: the checkpoint is damaged or of another kind.
        """
        self._folder = folder
        self._start = start
        self._material = material
        self._plan = plan
        self._on_event = on_event
        self._is_interrupted = is_interrupted
        self._on_battery = on_battery
        self._now = clock
        self._clock = LearningClock(clock, _LONGEST_STEP)
        self._seed = seed
        torch.manual_seed(seed)
        model = build_model(start.architecture, plan.dropout)
        if start.weights is not None:
            model.load_arrays(start.weights)
        self._judged = build_model(start.architecture).eval()
        self.trainer = self._make_trainer(model)
        self.best_bits = math.inf
        self.best: dict[str, torch.Tensor] = {}
        self._replay: TokenDataset | None = None
        self._saved_batches: dict[str, Any] | None = None
        self._history: list[tuple[float, float]] = []  # (seconds, held-out bits)
        self._annealed: list[int] = []  # how long the history was whenever annealing began
        self._annealing: Annealing | None = None
        self._samples = 0
        planned = plan.minutes * 60
        # By the seconds of learning, and kept in the checkpoint: a resumed training is judged when it would have been.
        self._intervals = {
            "evaluation": Interval(planned / 25 or 30.0, share=0.05),
            "sample": Interval(min(60.0, planned / 10 or 60.0), share=0.03),
        }
        self._losses: list[float] = []
        self._openings = find_openings([start.tokenizer.decode(p) for p in material.development_pieces], 12)
        self._resume()

    def run(self) -> str:
        """Learns until the plan is done.

        Returns:
            why it ended: "done", "no gain", "stopped" or, with the best state kept, "diverged".

        Raises:
            TrainingError: the disk is full; the last checkpoint is kept.
            KeyboardInterrupt: it was interrupted, and saved.
        """
        if self._replay is None:
            self._replay = self._make_replay()
        batches = self._batches()
        if not self._history:
            self._evaluate()
            self._save(batches)
        reason = self._learn(batches)
        self._evaluate()
        self._save(batches)
        return reason

    @property
    def seconds(self) -> float:
        """Of learning so far."""
        return self._clock.seconds

    def best_weights(self) -> dict[str, NDArray[np.float32]]:
        """The best state's weights, for the voice file; the last state's where the plan says so."""
        kept = self.best if self._plan.ease else self.trainer.average
        return {name: tensor.cpu().numpy() for name, tensor in kept.items()}

    @property
    def eased_at(self) -> float | None:
        """After so many seconds nothing was gained any more, and the best state was taken up; None before."""
        return round(self._annealing.began, 1) if self._annealing is not None and self._annealed else None

    def _learn(self, batches: Batches) -> str:
        planned = self._plan.minutes * 60
        clock = self._clock
        now = self._now()
        reporting = Interval(REPORT_SECONDS, last=now)
        saving = Interval(min(SAVE_SECONDS, planned / 10 or SAVE_SECONDS), share=0.1, last=now)

        def save() -> None:
            self._save(batches)
            clock.skip()

        def pause() -> str:
            if not self._folder.is_asked("pause"):
                return ""
            self._save(batches)
            self._wait("", lambda: self._folder.is_asked("pause"))
            return AGAIN

        def report() -> None:
            self._report()
            if self._on_battery():
                self._save(batches)
                self._wait("The machine runs on its battery.", self._on_battery)

        callbacks = (
            Before(self._reason_if_over),
            Before(lambda: "stopped" if self._folder.is_asked("stop") else ""),
            Before(lambda: self._heed_interruption(batches)),
            Before(pause),
            After(lambda step: None if step.skipped else self._losses.append(step.loss)),
            Every(reporting, lambda: clock.last, report),
            self._every("evaluation", self._evaluate_and_judge),
            self._every("sample", self._sample),
            Every(saving, lambda: clock.last, save),
        )
        try:
            return run_steps(lambda: self._step(batches), clock, callbacks)
        except DivergedError:
            return "diverged"

    def _every(self, what: str, do: Callable[[], str | None]) -> Every:
        """Does something after so many seconds of learning, which it counts to."""

        def do_and_count() -> str | None:
            reason = do()
            self._clock.tick()
            return reason

        return Every(self._intervals[what], lambda: self.seconds, do_and_count)

    def _heed_interruption(self, batches: Batches) -> str:
        if self._is_interrupted():
            self._save(batches)
            self._tell("progress", phase="interrupted", seconds=round(self.seconds, 1))
            raise KeyboardInterrupt
        return ""

    def _evaluate_and_judge(self) -> str:
        self._evaluate()
        return "no gain" if self._gains_no_more() else ""

    def _reason_if_over(self) -> str:
        if not self._is_over():
            return ""
        return "done" if self._plan.progress(self.seconds) > 0.99 else "no gain"

    def _is_over(self) -> bool:
        """Tells whether the time is over, or what was left of it when the gain ended; begins the end when it is due."""
        planned = 60 * self._plan.minutes
        if planned and self._plan.ease and self._annealing is None and self.seconds >= planned * (1 - ANNEALING_SHARE):
            if self._history[-1][1] > self.best_bits * (1 + _GAIN):
                self._anneal()
            else:
                self._annealing = Annealing(self.seconds, planned - self.seconds)
        return self._plan.progress(self.seconds) >= 1 or (
            self._annealing is not None and self.seconds >= self._annealing.ends
        )

    def _gains_no_more(self) -> bool:
        """Tells whether nothing is gained even while the rate falls; lets it fall where that had not begun."""
        return bool(self._plan.ease) and self._is_exhausted() and not self._anneal()

    def _anneal(self) -> bool:
        """Takes up the best state and lets the rate fall from there; tells whether that had not been done before."""
        if self._annealing is not None:
            return False
        seconds, _ = min(self._history, key=lambda each: each[1])
        self._annealing = self._plan.annealing(self.seconds, seconds)
        self._annealed.append(len(self._history))
        self.trainer.model.load_tensors(self.best)
        self.trainer.take_average(self.best)
        return True

    def _make_trainer(self, model: LanguageModel) -> Trainer:
        return Trainer(model, self._plan.rates, batch=self._plan.batch, device=torch.device("cpu"))

    def _step(self, batches: Batches) -> StepReport:
        return self.trainer.step(*batches.next(), self._plan.factor(self.seconds, self._annealing))

    def _sampling(self, words: int, seed: int) -> WritingSettings:
        # One candidate: what the weights write, and none of the minutes that were asked for goes into choosing.
        return WritingSettings(words=words, seed=seed, candidates=1)

    def _is_exhausted(self) -> bool:
        """Tells whether the last evaluations brought nothing."""
        since = self._annealed[-1] if self._annealed else 0
        if len(self._history) - since <= self.patience:
            return False
        bits = [each for _, each in self._history]
        before = min(bits[: -self.patience])
        recent = bits[-self.patience :]
        return min(recent) > before * (1 - _GAIN) and recent[-1] >= min(recent[:-1]) * (1 - _GAIN)

    def _batches(self) -> Batches:
        assert self._replay is not None
        batches = Batches(
            {"own": self._material.train, "replay": self._replay},
            separator=self._start.tokenizer.separator,
            batch=self._plan.batch,
            length=self._plan.length,
            windows=self._plan.windows,
            seed=self._seed,
        )
        batches.weights = {"own": 1 - self._plan.replay, "replay": self._plan.replay}
        if self._saved_batches is not None:
            batches.restore(self._saved_batches)
        return batches

    def _make_replay(self) -> TokenDataset:
        if self._plan.replay <= 0:
            return TokenDataset(np.zeros(0, dtype=np.uint16), np.zeros(0, dtype=np.int64))
        reporting = Interval(REPORT_SECONDS, last=-math.inf)

        def look(share: float) -> bool:
            if reporting.is_due(now := self._now()):
                self._tell("progress", phase="replay", seconds=0.0, share=round(share, 2))
                reporting.done(now, now)
            if self._folder.is_asked("pause"):
                self._wait("", lambda: self._folder.is_asked("pause"))
            if self._is_interrupted():
                raise KeyboardInterrupt
            return self._folder.is_asked("stop")

        runtime = CpuRuntime(self._start.base, torch.get_num_threads())
        return sample_replay(runtime, self._start.tokenizer.separator, REPLAY_TOKENS, self._seed, look)

    def _evaluate(self) -> None:
        self._judged.load_tensors(self.trainer.average)
        nats, _ = evaluate(self._judged, self._material.development_pieces, self._start.tokenizer.separator)
        bits = nats / math.log(2) / self._material.development_characters
        self._history.append((self.seconds, bits))
        if bits < self.best_bits or not self.best:
            self.best_bits = bits
            self.best = {name: tensor.clone() for name, tensor in self.trainer.average.items()}
        self._tell(
            "evaluation",
            seconds=round(self.seconds, 1),
            tokens=self.trainer.tokens,
            held_out_bits_per_character=round(bits, 5),
            best=round(self.best_bits, 5),
        )

    def _report(self) -> None:
        if not self._losses:
            return
        bits = float(np.mean(self._losses)) / math.log(2) / self._material.characters_per_token
        self._losses.clear()
        ends = self._annealing.ends if self._annealing else self._plan.minutes * 60
        self._tell(
            "progress",
            phase="learning",
            seconds=round(self.seconds, 1),
            tokens=self.trainer.tokens,
            training_bits_per_character=round(bits, 5),
            tokens_per_second=round(self.trainer.tokens / max(self.seconds, 1e-9), 1),
            seconds_left=round(max(0.0, ends - self.seconds), 1) if ends else None,
            eased_at=self.eased_at,
        )

    def _sample(self) -> None:
        """Lets the averaged weights, as the voice that they would become now, go on from a held-out opening."""
        if not self._openings:
            return
        weights = {name: tensor.numpy() for name, tensor in self.trainer.average.items()}
        voice = quantize_voice("sample", self._start.architecture, self._start.tokenizer, weights, Card(title="sample"))
        reader = Reader(voice, CpuRuntime(voice, torch.get_num_threads()))
        opening = self._openings[self._samples % len(self._openings)]
        self._samples += 1
        settings = self._sampling(SAMPLE_WORDS, self._samples)
        text = reader.go_on(opening, settings, lambda: self._folder.is_asked("stop"))
        self._tell("sample", seconds=round(self.seconds, 1), opening=opening, text=text)

    def _wait(self, why: str, goes_on: Question) -> None:
        """Waits without a claim on the processor; the wait is no learning time."""
        self._tell("progress", phase="paused", seconds=round(self.seconds, 1), why=why)
        while goes_on() and not self._folder.is_asked("stop") and not self._is_interrupted():
            time.sleep(0.25)
        self._clock.skip()

    def _tell(self, event: str, **values: Any) -> None:
        self._on_event(self._folder.report(event, **values))

    def _save(self, batches: Batches) -> None:
        assert self._replay is not None
        path = self._folder.checkpoint
        size = path.stat().st_size if path.exists() else 24 * self._start.architecture.weights
        free = free_disk(self._folder.path)
        if free > 1.2 * size:
            save_checkpoint(
                path,
                {
                    "trainer": self.trainer.state_dict(),
                    "lanes": batches.state(),
                    "replay": torch.from_numpy(self._replay.tokens.astype(np.int32)),
                    "replay_starts": torch.from_numpy(self._replay.starts),
                    "seconds": self.seconds,
                    "best_bits": self.best_bits,
                    "best": self.best,
                    "history": self._history,
                    "eased": self._annealed,
                    "easing": (self._annealing.began, self._annealing.lasts) if self._annealing else (),
                    "samples": self._samples,
                    "paces": {name: (interval.last, interval.cost) for name, interval in self._intervals.items()},
                },
            )
        if free < 3 * size:
            raise TrainingError(
                f"There is only {free / 1e6:,.0f} MB left on the disk, too little to go on learning.",
                "What was learned is kept: make room, then resume.",
            )

    def _resume(self) -> None:
        if not self._folder.checkpoint.exists():
            return
        saved = load_checkpoint(self._folder.checkpoint)
        try:
            self.trainer.load_state_dict(saved["trainer"])
            self._replay = TokenDataset(saved["replay"].numpy().astype(np.uint16), saved["replay_starts"].numpy())
            self._saved_batches = saved["lanes"]
            self._clock.seconds = saved["seconds"]
            self.best_bits = saved["best_bits"]
            self.best = saved["best"]
            self._history = [(seconds, bits) for seconds, bits in saved["history"]]
            self._annealed = saved["eased"]
            self._samples = saved["samples"]
            self._annealing = Annealing(*saved["easing"]) if saved["easing"] else None
            for name, (last, cost) in saved.get("paces", {}).items():  # earlier programs kept none
                self._intervals[name].last = last
                self._intervals[name].cost = cost
        except (KeyError, ValueError, RuntimeError) as error:
            raise TrainingError("The training's checkpoint is of another kind.", "Start the training anew.") from error
