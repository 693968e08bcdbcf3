"""Windows open no larger than the screen, and as large as their font asks for; what has no room scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

_LINE = 17  # pixels of a line in the font that sizes are given for
_FRAME = QSize(8, 40)  # what a window's own frame may take
_LEAST = QSize(220, 140)


def available_room(window: QWidget) -> QRect:
    """The part of the window's screen that no task bar takes, in pixels."""
    return window.screen().availableGeometry()


def open_at(window: QWidget, width: int, height: int) -> None:
    """Gives a window a size: what is asked for, in pixels of a usual font, but never more than the screen has."""
    grown = max(1.0, window.fontMetrics().lineSpacing() / _LINE)
    window.resize(fitted(QSize(round(width * grown), round(height * grown)), available_room(window)))


def fitted(wanted: QSize, room: QRect) -> QSize:
    """The size that a window may have in that room."""
    return wanted.boundedTo(room.size() - _FRAME)


class ScrolledContent(QScrollArea):
    """Shows its content as if there were no area around it, and scrolls it where there is too little room."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setProperty("role", "bare")
        content.setProperty("role", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from control to control, and the area follows
        self.setWidget(content)

    def showEvent(self, event: QShowEvent) -> None:
        """Lets its window be large enough for all of it, now that the style is known, where the screen is."""
        super().showEvent(event)
        layout = self._content.layout()
        if layout is not None:
            layout.invalidate()
        window = self.window()
        margins = window.size() - self.size()
        wanted = self._content.minimumSizeHint() + margins.expandedTo(QSize(0, 0))
        window.resize(fitted(window.size().expandedTo(wanted), available_room(window)).expandedTo(window.size()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hears when the content wants another size."""
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """As large as the content would like to be."""
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Far smaller."""
        return self._content.minimumSizeHint().boundedTo(_LEAST)


def make_scrollable(window: QWidget) -> None:
    """Lets all that a window holds scroll where its screen is too small for it; its layout must be set."""
    layout = window.layout()
    assert layout is not None
    content = QWidget()
    content.setLayout(layout)  # takes the layout and its widgets over
    outer = QVBoxLayout(window)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(ScrolledContent(content))
