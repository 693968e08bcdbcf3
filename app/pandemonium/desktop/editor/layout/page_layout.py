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
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QScrollBar

from pandemonium.desktop.editor.layout.guard import never_raises
from pandemonium.desktop.editor.layout.heights import Heights
from pandemonium.desktop.editor.layout.lines import format_range, gap_before, line_at, shown_at, text_option
from pandemonium.documents.model.passage import OBJECT

_AT_ONCE = 64  # paragraphs that a change lays out at once
_AT_ONCE_CHARACTERS = 30_000  # and how many characters they have together at the most
_SLICE = 0.006  # seconds of measuring
_PAUSE = 12  # milliseconds from one slice to the next
_TAKEN = 0.25  # seconds after which what was measured is taken in
_TRIES = 20  # errors after which the page is laid out anew at edits alone
_KEPT = 300  # paragraphs around the view whose lines are kept
_LONG = 20_000  # characters of a paragraph that is dear to set
_ENDLESS = 1e9
_SAMPLE = "The lamp burned low, and nobody spoke of what had gone by the gate at dusk."


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
        self._stands: tuple[int, int, float] | None = None  # the bar, the paragraph at the top, and how far it is above
        self._moving = False
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._measure)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._tell)
        self._failures = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._begin_anew)
        bar.valueChanged.connect(self._prepare)

    @property
    def is_measured(self) -> bool:
        """No height is an estimate."""
        return self._heights.is_known and not self._found

    @property
    def holds_view(self) -> bool:
        """The scroll bar is being set so that what is in view stays where it is."""
        return self._moving

    def paragraph_at(self, y: float) -> int:
        """The number of the paragraph at a height of the page, in pixels."""
        return self._heights.index_at(y)

    def settle(self) -> None:
        """Scrolls back to what stood at the top of the view before everything was laid out anew."""
        place = self._place
        self._place = None
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

    def recover(self) -> None:
        """Forgets every height after an error and lays the page out anew; gives up where that fails for ever."""
        self._timer.stop()
        self._heights = Heights()
        self._found = []
        self._form = None
        self._place = None
        self._stands = None
        self._failures += 1
        if self._failures <= _TRIES:
            self._again.start()

    @never_raises(lambda: None)
    def documentChanged(self, start: int, removed: int, added: int) -> None:
        """Takes in an edit, other formats, or another width of the page."""
        document = self.document()
        heights = self._heights
        characters = document.characterCount()
        count = document.blockCount()
        form = (self._width, document.defaultFont().key(), document.defaultTextOption().wrapMode())
        is_same = characters == self._characters and count == len(heights)
        is_about_form = start == 0 and removed == 0 and added >= characters and is_same
        if is_about_form and form == self._form:
            return
        heights.head = document.rootFrame().frameFormat().topMargin()
        self._show_found()
        self._form = form
        self._characters = characters
        self._options.clear()
        first = document.findBlock(max(0, min(start, characters - 1))).blockNumber()
        last = document.findBlock(max(0, min(start + added, characters - 1))).blockNumber()
        gone = last + 1 - first - (count - len(heights))  # paragraphs before, where there are those from first to last
        if gone < 0 or first + gone > len(heights):
            first = 0
            last = count - 1
            gone = len(heights)
        before = heights.total
        self._mind_view(first + gone, count - len(heights))
        if is_same and last - first >= _AT_ONCE:
            self._remember_place()
        self._forget(first, last, gone, keeps_heights=is_same and removed == added)
        if self._is_little(first, last):
            self._lay_out_all(range(first, last + 1))
        self._mind_the_gap(last + 1)
        if self._stands is None:
            self._soon.stop()
        else:
            self._soon.start()
        if first == last and gone == 1 and heights.total == before:
            self._repaint(QRectF(0, heights.top(first), _ENDLESS, heights.height(first) + 1))
        else:
            self._repaint(QRectF(0, heights.top(first), _ENDLESS, _ENDLESS))
            self.documentSizeChanged.emit(self.documentSize())
        if not heights.is_known:
            self._timer.start()
        if self._place is not None:
            self._soon.start()

    @never_raises(QSizeF)
    def documentSize(self) -> QSizeF:
        """The page's width and height, in pixels."""
        status_bar = self.document().rootFrame().frameFormat().bottomMargin()
        return QSizeF(self._width, self._heights.total + status_bar)

    def pageCount(self) -> int:
        """There is one, and it is long."""
        return 1

    @never_raises(QRectF)
    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:
        """The whole page: there is one frame."""
        return QRectF(QPointF(0, 0), self.documentSize())

    @never_raises(QRectF)
    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """Where the lines of a paragraph stand; lays it out where it is not yet."""
        if not block.isValid():
            return QRectF()
        number = block.blockNumber()
        lines = block.layout()
        if self._is_told:
            self._lay_out(number, block)
        elif not lines.lineCount():
            self._set(block)
        lines.setPosition(QPointF(0, self._heights.text_top(min(number, len(self._heights) - 1))))
        rect = lines.boundingRect()
        rect.moveTopLeft(lines.position())
        return rect

    @never_raises(lambda: -1)
    def hitTest(self, point: QPointF, accuracy: Qt.HitTestAccuracy) -> int:  # type: ignore[override]
        """The position in the text nearest to a point of the page; where it is to be met exactly, -1 for none."""
        exact = accuracy == Qt.HitTestAccuracy.ExactHit
        block = self.document().findBlockByNumber(self._heights.index_at(point.y()))
        y = point.y() - self.blockBoundingRect(block).top()
        line = line_at(block.layout(), y)
        if line is None or (exact and not line.naturalTextRect().contains(QPointF(point.x(), y))):
            return -1 if exact else block.position()
        where = (
            QTextLine.CursorPosition.CursorOnCharacter if exact else QTextLine.CursorPosition.CursorBetweenCharacters
        )
        offset = line.xToCursor(point.x(), where)
        return block.position() + max(0, min(int(offset), block.length() - 1))

    @never_raises(lambda: None)
    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        """Paints what lies in the context's clip."""
        clip = context.clip if context.clip.isValid() else self.frameBoundingRect(self.document().rootFrame())
        if not self._is_told:
            return
        # Copies: the selections themselves live no longer than the list that they are given in.
        selections = [
            (each.cursor.selectionStart(), each.cursor.selectionEnd(), QTextCharFormat(each.format))
            for each in context.selections
        ]
        ink = context.palette.color(QPalette.ColorRole.Text)
        width = int(self.property("cursorWidth") or 1)
        cursor = context.cursorPosition
        origin = QPointF(0, 0)
        number = self._heights.index_at(clip.top())
        block = self.document().findBlockByNumber(number)
        while block.isValid() and self._heights.top(number) <= clip.bottom():
            self.blockBoundingRect(block)
            start = block.position()
            lines = block.layout()
            end = start + block.length()
            ranges = []
            for left, right, form in selections:
                if left < end and right > start and left < right:
                    shown = shown_at(lines, left - start), shown_at(lines, right - start)
                    ranges.append(format_range(shown[0], shown[1] - shown[0], form))
            painter.setPen(ink)
            lines.draw(painter, origin, ranges, clip)
            if start <= cursor < end:
                lines.drawCursor(painter, origin, shown_at(lines, cursor - start), width)
            elif cursor < -1 and lines.preeditAreaText():
                lines.drawCursor(painter, origin, lines.preeditAreaPosition() - cursor - 2, width)
            number = number + 1
            block = block.next()

    @property
    def _width(self) -> float:
        width = self.document().pageSize().width()
        return width if width > 0 else _ENDLESS

    @property
    def _is_told(self) -> bool:
        """There is no edit under way that this layout has not heard of."""
        return len(self._heights) == self.document().blockCount()

    def _repaint(self, where: QRectF) -> None:
        self.update[QRectF].emit(where)  # type: ignore[index]

    def _remember_place(self) -> None:
        value = self._bar.value()
        heights = self._heights
        if value and self._place is None:
            top = heights.index_at(value)
            self._place = top, (value - heights.top(top)) / max(1.0, heights.height(top))

    def _forget(self, first: int, last: int, gone: int, *, keeps_heights: bool) -> None:
        """Takes paragraphs from `first` to `last` in the place of `gone` ones; none of them is laid out."""
        form = self.document().findBlockByNumber(first).blockFormat()
        metrics = QFontMetricsF(self.document().defaultFont())
        letter = metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) / max(1.0, 0.98 * self._width)
        line = form.lineHeight(math.ceil(metrics.ascent() + metrics.descent() + max(0.0, metrics.leading())), 1.0)
        gap = round(max(form.topMargin(), form.bottomMargin()))
        estimates: list[float] = []
        for block in self._walk(first, last):
            block.clearLayout()
            estimates.append(gap + math.ceil(math.ceil(block.length() * letter) * line))
        if keeps_heights:
            estimates = self._heights.heights(first, last + 1)
        self._heights.replace(first, gone, estimates, gap)

    def _is_little(self, first: int, last: int) -> bool:
        if last - first >= _AT_ONCE:
            return False
        return sum(block.length() for block in self._walk(first, last)) <= _AT_ONCE_CHARACTERS or first == last

    def _walk(self, first: int, last: int) -> Iterator[QTextBlock]:
        block = self.document().findBlockByNumber(first)
        for _ in range(first, last + 1):
            yield block
            block = block.next()

    def _lay_out_all(self, numbers: range) -> None:
        for number in numbers:
            self._lay_out(number)

    def _lay_out(self, number: int, block: QTextBlock | None = None) -> None:
        heights = self._heights
        if heights.is_laid(number):
            return
        height, gap = self._set(block or self.document().findBlockByNumber(number))
        if heights.height(number) != height:
            self._mind_view(number + 1)
            self._soon.start()
        heights.set(number, height, gap)
        heights.keep(number, True)

    def _set(self, block: QTextBlock, lines: QTextLayout | None = None) -> tuple[float, float]:
        """Sets the lines of a paragraph, in its own layout; gives its height with the gap before it, and that gap."""
        lines = lines or block.layout()
        form = block.blockFormat()
        option = self._option(block, form)
        lines.setTextOption(option)
        # What Qt keeps of the set glyphs; without it every look at the cursor would set the whole paragraph anew.
        lines.setCacheEnabled(block.length() > _LONG)
        left = form.leftMargin()
        indent = form.textIndent()
        width = self._width - left - form.rightMargin()
        is_leftward = option.textDirection() == Qt.LayoutDirection.RightToLeft
        y = 0.0
        lines.beginLayout()
        while (line := lines.createLine()).isValid():
            line.setLeadingIncluded(True)
            line.setLineWidth(max(1.0, width - indent))
            line.setPosition(QPointF(left if is_leftward else left + indent, y))
            height = form.lineHeight(math.ceil(line.ascent() + line.descent() + line.leading()), 1.0)
            y += height
            indent = 0.0
            if block.length() > _LONG and not lines.formats():
                y = _set_evenly(lines, max(1.0, width), left, y, height)
        lines.endLayout()
        gap = gap_before(block, form)
        return gap + math.ceil(y), gap

    def _option(self, block: QTextBlock, form: QTextBlockFormat) -> QTextOption:
        usual = self.document().defaultTextOption()
        direction = block.textDirection()
        has_own = form.hasProperty(QTextFormat.Property.BlockAlignment)
        key = direction, form.alignment() if has_own else usual.alignment()
        if key not in self._options:
            self._options[key] = text_option(usual, *key)
        return self._options[key]

    def _mind_the_gap(self, number: int) -> None:
        """The paragraph of that number may stand behind another one now."""
        heights = self._heights
        block = self.document().findBlockByNumber(number)
        if block.isValid() and heights.is_laid(number):
            gap = gap_before(block, block.blockFormat())
            heights.set(number, heights.height(number) - heights.gap(number) + gap, gap)

    @never_raises(lambda: None)
    def _measure(self) -> None:
        """Measures paragraphs for a moment."""
        if not self._is_told:
            return
        until = time.perf_counter() + _SLICE
        heights = self._heights
        for number in heights.unknown_near(heights.index_at(self._bar.value()), 200):
            block = self.document().findBlockByNumber(number)
            self._found.append((number, *self._measured(block)))
            heights.expect(number)
            if time.perf_counter() > until:
                break
        if heights.is_known:
            self._timer.stop()
        if heights.is_known or time.perf_counter() - self._taken > _TAKEN:
            self._keep_view(self._show_found)

    def _measured(self, block: QTextBlock) -> tuple[float, float]:
        """What `_set` gives, from a layout that is thrown away: a paragraph's own never gives its memory back."""
        text = block.text()
        if OBJECT in text:
            return self._set(block)
        lines = QTextLayout(text, self.document().defaultFont())
        lines.setFormats(block.layout().formats())
        return self._set(block, lines)

    def _show_found(self) -> None:
        found = self._found
        self._found = []
        for number, height, gap in found:
            self._heights.set(number, height, gap)
        self._taken = time.perf_counter()

    def _prepare(self) -> None:
        """Lays out what is seen and as much above and below it, before it is painted."""
        if self._moving or not self._is_told:
            return
        heights = self._heights
        value = self._bar.value()
        page = self._bar.pageStep()
        span = range(heights.index_at(value - page), heights.index_at(value + 2 * page) + 1)
        if not all(heights.is_laid(number) for number in span):
            self._let_go(span)
            self._keep_view(lambda: self._lay_out_all(span))

    def _let_go(self, near: range) -> None:
        """Frees the lines of paragraphs far from the view."""
        laid = self._heights.laid()
        if len(laid) > 3 * _KEPT:
            for number in laid:
                if not near.start - _KEPT <= number < near.stop + _KEPT:
                    self.document().findBlockByNumber(number).clearLayout()
                    self._heights.keep(number, False)

    def _mind_view(self, end: int, grown: int = 0) -> None:
        """Remembers what stands at the top of the view, where paragraphs above it are about to have other heights.

        Whoever asks where a cursor stands has its paragraph laid out, however far away that is.

        Args:
            end: behind the last of those paragraphs.
            grown: how many more there will be.
        """
        if self._moving or self._place is not None:
            return
        if self._stands is None:
            value = self._bar.value()
            top = self._heights.index_at(value)
            if value and end <= top:
                self._stands = value, top + grown, value - self._heights.top(top)
        else:
            value, top, above = self._stands
            self._stands = (value, top + grown, above) if end <= top else None

    def _stand_again(self) -> None:
        """Scrolls back to what stood at the top of the view, unless somebody has scrolled since."""
        stands = self._stands
        self._stands = None
        if stands is None or not self._is_told or self._bar.value() != stands[0] or stands[1] >= len(self._heights):
            return
        self._moving = True
        try:
            self.documentSizeChanged.emit(self.documentSize())
            self._bar.setValue(round(self._heights.top(stands[1]) + stands[2]))
        finally:
            self._moving = False

    def _keep_view(self, change: Callable[[], object]) -> None:
        """Makes a change of heights, and scrolls so that what is in view stays where it is."""
        self._stand_again()
        heights = self._heights
        value = self._bar.value()
        top = heights.index_at(value)
        total = heights.total
        if not heights.is_laid(top) and heights.top(top) < value and top + 1 < len(heights):
            top += 1
        before = heights.top(top)
        self._moving = True
        try:
            change()
            moved = round(heights.top(top) - before)
            if moved or heights.total != total:
                self.documentSizeChanged.emit(self.documentSize())
                self._bar.setValue(value + moved)
                self._repaint(QRectF(0, 0, _ENDLESS, _ENDLESS))
        finally:
            self._moving = False

    def _begin_anew(self) -> None:
        self.document().markContentsDirty(0, self.document().characterCount())

    def _tell(self) -> None:
        """Tells of heights that have changed while something else went on."""
        self._stand_again()
        self.documentSizeChanged.emit(self.documentSize())
        self._repaint(QRectF(0, 0, _ENDLESS, _ENDLESS))
        self.settle()


def _set_evenly(lines: QTextLayout, width: float, left: float, y: float, height: float) -> float:
    """Sets the other lines of a paragraph as long as a book, all of one height; gives where the last one ends."""
    create = lines.createLine  # each call counts: there are ten thousand lines, at every key
    while (line := create()).isValid():
        line.setLeadingIncluded(True)
        line.setLineWidth(width)
        line.setPosition(QPointF(left, y))
        y += height
    return y
