"""Full screen, and back to the window as it was."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pandemonium.desktop.shell.main_window import MainWindow


class FullScreen(QObject):
    """Full screen of one window, whoever asks for it: the writer here, or the system's own keys.

    Signals:
        switched(bool): the window fills the screen now, or does not any more.
    """

    switched = Signal(bool)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.was_maximized = False  # before it filled the screen
        self._on = window.isFullScreen()
        window.state_changed.connect(self._look)

    @property
    def is_on(self) -> bool:
        """The window fills the screen."""
        return self._window.isFullScreen()

    def switch(self, on: bool) -> None:
        """Fills the screen, or goes back."""
        if on == self._window.isFullScreen():
            return
        if on:
            self.was_maximized = self._window.isMaximized()
            self._window.showFullScreen()
        elif self.was_maximized:
            self._window.showMaximized()
        else:
            self._window.showNormal()

    def _look(self) -> None:
        if self._on != self.is_on:
            self._on = self.is_on
            self.switched.emit(self._on)
