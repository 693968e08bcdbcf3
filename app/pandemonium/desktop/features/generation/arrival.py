"""Lets prose arrive on the page at the writer's pace, a frame's worth at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

FRAME = 33  # milliseconds
# Characters a second; None is as fast as they are written.
PACES: dict[str, float | None] = {"at once": None, "brisk": 150.0, "reading": 30.0}


class Arrival(QObject):
    """Holds what was written back until its time has come. Its timer runs only while something is held."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, paint: Callable[[str], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._loop = loop
        self._paint = paint
        self._held = ""
        self._pace: float | None = None
        self._credit = 0.0
        self._last = 0.0
        self._drained: asyncio.Future[None] | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self._tick)

    def set_pace(self, name: str) -> None:
        """Takes another pace: "at once", "brisk" or "reading"."""
        self._pace = PACES[name]

    def add(self, text: str) -> None:
        """Takes in text; the first of a continuation is painted at once."""
        self._held += text
        if not self._timer.isActive():
            self._last = time.monotonic()
            self._credit = 1.0
            self._timer.start()
            self._tick()

    async def drained(self) -> None:
        """Waits until all has been painted, or dropped."""
        while self._held:
            self._drained = self._loop.create_future()
            await self._drained

    @property
    def held(self) -> str:
        """What has been written, but not painted yet."""
        return self._held

    def drop(self) -> None:
        """Forgets what has not been painted yet."""
        self._held = ""
        self._rest()

    def _tick(self) -> None:
        if not self._held:
            self._rest()
            return
        now = time.monotonic()
        if self._pace is None:
            count = len(self._held)
        else:
            self._credit = min(self._credit + (now - self._last) * self._pace, self._pace)
            count = min(int(self._credit), len(self._held))
            self._credit -= count
        self._last = now
        if count and "\ud800" <= self._held[count - 1] <= "\udbff":
            count += 1
        text = self._held[:count]
        self._held = self._held[count:]
        if text:
            self._paint(text)
        if not self._held and self._drained is not None:
            self._release()

    def _rest(self) -> None:
        self._timer.stop()
        self._release()

    def _release(self) -> None:
        waiter = self._drained
        self._drained = None
        if waiter is not None and not waiter.done():
            waiter.set_result(None)
