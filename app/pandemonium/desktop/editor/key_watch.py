"""Tells whether what happens on the page comes from the writer's keys at this moment."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_MODIFIERS = Qt.KeyboardModifier
_COMMANDS = _MODIFIERS.ControlModifier | _MODIFIERS.AltModifier | _MODIFIERS.MetaModifier
_ALT_GR = _MODIFIERS.ControlModifier | _MODIFIERS.AltModifier
# What lays the page out or paints it comes while a key is still being answered; these come when it has been.
_ENDS = {
    QEvent.Type.KeyRelease,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.Wheel,
    QEvent.Type.FocusIn,
    QEvent.Type.FocusOut,
    QEvent.Type.Drop,
}


def types_text(event: QKeyEvent) -> bool:
    """Tells whether a key puts something on the page, or takes a character away, and commands nothing."""
    modifiers = event.modifiers() & _COMMANDS
    if modifiers in (_MODIFIERS.NoModifier, _MODIFIERS.MetaModifier):
        return True
    return modifiers == _ALT_GR and event.text().isprintable() and bool(event.text())


class KeyWatch(QObject):
    """Watches one widget's events."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._typing = False
        self._widget = widget
        self._answered = QTimer(self)
        self._answered.setSingleShot(True)
        self._answered.timeout.connect(self._end)

    def install(self) -> None:
        """Begins; behind whoever answers keys itself, since the last filter is the first to see them."""
        self._widget.installEventFilter(self)

    @property
    def typing(self) -> bool:
        """A key that types, or an input method, is being answered now."""
        return self._typing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets every event pass; a key is answered when the next input comes, or the event loop goes on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._typing = types_text(event)
        elif event.type() == QEvent.Type.InputMethod:
            self._typing = True
        elif event.type() in _ENDS:
            self._typing = False
        if self._typing:
            self._answered.start(0)
        return False

    def _end(self) -> None:
        self._typing = False
