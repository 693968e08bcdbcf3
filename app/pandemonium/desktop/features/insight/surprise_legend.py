"""The bar below the page that says what the tints of the map mean, and how far the reading is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from pandemonium.desktop.core.controls import ElidedLabel, label
from pandemonium.desktop.core.icons import Icons
from pandemonium.desktop.core.theme import LIGHT, Colours, Theme


class _Swatch(QWidget):
    """A small patch of one tint."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role
        self._colours: Colours = LIGHT
        self.setFixedSize(QSize(18, 12))

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self._colours = colours
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fills a framed square with the tint of its role."""
        painter = QPainter(self)
        painter.setPen(QColor(self._colours.line))
        painter.setBrush(QColor(getattr(self._colours, self._role)))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 2, 2)
        painter.end()


class _Progress(ElidedLabel):
    """How far the reading is; where there is no room for all of that, nothing."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints it where it can be read."""
        if self.has_room_for(self.text()):
            super().paintEvent(event)


class SurpriseLegend(QFrame):
    """What the tints mean.

    Signals:
        closed(): the writer wants the map away.
    """

    closed = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("surpriseLegend")
        self.setAccessibleName(self.tr("What the tints mean"))
        self._said = ""
        self._lead = ElidedLabel()
        self._lead.setProperty("role", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 5, 10, 5)
        row.setSpacing(6)
        row.addWidget(self._lead)
        words = []
        for role, said in (
            ("unexpected", self.tr("1 in 500")),
            ("rare", self.tr("1 in 4,000")),
            ("startling", self.tr("1 in 30,000")),
        ):
            swatch = _Swatch(role)
            theme.follow(swatch.apply_colours)
            row.addSpacing(6)
            row.addWidget(swatch)
            row.addWidget(label(said, "caption"))
            words.append(said)
        self._progress = _Progress()  # yields first: what the tints mean is the more needed
        self._progress.setProperty("role", "caption")
        self._progress.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._progress.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addSpacing(6)
        row.addWidget(self._progress, 1)
        close = QToolButton()
        close.setObjectName("surpriseClose")
        close.setAccessibleName(self.tr("Take the tints away"))
        close.setToolTip(self.tr("Take the tints away"))
        icons.put_on(close, "x", theme, "quiet", size=14)
        close.clicked.connect(self.closed)
        row.addWidget(close)
        told = self.tr("Tinted are words that the voice gave a chance of less than {first}, {second} and {third}.")
        self.setAccessibleDescription(told.format(first=words[0], second=words[1], third=words[2]))
        self.hide()

    def show_state(self, voice: str, share: float, *, is_stopped: bool = False) -> None:
        """Says whose surprise it is, and how much of the draft was read.

        Args:
            voice: its name.
            share: between 0 and 1.
            is_stopped: nothing more is read for now.
        """
        self._said = self.tr("Less likely to {voice} than:").format(voice=voice)
        self._fit()
        reads = self.tr("Stopped at {n}%") if is_stopped else self.tr("Read so far: {n}%")
        self._progress.setText(reads.format(n=min(99, int(100 * share))) if share < 1 else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Says it in fewer words where there is no room for more."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._lead.setText(self._said)
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        if layout.sizeHint().width() > self.width():
            self._lead.setText(self.tr("Less likely than:"))
