"""Sees when another program changes, renames or removes the open document's file."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from pandemonium.desktop.core.background import in_thread
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.shell.main_window import MainWindow
from pandemonium.documents.safekeeping.disk import DiskState, look_at, renamed_to

_SURE = 1500  # milliseconds for a program that saves by way of a copy of the old file
_SETTLE = 400  # milliseconds from a sign of change to the look: programs write in several steps


class DiskWatch(QObject):
    """Looks at the file when the system says that something happened there, and when the window comes to the front.

    Signals:
        found(str): the file is "changed" or "gone", which was not said yet; or it is as it was again ("same").
        renamed(str): the file had this name until now, and the document goes on under its new one.
    """

    found = Signal(str)
    renamed = Signal(str)

    def __init__(self, window: MainWindow, files: DocumentFiles, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(window)
        self._files = files
        self._loop = loop
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self.look_soon)
        self._watcher.directoryChanged.connect(self.look_soon)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE)
        self._timer.timeout.connect(self.look)
        self._said: DiskState = "same"
        self._moved: Path | None = None  # where the file was when it was looked for last
        self._looking = False
        self._closed = False
        files.changed.connect(self._follow)
        window.came_to_front.connect(self.look_soon)  # the writer comes back from another program

    def look_soon(self) -> None:
        """Looks in a moment, once however often it is asked."""
        if self._files.manuscript.path is not None and not (self._timer.isActive() or self._closed):
            self._timer.start()

    def look(self) -> None:
        """Looks now, on a thread: a network drive that has gone away can take its time."""
        path = self._files.manuscript.path
        stamp = self._files.stamp
        if path is None or self._looking or self._closed:
            return
        self._looking = True

        def look() -> tuple[DiskState, Path | None]:
            state = look_at(path, stamp, closely=False)
            return state, renamed_to(path, stamp) if state == "gone" else None

        def take(done: asyncio.Future[tuple[DiskState, Path | None]]) -> None:
            self._looking = False
            if self._files.is_saving:  # it may be our own hand that was seen
                self.look_soon()
            elif not done.cancelled() and (path, stamp) == (self._files.manuscript.path, self._files.stamp):
                state, now = done.result()
                if now is None or not self._follow_to(now):
                    self._take(state)

        in_thread(self._loop, look).add_done_callback(take)

    def close(self) -> None:
        """Looks no more."""
        self._closed = True
        self._timer.stop()
        if watched := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(watched)

    def _follow_to(self, now: Path) -> bool:
        """Goes on in the file under its new name, once it has been there for a while; False where that cannot be."""
        if now != self._moved:
            self._moved = now
            QTimer.singleShot(_SURE, self, self.look)
            return True
        name = self._files.name
        if not self._files.go_on_in(now):
            return False
        self.renamed.emit(name)
        return True

    def _take(self, state: DiskState) -> None:
        self._watch()  # a file that was replaced is another one, which nobody watches yet
        if state != "unknown" and state != self._said:
            self._said = state
            self.found.emit(state)

    def _follow(self) -> None:
        self._said = "same"
        self._moved = None
        self._watch()

    def _watch(self) -> None:
        if self._closed:
            return
        path = self._files.manuscript.path
        wanted = set() if path is None else {str(path.absolute()), str(path.absolute().parent)}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := watched - wanted:
            self._watcher.removePaths(sorted(gone))
        new = [each for each in sorted(wanted - watched) if os.path.exists(each)]
        if new:
            self._watcher.addPaths(new)
