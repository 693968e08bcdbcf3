"""Training: sub-words a second of a personal training's loop, beside a plain `nn.LSTM` loop of the same shape."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pandemonium.benchmark.clock import median_of_each
from pandemonium.voice.file import load_voice
from pandemonium.writing.runtimes.cpu_runtime import physical_cores


def measure_training(path: Path) -> dict[str, float]:
    """Measures with the shape of the voice at `path` and the plan of a personal training; {} without torch."""
    try:
        import torch
    except ImportError:
        return {}
    from pandemonium.training.network.model import build_model
    from pandemonium.training.network.trainer import Trainer
    from pandemonium.training.personal.machine import keep_memory
    from pandemonium.training.personal.planning import Plan

    torch.set_num_threads(physical_cores())
    torch.set_flush_denormal(True)
    keep_memory()
    architecture = load_voice(path).architecture
    random = np.random.default_rng(0)
    plan = Plan()
    window = random.integers(0, architecture.vocabulary, (plan.length + 1, plan.batch))
    fresh = np.zeros(plan.batch, dtype=np.bool_)
    model = build_model(architecture, plan.dropout)
    trainer = Trainer(model, plan.rates, batch=plan.batch, device=torch.device("cpu"))

    class Plain(torch.nn.Module):
        """What a tutorial writes: one nn.LSTM with its own dropout, tied weights, cross_entropy, Adam."""

        def __init__(self) -> None:
            super().__init__()
            self.embedding = torch.nn.Embedding(architecture.vocabulary, architecture.embedding)
            self.lstm = torch.nn.LSTM(architecture.embedding, architecture.hidden, architecture.layers, dropout=0.2)
            self.projection = torch.nn.Linear(architecture.hidden, architecture.embedding)

        def forward(self, ids: torch.Tensor) -> torch.Tensor:
            features: torch.Tensor = self.projection(self.lstm(self.embedding(ids))[0])
            return features @ self.embedding.weight.T

    plain = Plain()
    optimizer = torch.optim.Adam(plain.parameters(), 1e-3)
    ids = torch.from_numpy(window)

    def plain_step() -> None:
        optimizer.zero_grad()
        logits = plain(ids[:-1])
        torch.nn.functional.cross_entropy(logits.flatten(0, 1), ids[1:].flatten()).backward()  # type: ignore[no-untyped-call]
        optimizer.step()

    times = median_of_each(
        {"ours": lambda: trainer.step(window, fresh, 1.0), "theirs": plain_step}, seconds=8.0, least=3
    )
    tokens = plan.batch * plan.length
    return {
        "tokens_per_second": tokens / times["ours"],
        "plain_lstm_tokens_per_second": tokens / times["theirs"],
    }
