"""Watches a training that another process carries out, whoever started it and when."""

from __future__ import annotations

import subprocess

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from pandemonium.desktop.features.training.child import start_training
from pandemonium.desktop.features.training.training_progress import EventTail, Progress
from pandemonium.errors import PandemoniumError
from pandemonium.training.job import Job, JobFolder

_HEARTBEAT = 2000  # milliseconds; only while a training runs


class Watch(QObject):
    """One training, and what the writer may ask of it.

    Signals:
        changed(): something new is known.
        ended(): it is over, or its process is gone.
    """

    changed = Signal()
    ended = Signal()

    def __init__(self, folder: JobFolder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.job: Job = folder.job()
        self.progress = Progress()
        self._tail = EventTail(folder.path / "progress.jsonl")
        self._process: subprocess.Popen[bytes] | None = None
        self._missed = 0
        self._files = QFileSystemWatcher(self)
        self._files.directoryChanged.connect(self.look)
        self._files.fileChanged.connect(self.look)
        self._timer = QTimer(self)
        self._timer.setInterval(_HEARTBEAT)
        self._timer.timeout.connect(self._beat)

    @property
    def is_running(self) -> bool:
        """A process works on it, or is about to."""
        return not self.progress.is_over and self._timer.isActive()

    @property
    def is_paused(self) -> bool:
        """The writer asked it to wait."""
        return self.folder.is_asked("pause")

    @property
    def is_stopping(self) -> bool:
        """The writer asked it to end."""
        return self.folder.is_asked("stop")

    def start(self) -> None:
        """Starts it, or goes on with it.

        Raises:
            TrainingError: the system would not start the process.
        """
        self._catch_up()
        self.progress.phase = "starting"
        self.progress.failure = ("", "")
        self._process = start_training(self.folder)
        self._follow()

    def find(self) -> None:
        """Takes up what is there: a training that runs, has ended, or was left by a process that is gone."""
        self._catch_up()
        if self.progress.phase == "done" or (result := self.folder.result()) is None:
            if self.progress.phase != "done" and self.folder.worker() is not None:
                self._follow()
            elif not self.progress.is_over:
                self.progress.phase = "lost"
        else:
            self.progress.take({"event": "done", **result})
        self.changed.emit()

    def pause(self) -> None:
        """Asks it to wait, and to leave the processor alone."""
        self.folder.ask("pause")
        self.changed.emit()

    def go_on(self) -> None:
        """Asks it to go on learning."""
        self.folder.take_back("pause")
        self.changed.emit()

    def stop(self) -> None:
        """Asks it to end with the best that it has learned."""
        self.folder.ask("stop")
        self.changed.emit()

    def leave(self) -> None:
        """Looks no longer; the training goes on."""
        self._timer.stop()
        if paths := [*self._files.files(), *self._files.directories()]:
            self._files.removePaths(paths)

    def look(self) -> None:
        """Reads what is new."""
        self._watch_files()
        events = self._tail.read()
        for event in events:
            self.progress.take(event)
        if not events:
            return
        self._missed = 0
        if self.progress.is_over:
            self._end()
        else:
            self.changed.emit()

    def _catch_up(self) -> None:
        for event in self._tail.read():
            self.progress.take(event)

    def _follow(self) -> None:
        self._missed = 0
        self._watch_files()
        self._timer.start()
        self.changed.emit()

    def _watch_files(self) -> None:
        wanted = [self.folder.path, self.folder.path / "progress.jsonl"]
        known = {*self._files.files(), *self._files.directories()}
        if new := [str(path) for path in wanted if path.exists() and str(path) not in known]:
            self._files.addPaths(new)

    def _beat(self) -> None:
        self.look()
        if self.progress.is_over or self._is_alive():
            return
        self._missed += 1
        if self._missed > 1:  # what it said last has been read by now
            self.progress.phase = "lost"
            self._end()

    def _is_alive(self) -> bool:
        started_here = self._process is not None and self._process.poll() is None
        return started_here or self.folder.worker() is not None

    def _end(self) -> None:
        self.leave()
        self.changed.emit()
        self.ended.emit()


def job_of(folder: JobFolder) -> Job | None:
    """The job of a folder, or None where it cannot be read."""
    try:
        return folder.job()
    except PandemoniumError:
        return None
