"""Tuning a new voice's words: within its time, told as it goes, and ended when it is asked."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from pandemonium.training.personal import tuning
from pandemonium.training.personal.tuning import LEAST_SECONDS, MOST_SECONDS, tune, tuning_seconds
from pandemonium.voice.file import Voice
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.sampling import balance
from pandemonium.writing.sampling.balance import find_balance


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds of seven steps; the first seven are the voice's free writing."""
    monkeypatch.setattr(balance, "_WARM_UP", 4)
    monkeypatch.setattr(balance, "STEPS", 3)
    monkeypatch.setattr(balance, "SEQUENCES", 8)
    monkeypatch.setattr(tuning, "ROUNDS", 3)


def run(voice: Voice, prose: str, **options: Any) -> np.ndarray:
    return tune(CpuRuntime(voice, 1), voice.tokenizer, [prose], **options)


def test_a_fair_share_of_the_learning() -> None:
    assert tuning_seconds(0) == LEAST_SECONDS
    assert tuning_seconds(5 * 60) <= 0.1 * 5 * 60
    assert tuning_seconds(20 * 60) <= MOST_SECONDS == tuning_seconds(600 * 60)


def test_with_time_enough_it_is_the_whole_search(tiny_voice: Voice, prose: str) -> None:
    shares: list[float] = []
    ticks = itertools.count()
    found = run(tiny_voice, prose, seconds=1e9, on_share=shares.append, clock=lambda: float(next(ticks)))
    assert np.array_equal(found, find_balance(CpuRuntime(tiny_voice, 1), tiny_voice.tokenizer, [prose], rounds=3))
    assert shares == sorted(shares)
    assert shares[0] < 0.01
    assert 0.9 < shares[-1] <= 1.0


@pytest.mark.parametrize("ended_by", ["time", "stop"])
def test_what_the_whole_rounds_found_is_kept(tiny_voice: Voice, prose: str, ended_by: str) -> None:
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return ended_by == "stop" and asked > 17  # in the midst of the second round

    ticks = itertools.count()
    seconds = 1e9 if ended_by == "stop" else 18.0
    found = run(tiny_voice, prose, seconds=seconds, stop=stop, clock=lambda: float(next(ticks)))
    one = find_balance(CpuRuntime(tiny_voice, 1), tiny_voice.tokenizer, [prose], rounds=1)
    assert found.any()
    assert np.corrcoef(found, one)[0, 1] > 0.95  # one round alone is damped otherwise, and so cut otherwise
    assert asked < 20


def test_stopped_at_once_it_leaves_the_base_voices_balance(tiny_voice: Voice, prose: str) -> None:
    begin = np.full(tiny_voice.tokenizer.size, -0.25, dtype=np.float32)
    assert np.array_equal(run(tiny_voice, prose, seconds=9.0, begin=begin, stop=lambda: True), begin)
    assert not run(tiny_voice, prose, seconds=9.0, stop=lambda: True).any()
