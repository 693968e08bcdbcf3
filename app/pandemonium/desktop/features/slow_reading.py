"""Tells the writer when a document takes its time to be read, and lets her give it up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, SignalInstance

from pandemonium.desktop.shell.message_bar import MessageBar


class SlowReading(QObject):
    """The sentence above the page while a slow disk gives a document.

    Args:
        parent: whoever reads it.
        slow: tells which file takes its time, and None once it was read.
        cancel: gives it up.
        holds: tells whether what is typed meanwhile waits for it.
        message_bar: where it is said.
    """

    def __init__(
        self,
        parent: QObject,
        slow: SignalInstance,
        cancel: Callable[[], None],
        holds: Callable[[], bool],
        message_bar: MessageBar,
    ) -> None:
        super().__init__(parent)
        self._cancel = cancel
        self._holds = holds
        self._message_bar = message_bar
        self._sentence = ""
        slow.connect(self._show)

    def _show(self, path: Path | None) -> None:
        if path is None:
            self._message_bar.withdraw(self._sentence)
            return
        self._sentence = self.tr("{name} is being read; its disk takes its time.").format(name=path.name)
        if self._holds():
            self._sentence += " " + self.tr("What you type waits for it.")
        self._message_bar.offer(self._sentence, {self.tr("Cancel"): self._cancel})
