"""Work beside the window: a thread of its own for each piece, whose answer is awaited."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


def in_thread(
    loop: asyncio.AbstractEventLoop, work: Callable[[], Answer], *, to_its_end: bool = False
) -> asyncio.Future[Answer]:
    """Runs `work` on a thread and gives its answer, or what it raised, to whoever awaits it.

    Args:
        loop: on which the answer is awaited.
        work: changes nothing that could be left half done, unless it is done to its end.
        to_its_end: the program does not end before it is done.
    """
    future: asyncio.Future[Answer] = loop.create_future()

    def give(answer: Answer) -> None:
        if not future.done():
            future.set_result(answer)

    def fail(error: BaseException) -> None:
        if not future.done():
            future.set_exception(error)

    def run() -> None:
        try:
            answer = work()
        except BaseException as error:  # noqa: BLE001 - raised again where it is awaited
            call_in(loop, lambda error=error: fail(error))  # type: ignore[misc]
        else:
            call_in(loop, lambda: give(answer))

    threading.Thread(target=run, name="beside the window", daemon=not to_its_end).start()
    return future


def call_in(loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> None:
    """Calls `act` on the loop, from any thread; a loop that was closed meanwhile hears nothing."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(act)
