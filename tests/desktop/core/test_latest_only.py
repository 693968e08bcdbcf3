"""Of what is asked beside the window only the newest is answered."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from pandemonium.desktop.core.latest_only import LatestOnlyWorker
from pandemonium.errors import PandemoniumError


@pytest.fixture
def beside(loop: asyncio.AbstractEventLoop) -> Iterator[LatestOnlyWorker]:
    made = LatestOnlyWorker(loop, "test")
    yield made
    made.close()


def fail(error: PandemoniumError) -> None:
    pytest.fail(str(error))


def test_an_answer_comes_home_on_the_windows_thread(qtbot: Any, beside: LatestOnlyWorker) -> None:
    heard: list[tuple[str, bool]] = []
    beside.ask(
        lambda _: threading.current_thread().name,
        lambda name: heard.append((name, threading.current_thread() is threading.main_thread())),
        fail,
    )
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("test", True)]


def test_only_the_newest_is_answered(qtbot: Any, beside: LatestOnlyWorker) -> None:
    started = threading.Event()
    go = threading.Event()
    heard = list[int]()
    seen = list[bool]()

    def first(stopped: Any) -> int:
        started.set()
        go.wait(10)
        seen.append(stopped())
        return 1

    beside.ask(first, heard.append, fail)
    started.wait(10)
    beside.ask(lambda _: 2, heard.append, fail)
    beside.ask(lambda _: 3, heard.append, fail)
    go.set()
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.wait(20)
    assert heard == [3]
    assert seen == [True]


def test_errors_come_home_and_the_thread_goes_on(qtbot: Any, beside: LatestOnlyWorker) -> None:
    def wrong(_: Any) -> int:
        raise PandemoniumError("It went wrong.")

    errors: list[PandemoniumError] = []
    beside.ask(wrong, lambda _: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    heard: list[int] = []
    beside.ask(lambda _: 4, heard.append, fail)
    qtbot.waitUntil(lambda: heard == [4])


def test_nothing_is_delivered_after_it_was_dropped_or_closed(qtbot: Any, beside: LatestOnlyWorker) -> None:
    go = threading.Event()
    heard = list[int]()
    beside.ask(lambda _: go.wait(10) and 1, heard.append, fail)
    beside.drop()
    go.set()
    beside.close()
    beside.ask(lambda _: 2, heard.append, fail)
    qtbot.wait(40)
    assert heard == []
