"""How long a key stroke waits in the real window: from the key to the paint that shows it, at rest or while it learns.

For the test beside it, which runs this in a process of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTextEdit, QWidget

from pandemonium.desktop.features.training.child import start_training
from pandemonium.errors import TrainingError
from pandemonium.training.job import Job, JobFolder

_EVERY = 0.08  # seconds between two keys: a quick typist
_LONGEST = 2.0  # seconds that a paint is waited for
_WORDS = "the old house by the sea was dark and nobody had lived there since "


@dataclass(frozen=True)
class TypingLatency:
    """How long keys waited.

    Attributes:
        keys: how many were typed.
        median_ms: of their waits.
        longest_ms: the longest wait.
    """

    keys: int
    median_ms: float
    longest_ms: float


class _Paints(QObject):
    """Hears when the page has been painted after a key."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.painted = asyncio.Event()
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notes a paint that is about to happen, and lets everything pass."""
        if event.type() == QEvent.Type.Paint:
            self.painted.set()
        return False


async def measure_typing(editor: QTextEdit, keys: int = 120) -> TypingLatency:
    """Types into a visible editor on the running loop, and waits for each key's paint.

    A key is posted from the loop's timer as the system would post it; its wait counts from the moment at which it
    was due, so that a window that was busy then is not excused.

    Raises:
        TrainingError: the page is not painted, as of a window that nobody sees.
    """
    loop = asyncio.get_running_loop()
    paints = _Paints(editor.viewport())
    waits: list[float] = []
    try:
        for number in range(keys):
            due = time.perf_counter() + _EVERY
            await asyncio.sleep(_EVERY)
            paints.painted.clear()
            character = _WORDS[number % len(_WORDS)]
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.postEvent(
                    editor, QKeyEvent(kind, _key(character), Qt.KeyboardModifier.NoModifier, character)
                )
            try:
                await asyncio.wait_for(paints.painted.wait(), _LONGEST)
            except TimeoutError as error:
                raise TrainingError("The page is not painted.", "Measure in a window that can be seen.") from error
            painted = loop.create_future()
            loop.call_soon(painted.set_result, None)  # the paint itself is over then
            await painted
            waits.append(1000 * (time.perf_counter() - due))
    finally:
        editor.viewport().removeEventFilter(paints)
        paints.deleteLater()
    return TypingLatency(keys, round(median(waits), 2), round(max(waits), 2))


@contextlib.asynccontextmanager
async def training_beside(parent: Path, texts: Path, base: Path, patience: float = 180.0) -> AsyncIterator[JobFolder]:
    """A real training in a process of its own, as the wizard starts it; it learns when the body begins, and is ended.

    Args:
        parent: the folder of the jobs.
        texts: what it learns from, 100,000 characters at least.
        base: the base voice's file.
        patience: seconds until it learns at most.

    Raises:
        TrainingError: it does not come to learn.
    """
    # Without replay it begins to learn at once; the steps are the same.
    job = Job("beside", [str(texts)], str(base), minutes=30.0, changes={"replay": 0})
    folder = JobFolder.create(parent, job)
    process = start_training(folder)
    try:
        until = time.monotonic() + patience
        while not any(each.get("phase") == "learning" for each in folder.events()):
            if process.poll() is not None or time.monotonic() > until:
                raise TrainingError("The training beside the window did not come to learn.")
            await asyncio.sleep(0.5)
        yield folder
    finally:
        process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)


def _key(character: str) -> int:
    return Qt.Key.Key_Space.value if character == " " else Qt.Key.Key_A.value + ord(character) - ord("a")
