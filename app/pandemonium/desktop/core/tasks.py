"""Runs the window's coroutines and sees to it that none is lost and no error goes unsaid."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from pandemonium.errors import PandemoniumError

_log = logging.getLogger(__name__)


class Tasks:
    """The running coroutines of one window.

    Attributes:
        loop: on which they run.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, on_error: Callable[[PandemoniumError], None]) -> None:
        self.loop = loop
        self._on_error = on_error
        self._running: set[asyncio.Task[None]] = set()

    def start(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Runs `coroutine` on the loop; what it raises is shown."""
        task = self.loop.create_task(coroutine)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def cancel(self) -> None:
        """Ends all that still run."""
        for task in list(self._running):
            task.cancel()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if isinstance(error, PandemoniumError):
            self._on_error(error)
        else:
            _log.error("a task of the window failed", exc_info=error)
            sentence = f"Something went wrong in the program ({type(error).__name__}: {error})."
            self._on_error(PandemoniumError(sentence, "Your text is untouched."))
