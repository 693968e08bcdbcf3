"""Windows open no larger than the screen, and as large as their font asks for."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

_LINE = 17  # pixels of a line in the font that sizes are given for
_FRAME = QSize(8, 40)  # what a window's own frame may take


def available_room(window: QWidget) -> QRect:
    """The part of the window's screen that no task bar takes, in pixels."""
    screen = window.screen() or QGuiApplication.primaryScreen()
    return screen.availableGeometry()


def open_at(window: QWidget, width: int, height: int) -> None:
    """Gives a window a size: what is asked for, in pixels of a usual font, but never more than the screen has."""
    grown = max(1.0, window.fontMetrics().lineSpacing() / _LINE)
    window.resize(fitted(QSize(round(width * grown), round(height * grown)), available_room(window)))


def fitted(wanted: QSize, room: QRect) -> QSize:
    """The size that a window may have in that room."""
    return wanted.boundedTo(room.size() - _FRAME)


def scrolled(content: QWidget, name: str) -> QScrollArea:
    """Puts content where it scrolls as soon as there is too little room for it, and looks the same otherwise."""
    area = QScrollArea()
    area.setObjectName(name)
    area.setProperty("role", "bare")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    content.setProperty("role", "bare")
    return area


def make_scrollable(window: QWidget, name: str) -> None:
    """Moves all that a window's layout holds into a place that scrolls where the screen is too small for it.

    The window's layout must be set already; what is on it keeps its layout and its parent's style.
    """
    layout = window.layout()
    assert layout is not None
    content = QWidget()
    content.setLayout(layout)  # takes the layout, and its widgets, over
    outer = QVBoxLayout(window)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scrolled(content, name))
