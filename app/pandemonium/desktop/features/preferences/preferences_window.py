"""The window of the preferences: pages at the left, the chosen one beside them; what is changed holds at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from pandemonium.desktop.core.controls import label
from pandemonium.desktop.core.fitting import make_scrollable, open_at
from pandemonium.desktop.core.wheel import let_wheel_scroll
from pandemonium.desktop.features.preferences.setting_rows import Rows

_LIST = 176


class PreferencesWindow(QDialog):
    """A list of pages and the page."""

    def __init__(self, parent: QWidget, pages: Sequence[Rows]) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("preferences")
        self.setWindowTitle(self.tr("Preferences"))
        self.setAccessibleName(self.windowTitle())
        self._list = QListWidget()
        self._list.setObjectName("preferencesPages")
        self._list.setAccessibleName(self.tr("Pages"))
        self._list.setFixedWidth(_LIST)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._stack = QStackedWidget()
        for page in pages:
            self._list.addItem(page.title)
            self._stack.addWidget(page)
        self._list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self._list.setCurrentRow(0)
        side = QFrame()
        side.setObjectName("preferencesSide")
        left = QVBoxLayout(side)
        left.setContentsMargins(18, 28, 10, 24)
        left.setSpacing(18)
        left.addWidget(self._list, 1)
        left.addWidget(label(self.tr("What you change holds at once."), "hint"))
        right = QVBoxLayout()
        right.setContentsMargins(26, 24, 22, 26)
        right.addWidget(self._stack)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addLayout(right, 1)
        let_wheel_scroll(self)
        make_scrollable(self)
        open_at(self, 860, 620)

    def show_page(self, row: int) -> None:
        """Turns to a page."""
        self._list.setCurrentRow(row)

    def open(self) -> None:
        """Shows the window beside the others; nothing waits for it."""
        self.show()
        self.activateWindow()
        self._list.setFocus()
