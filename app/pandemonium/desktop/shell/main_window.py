"""The main window: the page, the panel beside it, the message bar above and the status bar below; and how it closes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget


class MainWindow(QMainWindow):
    """Holds the parts that it is given.

    Signals:
        dragged_over(list[Path]): files or folders hang over the window; none when they have left.
        dropped(list[Path]): they were dropped on it.
        closed(): it is gone, and nothing of it runs any more.
    """

    dragged_over = Signal(object)
    dropped = Signal(object)
    closed = Signal()

    def __init__(self, page: QWidget, panel: QWidget, message_bar: QWidget, status_bar: QWidget) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setAccessibleName("Pandemonium")
        self.setAcceptDrops(True)
        self._closing: Callable[[], bool] = lambda: True
        self._ask: Callable[[], Coroutine[Any, Any, None]] | None = None
        self._start: Callable[[Coroutine[Any, Any, None]], object] | None = None
        self._asking = False
        self._allowed = False
        left = self._column = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(message_bar)
        left.addWidget(page, 1)
        left.addWidget(status_bar)
        self.body = QWidget()
        row = self._row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(panel)
        self.setCentralWidget(self.body)
        self.setMinimumSize(560, 420)

    def add_beside_page(self, widget: QWidget) -> None:
        """Puts a panel to the left of the page."""
        self._row.insertWidget(0, widget)

    def add_under_page(self, widget: QWidget) -> None:
        """Puts a bar between the page and the status bar."""
        self._column.insertWidget(self._column.count() - 1, widget)

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
        """Takes files and folders."""
        if paths := dropped_paths(event):
            event.acceptProposedAction()
            self.dragged_over.emit(paths)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self.dragged_over.emit([])

    def dropEvent(self, event: QDropEvent) -> None:
        """Tells what was dropped."""
        self.dragged_over.emit([])
        if paths := dropped_paths(event):
            event.acceptProposedAction()
            self.dropped.emit(paths)


def dropped_paths(event: QDropEvent) -> Sequence[Path]:
    """The files and folders of this computer that an event carries."""
    found = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in found if path.exists()]
