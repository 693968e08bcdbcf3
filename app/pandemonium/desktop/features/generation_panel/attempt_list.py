"""The attempts beside the page, each on a card of its own: pointing at one shows it in its place, a click takes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QFocusEvent, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QToolTip

from pandemonium.desktop.core.plain_text import in_lines, plain_text

_HEIGHT = 380
_ALONE = 220  # characters that are shown of each where there are few
_TOGETHER = 150  # and where there are many
_TOOLTIP_OFFSET = QPoint(2, 12)  # Qt puts a tooltip so far from the place that it is given, or farther
_TOOLTIP_FRAME = 24  # pixels
_NOTE_GOES = 400  # milliseconds in which Qt takes a tooltip away that the mouse has come to
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AttemptList(QListWidget):
    """The list. With the keyboard in it, the arrows show one after the other, and Enter takes it.

    Signals:
        pointed_at(int): this one is to be seen in its place; -1 none.
        taken(int): this one is wanted.
        sentence_taken(int): the next sentence of this one is wanted.
        left(): the keyboard goes back to the page.
        menu_asked(int, QPoint): what can be done with this one, at a place of the screen.
    """

    pointed_at = Signal(int)
    taken = Signal(int)
    sentence_taken = Signal(int)
    left = Signal()
    menu_asked = Signal(int, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("alternativesList")
        self.setAccessibleName(self.tr("Attempts"))
        self.setAccessibleDescription(
            self.tr("The arrows show one in the text, Enter takes it, Right takes its next sentence.")
        )
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.itemEntered.connect(lambda item: self.pointed_at.emit(self.row(item)))
        self.currentRowChanged.connect(self._move)
        self._note_goes = QTimer(self)
        self._note_goes.setSingleShot(True)
        self._note_goes.setInterval(_NOTE_GOES)
        self._note_goes.timeout.connect(self._look_behind_note)
        self._room = 200  # pixels for a card's text
        self._texts: list[str] = []
        self._notes: list[str] = []

    @property
    def is_pointed_at(self) -> bool:
        """The mouse or the keyboard is in it: nothing may move away under them."""
        return self.hasFocus() or self.underMouse() or self._note_goes.isActive()

    def set_room(self, width: int) -> None:
        """Takes the width that there is for a card, in pixels."""
        self._room = width
        self.show_texts(self._texts, self.currentRow(), self._notes)

    def show_texts(self, texts: Sequence[str], current: int, notes: Sequence[str] = ()) -> None:
        """Lists the attempts' beginnings.

        Args:
            texts: whole.
            current: the row of the one that stands in the text; -1 for none.
            notes: how each was written, in a few words.
        """
        with QSignalBlocker(self):
            if len(texts) != self.count():
                self.clear()
                for _ in texts:
                    self.addItem(QListWidgetItem())
            self._texts = list(texts)
            self._notes = [*notes, *[""] * (len(texts) - len(notes))]
            for row in range(len(texts)):
                self._fill(row)
            self.setCurrentRow(current)
            if current < 0:
                self.clearSelection()
        self._fit()

    def show_text(self, row: int, text: str) -> None:
        """Shows that an attempt has grown."""
        if 0 <= row < self.count():
            self._texts[row] = text
            self._fill(row)
            self._fit()

    def show_row(self, row: int) -> None:
        """Shows which one is seen on the page, without telling anyone."""
        with QSignalBlocker(self):
            self.setCurrentRow(row)
            if row < 0:
                self.clearSelection()
        if row >= 0:
            self.scrollToItem(self.item(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes one, Right its next sentence, Left and Esc lead back to the page."""
        row = self.currentRow()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _TAKES and plain and row >= 0:
            self.taken.emit(row)
        elif event.key() == Qt.Key.Key_Right and plain and row >= 0:
            self.sentence_taken.emit(row)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Escape) and plain:
            self.left.emit()
        elif event.text() and event.text().isprintable() and plain:
            event.ignore()  # no search by the first letter
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows the one where the keyboard is."""
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.count():
            with QSignalBlocker(self):
                self.setCurrentRow(0)
        self.pointed_at.emit(self.currentRow())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Shows none."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.pointed_at.emit(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes the one under it."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        item = self.itemAt(event.position().toPoint())
        if item is not None:
            self.taken.emit(self.row(item))

    def viewportEvent(self, event: QEvent) -> bool:
        """Hears when the mouse leaves; tells how an attempt was written below its card, and never on the page."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_note(event.pos())
            return True
        if event.type() == QEvent.Type.Leave and not self.hasFocus():
            at = self.viewport().mapFromGlobal(QCursor.pos())
            if QToolTip.isVisible() and self.viewport().rect().contains(at):
                self._note_goes.start()  # the mouse has only come to the note, which lies on the cards
            else:
                self.pointed_at.emit(-1)
        return super().viewportEvent(event)

    def _look_behind_note(self) -> None:
        """The note that the mouse came to has gone: the mouse points at what lay behind it, or has gone as well."""
        if not self.hasFocus():
            at = self.viewport().mapFromGlobal(QCursor.pos())
            item = self.itemAt(at) if self.viewport().underMouse() else None
            self.pointed_at.emit(self.row(item) if item is not None else -1)

    def _show_note(self, at: QPoint) -> None:
        item = self.itemAt(at)
        if item is None:
            QToolTip.hideText()
            return
        card = self.visualItemRect(item).intersected(self.viewport().rect())
        note = in_lines(self._notes[self.row(item)], QFontMetrics(QToolTip.font()), self._room - _TOOLTIP_FRAME)
        below = self.viewport().mapToGlobal(card.bottomLeft()) - _TOOLTIP_OFFSET
        QToolTip.showText(below, plain_text(note), self.viewport(), card)

    def _move(self, row: int) -> None:
        """With the keyboard in it, going to another one shows it; else it is wanted."""
        if self.hasFocus():
            self.pointed_at.emit(row)
        elif row >= 0:
            self.taken.emit(row)

    def _ask_menu(self, at: QPoint) -> None:
        item = self.itemAt(at) or self.currentItem()
        if item is not None:
            self.menu_asked.emit(self.row(item), self.viewport().mapToGlobal(at))

    def _fill(self, row: int) -> None:
        item = self.item(row)
        text = self._texts[row]
        most = _ALONE if len(self._texts) <= 3 else _TOGETHER
        item.setText(_beginning(text, most) or "…")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, " ".join(text.split()) or self.tr("is being written"))
        room = QRect(0, 0, self._room - 34, 2000)
        height = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap.value, item.text()).height()
        item.setSizeHint(QSize(self._room, height + 18))
        item.setToolTip(plain_text(self._notes[row]))
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, self._notes[row])

    def _fit(self) -> None:
        rows = sum(self.item(row).sizeHint().height() for row in range(self.count()))
        self.setFixedHeight(min(rows, _HEIGHT) + 2)


def _beginning(text: str, most: int) -> str:
    """The first words of an attempt."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
