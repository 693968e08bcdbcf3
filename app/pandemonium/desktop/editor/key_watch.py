"""Tells whether what happens on the page comes from the writer's keys at this moment."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_MODIFIERS = Qt.KeyboardModifier
_COMMANDS = _MODIFIERS.ControlModifier | _MODIFIERS.AltModifier | _MODIFIERS.MetaModifier
_ALT_GR = _MODIFIERS.ControlModifier | _MODIFIERS.AltModifier


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

    def install(self) -> None:
        """Begins; behind whoever answers keys itself, since the last filter is the first to see them."""
        self._widget.installEventFilter(self)

    @property
    def typing(self) -> bool:
        """A key that types, or an input method, is being answered now."""
        return self._typing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets every event pass; the next one of another kind ends what the last one began."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._typing = types_text(event)
        else:
            self._typing = event.type() == QEvent.Type.InputMethod
        return False
