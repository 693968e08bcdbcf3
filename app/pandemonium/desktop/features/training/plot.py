"""The plot of a training: how much a letter surprises the voice, on pages it learns and on pages it never saw."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.features.training.training_progress import Points, Progress

_LEFT = 46
_RIGHT = 12
_TOP = 30
_BOTTOM = 26
_SMOOTH = 5  # points of the training curve that are averaged


class TrainingPlot(QWidget):
    """Paints the two curves; what it shows is said in words to a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("trainingPlot")
        self.setMinimumHeight(170)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("How it learns"))
        self._training: Points = []
        self._held_out: Points = []
        self._seconds = 60.0
        self._eased_at: float | None = None
        self._colours: Colours | None = None

    def apply_colours(self, colours: Colours) -> None:
        """Takes the theme's colours."""
        self._colours = colours
        self.update()

    def show_progress(self, progress: Progress) -> None:
        """Shows the curves as far as they go."""
        self._training = smoothed(progress.training, _SMOOTH)
        self._held_out = list(progress.held_out)
        last = max((points[-1][0] for points in (self._training, self._held_out) if points), default=0.0)
        self._seconds = self._reach(progress, last)
        self._eased_at = progress.eased_at
        if self._held_out:
            first = self._held_out[0][1]
            now = self._held_out[-1][1]
            said = self.tr("Held-out pages: {first} bits a character at first, {now} now.")
            self.setAccessibleDescription(said.format(first=f"{first:.2f}", now=f"{now:.2f}"))
        self.update()

    @staticmethod
    def _reach(progress: Progress, last: float) -> float:
        """Where the axis ends, in seconds: what is planned, or what is left where it ends earlier."""
        if progress.eased_at is not None:
            return max(last, progress.seconds + (progress.seconds_left or 0.0))
        return max(60 * (progress.minutes or 0), last * (1.0 if progress.minutes else 1.15), 30.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints axes, both curves, and the last held-out value beside its dot."""
        if self._colours is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPointSizeF(max(7.5, font.pointSizeF() * 0.85))
        painter.setFont(font)
        area = QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)
        low, high, step = ticks(self._training, self._held_out)
        self._paint_legend(painter)
        self._paint_axes(painter, area, low, high, step)
        self._paint_easing(painter, area)
        painter.save()
        painter.setClipRect(area.adjusted(-6, -6, 6, 6))
        quiet = QColor(self._colours.faint)
        accent = QColor(self._colours.accent)
        self._paint_curve(painter, area, low, high, self._training, QPen(quiet, 1.1))
        self._paint_curve(painter, area, low, high, self._held_out, QPen(accent, 2.2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        for point in self._held_out:
            painter.drawEllipse(self._place(area, low, high, point), 2.6, 2.6)
        painter.restore()
        self._paint_value(painter, area, low, high)

    def _paint_legend(self, painter: QPainter) -> None:
        assert self._colours is not None
        at = float(_LEFT)
        for colour, words in (
            (self._colours.accent, self.tr("pages of yours that it never saw")),
            (self._colours.faint, self.tr("what it is learning from")),
        ):
            painter.setPen(QPen(QColor(colour), 2.2))
            painter.drawLine(QPointF(at, 11), QPointF(at + 16, 11))
            painter.setPen(QColor(self._colours.quiet))
            width = painter.fontMetrics().horizontalAdvance(words) + 4.0
            painter.drawText(QRectF(at + 22, 0, width, 22), Qt.AlignmentFlag.AlignVCenter, words)
            at += 22 + width + 18

    def _paint_axes(self, painter: QPainter, area: QRectF, low: float, high: float, step: float) -> None:
        assert self._colours is not None
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        value = low
        while value <= high + 1e-9:
            y = self._place(area, low, high, (0.0, value)).y()
            painter.setPen(QPen(QColor(self._colours.line), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(self._colours.quiet))
            painter.drawText(QRectF(0, y - 9, _LEFT - 8, 18), right, f"{value:.{2 if step < 0.1 else 1}f}")
            value += step
        painter.setPen(QColor(self._colours.quiet))
        status_bar = QRectF(area.left(), area.bottom() + 5, area.width(), 20)
        minutes = self._seconds / 60
        number = f"{minutes:.0f}" if minutes >= 3 else f"{minutes:.1f}".removesuffix(".0")
        words = self.tr("1 minute") if number == "1" else self.tr("{n} minutes").format(n=number)
        painter.drawText(status_bar, Qt.AlignmentFlag.AlignRight, words)
        painter.drawText(
            status_bar, Qt.AlignmentFlag.AlignLeft, self.tr("bits a character: the lower, the better it knows you")
        )

    def _paint_easing(self, painter: QPainter, area: QRectF) -> None:
        """A dotted line from where on the best state is polished."""
        if self._eased_at is None or self._colours is None:
            return
        across = area.left() + min(1.0, self._eased_at / self._seconds) * area.width()
        painter.setPen(QPen(QColor(self._colours.quiet), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(across, area.top()), QPointF(across, area.bottom()))
        words = self.tr("polished from here on")
        width = painter.fontMetrics().horizontalAdvance(words) + 4.0
        fits = across + 6 + width <= area.right()
        painter.drawText(
            QRectF(across + 6 if fits else across - 6 - width, area.top() - 2, width, 18),
            Qt.AlignmentFlag.AlignVCenter,
            words,
        )

    def _paint_curve(self, painter: QPainter, area: QRectF, low: float, high: float, points: Points, pen: QPen) -> None:
        if len(points) > 1:
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            every = max(1, len(points) // max(1, self.width()))
            shown = [*points[::every], points[-1]]
            painter.drawPolyline(QPolygonF([self._place(area, low, high, point) for point in shown]))

    def _paint_value(self, painter: QPainter, area: QRectF, low: float, high: float) -> None:
        if not self._held_out or self._colours is None:
            return
        at = self._place(area, low, high, self._held_out[-1])
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(self._colours.accent))
        box = QRectF(0, 0, 44, 18)
        box.moveCenter(QPointF(min(at.x() + 4, area.right() - 22), max(at.y() - 15, area.top() + 9)))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{self._held_out[-1][1]:.2f}")

    def _place(self, area: QRectF, low: float, high: float, point: tuple[float, float]) -> QPointF:
        across = min(1.0, point[0] / self._seconds)
        up = (point[1] - low) / (high - low)
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())


def smoothed(points: Points, window: int) -> Points:
    """Averages each point with its neighbours, `window` in all."""
    half = window // 2
    found: Points = []
    for index, (seconds, _) in enumerate(points):
        near = points[max(0, index - half) : index + half + 1]
        found.append((seconds, sum(value for _, value in near) / len(near)))
    return found


def ticks(*curves: Points) -> tuple[float, float, float]:
    """Lowest and highest value of an axis that holds the curves, and the step between its lines."""
    values = [value for points in curves for _, value in points if math.isfinite(value)] or [1.5, 2.5]
    low = min(values)
    high = max(values)
    room = max(high - low, 0.06)
    step = next(each for each in (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0) if room / each <= 4 or each == 5.0)
    return math.floor(low / step) * step, math.ceil(high / step) * step + (step if high == low else 0.0), step
