"""Rows of a preferences page: each shows one setting, and sets it as soon as it is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.controls import ChoiceRow, label
from pandemonium.desktop.core.settings_store import SettingsStore

_CAPTION = 168  # pixels


class Rows(QWidget):
    """One page: a title and rows below each other, each bound to a field of the settings."""

    def __init__(self, store: SettingsStore, title: str) -> None:
        super().__init__()
        self.setObjectName("preferencesPage")
        self.setAccessibleName(title)
        self.title = title
        self._store = store
        self._show: list[tuple[str, Callable[[], None]]] = []
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
        store.changed.connect(self._take)

    def part(self, words: str) -> None:
        """Begins a group of rows."""
        row = self._grid.rowCount()
        if row > 1:
            self._grid.setRowMinimumHeight(row, 8)
            row += 1
        heading = label(words, "part")
        heading.setIndent(0)
        self._grid.addWidget(heading, row, 0, 1, 2)

    def switch(self, table: str, name: str, words: str, hint: str = "") -> QCheckBox:
        """Adds something that is on or off."""
        box = QCheckBox(words)
        self._name(box, table, name, words)
        box.toggled.connect(lambda on: self._set(table, name, on))
        self._bind(table, name, box.setChecked, box)
        row = self._grid.rowCount()
        self._grid.addWidget(box, row, 0, 1, 2)
        self._hint(hint, indent=24, whole=True)
        return box

    def number(
        self, table: str, name: str, words: str, *, unit: str = "", step: float = 1, none: str = "", hint: str = ""
    ) -> QSpinBox | QDoubleSpinBox:
        """Adds a number; `none` is what its lowest value is called."""
        declared = next(each for each in fields(getattr(self._store.values, table)) if each.name == name)
        box: QSpinBox | QDoubleSpinBox
        if isinstance(declared.default, float):
            box = QDoubleSpinBox()
            box.setDecimals(2 if step < 0.5 else 1)
            box.setRange(declared.metadata["low"], declared.metadata["high"])
            box.setSingleStep(step)
        else:
            box = QSpinBox()
            box.setRange(int(declared.metadata["low"]), int(declared.metadata["high"]))
            box.setSingleStep(int(step))
            box.setGroupSeparatorShown(True)
        box.setSuffix(f" {unit}" if unit else "")
        box.setSpecialValueText(none)
        box.setKeyboardTracking(False)
        box.setFixedWidth(150)
        self._name(box, table, name, words)
        box.valueChanged.connect(lambda value: self._set(table, name, round(value, 3)))
        self._bind(table, name, box.setValue, box)
        self.row(words, box, hint)
        return box

    def segments(
        self, table: str, name: str, words: str, choices: Sequence[tuple[str, str, str]], hint: str = ""
    ) -> None:
        """Adds a choice of few, side by side: key, word and explanation of each."""
        row = ChoiceRow(f"{table}-{name}", words, choices)
        row.chosen.connect(lambda key: self._set(table, name, key))
        self._bind(table, name, row.show_choice, row)
        self.row(words, row, hint)

    def list(
        self,
        table: str,
        name: str,
        words: str,
        choices: Mapping[str, str],
        hint: str = "",
        choose: Callable[[str], object] | None = None,
    ) -> QComboBox:
        """Adds a choice of many; `choices` are words by key. Any other value is listed by its own name.

        `choose` takes the chosen key, where more is to be done than to keep it.
        """
        box = QComboBox()
        box.setMaxVisibleItems(18)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(22)
        for key, said in choices.items():
            box.addItem(said, key)

        def show(value: str) -> None:
            if box.findData(value) < 0:
                box.addItem(value, value)
            box.setCurrentIndex(box.findData(value))

        self._name(box, table, name, words)
        take = choose or (lambda key: self._set(table, name, key))
        box.currentIndexChanged.connect(lambda _: take(box.currentData()))
        self._bind(table, name, show, box)
        self.row(words, box, hint)
        return box

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
        made = QPushButton(words)
        made.setObjectName(object_name)
        made.setAccessibleName(words.rstrip("…"))
        made.setAutoDefault(False)
        made.clicked.connect(lambda _=False: act())
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

    def _name(self, widget: QWidget, table: str, name: str, words: str) -> None:
        widget.setObjectName(f"{table}-{name}")
        widget.setAccessibleName(words)
        if not isinstance(widget, QCheckBox):
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _bind(self, table: str, name: str, show: Callable[[Any], object], widget: QWidget) -> None:
        def refresh() -> None:
            widget.blockSignals(True)
            show(getattr(getattr(self._store.values, table), name))
            widget.blockSignals(False)

        self._show.append((table, refresh))
        refresh()

    def _set(self, table: str, name: str, value: Any) -> None:
        self._store.update(table, **{name: value})

    def _take(self, table: str) -> None:
        for each, refresh in self._show:
            if each == table:
                refresh()
