"""Icons from resources/icons, tinted in the colours of the theme."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QToolButton, QWidget

from pandemonium.desktop.core.theme import Colours, Theme

_ARROWS = ("backButton", "forwardButton", "toParentButton")  # of Qt's file dialog


class Icons:
    """Draws icons of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def icon(self, name: str, colour: str, size: int = 18, room: int = 0) -> QIcon:
        """The icon `name` in `colour` ("#rrggbb"), sharp on high-resolution screens too.

        Args:
            name: of the file.
            colour: to tint it with.
            size: its height in pixels.
            room: empty pixels to its right, before a button's text.
        """
        icon = QIcon()
        for ratio in (1, 2, 3):
            icon.addPixmap(self.pixmap(name, colour, size, ratio, room))
        return icon

    def put_on(
        self, button: QAbstractButton, name: str, theme: Theme, role: str, size: int = 16, room: int = 0
    ) -> None:
        """Puts an icon on a button, in a theme's colour of that name ("quiet"), and tints it again with every theme."""

        def tint(colours: Colours) -> None:
            button.setIcon(self.icon(name, getattr(colours, role), size, room))

        button.setIconSize(QSize(size + room, size))
        theme.follow(tint)

    def pixmap(self, name: str, colour: str, size: int, ratio: int = 1, room: int = 0) -> QPixmap:
        """The icon as a picture of `size` times `ratio` pixels, and `room` more to its right."""
        svg = (self._folder / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
        pixmap = QPixmap((size + room) * ratio, size * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(svg.encode("utf-8"))).render(painter, QRectF(0, 0, size * ratio, size * ratio))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def application(self) -> QIcon:
        """The program's own icon."""
        icon = QIcon()
        for size in (16, 32, 48, 128, 256):
            icon.addPixmap(self.pixmap("pandemonium", "#2f6f62", size))
        return icon


def tint_buttons(dialog: QWidget) -> None:
    """Gives the arrows of a file dialog the ink of its palette: Qt's own are black on any paper."""
    ink = dialog.palette().color(QPalette.ColorRole.ButtonText)
    for button in dialog.findChildren(QToolButton):
        if button.objectName() in _ARROWS and not button.icon().isNull():
            pixmap = button.icon().pixmap(button.iconSize(), dialog.devicePixelRatioF())
            button.setIcon(QIcon(tinted(pixmap, ink)))


def tinted(pixmap: QPixmap, ink: QColor) -> QPixmap:
    """A picture of the same shape in one colour."""
    made = QPixmap(pixmap)
    painter = QPainter(made)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(made.rect(), ink)
    painter.end()
    return made
