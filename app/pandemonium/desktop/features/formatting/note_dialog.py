"""Asks for the text of a note."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from pandemonium.desktop.core.controls import answer_buttons
from pandemonium.desktop.core.fitting import make_scrollable, open_at


class NoteDialog(QDialog):
    """A small sheet for one note: Ctrl+Return takes it, Esc leaves it as it was."""

    def __init__(self, parent: QWidget, text: str, take: Callable[[str], object]) -> None:
        super().__init__(parent)
        self.setObjectName("noteDialog")
        self.setWindowTitle(self.tr("Footnote"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.text = QPlainTextEdit(text)
        self.text.setObjectName("noteText")
        self.text.setAccessibleName(self.tr("Text of the note"))
        self.text.setTabChangesFocus(True)
        buttons, _ = answer_buttons(self, self.tr("OK"), self.tr("Cancel"))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        self.accepted.connect(lambda: take(self.text.toPlainText()))
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(buttons)
        make_scrollable(self)
        open_at(self, 460, 220)
