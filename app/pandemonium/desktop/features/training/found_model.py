"""The table of what was found: one row a file, with what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from pandemonium.desktop.core.plain_text import plain_text
from pandemonium.desktop.core.theme import Colours
from pandemonium.text.language import UNKNOWN, language_name
from pandemonium.training.reading.selection import Decision, Selection

Index = QModelIndex | QPersistentModelIndex
NAME, WORDS, LANGUAGE, BECOMES = range(4)
_ROLE = Qt.ItemDataRole


class FoundModel(QAbstractTableModel):
    """Files with a box each to keep them or leave them out.

    Signals:
        kept_changed(Path, bool): the writer overrules what becomes of a file.
    """

    kept_changed = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self._decisions: list[Decision] = []
        self._all: tuple[Decision, ...] = ()
        self._roots: Sequence[Path] = ()
        self._wanted: bool | None = None
        self._faint = QColor("#777777")

    def show_selection(self, selection: Selection, roots: Sequence[Path]) -> None:
        """Shows what becomes of every file; `roots` are left out of their names."""
        self._all = selection.decisions
        self._roots = roots
        shown = [each for each in self._all if self._wanted is None or each.kept == self._wanted]
        if [each.file for each in shown] == [each.file for each in self._decisions]:
            self._decisions = shown
            if shown:
                self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, BECOMES))
            return
        self.beginResetModel()
        self._decisions = shown
        self.endResetModel()

    def filter(self, kept: bool | None) -> None:
        """Shows only what is kept, or left out; None shows all."""
        self._wanted = kept
        self.beginResetModel()
        self._decisions = [each for each in self._all if kept is None or each.kept == kept]
        self.endResetModel()

    def apply_colours(self, colours: Colours) -> None:
        """Takes the colour of what is left out."""
        self._faint = QColor(colours.quiet)

    def decision(self, row: int) -> Decision | None:
        """What a row shows."""
        return self._decisions[row] if 0 <= row < len(self._decisions) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many files are shown."""
        return 0 if parent.isValid() else len(self._decisions)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Name, words, language, what becomes of it."""
        return 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """The columns' names."""
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return (self.tr("Text"), self.tr("Words"), self.tr("Language"), self.tr("What becomes of it"))[section]
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """What a cell shows."""
        decision = self._decisions[index.row()]
        if role == _ROLE.DisplayRole:
            return self._text(decision, index.column())
        if role == _ROLE.CheckStateRole and index.column() == NAME and decision.can_be_kept:
            return Qt.CheckState.Checked if decision.kept else Qt.CheckState.Unchecked
        if role == _ROLE.ToolTipRole:
            return plain_text(f"{decision.file.path}\n{self._becomes(decision)}")
        if role == _ROLE.ForegroundRole and not decision.kept:
            return self._faint
        if role == _ROLE.TextAlignmentRole and index.column() == WORDS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == _ROLE.AccessibleTextRole:
            return ", ".join(self._text(decision, column) for column in range(4))
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Tells that the writer keeps a file or leaves it out."""
        if role != _ROLE.CheckStateRole or index.column() != NAME:
            return False
        self.kept_changed.emit(self._decisions[index.row()].file.path, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A box stands before what holds text."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if index.column() == NAME and self._decisions[index.row()].can_be_kept:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def _text(self, decision: Decision, column: int) -> str:
        file = decision.file
        match column:
            case 0:
                return below(file.path, self._roots)
            case 1:
                return f"{file.words:,}" if file.words else ""
            case 2:
                return language_name(file.language) if file.language != UNKNOWN else ""
            case _:
                return self._becomes(decision)

    def _becomes(self, decision: Decision) -> str:
        if decision.kept:
            return self.tr("kept, as you asked") if decision.overruled else self.tr("kept")
        return decision.reason


def below(path: Path, roots: Sequence[Path]) -> str:
    """A file's name as a person would say it who knows the folder."""
    for root in roots:
        if path != root and path.is_relative_to(root):
            inside = str(path.relative_to(root))
            return inside if len(roots) == 1 else f"{root.name}/{inside}"
    return path.name
