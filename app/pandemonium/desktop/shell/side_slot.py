"""The places beside the page: where the window is too narrow for all of them, one gives way to the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget


class SideSlot(QWidget):
    """Holds one panel. Whether the panel is wanted is said to the panel; the slot itself is hidden for want of room.

    Attributes:
        insists: the writer has asked for the panel while it had given way.

    Signals:
        wanted_changed(): the panel is wanted now, or is not any more.
    """

    wanted_changed = Signal()

    def __init__(self, panel: QWidget) -> None:
        super().__init__()
        self.panel = panel
        self.insists = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        panel.installEventFilter(self)

    @property
    def is_wanted(self) -> bool:
        """The panel is to be seen, room given."""
        return not self.panel.isHidden()

    @property
    def room(self) -> int:
        """How wide it is where it is seen, in pixels."""
        return max(self.panel.minimumWidth(), self.panel.minimumSizeHint().width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hears when somebody shows or hides the panel."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.wanted_changed.emit()
        return False


def that_fit(slots: list[SideSlot], width: int, least: int, readable: int) -> list[SideSlot]:
    """Which of the wanted slots can be seen in `width` pixels with `least` of them for the page.

    The first of `slots` was asked for last and is kept longest; it is dropped only where it would leave the page
    less than half of that, or less than what is `readable` and nobody insists on it.
    """
    shown = [slot for slot in slots if slot.is_wanted]
    while len(shown) > 1 and width - sum(slot.room for slot in shown) < max(least, readable):
        shown.pop()
    if shown and width - shown[0].room < max(least // 2, 0 if shown[0].insists else readable):
        shown.pop()
    return shown
