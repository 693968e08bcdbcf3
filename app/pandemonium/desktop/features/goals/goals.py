"""Joins the goals: the count, the file of days, the ring at the status bar and the window."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QTimer

from pandemonium import paths
from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.features.context import Button, Context, Feature, Section
from pandemonium.desktop.features.goals.diary import Diary
from pandemonium.desktop.features.goals.goal_ring import GoalRing
from pandemonium.desktop.features.goals.goals_window import GoalsWindow
from pandemonium.desktop.features.goals.written_words import WrittenWords
from pandemonium.errors import PandemoniumError

_DELAY = 3000  # milliseconds from the last word to the file
_SHOW = 150  # milliseconds from a word to the ring


class Goals(Feature):
    """The goals of one window.

    Attributes:
        ring: for the status bar.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._diary = Diary(paths.user_data() / "words-written.json")
        self.ring = GoalRing()
        self._sitting = 0
        self.days_window: GoalsWindow | None = None
        written = WrittenWords(context.editor)
        self._save = QTimer(self, singleShot=True, interval=_DELAY)
        self._save.timeout.connect(self.save)
        self._show = QTimer(self, singleShot=True, interval=_SHOW)
        self._show.timeout.connect(self.refresh)
        written.counted.connect(self._count)
        self.ring.clicked.connect(self.open)
        context.theme.follow(self.ring.apply_colours)
        context.status_bar.add(self.ring)
        for goal in ("habits.goal_day", "habits.goal_sitting"):
            context.settings.watch(goal, lambda _: self.refresh(), now=False)
        self.refresh()

    @property
    def sitting(self) -> int:
        """Words written since the window was opened."""
        self.context.editor.after_paint.catch_up()
        return self._sitting

    def commands(self) -> Iterable[Command]:
        """The window."""
        yield Command("wordsWrittenAction", self.tr("Words written…"), self.open, "view/goals")

    def preferences(self) -> Iterable[Section]:
        """The goals."""
        wrote = Button("openWordsWritten", self.tr("What you wrote…"), self.open)
        yield Section(self.tr("Writing"), self.tr("Goals"), ("habits.goal_day", "habits.goal_sitting", wrote))

    def close(self) -> None:
        """Writes the file of days."""
        self.save()

    def open(self) -> None:
        """Shows the window."""
        if self.days_window is None:
            settings = self.context.settings
            self.days_window = GoalsWindow(self.context.window)
            self.days_window.goal_changed.connect(lambda name, value: settings.set(f"habits.{name}", value))
            self.context.theme.follow(self.days_window.chart.apply_colours)
        self.days_window.show()
        self.days_window.activateWindow()
        self.refresh()

    def refresh(self) -> None:
        """Shows what was written until now."""
        settings = self.context.settings.values.habits
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
            self.context.messages.show_error(error)

    def _count(self, words: int) -> None:
        self._sitting = max(0, self._sitting + words)
        self._diary.add(words)
        self._save.start()  # again: the file is written in a pause
        if not self._show.isActive():
            self._show.start()
