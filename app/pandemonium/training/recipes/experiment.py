"""Networks of which no voice can be made, trained to show why: bidirectional ones, GRUs, and whole blocks at once."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from pandemonium.errors import TrainingError
from pandemonium.text.words import WordList, real_share, words_of
from pandemonium.training.material.tokens import Batches, pack
from pandemonium.training.network.interval import Interval
from pandemonium.training.network.trainer import CLIP, DivergedError, StepReport
from pandemonium.training.network.training_loop import After, Before, Every, LearningClock, run_steps
from pandemonium.training.reading.splitting import split
from pandemonium.training.recipe import Recipe
from pandemonium.training.recipes.plan import RecipePlan
from pandemonium.training.recipes.recipe_trainer import build_phases
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.voice.units import train_tokenizer

Event = Callable[[dict[str, Any]], None]
_ASKED = 64  # windows of held-out text, times 32
_REPORT_SECONDS = 5.0
_SAMPLE = 300  # pieces


@dataclass(frozen=True)
class Outcome:
    """What an experiment came to; all figures on held-out text.

    Attributes:
        recipe: its name.
        minutes: of training.
        as_trained: share of the pieces foreseen, asked as it was trained.
        as_writer: share foreseen with nothing behind the place that is to be written, as a voice would have to.
        bits_as_trained: information of a piece, in bits, asked as it was trained.
        bits_as_writer: likewise, as a voice would have to.
        real_words: share of the words that it writes which stand in the dictionary.
        sample: what it writes.
        sentence: what that shows.
    """

    recipe: str
    minutes: float
    as_trained: float
    as_writer: float
    bits_as_trained: float
    bits_as_writer: float
    real_words: float
    sample: str
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self)


class ExperimentNetwork(nn.Module):
    """Embedding, recurrent layers of the recipe's cell, and an output layer of its own."""

    def __init__(self, recipe: Recipe, vocabulary: int) -> None:
        super().__init__()
        net = recipe.network
        self.embedding = nn.Embedding(vocabulary, net.embedding)
        both = net.cell == "bidirectional"
        kind = nn.GRU if net.cell == "gru" else nn.LSTM
        dropout = recipe.training.dropout if net.layers > 1 else 0.0
        self.cells = kind(net.embedding, net.width, net.layers, bidirectional=both, dropout=dropout)
        self.output = nn.Linear(net.width * (1 + both), vocabulary)

    def forward(self, ids: Tensor) -> Tensor:
        """Reads windows [time, batch] from nothing; gives logits [time, batch, vocabulary]."""
        result: Tensor = self.output(self.cells(self.embedding(ids))[0])
        return result


def run_experiment(
    recipe: Recipe,
    documents: list[tuple[str, str]],
    minutes: float,
    known: WordList,
    *,
    seed: int = 1,
    threads: int = 1,
    on_event: Event = lambda event: None,
    now: Callable[[], float] = time.monotonic,
) -> Outcome:
    """Trains the recipe's network for `minutes` and asks it as it was trained, and as a voice would be asked.

    Args:
        recipe: with a cell or a framing of which no voice comes.
        documents: (name, canonical prose).
        minutes: to learn.
        known: lower-cased words of the dictionary.
        seed: of every draw.
        threads: of the processor.
        on_event: hears how it goes on.
        now: seconds, from any moment on, that the minutes are counted by.

    Raises:
        TrainingError: there is too little text, no time, or the loss is no number any more.
    """
    plan = RecipePlan.of(recipe, minutes)
    if not plan.minutes:
        raise TrainingError("An experiment needs a time.", "Give it some --minutes.")
    parts = split(documents, seed)
    tokenizer = train_tokenizer((text for _, text in parts.train), recipe.network.unit, recipe.network.vocabulary)
    reach = 2 if recipe.training.framing == "blocks" else 1
    batches, held = (
        Batches(
            {"own": pack((text for _, text in texts), tokenizer)},
            separator=tokenizer.separator,
            batch=batch,
            length=plan.length * reach,
            windows=1,
            seed=seed,
        )
        for texts, batch in ((parts.train, plan.batch), (parts.development + parts.test, 32))
    )
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    network = ExperimentNetwork(recipe, tokenizer.size)
    _learn(network, recipe, plan, batches, on_event, LearningClock(now))
    network.eval()
    trained, writer = _ask(network, recipe, held)
    sample = _write(network, recipe, held, tokenizer, seed)
    real, _ = real_share(words_of(sample), known)
    return Outcome(
        recipe=recipe.name,
        minutes=round(minutes, 2),
        as_trained=round(trained[0], 4),
        as_writer=round(writer[0], 4),
        bits_as_trained=round(trained[1], 4),
        bits_as_writer=round(writer[1], 4),
        real_words=round(real, 4),
        sample=sample,
        sentence=_sentence(recipe, trained[0], writer[0]),
    )


