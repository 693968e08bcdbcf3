"""Reads dropped folders beside the window, and tells how far it is."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pandemonium import paths
from pandemonium.desktop.core.background import call_in, in_thread
from pandemonium.training.reading.examining import Examined, examine, preview
from pandemonium.training.reading.selection import Survey
from pandemonium.training.reading.store import ProseStore

_EVERY = 0.1  # seconds between two reports
_BREATH = 0.0005  # seconds that the window is given between two files


class Scan:
    """One reading of folders; `cancel` ends it after the file that is being read."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, roots: Sequence[Path], on_progress: Callable[[int, Path], None]
    ) -> None:
        """Args:
        loop: where the answer is awaited.
        roots: folders and files.
        on_progress: hears on the loop how many files were read, and the last one.
        """
        self._loop = loop
        self._roots = tuple(roots)
        self._on_progress = on_progress
        self._cancelled = threading.Event()

    async def run(self) -> Survey | None:
        """Gives what was found; None where it was cancelled.

        Raises:
            DocumentError: a root is not there.
        """
        return await in_thread(self._loop, self._read)

    def cancel(self) -> None:
        """Ends it; nothing more is reported."""
        self._cancelled.set()

    def _read(self) -> Survey | None:
        from pandemonium.text.language import LanguageIdentifier

        files: list[Examined] = []
        told = 0.0
        store = self._store()
        for file in examine(self._roots, LanguageIdentifier(), store):
            if self._cancelled.is_set():
                return None
            files.append(file)
            if time.monotonic() - told > _EVERY:
                told = time.monotonic()
                self._tell(len(files), file.path)
            time.sleep(_BREATH)
        survey = Survey(files, store)
        return None if self._cancelled.is_set() else survey

    def _store(self) -> ProseStore | None:
        """Where what is read is kept for the training; None where that cannot be, and it reads again."""
        try:
            return ProseStore.temporary(paths.user_data() / "trainings")
        except OSError:
            return None

    def _tell(self, count: int, path: Path) -> None:
        def tell() -> None:
            if not self._cancelled.is_set():
                self._on_progress(count, path)

        call_in(self._loop, tell)


async def read_preview(loop: asyncio.AbstractEventLoop, path: Path) -> str:
    """The beginning of a file's cleaned text.

    Raises:
        DocumentError: it cannot be read.
    """
    return await in_thread(loop, lambda: preview(path, 4_000))
