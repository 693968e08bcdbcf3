"""The network's shape: what is possible, and how many weights it has."""

from __future__ import annotations

import math
from typing import Any

import pytest

from pandemonium.errors import VoiceError
from pandemonium.voice.architecture import Architecture


def test_counts_its_weights() -> None:
    architecture = Architecture(vocabulary=400, embedding=24, hidden=48, layers=3)
    assert architecture.weights == sum(math.prod(shape) for shape in architecture.shapes().values())


def test_the_first_layer_reads_the_embedding_and_the_others_each_other() -> None:
    architecture = Architecture(vocabulary=400, embedding=24, hidden=48, layers=2)
    assert architecture.shapes()["lstm.0.input"] == (192, 24)
    assert architecture.shapes()["lstm.1.input"] == (192, 48)
    assert Architecture(**architecture.to_dict()) == architecture


@pytest.mark.parametrize(
    "change",
    [
        {"hidden": 0},
        {"hidden": -4},
        {"layers": 17},
        {"vocabulary": 1},
        {"embedding": 9000},
        {"hidden": 4.0},
        {"layers": "2"},
    ],
)
def test_refuses_what_cannot_be(change: dict[str, Any]) -> None:
    with pytest.raises(VoiceError):
        Architecture(**{"vocabulary": 400, "embedding": 24, "hidden": 48, "layers": 2, **change})
