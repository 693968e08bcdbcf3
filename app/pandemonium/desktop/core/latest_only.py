"""One thread beside the window for work that is asked for again and again, of which only the newest matters."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pandemonium.desktop.core.background import call_in
from pandemonium.errors import PandemoniumError

Answer = TypeVar("Answer")
Work = Callable[[Callable[[], bool]], Answer]


@dataclass(frozen=True)
class _Job:
    number: int
    work: Work[Any]
    answered: Callable[[Any], None]
    failed: Callable[[PandemoniumError], None]


class LatestOnlyWorker:
    """Does the newest job; one that waits is dropped for it, and the answer of one that runs is not delivered.

    The thread starts with the first job and does not keep the program from ending.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, name: str) -> None:
        """Args:
        loop: where answers are delivered.
        name: of the thread.
        """
        self._loop = loop
        self._name = name
        self._wake = threading.Condition()
        self._waiting: _Job | None = None
        self._number = 0
        self._thread: threading.Thread | None = None
        self._closed = False

    def ask(
        self, work: Work[Answer], answered: Callable[[Answer], None], failed: Callable[[PandemoniumError], None]
    ) -> None:
        """Has `work` done on the thread.

        Args:
            work: is given a function that tells whether its answer is still wanted.
            answered: is given the answer, on the loop.
            failed: is given the error where it raised one of the program's, on the loop.
        """
        with self._wake:
            if self._closed:
                return
            self._number += 1
            self._waiting = _Job(self._number, work, answered, failed)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._wake.notify()

    def drop(self) -> None:
        """Wants no answer any more."""
        with self._wake:
            self._number += 1
            self._waiting = None

    def close(self) -> None:
        """Ends it; nothing more is delivered."""
        self.drop()
        with self._wake:
            self._closed = True
            self._wake.notify()

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._closed or self._waiting is not None)
                if self._closed:
                    return
                job = self._waiting
                self._waiting = None
            if job is not None:
                self._do(job)

    def _do(self, job: _Job) -> None:
        try:
            answer = job.work(lambda: job.number != self._number)
        except PandemoniumError as error:
            self._deliver(job, lambda error=error: job.failed(error))  # type: ignore[misc]
        else:
            self._deliver(job, lambda: job.answered(answer))

    def _deliver(self, job: _Job, act: Callable[[], None]) -> None:
        def give() -> None:
            if job.number == self._number:
                act()

        call_in(self._loop, give)
