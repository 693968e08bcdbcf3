"""Holds the settings in force, tells who listens when a table changes, and saves them when the window rests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from pandemonium.errors import PandemoniumError
from pandemonium.settings import Settings, SettingsFile

_DELAY = 1500  # milliseconds from the last change to the file


class SettingsStore(QObject):
    """The settings, and their file.

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
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self.save)

    @property
    def notes(self) -> list[str]:
        """What could not be taken from the file, in sentences."""
        return self._file.notes

    def update(self, table: str, **values: Any) -> None:
        """Changes fields of a table.

        Raises:
            SettingsError: a value lies outside its range.
        """
        self.set_table(table, replace(getattr(self.values, table), **values))

    def set_table(self, table: str, values: Any) -> None:
        """Takes other values for a whole table."""
        if values == getattr(self.values, table):
            return
        self.values = replace(self.values, **{table: values})
        self._timer.start()
        self.changed.emit(table)

    def save(self) -> None:
        """Writes the file now."""
        self._timer.stop()
        try:
            self._file.save(self.values)
        except PandemoniumError as error:
            self.failed.emit(error)
