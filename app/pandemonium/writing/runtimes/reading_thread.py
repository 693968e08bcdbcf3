"""A thread in which the network reads while something else is done, and how soon it comes to that."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_LATE = 8e-4  # seconds: on a core that has nothing else to do a thread is awake in a third of that
_REACH = 32  # readings that lateness is averaged over, about
_REST = 256  # times that nobody is sent to a busy core, before it is tried again


class ReadingThread:
    """Reads beside the thread that asks, and is not to be asked while every core is at work for somebody else.

    There a thread is waited for, and whoever goes by turns with it is slower than alone.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        """Begins; the thread does with the first reading.

        Args:
            clock: seconds that have gone by.
        """
        self._clock = clock
        self._threads = ThreadPoolExecutor(1, "network")
        self._idle_since = 0.0
        self._late = 0.0
        self._rests = 0

    def submit(self, read: Callable[P, T], *args: P.args, **named: P.kwargs) -> Future[T]:
        """Has `read` called there with what is given, behind what is still being read."""
        asked = self._clock()
        return self._threads.submit(lambda: self._read(asked, lambda: read(*args, **named)))

    def comes_soon(self) -> bool:
        """Tells whether it was awake soon enough of late, or has had its rest; asked once before each reading."""
        if self._rests:
            self._rests -= 1
            return not self._rests
        if self._late <= _LATE:
            return True
        self._late = 0.0
        self._rests = _REST
        return False

    def _read(self, asked: float, read: Callable[[], T]) -> T:
        late = self._clock() - max(asked, self._idle_since)
        self._late += (late - self._late) / _REACH
        found = read()
        self._idle_since = self._clock()
        return found
