"""The smallest training there is, in a second: shows that an installation can train."""

from __future__ import annotations

import math
from pathlib import Path

import torch

from pandemonium.errors import TrainingError
from pandemonium.training.material.tokens import Batches, pack
from pandemonium.training.network.model import build_model
from pandemonium.training.network.trainer import Rates, Trainer
from pandemonium.voice.architecture import PlainArchitecture
from pandemonium.voice.card import Card
from pandemonium.voice.file import quantize_voice, save_voice
from pandemonium.voice.tokenizer import SubwordTokenizer


def train_smallest_voice(text: str, target: Path, steps: int = 2) -> list[float]:
    """Trains a tiny voice on `text` for a few steps on the CPU and saves it to `target`.

    Returns:
        the loss of each step, in nats a sub-word.

    Raises:
        TrainingError: a loss was no number.
        VoiceError: the voice could not be saved.
    """
    tokenizer = SubwordTokenizer.train([text] * 20, size=280)
    architecture = PlainArchitecture(tokenizer.size, embedding=8, hidden=16, layers=2)
    datasets = {"text": pack([text] * 20, tokenizer)}
    batches = Batches(datasets, separator=tokenizer.separator, batch=2, length=16, windows=4, seed=1)
    trainer = Trainer(build_model(architecture), Rates(), batch=2, device=torch.device("cpu"))
    losses = [trainer.step(*batches.next(), 1.0).loss for _ in range(steps)]
    if not all(map(math.isfinite, losses)):
        raise TrainingError("Training gave no numbers.", "Install PyTorch again.")
    weights = {name: tensor.detach().numpy() for name, tensor in trainer.model.tensors().items()}
    save_voice(quantize_voice(target.stem, architecture, tokenizer, weights, Card(title="Smallest")), target)
    return losses
