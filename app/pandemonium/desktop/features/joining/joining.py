"""Lead to what follows, on or off."""

from __future__ import annotations

from collections.abc import Iterable

from pandemonium.desktop.core.commands import Command, switch_of
from pandemonium.desktop.features.context import Feature, Section


class Joining(Feature):
    """What Continue makes of the text behind the cursor."""

    def commands(self) -> Iterable[Command]:
        """The switch."""
        yield switch_of(
            self.context.settings,
            "writing.join",
            "joinAction",
            self.tr("Lead to what follows"),
            "write/join",
            ("Ctrl+J",),
        )

    def preferences(self) -> Iterable[Section]:
        """The same switch with what it means."""
        yield Section(self.tr("Voices & machine"), self.tr("Text behind the cursor"), ("writing.join",))