def _split_window(recipe: Recipe, window: np.ndarray) -> tuple[Tensor, Tensor]:
    """What is read of a window [n + 1, batch], and what is to be foreseen from it, position by position."""
    ids = torch.from_numpy(window)
    if recipe.training.framing == "blocks":
        half = (len(ids) - 1) // 2
        return ids[:half], ids[half : 2 * half]
    return ids[:-1], ids[1:]


def _learn(
    network: ExperimentNetwork,
    recipe: Recipe,
    plan: RecipePlan,
    batches: Batches,
    on_event: Event,
    clock: LearningClock,
) -> None:
    weights = list(network.parameters())
    optimizers = build_phases(weights, recipe.phases, recipe.training.weight_decay)
    bits: list[float] = []

    def step() -> StepReport:
        index, factor = plan.phase(clock.seconds)
        inputs, targets = _split_window(recipe, batches.next()[0])
        loss = nn.functional.cross_entropy(network(inputs).flatten(0, 1), targets.flatten())
        if not math.isfinite(value := float(loss.detach())):
            raise DivergedError("The loss is no number any more.", "Lower the recipe's rate.")
        optimizer = optimizers[index]
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        norm = float(nn.utils.clip_grad_norm_(weights, CLIP))
        for group in optimizer.param_groups:
            group["lr"] = group["base_rate"] * factor
        optimizer.step()
        return StepReport(value, norm, skipped=False)

    def report() -> None:
        told = {"seconds": round(clock.seconds, 1), "bits_per_piece": round(float(np.mean(bits)), 4)}
        on_event({"event": "progress", "phase": "experiment", **told})
        bits.clear()

    callbacks = (
        Before(lambda: "done" if clock.seconds >= 60 * plan.minutes else ""),
        After(lambda step: bits.append(step.loss / math.log(2))),
        Every(Interval(_REPORT_SECONDS), lambda: clock.seconds, report),
    )
    run_steps(step, clock, callbacks)


@torch.no_grad()
def _ask(network: ExperimentNetwork, recipe: Recipe, held: Batches) -> tuple[tuple[float, float], tuple[float, float]]:
    """(accuracy, bits) as trained, at every position, and as a writer, at the last one before nothing."""
    found: list[list[tuple[float, float]]] = [[], []]
    for _ in range(_ASKED):
        inputs, targets = _split_window(recipe, held.next()[0])
        logits = network(inputs)
        pairs = [(logits.flatten(0, 1), targets.flatten())]
        if recipe.training.framing == "blocks":
            # The piece right behind the block that was read: its first output has seen one piece of it.
            pairs.append((logits[0], targets[0]))
        else:
            pairs.append((logits[-1], targets[-1]))
        for place, (rows, wanted) in zip(found, pairs, strict=True):
            right = float((rows.argmax(-1) == wanted).float().mean())
            place.append((right, float(nn.functional.cross_entropy(rows, wanted)) / math.log(2)))
    trained, writer = (np.mean(each, axis=0) for each in found)
    return (float(trained[0]), float(trained[1])), (float(writer[0]), float(writer[1]))


@torch.no_grad()
def _write(network: ExperimentNetwork, recipe: Recipe, held: Batches, tokenizer: SubwordTokenizer, seed: int) -> str:
    """Lets the network write: block by block, or piece by piece with the window before it."""
    random = torch.Generator().manual_seed(seed)
    length = recipe.training.window
    written: list[int] = [int(i) for i in held.next()[0][:length, 0]]
    start = len(written)
    while len(written) < start + _SAMPLE:
        logits = network(torch.tensor(written[-length:])[:, None])[:, 0] / recipe.sampling.temperature
        logits[:, tokenizer.separator] = -math.inf
        rows = logits if recipe.training.framing == "blocks" else logits[-1:]
        written += torch.multinomial(rows.softmax(-1), 1, generator=random)[:, 0].tolist()
    return tokenizer.decode(written[start:])


def _sentence(recipe: Recipe, trained: float, writer: float) -> str:
    if recipe.network.cell == "bidirectional":
        return (
            f"Reading both ways it foresees {trained:.1%} of the pieces, because it has seen them already; at the end "
            f"of what is written, where nothing follows, it foresees {writer:.1%}."
        )
    if recipe.training.framing == "blocks":
        return (
            f"It foresees {trained:.1%} of the pieces of the next block, since each is guessed without the one before "
            "it: frequent letters, and words only by chance."
        )
    return f"It foresees {trained:.1%} of the next pieces after the same minutes as the LSTM of its recipe."
