"""No coroutine is lost and no error goes unsaid."""

from __future__ import annotations

import asyncio
from typing import Any

from pandemonium.desktop.core.tasks import Tasks
from pandemonium.errors import DocumentError, PandemoniumError


def test_errors_are_shown_and_others_are_sentences_too(
    loop: asyncio.AbstractEventLoop, qtbot: Any, caplog: Any
) -> None:
    shown: list[PandemoniumError] = []
    tasks = Tasks(loop, shown.append)

    async def known() -> None:
        raise DocumentError("It is gone.")

    async def unknown() -> None:
        raise ZeroDivisionError("division by zero")

    tasks.start(known())
    tasks.start(unknown())
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert str(shown[0]) == "It is gone."
    assert "ZeroDivisionError" in str(shown[1])


def test_cancelling_ends_what_waits(loop: asyncio.AbstractEventLoop, qtbot: Any) -> None:
    shown: list[PandemoniumError] = []
    tasks = Tasks(loop, shown.append)
    never = loop.create_future()

    async def wait() -> None:
        await never

    task = tasks.start(wait())
    qtbot.wait(20)
    tasks.cancel()
    qtbot.waitUntil(task.done)
    assert task.cancelled()
    assert shown == []
