"""Keys that are typed while a document is on its way to an empty page: they wait, and go into that document."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.key_watch import types_text

_KEY = Qt.Key
_BREAKS = (_KEY.Key_Return, _KEY.Key_Enter, _KEY.Key_Tab)
_TAKES_BACK = (_KEY.Key_Backspace, _KEY.Key_Delete)


class HeldKeys(QObject):
    """What was typed into a page that nothing may come onto yet.

    Args:
        editor: the page.
    """

    def __init__(self, editor: DocumentEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._held: list[QKeyEvent | QInputMethodEvent] = []
        self._waiting = 0  # documents that are on their way

    def __bool__(self) -> bool:
        return bool(self._held)

    @property
    def is_holding(self) -> bool:
        """Keys wait."""
        return self._editor.isReadOnly()

    def hold(self) -> None:
        """One more document is on its way: the page takes nothing."""
        self._waiting += 1
        if not self.is_holding:
            self._editor.setReadOnly(True)
            self._editor.installEventFilter(self)

    def let_go(self) -> None:
        """One document less is on its way; behind the last, the page has what was typed."""
        self._waiting -= 1
        if self._waiting == 0:
            self.play()

    def play(self) -> None:
        """Gives the page what was typed, now, and what is typed from now on."""
        if not self.is_holding:
            return
        self._editor.removeEventFilter(self)
        self._editor.setReadOnly(False)
        held = self._held
        self._held = []
        for each in held:
            QApplication.sendEvent(self._editor, each)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the keys that type; whatever commands something passes."""
        if isinstance(event, QInputMethodEvent):
            if event.commitString():
                kept = QInputMethodEvent()
                kept.setCommitString(event.commitString())
                self._held.append(kept)
            return True
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not types_text(event):
            return False
        if event.key() in _TAKES_BACK:
            del self._held[-1:]  # of the document nothing is taken away unseen
            return True
        types = event.key() in _BREAKS or (bool(event.text()) and event.text().isprintable())
        if types:
            self._held.append(QKeyEvent(event.type(), event.key(), event.modifiers(), event.text()))
        return types
