"""Collects Python's garbage on the window's thread, between two events."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, SignalInstance

from pandemonium.documents.collecting import go_on_collecting, stop_collecting

_INTERVAL = 500  # milliseconds
_REST = 2_000  # milliseconds without an edit


class GarbageCollector(QObject):
    """Stands in for the interpreter's own collector while a window is open.

    Python collects in whatever thread makes the object too many, and in the middle of whatever it does. Where a circle
    of garbage holds something of Qt's, that would be destroyed by the writing thread, or while Qt edits a document or
    paints. Here it goes when nothing of Qt's is at work; and the oldest generation, which costs the most in a long
    document, waits until the writer rests.
    """

    def __init__(self, *work: SignalInstance, parent: QObject) -> None:
        """Args:
        work: signals that tell of work; it looks for garbage while they come, so that an idle window has no timer.
        parent: of the timers.
        """
        super().__init__(parent)
        stop_collecting()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._look_at_rest)
        self._look = QTimer(self)
        self._look.setInterval(_INTERVAL)
        self._look.timeout.connect(self._look_at_work)
        for signal in work:
            signal.connect(self._work)

    def close(self) -> None:
        """Leaves it to the interpreter again."""
        self._rest.stop()
        self._look.stop()
        go_on_collecting()

    def _work(self, *_: object) -> None:
        self._rest.start()
        if not self._look.isActive():
            self._look.start()

    def _look_at_work(self) -> None:
        due = _due()
        if due > 0:
            gc.collect(min(due, 2) - 1)

    def _look_at_rest(self) -> None:
        self._look.stop()
        if due := _due():
            gc.collect(due - 1)


def _due() -> int:
    """How many generations are to be collected, the youngest first."""
    counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
    return max((number for number, (count, most) in enumerate(counts, 1) if count > most), default=0)
