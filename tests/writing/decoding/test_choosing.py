"""Sequences that take their steps by turns, beside those that take them all together."""

from __future__ import annotations

from typing import Any

import pytest

from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import Continuation, ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.reading_thread import ReadingThread

BEFORE = "I had gone down to the old house by the river, and when I came to the door I heard"
SETTINGS: list[dict[str, Any]] = [
    {"candidates": 8},
    {"candidates": 1, "alternatives": 8},
    {"candidates": 5, "alternatives": 2},
    {"candidates": 8, "banned": ("the", "of a")},
]


def runtime_of(voice: Voice, *, in_turn: bool) -> CpuRuntime:
    runtime = CpuRuntime(voice, threads=1)
    if in_turn:
        runtime.beside = ReadingThread(clock=lambda: 0.0)  # never late
    return runtime


def write(
    continuer: Continuer, seed: int, steps: int | None = None, **values: Any
) -> tuple[tuple[str, ...], Continuation]:
    """What is shown of each alternative, stopped after some steps, and what is said to be the whole."""
    settings = WritingSettings(**{"words": 12, "seed": seed, **values})
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return steps is not None and asked > steps

    writing = continuer.write(ContinueRequest(1, 0, BEFORE, settings=settings), stop)
    shown = [""] * settings.alternatives
    while True:
        try:
            chunk = next(writing)
        except StopIteration as end:
            return tuple(shown), end.value
        shown[chunk.alternative] += chunk.text


@pytest.mark.parametrize("values", SETTINGS)
def test_by_turns_the_same_is_written(tiny_voice: Voice, values: dict[str, Any]) -> None:
    together = Continuer(tiny_voice, runtime_of(tiny_voice, in_turn=False))
    in_turn = Continuer(tiny_voice, runtime_of(tiny_voice, in_turn=True))
    for seed in (1, 2):
        shown, whole = write(in_turn, seed, **values)
        expected, once = write(together, seed, **values)
        assert shown == whole.texts == expected == once.texts
        assert all(shown)


@pytest.mark.parametrize("values", SETTINGS)
def test_stopped_while_the_network_reads_nothing_is_shown_that_would_not_have_been(
    tiny_voice: Voice, values: dict[str, Any]
) -> None:
    in_turn = Continuer(tiny_voice, runtime_of(tiny_voice, in_turn=True))
    expected, _ = write(in_turn, 3, **values)
    for steps in (1, 4, 11):
        shown, whole = write(in_turn, 3, steps, **values)
        assert shown == whole.texts
        for text, entire in zip(shown, expected, strict=True):
            assert entire.startswith(text.rstrip())


def test_who_is_given_one_thread_has_nothing_done_beside(tiny_voice: Voice) -> None:
    assert CpuRuntime(tiny_voice, threads=1).beside is None
