"""The list of next words at the cursor: read, walked through by keys, taken by Return or a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.controls import label
from pandemonium.desktop.core.theme import LIGHT, Colours
from pandemonium.desktop.editor.key_watch import types_text

if TYPE_CHECKING:
    from pandemonium.writing.insight.next_words import NextWord, NextWords

_ROLE = Qt.ItemDataRole.UserRole
_SIDE = 12
_GAP = 22  # between a word and its chance
_LINE = 9  # pixels that a line is taller than its letters
_LEAST_WIDTH = 150
_WIDEST = 340
_LEAST_SIGNS = 0.005  # chance below which signs are not worth a line
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
Index = QModelIndex | QPersistentModelIndex


def as_percent(chance: float) -> str:
    """A chance in words: two figures of it."""
    share = 100 * chance
    return f"{share:.0f}%" if share >= 9.95 else f"{share:.1f}%"


class _WordPainter(QStyledItemDelegate):
    """Draws a word, what is typed of it quietly, its chance at the right, and a line as long as that is large.

    Attributes:
        colours: the theme's.
        largest: the chance whose line is the longest.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.colours: Colours = LIGHT
        self.largest = 1.0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(10, QFontMetrics(option.font).height() + _LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one word."""
        word: NextWord = index.data(_ROLE)
        colours = self.colours
        rect = QRect(option.rect)
        state = option.state
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, QColor(colours.selection))
        inner = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        length = round(inner.width() * word.chance / max(self.largest, word.chance))
        painter.fillRect(QRect(inner.left(), rect.bottom() - 1, length, 2), QColor(colours.underline))
        painter.setPen(QPen(QColor(colours.ink if chosen else colours.quiet)))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        chance = as_percent(word.chance)
        painter.drawText(inner, right, chance)
        metrics = painter.fontMetrics()
        inner.setRight(inner.right() - metrics.horizontalAdvance(chance) - _GAP // 2)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        typed = word.word[: word.typed]
        if typed:
            painter.drawText(inner, left, typed)
            inner.setLeft(inner.left() + metrics.horizontalAdvance(typed))
        painter.setPen(QPen(QColor(colours.ink)))
        rest = word.word[word.typed :]
        painter.drawText(inner, left, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, inner.width()))
        painter.restore()


class _Words(QListWidget):
    """The list itself.

    Signals:
        taken(): the chosen word is wanted.
        left(): nothing is wanted.
        typed(QKeyEvent): a key that is the page's.
    """

    taken = Signal()
    left = Signal()
    typed = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Tab take, Esc leaves, the arrows walk; what types goes to the page."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if event.key() in _TAKES and plain:
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif types_text(event) and (event.text().isprintable() or event.key() == Qt.Key.Key_Backspace) and event.text():
            self.typed.emit(event)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: object) -> bool:
        """Lets Tab be a key of the list and not the way out of it."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab and event.type() == QKeyEvent.Type.KeyPress:
            self.keyPressEvent(event)
            return True
        return bool(super().event(event))  # type: ignore[arg-type]

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Goes with the keyboard, but not for a menu or another window."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


class NextWordList(QFrame):
    """What is seen: the words, and below them the chance of a sign.

    Attributes:
        room: how high it may be, in pixels.

    Signals:
        taken(NextWord): the writer wants that word.
        left(): she wants none.
        typed(QKeyEvent): she goes on typing.
    """

    taken = Signal(object)
    left = Signal()
    typed = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setObjectName("nextWords")
        self.setAccessibleName(self.tr("Likeliest next words"))
        self.room = 10_000
        self.words = _Words()
        self.words.setObjectName("nextWordsList")
        self.words.setAccessibleName(self.tr("Likeliest next words"))
        self.words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.words.setMouseTracking(True)
        self.words.setUniformItemSizes(True)
        self._painter = _WordPainter(self.words)
        self.words.setItemDelegate(self._painter)
        self._signs = label("", "hint")
        self._signs.setContentsMargins(_SIDE, 3, _SIDE, 5)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 4, 1, 4)
        layout.setSpacing(0)
        layout.addWidget(self.words)
        layout.addWidget(self._signs)
        self.words.taken.connect(self._take)
        self.words.left.connect(self.left)
        self.words.typed.connect(self.typed)
        self.words.itemEntered.connect(self.words.setCurrentItem)
        self.words.itemClicked.connect(self._take)
        self.hide()

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self._painter.colours = colours
        self.words.viewport().update()

    def show_words(self, found: NextWords) -> None:
        """Shows other words; the first is chosen."""
        self._fill(found.words)
        has_signs = found.signs >= _LEAST_SIGNS
        self._signs.setVisible(has_signs)
        said = self.tr("No word, but a sign or a new paragraph: {chance}").format(chance=as_percent(found.signs))
        self._signs.setText(said if has_signs else "")
        self.words.setAccessibleDescription(self._signs.text())
        self._fit()

    def narrow(self, start: str) -> int:
        """Keeps the words that begin with `start`, which is on the page now; gives how many are left."""
        kept = [word for word in self._shown() if word.word.casefold().startswith(start.casefold())]
        space = " " if any(word.insertion.endswith(" ") for word in kept) else ""
        begun = [replace(word, insertion=word.word[len(start) :] + space, typed=len(start)) for word in kept]
        self._fill([word for word in begun if word.insertion])
        self._signs.hide()
        self._fit()
        return self.words.count()

    def begin_word(self) -> int:
        """Keeps the words that stand behind a space, which is on the page now; gives how many they are."""
        behind = [word for word in self._shown() if word.insertion.startswith(" ")]
        self._fill([replace(word, insertion=word.insertion[1:]) for word in behind])
        self._signs.hide()
        self._fit()
        return self.words.count()

    def _shown(self) -> list[NextWord]:
        return [self.words.item(row).data(_ROLE) for row in range(self.words.count())]

    def _fill(self, words: Sequence[NextWord]) -> None:
        self._painter.largest = max((each.chance for each in words), default=1.0)
        self.words.clear()
        for each in words:
            item = QListWidgetItem(each.word)
            item.setData(_ROLE, each)
            said = self.tr("{word}, {chance}").format(word=each.word, chance=as_percent(each.chance))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            self.words.addItem(item)
        self.words.setCurrentRow(0)

    def _fit(self) -> None:
        metrics = self.words.fontMetrics()
        rows = self.words.count()
        shown = self._shown()
        words = max((metrics.horizontalAdvance(each.word + as_percent(each.chance)) for each in shown), default=0)
        width = min(_WIDEST, max(_LEAST_WIDTH, words + 2 * _SIDE + _GAP))
        row = metrics.height() + _LINE
        self.setFixedWidth(width)
        self.words.setFixedHeight(rows * row)
        height = self._height_for(width)
        if height > self.room:  # on a low page the list goes on below its last row; the arrows lead there
            over = -(-(height - self.room) // row)
            self.words.setFixedHeight(row * max(1, rows - over))
            height = self._height_for(width)
        self.resize(width, height)

    def _height_for(self, width: int) -> int:
        self._layout.activate()
        return self._layout.heightForWidth(width) if self._layout.hasHeightForWidth() else self.sizeHint().height()

    def _take(self) -> None:
        item = self.words.currentItem()
        if item is not None:
            self.taken.emit(item.data(_ROLE))
