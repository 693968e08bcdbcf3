"""Icons from resources/icons, tinted in the colours of the theme."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPalette, QPixmap
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
        pixmap = QPixmap.fromImage(_drawn(self._folder / f"{name}.svg", colour, size * ratio, room * ratio))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def application(self) -> QIcon:
        """The program's own icon."""
        icon = QIcon()
        for size in (16, 32, 48, 128, 256):
            icon.addPixmap(self.pixmap("pandemonium", "#2f6f62", size))
        return icon


@lru_cache(maxsize=512)
def _drawn(file: Path, colour: str, size: int, room: int) -> QImage:
    """An icon's picture, drawn once: a window asks for the same few again with every theme.

    No `QPixmap`, which may not outlive the application.
    """
    svg = file.read_text("utf-8").replace("currentColor", colour)
    image = QImage(size + room, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode("utf-8"))).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


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
