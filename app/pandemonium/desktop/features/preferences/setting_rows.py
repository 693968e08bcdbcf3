"""Rows of a preferences page: each shows one setting, made from its declaration, and sets it at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.controls import label, push_button
from pandemonium.desktop.core.setting_widgets import setting_list, setting_widget, translated
from pandemonium.desktop.core.settings_store import SettingsStore
from pandemonium.desktop.features.context import Button, ListedSetting, Note, Section

_CAPTION = 168  # pixels


class Rows(QWidget):
    """One page: a title and rows below each other, each bound to a field of the settings."""

    def __init__(self, store: SettingsStore, title: str) -> None:
        super().__init__()
        self.setObjectName("preferencesPage")
        self.setAccessibleName(title)
        self.title = title
        self._store = store
        self._parts: set[str] = set()
        body = QWidget()
        body.setObjectName("preferencesBody")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(9)
        self._grid.setColumnMinimumWidth(0, _CAPTION)
        self._grid.setColumnStretch(1, 1)
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 14, 0)
        inside.addLayout(self._grid)
        inside.addStretch()
        self._scroll = scroll = QScrollArea()
        scroll.setObjectName("preferencesScroll")
        scroll.setAccessibleName(title)
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)
        self._layout.addWidget(label(title, "title"))
        self._layout.addWidget(scroll, 1)

    def add(self, section: Section) -> None:
        """Adds the rows of a section below the others; those of one title stand together."""
        if section.title and section.title not in self._parts:
            self.part(section.title)
            self._parts.add(section.title)
        for row in section.rows:
            match row:
                case str():
                    self.setting(row)
                case ListedSetting(setting, choices, choose):
                    meta = self._store.declaration(setting).metadata
                    box = setting_list(self._store, setting, choices(), choose)
                    self.row(translated(meta["title"]), box, translated(meta["hint"]))
                case Button(name, text, run, caption):
                    self.button(name, text, run, caption)
                case Note(text):
                    self.note(text)

    def setting(self, name: str) -> None:
        """Adds the widget of a setting, with the words of its declaration."""
        widget = setting_widget(self._store, name)
        meta = self._store.declaration(name).metadata
        title = translated(meta["title"])
        hint = translated(meta["hint"])
        if isinstance(widget, QCheckBox):
            self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)
            self._hint(hint, indent=24, whole=True)
            return
        if isinstance(widget, (QSpinBox, QDoubleSpinBox)):
            widget.setFixedWidth(150)
        self.row(title, widget, hint)

    def part(self, words: str) -> None:
        """Begins a group of rows."""
        row = self._grid.rowCount()
        if row > 1:
            self._grid.setRowMinimumHeight(row, 8)
            row += 1
        heading = label(words, "part")
        heading.setIndent(0)
        self._grid.addWidget(heading, row, 0, 1, 2)

    def row(self, words: str, widget: QWidget, hint: str = "") -> None:
        """Adds a widget with its caption."""
        row = self._grid.rowCount()
        caption = label(words, "caption")
        caption.setBuddy(widget)
        self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignVCenter)
        fixed = isinstance(widget, (QSpinBox, QDoubleSpinBox, QPushButton))
        self._grid.addWidget(widget, row, 1, Qt.AlignmentFlag.AlignLeft if fixed else Qt.AlignmentFlag(0))
        self._hint(hint)

    def note(self, words: str) -> QLabel:
        """Adds a sentence."""
        made = label(words, "hint")
        self._grid.addWidget(made, self._grid.rowCount(), 0, 1, 2)
        return made

    def button(self, object_name: str, words: str, act: Callable[[], object], caption: str = "") -> QPushButton:
        """Adds a button."""
        made = push_button(object_name, words, act)
        self.row(caption, made)
        return made

    def fill(self, widget: QWidget) -> None:
        """Puts one widget into all of the page."""
        self._scroll.hide()
        self._layout.removeWidget(self._scroll)
        self._layout.addWidget(widget, 1)

    def _hint(self, hint: str, *, indent: int = 0, whole: bool = False) -> None:
        if hint:
            made = label(hint, "hint")
            made.setContentsMargins(indent, 0, 0, 4)
            row = self._grid.rowCount()
            self._grid.addWidget(made, row, 0 if whole else 1, 1, 2 if whole else 1)
