"""One part of a base voice's training: goes on from its checkpoint, learns, evaluates, writes the voice."""

from __future__ import annotations

import json
import math
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from pandemonium import __version__, paths
from pandemonium.errors import TrainingError
from pandemonium.text.words import WORDS, WordList
from pandemonium.training.material.tokens import Batches, TokenDataset, Tokens, read_token_file
from pandemonium.training.network.checkpoint import load_checkpoint, save_checkpoint
from pandemonium.training.network.interval import Interval
from pandemonium.training.network.model import LanguageModel, build_model
from pandemonium.training.network.trainer import Rates, StepReport, Teacher, Trainer, average_model, evaluate
from pandemonium.training.network.training_loop import After, Before, Callback, Every, LearningClock, run_steps
from pandemonium.voice.architecture import PlainArchitecture, ResidualArchitecture
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice, file_sha256, load_voice, quantize_voice, save_voice
from pandemonium.voice.profile import StyleProfile
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.sampling.balance import find_balance
from tools.judge import fit_judge, read_examples
from tools.marked import find_texts, read_marked
from tools.train_base.recipe import Recipe
from tools.train_base.schedule import Stage
from tools.train_base.warm_start import residual_from_plain
from tools.train_base.weights import read_weights

TOKENS = "tokens.npz"
CHECKPOINT = "{part}.checkpoint"
VOICES = {"main": "lovecraft", "foundation": "classics", "finish": "lovecraft"}  # whose card the part's voice has
AUTHOR = (
    "lovecraft"  # the dataset that a finished voice's profile is made of; the foundation's is made of a draw of all
)
_DRAWN_TOKENS = 2_000_000
_SAVE_SECONDS = 180.0
_REPORT_TOKENS = 250_000
_EVALUATE_TOKENS = 250_000
_EVALUATE_SECONDS = 60.0
_FITTING_LENGTH = 768  # tokens a stretch
_FITTING_STRETCHES = 8  # a dataset


@dataclass
class EveryTokens(Callback):
    """Does something behind each step that takes the sub-words learned from over a multiple of `every`."""

    every: int
    tokens: Callable[[], int]
    do: Callable[[], object]
    before: int = 0

    def before_step(self) -> str:
        """Counts them."""
        self.before = self.tokens()
        return ""

    def after_step(self, report: StepReport) -> str:
        """Does it if it is due."""
        if self.before // self.every != self.tokens() // self.every:
            self.do()
        return ""


def choose_documents(dataset: TokenDataset, tokens: int, seed: int) -> TokenDataset:
    """Gives whole documents of `dataset`, drawn at random, of about `tokens` altogether."""
    order = np.random.default_rng(seed).permutation(len(dataset.starts))
    parts: list[Tokens] = []
    total = 0
    for index in order:
        document = dataset.document(int(index))
        if total + len(document) > tokens * 1.02:
            continue
        parts.append(document)
        total += len(document)
    starts = np.cumsum([0, *map(len, parts)])[:-1]
    return TokenDataset(np.concatenate([np.zeros(0, dtype=np.uint16), *parts]), starts.astype(np.int64))


