from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest

from pandemonium.desktop.features.training.child import Measurement, own_command
from pandemonium.errors import TrainingError


def test_the_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_command("train", "--json") == (sys.executable, ["-m", "pandemonium", "train", "--json"])
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command("train") == (sys.executable, ["train"])


@pytest.mark.long
def test_a_measuring_that_fails_is_a_sentence(loop: asyncio.AbstractEventLoop, qapp: Any, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="could not be measured"):
        loop.run_until_complete(Measurement(loop, tmp_path / "gone.voice").run())


def test_it_can_be_cancelled(loop: asyncio.AbstractEventLoop, qapp: Any, small_voice: Path) -> None:
    measurement = Measurement(loop, small_voice)
    measurement.cancel()
    with pytest.raises(asyncio.CancelledError):
        loop.run_until_complete(measurement.run())


@pytest.mark.long
def test_this_machine_is_measured(loop: asyncio.AbstractEventLoop, qapp: Any, small_voice: Path) -> None:
    assert loop.run_until_complete(Measurement(loop, small_voice).run()) > 0
