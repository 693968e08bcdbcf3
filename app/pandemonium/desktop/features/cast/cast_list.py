"""The list of the cast: who is in the scene, people, places and things, walked through by keys or clicked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pandemonium.desktop.core.plain_text import plain_text
from pandemonium.desktop.core.theme import LIGHT, Colours
from pandemonium.desktop.features.cast.cast_book import CastMember

_ROLE = Qt.ItemDataRole.UserRole
_REASON = Qt.FocusReason
_SIDE = 16
_PIN = 9  # pixels of the mark that says who is in the scene
_PIN_ROOM = _SIDE + _PIN + 10
Index = QModelIndex | QPersistentModelIndex
Row = CastMember | str  # a member, or the title of those that follow


class CastModel(QAbstractListModel):
    """The members under their titles, as a list.

    Attributes:
        rows: members, and titles between them.
        passage_of: the sentence in which a member is first named.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.passage_of: Callable[[CastMember], str] = lambda _: ""

    def show(self, members: Sequence[CastMember]) -> None:
        """Takes other members, in the order in which they are to be seen."""
        rows: list[Row] = []
        last = ""
        for member in members:
            title = self._title(member)
            if title != last:
                rows.append(title)
                last = title
            rows.append(member)
        if rows == self.rows:
            return
        same = len(rows) == len(self.rows) and all(
            isinstance(one, str) == isinstance(other, str) for one, other in zip(rows, self.rows, strict=True)
        )
        if same:
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def member_at(self, index: Index) -> CastMember | None:
        """The member of a row; None for a title."""
        row = self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else ""
        return None if isinstance(row, str) else row

    def row_of(self, name: str) -> int:
        """The row of a member; -1 where it is not listed."""
        for number, row in enumerate(self.rows):
            if not isinstance(row, str) and row.name == name:
                return number
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """How many rows there are, titles included."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Titles cannot be chosen."""
        return super().flags(index) if self.member_at(index) is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name to show, and what a screen reader says."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == _ROLE:
            return row
        if isinstance(row, str):
            return row if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._format_member(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            passage = self.passage_of(row)
            return plain_text("\n".join(filter(None, [self._format_member(row), row.note[:300], passage])))
        return None

    def _format_member(self, member: CastMember) -> str:
        said = self.tr("{name}, {kind}, named {n} times").format(
            name=member.name, kind=self.kind_word(member.kind), n=f"{member.count:,}"
        )
        if member.pinned:
            said = self.tr("{member}, in the scene").format(member=said)
        return self.tr("{member}, hidden").format(member=said) if member.hidden else said

    def kind_word(self, kind: str) -> str:
        """What a kind is called."""
        return {"person": self.tr("person"), "place": self.tr("place")}.get(kind, self.tr("thing"))

    def _title(self, member: CastMember) -> str:
        if member.hidden:
            return self.tr("Hidden")
        if member.pinned:
            return self.tr("In the scene")
        return {"person": self.tr("People"), "place": self.tr("Places")}.get(member.kind, self.tr("Things"))


class _Painter(QStyledItemDelegate):
    """Draws a title; or the mark of the scene, a name, and how often it stands in the draft."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.colours: Colours = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One calm line, for a title too: rows of one height are laid out at once, also of a long cast."""
        return QSize(10, QFontMetrics(option.font).height() + 11)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        row: Row = index.data(_ROLE)
        rect = QRect(option.rect)
        font = QFont(option.font)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        painter.save()
        if isinstance(row, str):
            painter.setFont(small)
            painter.setPen(QColor(self.colours.quiet))
            where = rect.adjusted(_SIDE, 0, -_SIDE, -3)
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, row)
        else:
            self._paint_member(painter, option, row, rect, font, small)
        painter.restore()

    def _paint_member(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        member: CastMember,
        rect: QRect,
        font: QFont,
        small: QFont,
    ) -> None:
        colours = self.colours
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(colours.selection if chosen else colours.field))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mark = QRect(rect.left() + _SIDE, rect.center().y() - _PIN // 2, _PIN, _PIN)
        painter.setPen(QPen(QColor(colours.accent if member.pinned else colours.faint), 1.2))
        painter.setBrush(QColor(colours.accent) if member.pinned else Qt.BrushStyle.NoBrush)
        if not member.hidden:
            painter.drawEllipse(mark)
        inner = rect.adjusted(_PIN_ROOM, 0, -_SIDE, 0)
        count = f"{member.count:,}" if member.count else "\u2013"
        painter.setFont(small)
        painter.setPen(QColor(colours.quiet))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        inner.setRight(inner.right() - QFontMetrics(small).horizontalAdvance(count) - 10)
        if member.pinned:
            font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(colours.quiet if member.hidden else colours.ink))
        name = QFontMetrics(font).elidedText(member.name, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)


