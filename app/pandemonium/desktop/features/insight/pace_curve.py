"""The pace of a chapter as a curve: how long the sentences are, and how much each paragraph surprises the voice."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from pandemonium.desktop.core.plain_text import plain_text
from pandemonium.desktop.core.theme import LIGHT, Colours
from pandemonium.desktop.features.insight.draft_reading import Pace, PacePoint

_TOP = 40  # two lines of legend
_BOTTOM = 8
_SIDE = 4
_COMPARED = 3  # paragraphs from which on they are compared in words
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class PaceCurve(QWidget):
    """Paints both curves; what they show is said in words to a screen reader.

    The arrows walk from point to point, Return and a click go to the paragraph.

    Signals:
        chosen(int): the writer wants to go to the paragraph of that number.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paceCurve")
        self.setAccessibleName(self.tr("Pace of the chapter"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(140)
        self._colours: Colours = LIGHT
        self._pace = Pace()
        self._marked = -1

    def sizeHint(self) -> QSize:
        """As high as a few lines."""
        return QSize(240, 150)

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self._colours = colours
        self.update()

    def show_pace(self, pace: Pace) -> None:
        """Shows another chapter's, or the same one's as it is now."""
        self._pace = pace
        self._marked = min(self._marked, len(pace.points) - 1)
        self.setAccessibleDescription(self.summary())
        self.update()

    def summary(self) -> str:
        """What the curves show, in words."""
        points = self._pace.points
        if not points:
            return self.tr("No sentences here yet.")
        longest = max(points, key=lambda each: each.sentence)
        shortest = min(points, key=lambda each: each.sentence)
        mean = sum(each.sentence for each in points) / len(points)
        if len(points) < _COMPARED:
            return self.tr("Sentences of {mean} words.").format(mean=f"{mean:.0f}")
        said = self.tr("Sentences of {mean} words; longest in paragraph {a} ({x}), shortest in {b} ({y}).").format(
            mean=f"{mean:.0f}",
            a=f"{longest.number:,}",
            x=f"{longest.sentence:.0f}",
            b=f"{shortest.number:,}",
            y=f"{shortest.sentence:.0f}",
        )
        read = [each for each in points if not math.isnan(each.surprise)]
        if read:
            most = max(read, key=lambda each: each.surprise)
            least = min(read, key=lambda each: each.surprise)
            told = self.tr("The voice was surprised most in paragraph {a}, least in {b}.")
            said += " " + told.format(a=f"{most.number:,}", b=f"{least.number:,}")
        return said

    def describe(self, point: PacePoint) -> str:
        """One point, in words."""
        said = self.tr("Paragraph {n}: sentences of {words} words").format(
            n=f"{point.number:,}", words=f"{point.sentence:.0f}"
        )
        if not math.isnan(point.surprise):
            said += self.tr(", {bits} bits of surprise a word").format(bits=f"{point.surprise:.1f}")
        return said

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows walk, Return goes to the paragraph."""
        points = self._pace.points
        if event.key() in _STEPS and points:
            self._mark(max(0, min(len(points) - 1, self._marked + _STEPS[Qt.Key(event.key())])))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._marked < len(points):
            self.chosen.emit(points[self._marked].paragraph)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Says what lies under the mouse."""
        at = self._at(event.position().x())
        if at >= 0:
            self._mark(at)
            said = plain_text(self.describe(self._pace.points[at]))
            QToolTip.showText(event.globalPosition().toPoint(), said, self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Goes to the paragraph."""
        at = self._at(event.position().x())
        if at >= 0:
            self.chosen.emit(self._pace.points[at].paragraph)

    def _mark(self, at: int) -> None:
        self._marked = at
        self.setAccessibleDescription(self.describe(self._pace.points[at]))
        self.update()

    def _at(self, x: float) -> int:
        count = len(self._pace.points)
        if not count:
            return -1
        area = self._area()
        return max(0, min(count - 1, round((x - area.left()) / max(1.0, area.width()) * (count - 1))))

    def _area(self) -> QRectF:
        return QRectF(_SIDE, _TOP, max(1, self.width() - 2 * _SIDE), max(1, self.height() - _TOP - _BOTTOM))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the legend, the ground line, both curves and what is marked."""
        colours = self._colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPointSizeF(max(7.5, font.pointSizeF() * 0.88))
        painter.setFont(font)
        area = self._area()
        points = self._pace.points
        sentences = [each.sentence for each in points]
        surprise = [each.surprise for each in points]
        solid = QPen(QColor(colours.accent), 2)
        dashed = QPen(QColor(colours.quiet), 1.4, Qt.PenStyle.DashLine)
        longest = max(sentences, default=0.0)
        most = max((each for each in surprise if not math.isnan(each)), default=0.0)
        self._paint_legend(painter, 0, solid, self.tr("words a sentence, up to {n}").format(n=f"{longest:.0f}"))
        if most:
            words = self.tr("surprise: bits a word, up to {n}").format(n=f"{most:.1f}")
            self._paint_legend(painter, 18, dashed, words)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if 0 <= self._marked < len(points):
            x = self._x(area, self._marked)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        self._paint_curve(painter, area, surprise, most, dashed)
        self._paint_curve(painter, area, sentences, longest, solid)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_legend(self, painter: QPainter, top: int, pen: QPen, words: str) -> None:
        painter.setPen(pen)
        painter.drawLine(QPointF(_SIDE, top + 9), QPointF(_SIDE + 20, top + 9))
        painter.setPen(QColor(self._colours.quiet))
        box = QRectF(_SIDE + 27, top, self.width() - _SIDE - 30, 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_curve(self, painter: QPainter, area: QRectF, values: Sequence[float], most: float, pen: QPen) -> None:
        """Paints one curve from zero up to `most`; where a value is not known, it is broken."""
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        line: list[QPointF] = []
        for number, value in enumerate([*values, math.nan]):
            if not math.isnan(value) and most:
                line.append(QPointF(self._x(area, number), area.bottom() - value / most * area.height()))
                continue
            if len(line) == 1:
                painter.drawEllipse(line[0], 1.5, 1.5)
            elif line:
                painter.drawPolyline(QPolygonF(line))
            line = []

    def _x(self, area: QRectF, number: int) -> float:
        last = len(self._pace.points) - 1
        return area.left() + (number / last if last > 0 else 0.5) * area.width()
