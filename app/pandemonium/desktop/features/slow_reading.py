"""Tells the writer when a document takes its time to be read, and lets her give it up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pandemonium.desktop.shell.message_bar import MessageBar

if TYPE_CHECKING:
    from pandemonium.desktop.features.document_files import DocumentFiles


class SlowReading(QObject):
    """The sentence above the page while a slow disk gives a document.

    Args:
        files: which read it.
        message_bar: where it is said.
    """

    def __init__(self, files: DocumentFiles, message_bar: MessageBar) -> None:
        super().__init__(files)
        self._files = files
        self._message_bar = message_bar
        self._sentence = ""
        files.slow.connect(self._show)

    def _show(self, path: Path | None) -> None:
        if path is None:
            self._message_bar.withdraw(self._sentence)
            return
        self._sentence = self.tr("{name} is being read; its disk takes its time.").format(name=path.name)
        self._message_bar.offer(self._sentence, {self.tr("Cancel"): self._files.cancel_opening})
