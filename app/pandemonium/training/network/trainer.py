"""The training step and its guard: knows a model, its optimizers and a batch; nothing of files or screens."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from pandemonium.errors import TrainingError
from pandemonium.training.network.loss import SoftTargets, tied_cross_entropy
from pandemonium.training.network.model import LanguageModel, State, build_model
from pandemonium.training.network.optimizer import build_optimizers
from pandemonium.training.network.parallel import Parallel

CLIP = 1.0
_BAD_STEPS_BEFORE_BACKING_OFF = 3
_DIVERGED = 1.0  # nats above the running mean


def bfloat16_pays(device: torch.device) -> bool:
    """Tells whether `device` multiplies bf16 matrices in hardware (tensor cores, AMX, AVX-512 BF16)."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    if device.type != "cpu":
        return False
    # Without such instructions oneDNN takes bf16 as well, and computes it by way of float32: slower than float32.
    multiplies = torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported() and multiplies)


@dataclass(frozen=True)
class Rates:
    """How fast what learns.

    Attributes:
        rate: AdamW's learning rate.
        matrix_rate: Muon's for the LSTM's matrices; 0 leaves them to AdamW.
        weight_decay: of both.
        average: over how many tokens the averaged weights look back.
        layer_factor: how much slower each layer learns than the one above it.
    """

    rate: float = 2e-3
    matrix_rate: float = 0.02
    weight_decay: float = 0.05
    average: float = 2e6
    layer_factor: float = 1.0


class DivergedError(TrainingError):
    """The loss will not come back to finite numbers."""


@dataclass(frozen=True)
class StepReport:
    """What one step did: the loss in nats a token (NaN where it was skipped) and the gradient's norm."""

    loss: float
    norm: float
    skipped: bool


class Teacher:
    """A trained network that reads what the learning one reads, and says what it expects.

    Attributes:
        share: of each target that is the teacher's, 0 to 1.
    """

    def __init__(self, model: LanguageModel) -> None:
        """Takes a network of the learning one's vocabulary, on its device."""
        self.share = 0.0
        self._model = model.eval().requires_grad_(False)
        # Not in the checkpoint: going on, it reads cold what is left of the texts that it stood in.
        self._state: State | None = None

    @torch.no_grad()
    def expect(self, ids: Tensor, kept: Tensor) -> SoftTargets | None:
        """Reads on.

        Args:
            ids: [length + 1, batch].
            kept: 0 where a sequence begins cold, else 1, [1, batch, 1].

        Returns:
            what it expects at each of the length * batch places; None where its share is 0.
        """
        if not self.share:
            return None
        model = self._model
        state = self._state or model.zero_state(ids.shape[1])
        features, self._state = model(ids[:-1], [(h * kept, c * kept) for h, c in state])
        return SoftTargets(features.flatten(0, 1), model.embedding.weight, model.output_bias, self.share)