class BaseTraining:
    """One part of a recipe, "main", "foundation" or "finish", going on from its checkpoint if there is one."""

    def __init__(
        self,
        work: Path,
        recipe: Recipe,
        part: str,
        device: torch.device,
        *,
        resume: bool = True,
        start: Voice | None = None,
        teachers: Sequence[Voice] = (),
    ) -> None:
        """Takes up the part where its checkpoint stands.

        Args:
            work: the folder with the token file and the checkpoints.
            recipe: network, rates and stages.
            part: of the recipe.
            device: what to train on.
            resume: False leaves every checkpoint alone.
            start: what the main part begins with where it has no checkpoint; of the recipe's shape and the token
                file's tokenizer.
            teachers: whose expectations, each in equal parts, the stages that name a share of them learn from; of the
                token file's tokenizer.

        Raises:
            TrainingError: token file, recipe or voice do not fit each other.
        """
        self.work = work
        self.recipe = recipe
        self.part = part
        datasets, self.header = read_token_file(work / TOKENS)
        if self.header["vocabulary"] != recipe.network.vocabulary:
            raise TrainingError(
                f"The token file in {work} has {self.header['vocabulary']} pieces, "
                f"the recipe {recipe.network.vocabulary}.",
                "Use another --work folder.",
            )
        self._closed = {name: datasets.pop(name) for name in ("dev", "test")}
        self._datasets = datasets
        self.tokenizer = SubwordTokenizer(self.header["tokenizer"])
        t = recipe.training
        torch.manual_seed(1)
        self.schedule = recipe.parts[part]
        self.batches = Batches(
            datasets,
            separator=self.tokenizer.separator,
            batch=t["batch"],
            length=t["length"],
            windows=t["windows"],
            seed=1,
        )
        rates = Rates(t["rate"], t["matrix_rate"], t["weight_decay"], t["average"])
        self.trainer = Trainer(build_model(recipe.network), rates, batch=t["batch"], device=device)
        self.trainer.teachers = [Teacher(self._model_of(voice).to(device)) for voice in teachers]
        self.started_at = 0  # tokens that the trainer had seen where this part began
        self._clock = LearningClock()
        self._earlier = 0  # tokens that the voice it began with had been learned from
        self._trained_on = ""
        if resume:
            self._resume(start)

    @property
    def checkpoint(self) -> Path:
        """This part's file."""
        return self.work / CHECKPOINT.format(part=self.part)

    @property
    def seconds(self) -> float:
        """Of learning, all parts and processes before this one included."""
        return self._clock.seconds

    @property
    def tokens(self) -> int:
        """Sub-words learned from in this part."""
        return self.trainer.tokens - self.started_at

    @property
    def _learned(self) -> int:
        """Sub-words that the weights were learned from."""
        return self._earlier + self.trainer.tokens

    def _resume(self, start: Voice | None) -> None:
        if self.checkpoint.exists():
            saved = load_checkpoint(self.checkpoint)
            self.started_at = saved["started_at"]
            stage, _ = self.schedule.at(saved["trainer"]["tokens"] - self.started_at)
            self._begin_stage(stage)
            self.batches.restore(saved["lanes"])
        elif self.part != "main":
            saved = load_checkpoint(self.work / CHECKPOINT.format(part="main"))
            self.started_at = saved["trainer"]["tokens"]
        elif start is not None:
            self._begin_with(start)
            return
        else:
            return
        self.trainer.load_state_dict(saved["trainer"])
        self._clock.seconds = saved["seconds"]
        self._earlier = saved.get("earlier", 0)
        say(f"going on with {self.part} at {self.trainer.tokens:,} sub-words")

    def _begin_with(self, voice: Voice) -> None:
        weights = {name: torch.from_numpy(values) for name, values in voice.dequantize().items()}
        network = self.recipe.network
        if isinstance(voice.architecture, PlainArchitecture) and isinstance(network, ResidualArchitecture):
            weights = residual_from_plain(weights, voice.architecture, network, self._fitting_text())
        else:
            self._check_shape(voice)
        self.trainer.model.load_tensors(weights)
        self.trainer.take_average(weights)
        self._clock.seconds = 3600 * voice.card.hours
        self._earlier = voice.card.tokens
        say(f"beginning with {voice.name}, which has learned from {self._earlier:,} sub-words")

    def _check_shape(self, voice: Voice) -> None:
        if voice.architecture != self.recipe.network or voice.tokenizer.definition != self.tokenizer.definition:
            raise TrainingError(
                f"The voice {voice.name} has another shape or other pieces than the recipe and the token file.",
                "Use an empty --work folder and the recipe that the voice was made by.",
            )

    def merge(self, voice: Voice, share: float) -> None:
        """Moves the averaged weights towards those of a voice that this part began from, or that began where it did.

        Networks on two ways from one beginning lie in one valley, and between them it is mostly lower than at either
        (Izmailov et al. 2018, Averaging Weights Leads to Wider Optima; Wortsman et al. 2022, Model Soups).

        Args:
            voice: of the recipe's shape and the token file's tokenizer.
            share: the voice's part of what comes out, 0 to 1.

        Raises:
            TrainingError: the voice does not fit.
        """
        self._check_shape(voice)
        for name, values in voice.dequantize().items():
            self.trainer.average[name].lerp_(torch.from_numpy(values).to(self.trainer.device), share)
        self.trainer.model.load_tensors(self.trainer.average)

    def _model_of(self, voice: Voice) -> LanguageModel:
        if voice.tokenizer.definition != self.tokenizer.definition:
            raise TrainingError(
                f"The voice {voice.name} has other tokens than the token file, and can teach nothing of it.",
                "Name another --teacher.",
            )
        model = build_model(voice.architecture)
        model.load_arrays(voice.dequantize())
        return model

    def _fitting_text(self) -> NDArray[np.int64]:
        """Stretches from all over the datasets, ids [time, batch], to fit a new network to an old one on."""
        random = np.random.default_rng(1)
        columns: list[NDArray[np.int64]] = []
        for dataset in self._datasets.values():
            # A small corpus has fewer stretches than were asked for, never none.
            length = min(_FITTING_LENGTH, len(dataset.tokens) - 1)
            for start in random.integers(0, len(dataset.tokens) - length, _FITTING_STRETCHES):
                columns.append(dataset.tokens[start : start + length].astype(np.int64))
        length = min(map(len, columns))
        return np.stack([column[:length] for column in columns], axis=1)

    def save(self) -> None:
        """Writes the checkpoint; of several processes the first does."""
        if not self.trainer.parallel.writes:
            return
        save_checkpoint(
            self.checkpoint,
            {
                "trainer": self.trainer.state_dict(),
                "lanes": self.batches.state(),
                "started_at": self.started_at,
                "seconds": self.seconds,
                "earlier": self._earlier,
            },
        )

    def run(self, minutes: float, *, by_minutes: bool = False) -> None:
        """Learns until the part is done, `minutes` are over, or the process is asked to stop; then saves.

        With `by_minutes` the part's stages take their shares of the minutes, however many tokens those bring.

        Raises:
            TrainingError: a stage learns from a teacher, and there is none.
        """
        if not self.trainer.teachers and any(stage.teacher for stage in self.schedule.stages):
            raise TrainingError("The recipe's stages learn from a teacher.", "Name its voice with --teacher.")
        stop = False

        def ask_to_stop(*_: object) -> None:
            nonlocal stop
            stop = True

        signal.signal(signal.SIGTERM, ask_to_stop)
        signal.signal(signal.SIGINT, ask_to_stop)
        warm_up = self.recipe.training["warm_up"]
        clock = self._clock
        begun = time.monotonic()
        end = begun + 60 * minutes
        begun_at = self.tokens
        evaluating = Interval(_EVALUATE_SECONDS, last=-math.inf)
        losses: list[float] = []
        stage, factor = self.schedule.at(begun_at)

        def place() -> int:
            if not by_minutes:
                return self.tokens
            share = min(1.0, (time.monotonic() - begun) / (60 * minutes))
            return begun_at + int(share * (self.schedule.tokens - begun_at))

        def step() -> StepReport:
            nonlocal stage, factor
            warm = min(1.0, (self.trainer.tokens + 1) / warm_up)
            stage, factor = self.schedule.at(place())
            return self._step(stage, factor * warm)

        def report() -> None:
            say(
                f"{stage.name} {self.trainer.tokens:,} sub-words, {self.seconds / 60:.1f} min, "
                f"{self.trainer.tokens / self.seconds:,.0f}/s, loss {np.mean(losses):.3f}, factor {factor:.3f}"
            )
            losses.clear()

        def judge() -> None:
            if evaluating.is_due(clock.last):
                say(f"dev {self.bits_per_character('dev'):.4f} bits per character")
                clock.skip()
                evaluating.done(clock.last, clock.last)

        def save() -> None:
            self.save()
            clock.skip()

        def is_asked() -> bool:
            return self.trainer.parallel.agree(stop or time.monotonic() > end)

        callbacks = (
            Before(lambda: "done" if self.tokens >= self.schedule.tokens else ""),
            Before(lambda: "stopped" if is_asked() else ""),
            After(lambda step: losses.append(step.loss)),
            EveryTokens(_REPORT_TOKENS, lambda: self.trainer.tokens, report),
            EveryTokens(_EVALUATE_TOKENS, lambda: self.trainer.tokens, judge),
            Every(Interval(_SAVE_SECONDS, last=begun), lambda: clock.last, save),
        )
        run_steps(step, clock, callbacks)
        self.save()

    def trial(self, tokens: int, label: str) -> None:
        """Learns from `tokens` sub-words in the recipe's main mixture, the rate falling to nothing over the second
        half, and prints what that gives on dev: a small budget to compare changes of the recipe by."""
        stage = self.schedule.stages[0]
        warm_up = min(tokens / 6, float(self.recipe.training["warm_up"]))

        def step() -> StepReport:
            done = self.trainer.tokens / tokens
            return self._step(stage, min(1.0, (self.trainer.tokens + 1) / warm_up, max(0.02, 2 - 2 * done)))

        run_steps(step, self._clock, [Before(lambda: "done" if self.trainer.tokens >= tokens else "")])
        model = average_model(self.trainer) if self.recipe.training["average"] < tokens / 10 else self.trainer.model
        bits = self.bits_per_character("dev", model)
        print(
            f"{bits:.4f} bits per character on dev, {self.recipe.network.weights / 1e6:.1f} M weights, "
            f"{self.trainer.tokens:,} sub-words in {self.seconds:.0f} s: {label or 'the recipe as it stands'}",
            flush=True,
        )

    def _begin_stage(self, stage: Stage) -> None:
        self.batches.weights = stage.mixture
        self.batches.length = stage.length or self.recipe.training["length"]
        self.trainer.model.dropout = stage.dropout
        for teacher in self.trainer.teachers:
            teacher.share = stage.teacher / len(self.trainer.teachers)

    def _step(self, stage: Stage, factor: float) -> StepReport:
        self._begin_stage(stage)
        return self.trainer.step(*self.batches.next(), factor)

    def bits_per_character(self, part: str, model: LanguageModel | None = None) -> float:
        """The averaged weights' bits per character of the original text on `part` ("dev" or "test")."""
        dataset: TokenDataset = self._closed[part]
        documents = [dataset.document(i) for i in range(len(dataset.starts))]
        nats, _ = evaluate(model or average_model(self.trainer), documents, self.tokenizer.separator)
        return nats / math.log(2) / int(self.header["characters"][part])

    def facts(self) -> dict[str, str]:
        """What a card says of the training, to travel with its weights."""
        return {"seconds": str(self.seconds), "tokens": str(self._learned), "device": self._device_name()}

    def take_weights(self, folder: Path) -> None:
        """Takes over averaged weights, and what a card says of them, from another machine."""
        weights, facts = read_weights(folder)
        self.trainer.take_average(weights)
        self._clock.seconds = float(facts["seconds"])
        self.trainer.tokens = int(facts["tokens"])
        self._trained_on = facts["device"]

    def _device_name(self) -> str:
        device = self.trainer.device
        name = (
            torch.cuda.get_device_name(device) if device.type == "cuda" else f"CPU, {torch.get_num_threads()} threads"
        )
        return self._trained_on or name

    def write_voice(self, path: Path, foundation: Path | None = None) -> None:
        """Writes the averaged weights as an int8 voice with its card, which names the voice file `foundation`.

        Raises:
            VoiceError: `foundation` is no sound voice.
        """
        weights = {name: tensor.detach().cpu().numpy() for name, tensor in self.trainer.average.items()}
        voice = quantize_voice(path.stem, self.recipe.network, self.tokenizer, weights, Card(title="Lovecraft"))
        quantized = self._model_of(voice)
        figures = {
            (part, kind): self.bits_per_character(part, model)
            for part in ("dev", "test")
            for kind, model in (("float", None), ("int8", quantized.eval()))
        }
        for (part, kind), bits in figures.items():
            say(f"{part}: {bits:.4f} bits per character, weights in {kind}")
        card = self._card(figures["test", "int8"])
        if foundation is not None:
            card = replace(card, foundation=load_voice(foundation).name, foundation_sha256=file_sha256(foundation))
        texts = self._texts()
        profile = StyleProfile.of(texts, WordList.read(paths.resources() / WORDS))
        runtime = CpuRuntime(voice)
        balance = find_balance(runtime, self.tokenizer, texts)
        places = find_texts(read_marked(), self._datasets, self.tokenizer)
        judge = fit_judge(list(read_examples(runtime, self.tokenizer, places)))
        if judge is not None:
            voice = replace(voice, judge=judge.tensors)
        save_voice(replace(voice, card=card, profile=profile, balance=balance), path)
        say(f"wrote {path}")

    def _texts(self) -> list[str]:
        """What the voice's profile and balance are made of."""
        datasets = [self._datasets[AUTHOR]]
        if self.part == "foundation":
            total = sum(len(dataset.tokens) for dataset in self._datasets.values())
            shares = (
                (dataset, len(dataset.tokens) * min(1.0, _DRAWN_TOKENS / total)) for dataset in self._datasets.values()
            )
            datasets = [choose_documents(dataset, int(tokens), seed=1) for dataset, tokens in shares]
        return [self.tokenizer.decode(dataset.document(i)) for dataset in datasets for i in range(len(dataset.starts))]

    def _card(self, bits: float) -> Card:
        file = paths.resources() / "recipes" / f"{VOICES[self.part]}-card.json"
        description = json.loads(file.read_text("utf-8"))
        return Card(
            **description,
            characters=sum(self.header["trained_characters"].values()),
            bits_per_character=round(bits, 4),
            trained_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            program=__version__,
            device=self._device_name(),
            hours=round(self.seconds / 3600, 2),
            tokens=self._learned,
            recipe={**self.recipe.training, "weights": self.recipe.network.weights},
        )


def say(text: str) -> None:
    """Reports on standard error, at once."""
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)
