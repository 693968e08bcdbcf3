"""Joins the goals: the count, the file of days, the ring at the status bar and the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from pandemonium.desktop.core.settings_store import SettingsStore
from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.features.goals.diary import Diary
from pandemonium.desktop.features.goals.goal_ring import GoalRing
from pandemonium.desktop.features.goals.goals_window import GoalsWindow
from pandemonium.desktop.features.goals.written_words import WrittenWords
from pandemonium.errors import PandemoniumError

_DELAY = 3000  # milliseconds from the last word to the file
_SHOW = 150  # milliseconds from a word to the ring


class Goals(QObject):
    """The goals of one window.

    Attributes:
        ring: for the status bar.
        sitting: words written since the window was opened.
    """

    def __init__(
        self,
        window: QWidget,
        written: WrittenWords,
        diary: Diary,
        store: SettingsStore,
        say: Callable[[PandemoniumError], None],
    ) -> None:
        super().__init__(window)
        self._window, self._diary, self._store, self._say = window, diary, store, say
        self.ring = GoalRing()
        self.sitting = 0
        self.days_window: GoalsWindow | None = None
        self._colours: Colours | None = None
        self._save = QTimer(self, singleShot=True, interval=_DELAY)
        self._save.timeout.connect(self.save)
        self._show = QTimer(self, singleShot=True, interval=_SHOW)
        self._show.timeout.connect(self.refresh)
        written.counted.connect(self._count)
        self.ring.clicked.connect(self.open)
        store.changed.connect(lambda table: self.refresh() if table == "habits" else None)
        self.refresh()

    def open(self) -> None:
        """Shows the window."""
        if self.days_window is None:
            self.days_window = GoalsWindow(self._window)
            self.days_window.goal_changed.connect(lambda name, value: self._store.update("habits", **{name: value}))
            if self._colours:
                self.days_window.apply_colours(self._colours)
        self.days_window.show()
        self.days_window.activateWindow()
        self.refresh()

    def refresh(self) -> None:
        """Shows what was written until now."""
        settings = self._store.values.habits
        if settings.goal_day or not settings.goal_sitting:
            self.ring.show_words(self._diary.today, settings.goal_day, sitting=False)
        else:
            self.ring.show_words(self.sitting, settings.goal_sitting, sitting=True)
        if self.days_window is not None and self.days_window.isVisible():
            self.days_window.show_words(self._diary.last_days(), self.sitting, settings)

    def save(self) -> None:
        """Writes the file of days now."""
        self._save.stop()
        try:
            self._diary.save()
        except PandemoniumError as error:
            self._say(error)

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self._colours = colours
        self.ring.apply_colours(colours)
        if self.days_window is not None:
            self.days_window.apply_colours(colours)

    def _count(self, words: int) -> None:
        self.sitting = max(0, self.sitting + words)
        self._diary.add(words)
        self._save.start()  # again: the file is written in a pause
        if not self._show.isActive():
            self._show.start()
