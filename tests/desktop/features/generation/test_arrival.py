"""Prose arrives whole and in order, at once or paced, and the timer rests when nothing is held."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from pandemonium.desktop.features.generation.arrival import PACES, Arrival
from pandemonium.settings import PanelSettings


@pytest.fixture
def painted() -> list[str]:
    return []


@pytest.fixture
def arrival(loop: asyncio.AbstractEventLoop, painted: list[str]) -> Arrival:
    return Arrival(loop, painted.append)


def rests(arrival: Arrival) -> bool:
    return not any(timer.isActive() for timer in arrival.findChildren(QTimer))


def test_every_pace_can_be_set() -> None:
    for name in PACES:
        assert PanelSettings(arrival=name).arrival == name


def test_at_once_paints_the_first_chunk_now_and_the_rest_by_frames(
    arrival: Arrival, painted: list[str], qtbot: Any
) -> None:
    arrival.set_pace("at once")
    for chunk in ("one ", "two ", "three "):
        arrival.add(chunk)
    assert painted == ["one "]
    qtbot.waitUntil(lambda: rests(arrival))
    assert painted == ["one ", "two three "]


def test_reading_pace_holds_back_and_loses_nothing(arrival: Arrival, painted: list[str], qtbot: Any) -> None:
    arrival.set_pace("reading")
    arrival.add("\U0001f600abcdefg".encode("utf-16-le").decode("utf-16-le"))
    assert len("".join(painted)) <= 2
    qtbot.waitUntil(lambda: rests(arrival), timeout=5000)
    assert "".join(painted) == "\U0001f600abcdefg"
    assert len(painted) > 2


def test_a_pair_is_not_cut(arrival: Arrival, painted: list[str], qtbot: Any) -> None:
    arrival.set_pace("reading")
    arrival.add("\ud83d\ude00" * 3)
    qtbot.waitUntil(lambda: rests(arrival), timeout=5000)
    # However many come at once, where the machine is busy.
    assert all(each == "\ud83d\ude00" * (len(each) // 2) for each in painted)
    assert "".join(painted) == "\ud83d\ude00" * 3


def test_dropping_forgets_the_rest_and_lets_go_of_who_waits(
    arrival: Arrival, painted: list[str], loop: asyncio.AbstractEventLoop, qtbot: Any
) -> None:
    arrival.set_pace("reading")
    arrival.add("a long sentence that is never painted whole")
    waiting = loop.create_task(arrival.drained())
    qtbot.wait(80)
    assert not waiting.done()
    arrival.drop()
    assert rests(arrival)
    qtbot.waitUntil(waiting.done)
    assert len("".join(painted)) < 20
