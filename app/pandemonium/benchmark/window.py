"""The window, measured in its own process: start, memory, stalls while a voice writes and while one learns, typing."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import psutil

from pandemonium.benchmark.manuscript import write_manuscript

if TYPE_CHECKING:
    from pandemonium.desktop.app.compose import Desk

_SENTENCE = "The lamp burned low, and from the stair behind me there came a sound that was not the wind."
_TYPED = "the sea was dark and nobody spoke of it. "
_TICK = 0.002
_BETWEEN_KEYS = 0.02
Figures = dict[str, Any]


def measure_window(folder: Path, voice: Path, started: float) -> Figures:
    """Opens a document of 2,000 words, lets the voice write, then learn for five seconds, and types meanwhile.

    Args:
        folder: for the document.
        voice: the file of the voice to learn from.
        started: when the process was asked for, in seconds since the epoch.
    """
    document = folder / "two thousand words.txt"
    write_manuscript(document, [_SENTENCE], 2000)
    return run_in_window(document, lambda desk: _measure(desk, voice, started), lambda desk: type_key(desk, "a"))


async def _measure(desk: Desk, voice: Path, started: float) -> Figures:
    from pandemonium.desktop.features.training.child import Measurement

    window_s = time.time() - started
    await wait_for(lambda: desk.voices.current is not None)
    voice_s = time.time() - started - window_s
    await asyncio.sleep(2)
    stalls = Stalls()
    memory = memory_mb()
    cursor = desk.editor.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    desk.editor.setTextCursor(cursor)
    async with stalls.during("writing"):
        for _ in range(3):
            desk.generation.continue_()
            await wait_for(lambda: not desk.generation.writing)
    quiet = await typing(desk, 60)
    writing = memory_mb()
    async with stalls.during("training"):
        measurement = Measurement(asyncio.get_running_loop(), voice)
        learning = asyncio.ensure_future(measurement.run())
        busy = await typing(desk, 60)
        await learning
    await asyncio.sleep(1)
    return {
        "start": {"window_s": window_s, "voice_s": voice_s},
        "memory": {"window_mb": memory, "after_writing_mb": writing, "after_training_mb": memory_mb()},
        "window": {
            "longest_stall_ms": max(stalls.wall.values()),
            "longest_stall_cpu_ms": max(stalls.cpu.values()),
            "stall_while_writing_ms": stalls.wall["writing"],
            "stall_while_training_ms": stalls.wall["training"],
            **{f"typing_{name}": value for name, value in quiet.items()},
            "typing_while_training_median_ms": busy["median_ms"],
        },
    }


def run_in_window(
    document: Path | None, measure: Callable[[Desk], Awaitable[Figures]], first: Callable[[Desk], object]
) -> Figures:
    """Builds and shows a window, does `first` as soon as it is painted, and gives what `measure` finds."""
    from pandemonium.desktop import create_window, load_qt

    load_qt()
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop

    application = QApplication(sys.argv[:1])
    loop = QEventLoop(application)
    asyncio.set_event_loop(loop)
    window = create_window(SimpleNamespace(file=document))
    window.show()
    application.processEvents()
    desk: Desk = window.desk  # type: ignore[attr-defined]
    first(desk)
    found = loop.run_until_complete(_coroutine(measure(desk)))
    desk.editor.model.mark_saved()  # nobody is asked
    window.close()
    return dict(found)


async def _coroutine(awaited: Awaitable[Figures]) -> Figures:
    return await awaited


def type_key(desk: Desk, character: str) -> tuple[float, float]:
    """Types one character and paints the page; gives the milliseconds that it took, and those of processor time."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    wall = time.perf_counter()
    busy = time.thread_time()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = Qt.Key(ord(character.upper()))
        QApplication.sendEvent(desk.editor, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character))
    desk.editor.viewport().repaint()
    return 1e3 * (time.perf_counter() - wall), 1e3 * (time.thread_time() - busy)


async def typing(desk: Desk, keys: int) -> dict[str, float]:
    """Types so many keys at the cursor, as a fast writer does; gives median and worst, in milliseconds."""
    times = []
    for index in range(keys):
        times.append(type_key(desk, _TYPED[index % len(_TYPED)]))
        await asyncio.sleep(_BETWEEN_KEYS)
    wall, busy = zip(*times, strict=True)
    return {
        "median_ms": statistics.median(wall),
        "worst_ms": max(wall),
        "median_cpu_ms": statistics.median(busy),
        "worst_cpu_ms": max(busy),
    }


async def wait_for(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Lets the window live until something is so, or for `seconds`."""
    until = time.monotonic() + seconds
    await asyncio.sleep(_TICK)
    while not condition() and time.monotonic() < until:
        await asyncio.sleep(_TICK)


def memory_mb() -> float:
    """What this process holds, in MB, libraries included."""
    return psutil.Process(os.getpid()).memory_info().rss / 1e6


class Stalls:
    """The longest time that the event loop did not turn, in milliseconds, by what went on.

    Attributes:
        wall: by the wall's clock: others' programs are in it.
        cpu: in processor time of the window's own thread.
    """

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.cpu: dict[str, float] = {}

    def during(self, name: str) -> _Watch:
        """Watches while an `async with` runs."""
        return _Watch(self, name)


class _Watch:
    def __init__(self, stalls: Stalls, name: str) -> None:
        self._stalls = stalls
        self._name = name
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> None:
        self._task = asyncio.ensure_future(_shielded(self._watch()))

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        wall = time.perf_counter()
        busy = time.thread_time()
        while True:
            await asyncio.sleep(_TICK)
            now = time.perf_counter()
            used = time.thread_time()
            for kept, value in ((self._stalls.wall, now - wall - _TICK), (self._stalls.cpu, used - busy)):
                kept[self._name] = max(kept.get(self._name, 0.0), 1e3 * value)
            wall = now
            busy = used


async def _shielded(watching: Coroutine[Any, Any, None]) -> None:
    try:
        await watching
    except asyncio.CancelledError:
        return
