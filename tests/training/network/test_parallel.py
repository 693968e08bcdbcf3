"""Several processes learn exactly what one would: each takes its sequences, gradients are averaged."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from pandemonium.errors import TrainingError
from pandemonium.training.network.parallel import Parallel

CHILD = """
import json, os
import numpy as np, torch
from pandemonium.training.network.model import build_model
from pandemonium.training.material.tokens import Batches, TokenDataset
from pandemonium.training.network import trainer as training
from pandemonium.training.network.trainer import Rates, Trainer
from pandemonium.voice.architecture import PlainArchitecture

torch.set_num_threads(1)
torch.manual_seed(3)
# In bf16, which a processor with AMX would take, half a batch is rounded otherwise than the whole.
training.bfloat16_pays = lambda device: False
network = PlainArchitecture(vocabulary=40, embedding=12, hidden=16, layers=2)
tokens = np.append(np.random.default_rng(5).integers(0, 39, 900), 39).astype(np.uint16)
sequences = Batches({"one": TokenDataset(tokens, np.array([0]))}, separator=39, batch=4, length=12, windows=4, seed=1)
trainer = Trainer(build_model(network), Rates(5e-3, 0.02, 0.05, 500), batch=4, device=torch.device("cpu"))
losses = [trainer.step(*sequences.next(), 1.0).loss for _ in range(12)]
stops = [trainer.parallel.agree(trainer.parallel.rank == 1), trainer.parallel.agree(False)]
weight = trainer.average["projection"].double().sum().item()
print(json.dumps([losses, trainer.tokens, weight, stops, trainer.parallel.writes]), flush=True)
trainer.parallel.agree(False)  # nobody leaves before all have spoken
os._exit(0)  # gloo's own threads now and then abort a process that ends while they are being taken down
"""


def learn(world: int) -> list[list[object]]:
    """What each of `world` processes says of the same twelve steps."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": str(world)}
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3] / "app"), **own}
    children = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", CHILD],
            env={**environment, "RANK": str(rank)},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for rank in range(world)
    ]
    said = []
    for child in children:
        out, error = child.communicate(timeout=600)
        assert child.returncode == 0, error
        said.append(json.loads(out.splitlines()[-1]))
    return said


@pytest.mark.long
def test_two_processes_learn_what_one_does() -> None:
    (alone,) = learn(1)
    two = learn(2)
    for losses, tokens, weight, stops, _ in two:
        assert losses == pytest.approx(alone[0], abs=1e-4)
        assert tokens == alone[1]
        assert weight == pytest.approx(alone[2], abs=1e-2)
        assert stops == [True, False]
    assert [each[-1] for each in two] == [True, False]


def test_lanes_are_dealt_out(monkeypatch: pytest.MonkeyPatch) -> None:
    window = np.arange(12, dtype=np.int64).reshape(3, 4)
    fresh = np.array([True, False, False, True])
    parallel = Parallel(torch.device("cpu"))
    assert parallel.writes
    assert parallel.sequences(4) == 4
    parallel.world = 2
    shares = []
    for parallel.rank in (0, 1):
        shares.append(parallel.share(window, fresh))
    assert np.array_equal(shares[0][0], window[:, ::2])
    assert np.array_equal(shares[1][0], window[:, 1::2])
    assert shares[1][1].tolist() == [False, True]
    assert parallel.sequences(4) == 2
    with pytest.raises(TrainingError, match="cannot be shared by 2 processes"):
        parallel.sequences(5)


def test_alone_nothing_is_exchanged() -> None:
    parallel = Parallel(torch.device("cpu"))
    loss = torch.tensor(2.0)
    assert parallel.average([], loss) is loss
    assert parallel.agree(True)
    assert not parallel.agree(False)
    parallel.close()
