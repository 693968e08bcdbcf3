"""Hints as notes: one below the other in the margin of the page, or, where that is narrow, one in a strip below it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from pandemonium.desktop.core.controls import label
from pandemonium.desktop.core.icons import Icons
from pandemonium.desktop.core.theme import Theme


class _Note(QFrame):
    """One hint, and a small button that puts it away."""

    def __init__(self, name: str, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self.words: QLabel = label("", "hint")
        self.away = QToolButton()
        self.away.setObjectName(f"hintAway-{name}")
        self.away.setAccessibleName(self.tr("Put this hint away"))
        self.away.setToolTip(self.tr("Put this hint away"))
        icons.put_on(self.away, "x", theme, "quiet", size=11)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 0, 2)
        row.setSpacing(2)
        row.addWidget(self.words, 1)
        row.addWidget(self.away, 0, Qt.AlignmentFlag.AlignTop)


class HintNotes(QFrame):
    """Some hints, those that are left.

    Signals:
        put_away(str): the writer does not want the hint of that name.
    """

    put_away = Signal(str)

    def __init__(self, name: str, hints: list[str], theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        """Begins, with nothing shown.

        Args:
            name: of the whole.
            hints: the hints' names, in their order.
            theme, icons: of the window.
            parent: over which the notes lie.
        """
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Hints for the first start"))
        self._notes = {each: _Note(f"{name}-{each}", theme, icons) for each in hints}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for each, note in self._notes.items():
            note.away.clicked.connect(lambda _=False, each=each: self.put_away.emit(each))
            layout.addWidget(note)
        self.hide()

    def say(self, name: str, words: str) -> None:
        """Says what a hint says."""
        self._notes[name].words.setText(words)
        self._notes[name].away.setAccessibleDescription(words)

    @property
    def has_keyboard(self) -> bool:
        """The keyboard is in one of them."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def take_keyboard(self) -> bool:
        """Gives the keyboard to the first that is seen; tells whether there is one."""
        shown = [note for note in self._notes.values() if note.isVisible()]
        if shown:
            shown[0].away.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(shown)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Leaves Tab to the window: the page, over which the notes lie, would type it."""
        return bool(self.window().focusNextPrevChild(next))

    def show_hints(self, names: list[str]) -> None:
        """Shows these hints and no others; none hides the whole."""
        for name, note in self._notes.items():
            note.setVisible(name in names)
        self.setVisible(bool(names))
