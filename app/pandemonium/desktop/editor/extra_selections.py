"""Paints what passes over the page (found words, spelling, focus) for the paragraphs in view, outside the document."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from pandemonium.desktop.editor.layout.page_layout import PageLayout

LAYERS = ("focus", "surprise", "copied", "spelling", "found", "current", "preview")  # the lowest first
_DELAY = 25  # milliseconds that changes of the view are gathered for
_NEAR = 300  # paragraphs that are walked through before Qt is asked


class ExtraSelections(QObject):
    """The extra selections of one QTextEdit, in layers. They are no part of the document nor of its history.

    A layer is set whole, for the paragraphs in view and no others; who owns it does so again when the view changes.
    Where a selection lies inside one of a lower layer it takes over what it does not say itself, so that a
    misspelled word in a dimmed paragraph is dimmed too.

    Signals:
        visible_changed(): the page was scrolled, resized or edited; several changes at once are told once.
    """

    visible_changed = Signal()

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._layers: dict[str, list[QTextEdit.ExtraSelection]] = {name: [] for name in LAYERS}
        self._view: tuple[int, int] | None = None  # the paragraphs in view, until something changes
        self._near = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self.visible_changed)
        editor.verticalScrollBar().valueChanged.connect(self._soon)
        editor.document().contentsChanged.connect(self._soon)
        editor.document().documentLayout().documentSizeChanged.connect(self._soon)
        editor.viewport().installEventFilter(self)

    def show(self, layer: str, selections: Sequence[QTextEdit.ExtraSelection]) -> None:
        """Puts `selections` in the place of what the layer showed before; none clear it.

        Raises:
            KeyError: there is no such layer; LAYERS names them.
        """
        if not selections and not self._layers[layer]:
            return
        self._layers[layer] = list(selections)
        self._editor.setExtraSelections(self._composed())

    def visible_paragraphs(self) -> tuple[int, int]:
        """The numbers of the first and the last paragraph that can be seen, wholly or in part."""
        if self._view is None:
            height = self._editor.viewport().height()
            first = self._paragraph_at(0, self._near)
            self._near = first
            self._view = first, max(first, self._paragraph_at(height, first))
        return self._view

    def selection(self, start: int, end: int, form: QTextCharFormat) -> QTextEdit.ExtraSelection:
        """A selection of the characters [start, end), the editor's positions, clamped to the document."""
        most = self._editor.document().characterCount() - 1
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(min(start, most))
        cursor.setPosition(min(end, most), QTextCursor.MoveMode.KeepAnchor)
        made.cursor = cursor
        made.format = form
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hears when the page is shown or gets another size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._soon()
        return False

    def _paragraph_at(self, y: int, near: int) -> int:
        """The number of the paragraph at a height of the viewport, in pixels; quick where it is not far from `near`.

        Asking Qt for the place itself would cost as much as there are paragraphs before it.
        """
        document = self._editor.document()
        layout = self._editor.document().documentLayout()
        wanted = y + self._editor.verticalScrollBar().value()
        if isinstance(layout, PageLayout):
            return layout.paragraph_at(wanted)
        block = document.findBlockByNumber(max(0, min(near, document.blockCount() - 1)))
        for _ in range(_NEAR):
            rect = layout.blockBoundingRect(block)
            if rect.top() > wanted and block.previous().isValid():
                block = block.previous()
            elif rect.bottom() < wanted and block.next().isValid():
                if layout.blockBoundingRect(block.next()).top() > wanted:
                    return block.blockNumber()
                block = block.next()
            else:
                return block.blockNumber()
        return self._editor.cursorForPosition(QPoint(0, y)).blockNumber()

    def _soon(self) -> None:
        self._view = None
        if not self._timer.isActive():
            self._timer.start()

    def _composed(self) -> list[QTextEdit.ExtraSelection]:
        composed: list[QTextEdit.ExtraSelection] = []
        below: list[tuple[int, int, QTextCharFormat]] = []
        for name in LAYERS:
            spans = [(each, *_span(each)) for each in self._layers[name]]
            fresh: list[tuple[int, int, QTextCharFormat]] = []
            for each, start, end in spans:
                form = QTextCharFormat()
                for low, high, under in below:
                    if low <= start and end <= high:
                        form.merge(under)
                form.merge(each.format)
                made = QTextEdit.ExtraSelection()
                made.cursor = each.cursor
                made.format = form
                composed.append(made)
                fresh.append((start, end, each.format))
            below += fresh
        return composed


def _span(selection: QTextEdit.ExtraSelection) -> tuple[int, int]:
    cursor: QTextCursor = selection.cursor
    return cursor.selectionStart(), cursor.selectionEnd()
