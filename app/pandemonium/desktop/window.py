"""The main window: the page, the panel beside it, the banner above and the foot below; and how it closes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget


class MainWindow(QMainWindow):
    """Holds the parts that it is given.

    Signals:
        file_dropped(Path): a document was dropped on the window.
        closed(): it is gone, and nothing of it runs any more.
    """

    file_dropped = Signal(object)
    closed = Signal()

    def __init__(self, page: QWidget, panel: QWidget, banner: QWidget, foot: QWidget) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setAccessibleName("Pandemonium")
        self.setAcceptDrops(True)
        self._closing: Callable[[], bool] = lambda: True
        self._ask: Callable[[], Coroutine[Any, Any, None]] | None = None
        self._start: Callable[[Coroutine[Any, Any, None]], object] | None = None
        self._asking = False
        self._allowed = False
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(banner)
        left.addWidget(page, 1)
        left.addWidget(foot)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(panel)
        self.setCentralWidget(body)
        self.setMinimumSize(560, 420)

    def close_by(
        self,
        is_safe: Callable[[], bool],
        ask: Callable[[], Coroutine[Any, Any, bool]],
        start: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        """Says how to close.

        Args:
            is_safe: nothing would be lost.
            ask: asks the writer, and tells whether the window may go.
            start: runs a coroutine.
        """

        async def ask_then_close() -> None:
            try:
                self._allowed = await ask()
            finally:
                self._asking = False
            if self._allowed:
                self.close()

        self._closing, self._ask, self._start = is_safe, ask_then_close, start

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes at once where nothing can be lost; asks first where something can."""
        if self._allowed or self._closing():
            event.accept()
            self._allowed = True
            self.closed.emit()
            return
        event.ignore()
        if not self._asking and self._ask is not None and self._start is not None:
            self._asking = True
            self._start(self._ask())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes one file."""
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens it."""
        path = self._dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    @staticmethod
    def _dropped(event: QDropEvent) -> Path | None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return files[0] if len(files) == 1 and files[0].is_file() else None