class CastList(QListView):
    """The list; a click on the mark or Space puts somebody into the scene, Return goes to where she is first named.

    Signals:
        pin_asked(str): somebody is to come into the scene, or to leave it.
        first_asked(str): the writer wants to go to where that one is first named.
        chosen(str): another one is chosen; empty for nobody.
        menu_asked(str, QPoint): of that one, at a place of the screen.
        left(): she wants to go back to the page.
    """

    pin_asked = Signal(str)
    first_asked = Signal(str)
    chosen = Signal(str)
    menu_asked = Signal(str, QPoint)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.members = CastModel()
        self.setObjectName("castList")
        self.setAccessibleName(self.tr("Cast"))
        self.setModel(self.members)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setMinimumHeight(90)
        self._painter = _Painter(self)
        self.setItemDelegate(self._painter)
        self.doubleClicked.connect(self._go_to_first)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.current_name))

    @property
    def current_name(self) -> str:
        """Who is chosen; empty for nobody."""
        member = self.members.member_at(self.currentIndex())
        return member.name if member else ""

    def show_members(self, members: Sequence[CastMember]) -> None:
        """Shows the cast; whoever is chosen stays so."""
        name = self.current_name
        scrolled = self.verticalScrollBar().value()
        self.members.show(members)
        self.choose(name)
        self.verticalScrollBar().setValue(scrolled)

    def choose(self, name: str) -> None:
        """Chooses a member."""
        row = self.members.row_of(name)
        if row >= 0 and row != self.currentIndex().row():
            self.setCurrentIndex(self.members.index(row))
        elif row < 0:
            self.setCurrentIndex(QModelIndex())

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self._painter.colours = colours
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by the keyboard finds somebody chosen: the keys are about her."""
        super().focusInEvent(event)
        if not self.current_name and event.reason() in (_REASON.TabFocusReason, _REASON.BacktabFocusReason):
            names = (each.name for each in self.members.rows if not isinstance(each, str))
            self.choose(next(names, ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hears Space, Return, Esc and the key of the menu."""
        if event.key() == Qt.Key.Key_Space and self.current_name:
            self.pin_asked.emit(self.current_name)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_name:
            self.first_asked.emit(self.current_name)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the mark puts somebody into the scene; elsewhere it chooses."""
        if not self._press_mark(event):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks on the mark are two clicks on the mark."""
        if not self._press_mark(event):
            super().mouseDoubleClickEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Asks for the menu of a row."""
        if isinstance(event, QContextMenuEvent):
            index = self.indexAt(event.pos())
            member = self.members.member_at(index if index.isValid() else self.currentIndex())
            if member is not None:
                self.choose(member.name)
                self.menu_asked.emit(member.name, event.globalPos())
            return True
        return super().viewportEvent(event)

    def _press_mark(self, event: QMouseEvent) -> bool:
        index = self.indexAt(event.position().toPoint())
        member = self.members.member_at(index)
        on_mark = event.position().x() < _PIN_ROOM and event.button() == Qt.MouseButton.LeftButton
        if member is None or member.hidden or not on_mark:
            return False
        self.pin_asked.emit(member.name)
        return True

    def _go_to_first(self, index: QModelIndex) -> None:
        member = self.members.member_at(index)
        if member is not None:
            self.first_asked.emit(member.name)
