"""Voices of any tokenizer, with random weights; and the way to the browser's driver."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pandemonium.voice.architecture import PlainArchitecture
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice, quantize_voice
from pandemonium.voice.tokenizer import SubwordTokenizer

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def make_voice() -> Callable[[SubwordTokenizer], Voice]:
    """Makes a small voice of a tokenizer; it knows nothing, but is whole."""

    def make(tokenizer: SubwordTokenizer) -> Voice:
        architecture = PlainArchitecture(vocabulary=tokenizer.size, embedding=24, hidden=48, layers=2)
        random = np.random.default_rng(11)
        weights = {
            name: random.normal(0, 0.5, shape).astype(np.float32) for name, shape in architecture.shapes().items()
        }
        return quantize_voice("any", architecture, tokenizer, weights, Card(title="Any", licence="MIT"))

    return make
