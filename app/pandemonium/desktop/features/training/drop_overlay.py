"""Dims the page while something is dragged over the window, and says what dropping it would do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pandemonium.desktop.core.fonts import page_font
from pandemonium.desktop.core.theme import Colours


class DropOverlay(QWidget):
    """Lies over the whole of its parent, and lets the mouse through."""

    def __init__(self, parent: QWidget, font: str) -> None:
        super().__init__(parent)
        self._covered = parent
        self.setObjectName("veil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._font = page_font(font, 19)
        self._colours: Colours | None = None
        self.sentence = ""
        self.hide()

    def say(self, sentence: str) -> None:
        """Dims the page and says it; nothing to say lifts the veil."""
        self.sentence = sentence
        self.setAccessibleName(sentence)
        self._covered.removeEventFilter(self)
        if not sentence:
            self.hide()
            return
        self.setGeometry(self._covered.rect())
        self._covered.installEventFilter(self)
        self.raise_()
        self.show()
        self.update()

    def apply_colours(self, colours: Colours) -> None:
        """Takes the theme's colours."""
        self._colours = colours

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays as large as what it covers."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._covered.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the overlay, a line around it, and the sentence."""
        if self._colours is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(self._colours.paper)
        ground.setAlpha(228)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(QColor(self._colours.accent), 1.5))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(18, 18, -18, -18), 8, 8)
        painter.setFont(self._font)
        painter.setPen(QColor(self._colours.ink))
        room = QRectF(self.rect()).adjusted(60, 40, -60, -40)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.sentence)
