"""The voice library: its command, and its window, made when it is first opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.features.context import Button, Context, Feature, Section
from pandemonium.desktop.features.generation.writing import Writing

if TYPE_CHECKING:
    from pandemonium.desktop.features.library.library_window import VoiceLibraryWindow


class Library(Feature):
    """The library of one window.

    Attributes:
        window: None until it is opened.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._voices = context.feature(Writing).voices
        self.window: VoiceLibraryWindow | None = None

    def commands(self) -> Iterable[Command]:
        """The window."""
        yield Command("voicesAction", self.tr("Voices…"), self.open, "write/voices")

    def preferences(self) -> Iterable[Section]:
        """A way to the library."""
        library = Button("openVoices", self.tr("Voices…"), self.open, self.tr("Your library"))
        yield Section(self.tr("Voices & machine"), self.tr("Voices"), (library,))

    def accept_drop(self, kind: str, paths: Sequence[Path]) -> None:
        """Imports a voice that was dropped."""
        if kind == "voice":
            self.import_file(paths[0])

    def open(self) -> None:
        """Shows it."""
        self._shown()

    def import_file(self, path: Path) -> None:
        """Takes a voice file in, and shows it or why not."""
        self._shown().import_file(path)

    def _shown(self) -> VoiceLibraryWindow:
        from pandemonium.desktop.features.library.library_window import VoiceLibraryWindow

        if self.window is None:
            context = self.context
            self.window = VoiceLibraryWindow(context.window, self._voices, context.dialogs, context.tasks.start)
            self.window.message_bar.follow(context.theme, context.icons)
            self.window.train_asked.connect(context.commands["trainAction"].trigger)
        self.window.show_voices()
        self.window.show()
        self.window.activateWindow()
        return self.window
