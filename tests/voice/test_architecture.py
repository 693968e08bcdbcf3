"""The network's shape: what is possible, and how many weights it has."""

from __future__ import annotations

import math
from typing import Any

import pytest

from pandemonium.errors import VoiceError
from pandemonium.voice.architecture import Architecture, PlainArchitecture, ResidualArchitecture

PLAIN = PlainArchitecture(vocabulary=400, embedding=24, hidden=48, layers=3)
RESIDUAL = ResidualArchitecture(vocabulary=400, embedding=24, hidden=48, layers=3, width=32, inner=56)


@pytest.mark.parametrize("architecture", [PLAIN, RESIDUAL], ids=["plain", "residual"])
def test_counts_its_weights_and_comes_back_from_its_fields(architecture: Architecture) -> None:
    assert architecture.weights == sum(math.prod(shape) for shape in architecture.shapes().values())
    assert Architecture.from_dict(architecture.to_dict()) == architecture


def test_the_first_voices_named_no_kind() -> None:
    assert Architecture.from_dict({"vocabulary": 400, "embedding": 24, "hidden": 48, "layers": 3}) == PLAIN


def test_a_kind_from_elsewhere_is_refused() -> None:
    with pytest.raises(VoiceError, match="unknown kind"):
        Architecture.from_dict({**PLAIN.to_dict(), "kind": "transformer"})


def test_the_first_layer_reads_the_embedding_and_the_others_each_other() -> None:
    architecture = PlainArchitecture(vocabulary=400, embedding=24, hidden=48, layers=2)
    assert architecture.shapes()["lstm.0.input"] == (192, 24)
    assert architecture.shapes()["lstm.1.input"] == (192, 48)


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
        PlainArchitecture(**{"vocabulary": 400, "embedding": 24, "hidden": 48, "layers": 2, **change})
