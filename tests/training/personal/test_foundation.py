"""Where a training begins: at whichever place between base voice and foundation foresees the pages best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pandemonium.training.personal.foundation import begin_between, find_foundation
from pandemonium.training.personal.start import Start
from pandemonium.voice.file import Voice, file_sha256, quantize_voice, save_voice

Make = Callable[[float], Voice]


@pytest.fixture
def pieces(tiny_voice: Voice, prose: str) -> list[NDArray[np.uint16]]:
    """Held-out text in stretches, the separator behind each."""
    tokenizer = tiny_voice.tokenizer
    parts = [prose[at : at + 400] for at in range(0, 2800, 400)]
    return [np.array([*tokenizer.encode(part), tokenizer.separator], dtype=np.uint16) for part in parts]


@pytest.fixture
def make(tiny_voice: Voice, pieces: list[NDArray[np.uint16]]) -> Make:
    """Voices that know how frequent the pieces are and nothing else; the further from 0, the worse."""
    weights = {name: np.zeros_like(values) for name, values in tiny_voice.dequantize().items()}
    counts = np.bincount(np.concatenate([piece[:-1] for piece in pieces]), minlength=tiny_voice.tokenizer.size)
    fit = np.log(counts + 0.01).astype(np.float32)
    off = np.random.default_rng(1).normal(0, 1, len(fit)).astype(np.float32)

    def voice(distance: float) -> Voice:
        whole = {**weights, "output.bias": fit + distance * off}
        return quantize_voice(f"at {distance}", tiny_voice.architecture, tiny_voice.tokenizer, whole, tiny_voice.card)

    return voice


@pytest.mark.parametrize(
    ("base", "foundation", "share"), [(1, 0, 1.0), (1, -1, 0.5), (3, -1, 0.75), (1, -3, 0.25), (0, 1, 0.0)]
)
def test_begins_where_the_pages_are_foreseen_best(
    make: Make, pieces: list[NDArray[np.uint16]], base: float, foundation: float, share: float
) -> None:
    start = Start.from_voice(make(base))
    told: list[float] = []
    begun = begin_between(start, make(foundation), pieces, told.append)
    assert told == [0.0, 0.2, 0.4, 0.6, 0.8]
    assert begun.share == share
    assert begun.foundation == (f"at {foundation}" if share else "")
    assert begun.base is start.base
    assert begun.weights is not None
    best = make(0).dequantize()
    for name, values in begun.weights.items():
        np.testing.assert_allclose(values, best[name], atol=1e-5)


class TokenDataset:
    """A folder of bundled voices."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, voice: Voice, name: str) -> Path:
        target = self.path / f"{name}.voice"
        save_voice(voice, target)
        return target


@pytest.fixture
def dataset(tmp_path: Path) -> TokenDataset:
    return TokenDataset(tmp_path)


def finished_on(voice: Voice, foundation: str, sha256: str) -> Voice:
    return replace(voice, card=replace(voice.card, foundation=foundation, foundation_sha256=sha256))


def test_finds_the_very_file_that_the_card_names(make: Make, dataset: TokenDataset) -> None:
    sha256 = file_sha256(dataset.add(make(2), "classics"))
    found = find_foundation(finished_on(make(0), "classics", sha256), dataset.path)
    assert found is not None
    assert found.name == "classics"
    assert find_foundation(make(0), dataset.path) is None
    assert find_foundation(finished_on(make(0), "novel", sha256), dataset.path) is None
    assert find_foundation(finished_on(make(0), "classics", "0" * 64), dataset.path) is None


def test_takes_no_file_that_is_broken_or_of_another_kind(make: Make, dataset: TokenDataset, tiny_voice: Voice) -> None:
    broken = dataset.path / "broken.voice"
    broken.write_bytes(b"\x08\0\0\0\0\0\0\0{}")
    assert find_foundation(finished_on(make(0), "broken", file_sha256(broken)), dataset.path) is None
    architecture = replace(tiny_voice.architecture, layers=1)
    weights = {name: tiny_voice.dequantize()[name] for name in architecture.shapes()}
    other = dataset.add(quantize_voice("other", architecture, tiny_voice.tokenizer, weights, tiny_voice.card), "other")
    assert find_foundation(finished_on(make(0), "other", file_sha256(other)), dataset.path) is None
