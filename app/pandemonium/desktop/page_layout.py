"""Lays out the page a paragraph at a time: those that are looked at now, the others' heights beside the writer.

Qt's own layout sets a whole document before it shows one, keeps all of it in memory, and walks over every paragraph
behind the cursor at each key. Here a key costs what its paragraph costs, however long the book is.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QPainter,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QScrollBar

from pandemonium.desktop.page_heights import Heights

_AT_ONCE, _AT_ONCE_CHARACTERS = 64, 30_000  # paragraphs and characters that a change lays out at once
_SLICE, _PAUSE = 0.006, 12  # seconds of measuring, and milliseconds from one slice to the next
_TAKEN = 0.25  # seconds after which what was measured is taken in
_KEPT = 300  # paragraphs around the view whose lines are kept
_ENDLESS = 1e9
_SAMPLE = "The lamp burned low, and nobody spoke of what had gone by the gate at dusk."
_SIDES = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight


class PageLayout(QAbstractTextDocumentLayout):
    """The layout of one document of paragraphs, without tables and frames, that is seen through a scroll bar.

    The height of a paragraph that was never looked at is an estimate until it is measured, in slices, beginning at
    what is seen. When heights above the view change, the page is scrolled so that nothing in view moves.
    """

    def __init__(self, document: QTextDocument, bar: QScrollBar) -> None:
        super().__init__(document)
        self._bar = bar
        self._heights = Heights()
        self._characters = 0
        self._form: tuple[float, str, object] | None = None  # what everything was laid out for
        self._options: dict[tuple[Qt.LayoutDirection, Qt.AlignmentFlag], QTextOption] = {}
        self._found: list[tuple[int, float, float]] = []  # measured, and not taken in yet
        self._taken = 0.0
        self._place: tuple[int, float] | None = None  # what is to be at the top again: a paragraph, a share of it
        self._moving = False
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._measure)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._tell)
        bar.valueChanged.connect(self._prepare)

    @property
    def is_measured(self) -> bool:
        """No height is an estimate."""
        return self._heights.is_known and not self._found

    def paragraph_at(self, y: float) -> int:
        """The number of the paragraph at a height of the page, in pixels."""
        return self._heights.index_at(y)

    def settle(self) -> None:
        """Scrolls back to what stood at the top of the view before everything was laid out anew."""
        place, self._place = self._place, None
        if place is None or not self._is_told:
            return
        number = min(place[0], len(self._heights) - 1)
        self._moving = True
        try:
            self._lay_out(number)
            self._bar.setValue(round(self._heights.top(number) + place[1] * self._heights.height(number)))
        finally:
            self._moving = False
        self._prepare()

    def documentChanged(self, start: int, removed: int, added: int) -> None:
        """Takes in an edit, other formats, or another width of the page."""
        document, heights = self.document(), self._heights
        characters, count = document.characterCount(), document.blockCount()
        form = (self._width, document.defaultFont().key(), document.defaultTextOption().wrapMode())
        is_same = characters == self._characters and count == len(heights)
        is_about_form = start == 0 and removed == 0 and added >= characters and is_same
        if is_about_form and form == self._form:
            return
        heights.head = document.rootFrame().frameFormat().topMargin()
        self._take_found()
        self._form, self._characters = form, characters
        self._options.clear()
        first = document.findBlock(min(start, characters - 1)).blockNumber()
        last = document.findBlock(min(start + added, characters - 1)).blockNumber()
        gone = last + 1 - first - (count - len(heights))  # paragraphs before, where there are those from first to last
        if gone < 0 or first + gone > len(heights):
            first, last, gone = 0, count - 1, len(heights)
        before = heights.total
        if is_same and last - first >= _AT_ONCE:
            self._remember_place()
        self._forget(first, last, gone, keep_heights=is_same and removed == added)
        if heights.is_known_but(first, last + 1) and self._is_little(first, last):
            for number in range(first, last + 1):
                self._lay_out(number)
        elif self._is_little(first, last):
            for number in range(first, last + 1):
                self._lay_out(number)
        self._mind_the_gap(last + 1)
        self._soon.stop()
        if first == last and heights.total == before:
            self.update.emit(QRectF(0, heights.top(first), _ENDLESS, heights.height(first) + 1))
        else:
            self.update.emit(QRectF(0, heights.top(first), _ENDLESS, _ENDLESS))
            self.documentSizeChanged.emit(self.documentSize())
        if not heights.is_known:
            self._timer.start()
        if self._place is not None:
            self._soon.start()
