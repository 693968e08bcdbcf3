"""What happens to things dropped on the window: a document opens, a voice is imported, a folder becomes a training."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pandemonium.desktop.features.library.library import Library
from pandemonium.desktop.features.training.drop_overlay import DropOverlay
from pandemonium.desktop.features.training.drop_preview import preview_drop
from pandemonium.desktop.features.training.training_controller import TrainingController
from pandemonium.desktop.features.training.training_texts import format_drop
from pandemonium.desktop.shell.main_window import MainWindow


class Drops(QObject):
    """Says what dropping would do while something hangs over the window, and does it.

    Signals:
        document_dropped(Path): a document is to be opened.
    """

    document_dropped = Signal(object)

    def __init__(self, window: MainWindow, font: str, training: TrainingController, library: Library) -> None:
        super().__init__(window)
        self._training, self._library = training, library
        self.overlay = DropOverlay(window.body, font)
        window.dragged_over.connect(self.show)
        window.dropped.connect(self.take)

    def show(self, paths: Sequence[Path]) -> None:
        """Dims the page and says it."""
        self.overlay.say(format_drop(preview_drop(paths), busy=self._training.is_learning))

    def take(self, paths: Sequence[Path]) -> None:
        """Does it."""
        found = preview_drop(paths)
        match found.kind:
            case "document":
                self.document_dropped.emit(found.paths[0])
            case "voice":
                self._library.import_file(found.paths[0])
            case "texts":
                self._training.begin(found.paths)
            case _:
                pass
