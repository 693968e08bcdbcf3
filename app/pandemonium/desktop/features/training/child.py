"""Starts this same program as a child process: to train, or to measure this machine."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QProcess

from pandemonium.errors import TrainingError
from pandemonium.training.job import JobFolder

LOG = "log.txt"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Training", text)


def own_command(*arguments: str) -> tuple[str, list[str]]:
    """How this program is started again: from a frozen build itself, else by the same Python."""
    if getattr(sys, "frozen", False):
        return sys.executable, list(arguments)
    return sys.executable, ["-m", "pandemonium", *arguments]


def start_training(folder: JobFolder) -> subprocess.Popen[bytes]:
    """Starts the process that learns. It has a session of its own, and outlives this one.

    Raises:
        TrainingError: the system would not start it.
    """
    folder.take_back("stop")
    folder.take_back("pause")
    program, arguments = own_command("train", "--job", str(folder.path), "--json")
    try:
        with (folder.path / LOG).open("ab") as log:
            return subprocess.Popen(
                [program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
    except OSError as error:
        raise TrainingError(
            _tr("The training could not be started: {reason}.").format(reason=error.strerror),
            _tr("Try again, or restart the computer."),
        ) from error


class Measurement:
    """Five seconds in which a child process learns noise, to know how fast this machine is."""

    def __init__(self, loop: asyncio.AbstractEventLoop, base: Path) -> None:
        self._ended: asyncio.Future[None] = loop.create_future()
        self._process = QProcess()
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._end)
        program, arguments = own_command("train", "--measure", "--base", str(base), "--json")
        self._process.start(program, arguments)

    async def run(self) -> float:
        """Gives sub-words a second.

        Raises:
            TrainingError: it could not be measured.
        """
        await self._ended
        lines = _lines(self._process.readAllStandardOutput())
        try:
            return float(json.loads(lines[-1])["tokens_per_second"])
        except (IndexError, KeyError, ValueError, TypeError) as error:
            reason = next(reversed(_lines(self._process.readAllStandardError())), "")
            raise TrainingError(_tr("The speed of this machine could not be measured."), reason) from error

    def cancel(self) -> None:
        """Ends the process now; whoever awaits hears nothing."""
        self._process.finished.disconnect(self._end)
        self._process.errorOccurred.disconnect(self._end)
        self._ended.cancel()
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(2000)

    def _end(self, *_: object) -> None:
        if not self._ended.done():
            self._ended.set_result(None)


def _lines(data: QByteArray) -> list[str]:
    return bytes(data.data()).decode("utf-8", "replace").strip().splitlines()
