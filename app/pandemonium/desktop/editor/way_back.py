"""The way back: where the writer was before something took the cursor elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from pandemonium.desktop.editor.document_model import DocumentModel


class WayBack(QObject):
    """Remembers one place, which moves with the text around it.

    From mention to mention she is taken by a row of commands: back is where she stood before the first of them.

    Signals:
        changed(): there is a way back now, or none any more.
        went(): she is back.
    """

    changed = Signal()
    went = Signal()

    def __init__(self, page: QTextEdit, model: DocumentModel, go_to: Callable[[QTextCursor], None]) -> None:
        """Begins.

        Args:
            page: whose cursor it is.
            model: the document on that page.
            go_to: takes a cursor there, and says so with `leave` and `arrive`.
        """
        super().__init__(page)
        self._page = page
        self._model = model
        self._go_to = go_to
        self._left: QTextCursor | None = None
        self._arrived = (-1, -1)  # where she was taken to, and the document's revision then
        model.loaded.connect(self.forget)

    @property
    def is_known(self) -> bool:
        """There is a place to go back to."""
        return self._left is not None

    def leave(self) -> None:
        """The cursor is about to be taken elsewhere."""
        if self._left is None or self._here() != self._arrived:
            self._left = QTextCursor(self._page.textCursor())
            self.changed.emit()

    def arrive(self) -> None:
        """The cursor has been taken there."""
        self._arrived = self._here()

    def go(self) -> None:
        """Goes back; the way leads here then."""
        left = self._left
        if left is not None:
            self._arrived = (-1, -1)
            self._go_to(left)
            self._arrived = (-1, -1)
            self.went.emit()

    def forget(self) -> None:
        """Another document is on the page."""
        self._left = None
        self._arrived = (-1, -1)
        self.changed.emit()

    def _here(self) -> tuple[int, int]:
        return self._page.textCursor().position(), self._model.revision
