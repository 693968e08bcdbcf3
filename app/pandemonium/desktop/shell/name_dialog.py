"""Asks for a name: one field, and two buttons without pictures."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from pandemonium.desktop.core.controls import answer_buttons
from pandemonium.desktop.core.fitting import available_room, fitted, make_scrollable
from pandemonium.desktop.core.plain_text import plain_label

_NAME = 40  # characters of a name that are seen while it is typed


class NameDialog(QDialog):
    """A small question for a name; Return takes it, Esc leaves it.

    Args:
        parent: the window that asks.
        title: what the name is for.
        proposed: a name that can be taken as it is.
    """

    def __init__(self, parent: QWidget, title: str, proposed: str) -> None:
        super().__init__(parent)
        self.setObjectName("nameDialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.field = QLineEdit(proposed)
        self.field.setObjectName("nameField")
        self.field.setAccessibleName(title)
        self.field.setMinimumWidth(_NAME * self.field.fontMetrics().averageCharWidth())
        self.field.selectAll()
        caption = plain_label(title)
        caption.setBuddy(self.field)
        buttons, self._accept = answer_buttons(self, self.tr("OK"), self.tr("Cancel"))
        self.field.textChanged.connect(self._look)
        self._look()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        for each in (caption, self.field, buttons):
            layout.addWidget(each)
        make_scrollable(self)
        self.resize(fitted(self.sizeHint(), available_room(self)))

    @property
    def name(self) -> str:
        """What was typed, without white space around it."""
        return self.field.text().strip()

    def _look(self) -> None:
        """A name of nothing is none."""
        self._accept.setEnabled(bool(self.name))
