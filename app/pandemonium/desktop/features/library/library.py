"""Opens the voice library beside the window, when it is asked for, and takes in voices that are dropped."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pandemonium.desktop.core.icons import Icons
from pandemonium.desktop.core.theme import Theme
from pandemonium.desktop.features.generation.voice_choice import VoiceChoice
from pandemonium.desktop.shell.dialogs import Dialogs

if TYPE_CHECKING:
    from pandemonium.desktop.features.library.library_window import VoiceLibraryWindow


class Library(QObject):
    """The library's window, made when it is first opened.

    Signals:
        train_asked(): the writer wants a voice of her own.
    """

    train_asked = Signal()

    def __init__(
        self,
        window: QWidget,
        voices: VoiceChoice,
        dialogs: Dialogs,
        start: Callable[[Coroutine[Any, Any, None]], object],
        theme: Theme,
        icons: Icons,
    ) -> None:
        super().__init__(window)
        self._window, self._voices, self._dialogs, self._start = window, voices, dialogs, start
        self._theme, self._icons = theme, icons
        self.window: VoiceLibraryWindow | None = None

    def open(self) -> None:
        """Shows it."""
        self._shown()

    def import_file(self, path: Path) -> None:
        """Takes a voice file in, and shows it or why not."""
        self._shown().import_file(path)

    def apply_colours(self) -> None:
        """Takes the theme's colours."""
        if self.window is not None:
            self.window.apply_colours(self._theme.colours, self._icons)

    def _shown(self) -> VoiceLibraryWindow:
        from pandemonium.desktop.features.library.library_window import VoiceLibraryWindow

        if self.window is None:
            self.window = VoiceLibraryWindow(self._window, self._voices, self._dialogs, self._start)
            self.window.train_asked.connect(self.train_asked)
            self.apply_colours()
        self.window.show_voices()
        self.window.show()
        self.window.activateWindow()
        return self.window
