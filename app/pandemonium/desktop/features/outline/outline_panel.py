"""The outline's panel at the left of the page: a list of chapters that is read, clicked, and walked through by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.controls import label, on_keys
from pandemonium.desktop.core.plain_text import plain_label, plain_text
from pandemonium.desktop.core.theme import LIGHT, Colours

_WIDTH = 35  # average characters of the interface's font
_ROLE = Qt.ItemDataRole.UserRole
_INDENT = 14
_SIDE = 16
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Chapter:
    """A line of the outline: its paragraph, how deep it stands (0 is outermost), title, and words to the next."""

    paragraph: int
    depth: int
    title: str
    words: int


class OutlineModel(QAbstractListModel):
    """The chapters, as a list."""

    def __init__(self) -> None:
        super().__init__()
        self.chapters: list[Chapter] = []
        self.current = -1

    def show(self, chapters: Sequence[Chapter], current: int) -> None:
        """Takes other chapters; rows stay where their number does."""
        if chapters == self.chapters and current == self.current:
            return
        if len(chapters) != len(self.chapters):
            self.beginResetModel()
            self.chapters = list(chapters)
            self.current = current
            self.endResetModel()
        else:
            self.chapters = list(chapters)
            self.current = current
            if chapters:
                self.dataChanged.emit(self.index(0), self.index(len(chapters) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """How many chapters there are."""
        return 0 if parent.isValid() else len(self.chapters)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title to show, and what a screen reader says."""
        if not index.isValid() or index.row() >= len(self.chapters):
            return None
        chapter = self.chapters[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return chapter.title or self.tr("Untitled")
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = self.tr("{title}, {n} words").format(
                title=chapter.title or self.tr("Untitled"), n=f"{chapter.words:,}"
            )
            if role == Qt.ItemDataRole.ToolTipRole:
                return plain_text(said)
            here = index.row() == self.current and role == Qt.ItemDataRole.AccessibleTextRole
            return self.tr("{chapter}, you are here").format(chapter=said) if here else said
        return (chapter, index.row() == self.current) if role == _ROLE else None


class _Painter(QStyledItemDelegate):
    """Draws a title, its words at the right, and a line beside the chapter that is written in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.colours: Colours = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One calm line."""
        return QSize(10, QFontMetrics(option.font).height() + 13)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one chapter."""
        chapter, is_current = index.data(_ROLE)
        colours = self.colours
        rect = QRect(option.rect)
        state = option.state
        painter.save()
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if focused or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(colours.selection if focused else colours.field))
        if is_current:
            painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), QColor(colours.accent))
        font = QFont(option.font)
        words = f"{chapter.words:,}"
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        room = QFontMetrics(small).horizontalAdvance(words)
        inner = rect.adjusted(_SIDE + _INDENT * min(chapter.depth, 4), 0, -_SIDE, 0)
        painter.setFont(small)
        painter.setPen(QColor(colours.quiet))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        if chapter.depth == 0:
            font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        bright = colours.accent if is_current and not focused else colours.ink
        painter.setPen(QColor(bright if is_current or focused or chapter.depth == 0 else colours.quiet))
        inner.setRight(inner.right() - room - 12)
        title = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()


class OutlinePanel(QFrame):
    """What is seen of the outline.

    Signals:
        chosen(int): the writer wants to go to the paragraph of that number.
        left(): she wants to go back to the page.
    """

    chosen = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("outline")
        self.setAccessibleName(self.tr("Outline"))
        self.setFixedWidth(max(248, _WIDTH * self.fontMetrics().averageCharWidth()))
        self.model = OutlineModel()
        self.list = QListView()
        self.list.setObjectName("outlineList")
        self.list.setAccessibleName(self.tr("Chapters"))
        self.list.setModel(self.model)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._painter = _Painter(self.list)
        self.list.setItemDelegate(self._painter)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        choosing = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        acts = dict.fromkeys(choosing, lambda: self._choose(self.list.currentIndex()))
        on_keys(self.list, {**acts, Qt.Key.Key_Escape: self.left.emit})
        self._empty = plain_label(
            self.tr("No chapters yet. A heading, or a line such as \u201cChapter 1\u201d, will be listed here.")
        )
        self._empty.setProperty("role", "hint")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(_SIDE, 6, _SIDE, 0)
        title = label(self.tr("Outline"), "caption")
        title.setContentsMargins(_SIDE, 18, _SIDE, 6)
        stack = QWidget()
        self._stack = QStackedLayout(stack)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 10)
        layout.setSpacing(0)
        layout.addWidget(title)
        layout.addWidget(stack, 1)

    def show_chapters(self, chapters: Sequence[Chapter], current: int) -> None:
        """Shows the chapters and which of them is written in, -1 for none."""
        moved = current != self.model.current
        self.model.show(chapters, current)
        self._stack.setCurrentIndex(0 if chapters else 1)
        if moved and current >= 0 and not self.list.hasFocus():
            self.list.setCurrentIndex(self.model.index(current))
            self.list.scrollTo(self.model.index(current))

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self._painter.colours = colours
        self.list.viewport().update()

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.model.chapters[index.row()].paragraph)
