"""What happens to things dropped on the window: a document opens, a voice is imported, a folder becomes a training."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.training.drop_overlay import DropOverlay
from pandemonium.desktop.features.training.drop_preview import preview_drop
from pandemonium.desktop.features.training.training_controller import TrainingController
from pandemonium.desktop.features.training.training_texts import format_drop


class Drops(Feature):
    """Says what dropping would do while something hangs over the window, and does it.

    Attributes:
        overlay: over the page, while something hangs there.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._training = context.feature(TrainingController)
        self.overlay = DropOverlay(context.window.body, context.settings.value("editor.font"))
        context.theme.follow(self.overlay.apply_colours)
        context.window.dragged_over.connect(self.show)
        context.window.dropped.connect(self.take)

    def show(self, paths: Sequence[Path]) -> None:
        """Dims the page and says it."""
        self.overlay.say(format_drop(preview_drop(paths), busy=self._training.is_learning))

    def take(self, paths: Sequence[Path]) -> None:
        """Gives it to the feature that it is for."""
        found = preview_drop(paths)
        for feature in self.context.features.values():
            feature.accept_drop(found.kind, found.paths)
