"""The smallest training: a second, and a voice that loads."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from pandemonium.errors import VoiceError
from pandemonium.training.smallest import train_smallest_voice
from pandemonium.voice.file import load_voice


def test_makes_a_voice(prose: str, tmp_path: Path) -> None:
    losses = train_smallest_voice(prose, tmp_path / "tiny.voice", steps=3)
    assert losses[0] == pytest.approx(math.log(280), abs=0.5)
    assert len(losses) == 3
    assert load_voice(tmp_path / "tiny.voice").tokenizer.size == 280


def test_without_room_it_is_a_sentence(prose: str, tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="could not be saved"):
        train_smallest_voice(prose, tmp_path / "missing" / "tiny.voice")
