"""A small ring at the status bar: how far today's words, or this sitting's, are on the way to the goal."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton

from pandemonium.desktop.core.theme import LIGHT, Colours

_SIZE = 15.0
_STROKE = 2.0


class GoalRing(QToolButton):
    """The ring and the number beside it; a click opens what was written on other days."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("goalRing")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._colours: Colours = LIGHT
        self._share = 0.0
        self._said = ""

    def show_words(self, words: int, goal: int, *, sitting: bool) -> None:
        """Shows `words` of `goal`, today's or this sitting's; 0 is no goal, and then nothing is shown."""
        self.setVisible(goal > 0)
        self._share = min(1.0, words / goal) if goal else 0.0
        self._said = self.tr("{n} of {goal}").format(n=f"{words:,}", goal=f"{goal:,}")
        when = self.tr("in this sitting") if sitting else self.tr("today")
        said = self.tr("{words} words written {when}").format(words=self._said, when=when)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the ring and the number."""
        return QSize(round(_SIZE) + 14 + self.fontMetrics().horizontalAdvance(self._said), self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ring, whole when the goal is reached."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._colours
        circle = QRectF(2, (self.height() - _SIZE) / 2, _SIZE, _SIZE).adjusted(_STROKE, _STROKE, -_STROKE, -_STROKE)
        painter.setPen(QPen(QColor(colours.line), _STROKE))
        painter.drawEllipse(circle)
        pen = QPen(QColor(colours.accent), _STROKE)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if self._share > 0:
            painter.drawArc(circle, 90 * 16, round(-360 * 16 * self._share))
        painter.setPen(QColor(colours.accent if self.hasFocus() or self.underMouse() else colours.quiet))
        text = self.rect().adjusted(round(_SIZE) + 8, 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._said)
        painter.end()
