"""Holds the settings in force, tells who watches one when it changes, and saves them when the window rests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, fields, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from pandemonium.errors import PandemoniumError
from pandemonium.settings import Settings, SettingsFile

_DELAY = 1500  # milliseconds from the last change to the file


class SettingsStore(QObject):
    """The settings, and their file. A setting is named by its table and its field: "editor.zoom".

    Signals:
        changed(str): a table has other values now; its name.
        failed(PandemoniumError): the file could not be written.
    """

    changed = Signal(str)
    failed = Signal(object)

    def __init__(self, file: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self.values: Settings = file.load()
        self._watchers: dict[str, list[Callable[..., object]]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self.save)

    @property
    def notes(self) -> list[str]:
        """What could not be taken from the file, in sentences."""
        return self._file.notes

    def value(self, setting: str) -> Any:
        """What a setting is now."""
        table, _, name = setting.partition(".")
        return getattr(getattr(self.values, table), name)

    def declaration(self, setting: str) -> Field[Any]:
        """How a setting was declared: its default, range and words."""
        table, _, name = setting.partition(".")
        return next(each for each in fields(getattr(self.values, table)) if each.name == name)

    def set(self, setting: str, value: Any) -> None:
        """Changes one setting.

        Raises:
            SettingsError: the value lies outside its range.
        """
        table, _, name = setting.partition(".")
        self.update(table, **{name: value})

    def update(self, table: str, **values: Any) -> None:
        """Changes fields of a table.

        Raises:
            SettingsError: a value lies outside its range.
        """
        self.set_table(table, replace(getattr(self.values, table), **values))

    def set_table(self, table: str, values: Any) -> None:
        """Puts other values in the place of a whole table's; who watches one of those that changed is told."""
        before = getattr(self.values, table)
        if values == before:
            return
        self.values = replace(self.values, **{table: values})
        self._timer.start()
        for setting, watchers in list(self._watchers.items()):
            of_table, _, name = setting.partition(".")
            if of_table == table and getattr(values, name) != getattr(before, name):
                for watcher in list(watchers):
                    watcher(getattr(values, name))
        self.changed.emit(table)

    def watch(self, setting: str, watcher: Callable[..., object], *, now: bool = True) -> None:
        """Calls `watcher` with a setting's value whenever it is another, and at once unless `now` is False."""
        self._watchers.setdefault(setting, []).append(watcher)
        if now:
            watcher(self.value(setting))

    def watching(self, setting: str) -> Callable[[Callable[..., object]], None]:
        """Subscribes to one setting, for whoever does not want to know which it is."""
        return lambda watcher: self.watch(setting, watcher, now=False)

    def save(self) -> None:
        """Writes the file now."""
        self._timer.stop()
        try:
            self._file.save(self.values)
        except PandemoniumError as error:
            self.failed.emit(error)
