"""Answers later starts of the program: their file opens in this window, and it comes to the front."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QFileSystemWatcher, QObject, Qt
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.app.single_instance import TOKEN, Place
from pandemonium.desktop.core.background import in_thread
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.documents.safekeeping.locks import real_path
from pandemonium.voice.file import SUFFIX


class Visitors(QObject):
    """Listens in the window's place until the window closes; on macOS, to the Finder as well.

    Args:
        desk: the window and its parts.
        place: where requests arrive; given up on closing. None for one more window, which nobody asks.
    """

    def __init__(self, desk: Desk, place: Place | None) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._place = place
        self._latest: asyncio.Task[None] | None = None
        self._watcher = QFileSystemWatcher(self)
        if place is not None:
            self._watcher.addPath(str(place.folder))
            self._watcher.directoryChanged.connect(self.answer)
        if sys.platform == "darwin":
            desk.application.installEventFilter(self)

    def answer(self) -> None:
        """Takes what has arrived."""
        for request in self._place.requests() if self._place is not None else ():
            self._come_to_front(request.token)
            if request.file is not None:
                self._take(request.file)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes a document that was opened in the Finder, which starts no second program."""
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent) and event.file():
            self._take(Path(event.file()))
            return True
        return False

    def close(self) -> None:
        """Gives the place up: the next start opens a window of its own."""
        self._desk.application.removeEventFilter(self)
        if folders := self._watcher.directories():
            self._watcher.removePaths(folders)
        if self._place is not None:
            self._place.leave()

    def _take(self, path: Path) -> None:
        self._latest = self._desk.context.tasks.start(self._open(path, self._latest))

    async def _open(self, path: Path, earlier: asyncio.Task[None] | None) -> None:
        if earlier is not None:  # a question about the document on the page may stand open
            with contextlib.suppress(Exception):
                await earlier
        here = self._desk.feature(DocumentFiles).manuscript.path
        if here is None or not await in_thread(
            self._desk.context.tasks.loop, lambda: real_path(here) == real_path(path)
        ):
            await show(self._desk, path)

    def _come_to_front(self, token: str) -> None:
        window = self._desk.window
        if token:
            os.environ[TOKEN] = token  # Qt reads it there when a window asks for the front
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        QApplication.alert(window)  # where the desktop lets no program come to the front by itself


def belongs_on_page(path: Path) -> bool:
    """Tells whether what was named on starting is a document, rather than a voice or a folder of texts."""
    return not path.is_dir() and not (path.suffix.lower() == SUFFIX and path.is_file())


async def show(desk: Desk, path: Path) -> None:
    """Does with `path` what dropping it on the window does: a voice is imported, a folder becomes a training."""
    if await in_thread(desk.context.tasks.loop, lambda: belongs_on_page(path)):
        await desk.feature(DocumentFiles).open_path(path)
    else:
        desk.window.dropped.emit([path])