class Trainer:
    """Takes one step after the other, keeps averaged weights, and skips what would break them.

    A step whose loss or gradient is not finite, or whose loss has leapt, changes nothing; after three in a
    row the rate is halved and the averaged weights are taken up again.

    Attributes:
        teachers: whose expectations are part of the targets, if anyone's are.
    """

    def __init__(self, model: LanguageModel, rates: Rates, *, batch: int, device: torch.device) -> None:
        self.model = model.to(device)
        self.teachers: list[Teacher] = []
        self.device = device
        self.parallel = Parallel(device)
        self.dtype = torch.bfloat16 if bfloat16_pays(device) else torch.float32
        self.rates = rates
        self.optimizers = self._build_optimizers()
        self.average = {name: t.detach().float().clone() for name, t in self.model.tensors().items()}
        self.tokens = 0
        self.back_off = 1.0
        self._state: State = self.model.zero_state(self.parallel.sequences(batch))
        self._recent: deque[float] = deque(maxlen=50)
        self._bad = 0

    def step(self, window: NDArray[np.int64], fresh: NDArray[np.bool_], factor: float) -> StepReport:
        """Learns from one window.

        Args:
            window: ids [length + 1, batch].
            fresh: sequences that begin cold, [batch].
            factor: of every learning rate.

        Raises:
            DivergedError: the loss will not come back to finite numbers.
        """
        tokens = window[1:].size
        window, fresh = self.parallel.share(window, fresh)
        ids = torch.from_numpy(window).to(self.device)
        kept = torch.from_numpy(~fresh).to(self.device).view(1, -1, 1)
        state = [(h * kept, c * kept) for h, c in self._state]
        with torch.autocast(self.device.type, self.dtype, enabled=self.dtype is torch.bfloat16):
            features, targets, after = self._read(ids, state)
            soft = [found for teacher in self.teachers if (found := teacher.expect(ids, kept)) is not None]
        weight, bias = self.model.embedding.weight, self.model.output_bias
        loss = tied_cross_entropy(features, weight, bias, targets, self.dtype, soft)
        loss.backward()  # type: ignore[no-untyped-call]
        trained = [p for p in self.model.parameters() if p.requires_grad]
        value = float(self.parallel.average(trained, loss.detach()))
        norm = float(torch.nn.utils.clip_grad_norm_(trained, CLIP))
        report = StepReport(value, norm, skipped=not self._is_sound(value, norm))
        if report.skipped:
            self._skip()
        else:
            self._bad = 0
            self._recent.append(value)
            self._state = after
            self.tokens += tokens
            for optimizer in self._active():
                for group in optimizer.param_groups:
                    group["lr"] = group["base_rate"] * factor * self.back_off
                optimizer.step()
            self._update_average(tokens)
        for optimizer in self.optimizers:
            optimizer.zero_grad()
        return report

    def _build_optimizers(self) -> list[torch.optim.Optimizer]:
        return build_optimizers(
            self.model,
            rate=self.rates.rate,
            matrix_rate=self.rates.matrix_rate,
            weight_decay=self.rates.weight_decay,
            dtype=self.dtype,
            layer_factor=self.rates.layer_factor,
        )

    def _active(self) -> list[torch.optim.Optimizer]:
        """The optimizers that take the step."""
        return self.optimizers

    def _read(self, ids: Tensor, state: State) -> tuple[Tensor, Tensor, State]:
        """Reads a window [length + 1, batch]: features [n, embedding], its targets [n], the state."""
        features, after = self.model(ids[:-1], state)
        return features.flatten(0, 1), ids[1:].flatten(), after

    def _is_sound(self, loss: float, norm: float) -> bool:
        if not (math.isfinite(loss) and math.isfinite(norm)):
            return False
        return len(self._recent) < 20 or loss < sum(self._recent) / len(self._recent) + _DIVERGED

    def _skip(self) -> None:
        self._bad += 1
        self._state = [(torch.zeros_like(h), torch.zeros_like(c)) for h, c in self._state]
        if self._bad % _BAD_STEPS_BEFORE_BACKING_OFF:
            return
        if self._bad >= 10 * _BAD_STEPS_BEFORE_BACKING_OFF:
            raise DivergedError(
                "The training diverged and did not recover.", "Resume from the last checkpoint with a smaller rate."
            )
        self.back_off /= 2
        self._recent.clear()
        self.model.load_tensors(self.average)

    @torch.no_grad()
    def _update_average(self, tokens: int) -> None:
        # Grows from the plain mean to an exponential one, so that the first steps are soon forgotten.
        weight = max(tokens / self.rates.average, tokens / (self.tokens + tokens))
        for name, tensor in self.model.tensors().items():
            self.average[name].lerp_(tensor.detach().float(), min(1.0, weight))

    def take_average(self, tensors: dict[str, Tensor]) -> None:
        """Takes over averaged weights from elsewhere, by the names and of the shapes of `Architecture.shapes`."""
        for name, tensor in tensors.items():
            self.average[name].copy_(tensor)

    def state_dict(self) -> dict[str, Any]:
        """Everything that going on exactly needs, tensors on the CPU's or the training's device."""
        return {
            "model": {name: t.detach() for name, t in self.model.tensors().items()},
            "average": self.average,
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "tokens": self.tokens,
            "back_off": self.back_off,
            "state": self._state,
            "recent": list(self._recent),
            "torch_random": torch.get_rng_state(),
        }

    def load_state_dict(self, saved: dict[str, Any]) -> None:
        """Goes on where `saved` was taken; rates, weight decay and batch are those of now, whatever they were then."""
        self.model.load_tensors(saved["model"])
        self.take_average(saved["average"])
        for optimizer, state in zip(self.optimizers, saved["optimizers"], strict=True):
            chosen = [{**group, "params": None} for group in optimizer.param_groups]
            optimizer.load_state_dict(state)
            for group, values in zip(optimizer.param_groups, chosen, strict=True):
                group.update({**values, "params": group["params"]})
        self.tokens = saved["tokens"]
        self.back_off = saved["back_off"]
        self._state = [
            (self._resume_state(own_h, h), self._resume_state(own_c, c))
            for (own_h, own_c), (h, c) in zip(self._state, saved["state"], strict=True)
        ]
        self._recent.extend(saved["recent"])
        torch.set_rng_state(saved["torch_random"])

    @staticmethod
    def _resume_state(own: Tensor, saved: Tensor) -> Tensor:
        """`saved` [1, n, hidden] on the device and for the sequences of `own`; those that it has not begin cold."""
        resumed = torch.zeros_like(own)
        both = min(own.shape[1], saved.shape[1])
        resumed[:, :both] = saved[:, :both]
        return resumed


@torch.no_grad()
def evaluate(model: LanguageModel, documents: list[NDArray[np.uint16]], separator: int) -> tuple[float, int]:
    """Gives (nats, tokens) of documents, each read cold from the separator, in float32 and without dropout.

    Args:
        model: goes back into training if it was.
        documents: the ids of each, [n]; they end with the separator, which is read but not scored.
        separator: its id.

    Returns:
        the nats of all tokens together, and how many these are.
    """
    was_training = model.training
    model.eval()
    device = model.embedding.weight.device
    # All documents side by side, padded: one document alone would be a slow matrix-vector product.
    length = max(len(d) for d in documents) - 1
    ids = np.full((length + 1, len(documents)), separator, dtype=np.int64)
    for column, document in enumerate(documents):
        ids[1 : len(document), column] = document[:-1]
    counts = np.array([len(d) - 1 for d in documents])
    state = model.zero_state(len(documents))
    nats = 0.0
    chunk = 256
    for start in range(0, length, chunk):
        part = torch.from_numpy(ids[start : start + chunk + 1]).to(device)
        features, state = model(part[:-1], state)
        scored = torch.arange(start, start + len(part) - 1, device=device)[:, None] < torch.from_numpy(counts).to(
            device
        )
        logits = model.logits(features[scored])
        nats += float(torch.nn.functional.cross_entropy(logits, part[1:][scored], reduction="sum"))
    model.train(was_training)
    return nats, int(counts.sum())


def average_model(trainer: Trainer) -> LanguageModel:
    """A model of the averaged weights, for evaluation and for the voice."""
    model = build_model(trainer.model.architecture).to(trainer.device)
    model.load_tensors(trainer.average)
    return model.eval()
