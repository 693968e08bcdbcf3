"""Draws a manuscript page by page on whatever takes pages: a PDF, a printer, a preview."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator

from PySide6.QtCore import QEventLoop, QLocale, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
    QTextDocument,
)

from pandemonium.desktop.core.fonts import FALLBACKS
from pandemonium.desktop.features.printing.page_breaks import Line, Sheet, part_into_pages
from pandemonium.desktop.features.printing.typesetting import UNIT, Setting, paper_palette, set_for_paper
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.rich import rich

_MARGIN = 72.0  # points on each side
_FOOT = 26.0  # points from the text's area down to the page's number
_GAP = 14.0  # points between the text and the notes
_BETWEEN = 2.0  # points between two notes


def usual_page() -> QPageLayout:
    """A page of the size that is usual here, with margins for a reader's pencil."""
    american = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if american else QPageSize.PageSizeId.A4)
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Point)


def set_on_pages(
    manuscript: Manuscript, layout: QPageLayout, family: str = "Literata", size: float = 11.0
) -> Generator[float, None, Paper]:
    """Sets a manuscript on pages; yields which share is done. Whoever paints them must be on the same thread.

    Args:
        manuscript: of any format.
        layout: the page's size and margins.
        family, size: the typeface, and the size of its letters in points.
    """
    # Qt lays out a long text with timers, which a thread that is not Qt's has nothing for.
    _timers = QEventLoop()
    whole = rich(manuscript)
    setting = yield from set_for_paper(whole, family, size, layout.paintRect(QPageLayout.Unit.Point).width())
    return Paper(whole, layout, setting, family)


class Paper:
    """A manuscript set on pages of one size.

    Attributes:
        whole: the manuscript, of rich text.
        layout: the page's size and margins.
        sheets: the pages.
    """

    def __init__(self, whole: Manuscript, layout: QPageLayout, setting: Setting, family: str) -> None:
        self.whole = whole
        self.layout = layout
        self._area = layout.paintRect(QPageLayout.Unit.Point)
        self._family = family
        self._setting = setting
        self._lines, self._positions = self._measured()
        self._heights = [each.size().height() + _BETWEEN * UNIT for each in self._setting.notes]
        height = self._area.height() * UNIT
        self.sheets: list[Sheet] = part_into_pages(self._lines, self._heights, height, _GAP * UNIT)

    @property
    def outline(self) -> list[tuple[int, str, int]]:
        """Level, words and page, from 0, of each heading."""
        starts = [self._positions[sheet.first] for sheet in self.sheets]
        found = []
        for level, words, position in self._setting.headings:
            found.append((level, words, max(0, bisect_right(starts, position) - 1)))
        return found

    def paint(self, device: QPagedPaintDevice, first: int = 0, last: int | None = None) -> Generator[float, None, bool]:
        """Draws pages [first, last), page by page; yields which share is done, gives whether the device took them."""
        painter = QPainter()
        if not painter.begin(device):
            return False
        try:
            sheets = self.sheets[first:last]
            for at, sheet in enumerate(sheets):
                if at and not device.newPage():
                    return False
                painter.save()
                self._paint_sheet(painter, device, sheet, first + at + 1)
                painter.restore()
                yield (at + 1) / len(sheets)
        finally:
            painter.end()
        return True

    def _paint_sheet(self, painter: QPainter, device: QPagedPaintDevice, sheet: Sheet, number: int) -> None:
        # The painter's origin is the corner of the printable area, in dots.
        painter.scale(device.logicalDpiX() / 72 / UNIT, device.logicalDpiY() / 72 / UNIT)
        printable = device.pageLayout().paintRect(QPageLayout.Unit.Point)
        painter.translate((self._area.x() - printable.x()) * UNIT, (self._area.y() - printable.y()) * UNIT)
        top = self._lines[sheet.first].top
        bottom = self._lines[sheet.last - 1].bottom
        width = self._area.width() * UNIT
        _draw(painter, self._setting.text, QPointF(0, -top), QRectF(0, top, width, bottom - top))
        if sheet.notes:
            height = sum(self._heights[note] for note in sheet.notes)
            y = self._area.height() * UNIT - height
            painter.setPen(QPen(Qt.GlobalColor.black, 0.5 * UNIT))
            painter.drawLine(QPointF(0, y - 5 * UNIT), QPointF(width / 4, y - 5 * UNIT))
            for note in sheet.notes:
                document = self._setting.notes[note]
                _draw(painter, document, QPointF(0, y), QRectF(QPointF(0, 0), document.size()))
                y += self._heights[note]
        font = QFont()
        font.setFamilies([self._family, *FALLBACKS])
        font.setPixelSize(round(9 * UNIT))
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.black)
        status_bar = QRectF(0, self._area.height() * UNIT, width, _FOOT * 1.6 * UNIT)
        painter.drawText(status_bar, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, str(number))

    def _measured(self) -> tuple[list[Line], list[int]]:
        """Every line of the text, and the position of its first character."""
        setting = self._setting
        layout = setting.text.documentLayout()
        layout.documentSize()  # lays out
        lines: list[Line] = []
        positions: list[int] = []
        marks = list(enumerate(setting.places))
        block = setting.text.begin()
        while block.isValid():
            text = block.layout()
            origin = layout.blockBoundingRect(block).top()
            start = block.position()
            count = text.lineCount()
            for index in range(count):
                line = text.lineAt(index)
                end = start + line.textStart() + line.textLength()
                notes: list[int] = []
                while marks and marks[0][1] < end:
                    notes.append(marks.pop(0)[0])
                top = origin + line.y()
                below = text.lineAt(index + 1).y() if index + 1 < count else line.y() + line.height()
                lines.append(
                    Line(
                        top,
                        origin + below,
                        index,
                        count,
                        start in setting.keeping,
                        index == 0 and start in setting.opening,
                        tuple(notes),
                    )
                )
                positions.append(start + line.textStart())
            block = block.next()
        return lines, positions


def _draw(painter: QPainter, document: QTextDocument, offset: QPointF, part: QRectF) -> None:
    """Draws a part of a document, moved by `offset`."""
    painter.save()
    painter.translate(offset)
    painter.setClipRect(part.adjusted(-2 * UNIT, -UNIT, 2 * UNIT, UNIT))
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette = paper_palette()
    context.clip = part.adjusted(0, 1, 0, -1)
    document.documentLayout().draw(painter, context)
    painter.restore()
