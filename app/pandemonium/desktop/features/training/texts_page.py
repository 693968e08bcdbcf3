"""The wizard's first page: which folders and files the voice is to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from pandemonium.desktop.core.controls import label, push_button
from pandemonium.desktop.core.plain_text import plain_text


class TextsPage(QWidget):
    """Shows the sources.

    Signals:
        folder_asked(), files_asked(): the writer wants to choose some.
        removed(Path): one is to go.
    """

    folder_asked = Signal()
    files_asked = Signal()
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.title = self.tr("Which texts shall it learn from?")
        words = label(
            self.tr(
                "Your own novels, letters, diaries: whatever has the voice that you want. A folder may hold anything; "
                "on the next page you see what is read and what is left out. One to five million characters are "
                "best, and nothing leaves this computer."
            ),
            "hint",
        )
        self.list = QListWidget()
        self.list.setObjectName("sourcesList")
        self.list.setAccessibleName(self.tr("Folders and files"))
        folder = push_button("addFolderButton", self.tr("Add a folder…"))
        folder.clicked.connect(self.folder_asked.emit)
        files = push_button("addFilesButton", self.tr("Add files…"))
        files.clicked.connect(self.files_asked.emit)
        self._remove = push_button("removeSourceButton", self.tr("Remove"))
        self._remove.clicked.connect(self._remove_chosen)
        self.list.currentRowChanged.connect(lambda row: self._remove.setEnabled(row >= 0))
        row = QHBoxLayout()
        row.addWidget(folder)
        row.addWidget(files)
        row.addStretch()
        row.addWidget(self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(words)
        layout.addWidget(self.list, 1)
        layout.addWidget(label(self.tr("Folders and files can also be dropped here."), "hint"))
        layout.addLayout(row)

    def show_sources(self, sources: Sequence[Path]) -> None:
        """Lists them."""
        self.list.clear()
        for source in sources:
            item = QListWidgetItem(f"{source.name or source}\n{source.parent}")
            item.setToolTip(plain_text(str(source)))
            item.setData(256, source)
            self.list.addItem(item)
        self._remove.setEnabled(False)

    def _remove_chosen(self) -> None:
        if (item := self.list.currentItem()) is not None:
            self.removed.emit(item.data(256))
