"""What tests of training share: one thread, a small network, token files of a few kilobytes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch

from pandemonium.training.material.tokens import TokenDataset
from pandemonium.voice.architecture import Architecture, PlainArchitecture, ResidualArchitecture


@pytest.fixture(autouse=True)
def repeatable(one_thread: None) -> Iterator[None]:
    """Starts every test from the same random numbers."""
    torch.manual_seed(0)
    return


@pytest.fixture(params=["plain", "residual"])
def network(request: pytest.FixtureRequest) -> Architecture:
    """40 ids, two layers, of each kind."""
    if request.param == "plain":
        return PlainArchitecture(vocabulary=40, embedding=12, hidden=16, layers=2)
    return ResidualArchitecture(vocabulary=40, embedding=12, hidden=16, layers=2, width=20, inner=24)


@pytest.fixture
def dataset() -> TokenDataset:
    """Four documents in which each id is followed by the next one; 39 is the separator."""
    documents = [
        np.append(np.arange(start, start + size) % 39, 39) for start, size in ((0, 300), (5, 150), (9, 7), (20, 90))
    ]
    starts = np.cumsum([0, *(len(each) for each in documents[:-1])])
    return TokenDataset(np.concatenate(documents).astype(np.uint16), starts)
