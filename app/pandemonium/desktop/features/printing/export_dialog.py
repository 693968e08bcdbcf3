"""Asks what an export is to be: the format, how it is set, and what it would not have."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.controls import answer_buttons
from pandemonium.desktop.core.fitting import available_room, fitted, make_scrollable
from pandemonium.desktop.core.plain_text import plain_label
from pandemonium.desktop.shell.file_kinds import export_kinds


class ExportDialog(QDialog):
    """A small question before the one for a place.

    Args:
        parent: the window that asks.
        chosen: the format that was exported to last.
        loss: says for a format what a copy would not have; asked when the format is chosen.
    """

    def __init__(self, parent: QWidget, chosen: str, loss: Callable[[str], str]) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._loss = loss
        self.format_box = QComboBox()
        self.format_box.setObjectName("exportFormatBox")
        self.format_box.setAccessibleName(self.tr("Format"))
        for key, name in export_kinds().items():
            self.format_box.addItem(name, key)
        self.manuscript_box = QCheckBox(self.tr("Set it as publishers ask for: double-spaced, with a running head"))
        self.manuscript_box.setObjectName("manuscriptFormatBox")
        self.sentence = plain_label()
        self.sentence.setObjectName("exportLossLabel")
        self.sentence.setAccessibleName(self.tr("What the copy will not have"))
        self.sentence.setWordWrap(True)
        self.sentence.setMinimumWidth(420)
        self.sentence.setMinimumHeight(self.fontMetrics().lineSpacing() * 3)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        form = QFormLayout()
        label = plain_label(self.tr("&Format"))
        label.setBuddy(self.format_box)
        form.addRow(label, self.format_box)
        form.addRow("", self.manuscript_box)
        buttons, self.go_on = answer_buttons(self, self.tr("Choose where…"), self.tr("Cancel"))
        self.go_on.setObjectName("exportGoOnButton")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.sentence)
        layout.addWidget(buttons)
        self.format_box.currentIndexChanged.connect(self._show_format)
        at = self.format_box.findData(chosen)
        self.format_box.setCurrentIndex(max(0, at))
        self._show_format()
        make_scrollable(self)
        self.resize(fitted(self.sizeHint(), available_room(self)))

    @property
    def format(self) -> str:
        """The chosen format."""
        return str(self.format_box.currentData())

    @property
    def format_name(self) -> str:
        """What the chosen format is called, without its suffix."""
        return self.format_box.currentText().partition(" (")[0]

    @property
    def manuscript_format(self) -> bool:
        """It is to be set as publishers ask for."""
        return self.format == "docx" and self.manuscript_box.isChecked()

    def _show_format(self) -> None:
        self.manuscript_box.setEnabled(self.format == "docx")
        self.sentence.setText(self._loss(self.format) or self.tr("The copy will have everything that is on the page."))
