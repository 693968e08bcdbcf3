"""Answers later starts of the program: their file opens in this window, and it comes to the front."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.compose import Desk
from pandemonium.desktop.single import TOKEN, Place
from pandemonium.documents.safekeeping.locks import real_path
from pandemonium.voice.library import SUFFIX


class Visitors(QObject):
    """Listens in the window's place until the window closes.

    Args:
        desk: the window and its parts.
        place: where requests arrive; given up on closing.
    """

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk.window)
        self._desk, self._place = desk, place
        self._one_after_the_other = asyncio.Lock()
        self._watcher = QFileSystemWatcher([str(place.folder)], self)
        self._watcher.directoryChanged.connect(self.answer)

    def answer(self) -> None:
        """Takes what has arrived."""
        for request in self._place.requests():
            self._come_to_front(request.token)
            if request.file is not None:
                self._desk.tasks.start(self._open(request.file))

    def close(self) -> None:
        """Gives the place up: the next start opens a window of its own."""
        if folders := self._watcher.directories():
            self._watcher.removePaths(folders)
        self._place.leave()

    async def _open(self, path: Path) -> None:
        async with self._one_after_the_other:  # a question about the document on the page may stand open
            here = self._desk.files.manuscript.path
            if here is None or real_path(here) != real_path(path):
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
    """Tells whether a file named on starting is a document, rather than a voice or a folder of texts."""
    return path.suffix.lower() != SUFFIX and not path.is_dir()


async def show(desk: Desk, path: Path) -> None:
    """Does with `path` what dropping it on the window does: a voice is imported, a folder becomes a training."""
    if belongs_on_page(path):
        await desk.files.open_path(path)
    else:
        desk.window.dropped.emit([path])
