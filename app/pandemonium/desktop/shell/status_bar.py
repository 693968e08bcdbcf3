"""The status bar: what features have to say in a word, in one line."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from pandemonium.desktop.core.controls import ElidedLabel

_DELAY = 120  # milliseconds until what can wait is shown
# What stands in the line, from left to right; what is not named here stands last.
_PARTS = ("words", "authors", "state", "suggestion", "nextWords", "place", "voice", "training")
# What tells of this moment: it speaks for the voice, and what is always there yields to it where there is no room.
_OF_THE_MOMENT = ("suggestion", "nextWords", "place")
_YIELDING = ("authors", "state", "words")  # one after the other


class StatusBar(QFrame):
    """Shows one line."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._line = ElidedLabel()
        self._line.setObjectName("statusLine")
        self._line.setAccessibleName(self.tr("Status"))
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 9, 0, 0)  # the page may end in the middle of a line
        layout.addWidget(self._line, 1)
        self._parts: dict[str, str] = dict.fromkeys(_PARTS, "")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self._show)

    def add(self, widget: QWidget) -> None:
        """Takes something small in at the right."""
        self._layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.setContentsMargins(0, 9, 18, 0)

    def set_part(self, name: str, text: str, *, soon: bool = False) -> None:
        """Says something, or nothing any more where it is empty.

        Args:
            name: of the part; there is one of each.
            text: what it says.
            soon: it changes often, and can wait for a moment.
        """
        if self._parts.get(name) == text:
            return
        self._parts[name] = text
        if not soon:
            self._show()
        elif not self._timer.isActive():
            self._timer.start()

    def _show(self) -> None:
        parts = dict(self._parts)
        is_of_the_moment = any(parts[each] for each in _OF_THE_MOMENT)
        if is_of_the_moment:
            parts["voice"] = ""
        text = _line_of(parts)
        self._line.setAccessibleDescription(text)
        for each in _YIELDING if is_of_the_moment else ():
            if self._line.has_room_for(text):
                break
            parts[each] = ""
            text = _line_of(parts)
        if text != self._line.text():
            self._line.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is another room for the line."""
        super().resizeEvent(event)
        self._show()


def _line_of(parts: dict[str, str]) -> str:
    return "   \u00b7   ".join(filter(None, parts.values()))
