"""Long work that the writer waits for: how far it is, and a way to stop it, while the window goes on."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Generator
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

from pandemonium.desktop.core.background import call_in, in_thread

Answer = TypeVar("Answer")
Steps = Generator[float, None, Answer]
_SOON = 500  # milliseconds of work before anything is shown of it
_ALL = 100  # steps of the bar
_SLICE = 0.015  # seconds at a stretch on the window's thread


def done(steps: Steps[Answer]) -> Answer:
    """Does the work at once."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            answer: Answer = end.value
            return answer


class LongWork:
    """Work in steps that tell which share is done, and the small window that shows it.

    Args:
        window: in front of which it is shown; it can be used meanwhile.
        loop: the window's.
        name: of what is shown.
        words: what is being done.
    """

    def __init__(self, window: QWidget, loop: asyncio.AbstractEventLoop, name: str, words: str) -> None:
        self._loop = loop
        self._stopped = threading.Event()
        self._dialog = QProgressDialog(words, window.tr("Cancel"), 0, _ALL, window)
        self._dialog.setObjectName(name)
        self._dialog.setWindowTitle(words)
        self._dialog.setWindowModality(Qt.WindowModality.NonModal)
        self._dialog.setAutoClose(False)
        self._dialog.setAutoReset(False)
        self._dialog.setMinimumDuration(_SOON)
        self._dialog.canceled.connect(self._stopped.set)
        bar = self._dialog.findChild(QProgressBar)
        if bar is not None:
            bar.setAccessibleName(words)
        self._dialog.setValue(0)

    async def in_slices(self, steps: Steps[Answer]) -> Answer | None:
        """Does the work on the window's thread, a few milliseconds at a time; None where the writer stopped it."""
        try:
            begun = time.monotonic()
            while not self._stopped.is_set():
                try:
                    share = next(steps)
                except StopIteration as end:
                    answer: Answer = end.value
                    return answer
                if time.monotonic() - begun > _SLICE:
                    self._show(share)
                    await asyncio.sleep(0)
                    begun = time.monotonic()
            return None
        finally:
            self._end()

    async def on_thread(self, steps: Callable[[], Steps[Answer]]) -> Answer | None:
        """Does the work on a thread of its own; None where the writer stopped it."""

        def work() -> Answer | None:
            running = steps()
            shown = 0.0
            while not self._stopped.is_set():
                try:
                    share = next(running)
                except StopIteration as end:
                    answer: Answer = end.value
                    return answer
                if share - shown > 1 / _ALL:
                    shown = share
                    call_in(self._loop, lambda share=share: self._show(share))  # type: ignore[misc]
            running.close()
            return None

        try:
            return await in_thread(self._loop, work, to_its_end=True)
        finally:
            self._end()

    def _show(self, share: float) -> None:
        if not self._stopped.is_set():
            self._dialog.setValue(int(share * _ALL))

    def _end(self) -> None:
        self._stopped.set()
        self._dialog.hide()
        self._dialog.deleteLater()
