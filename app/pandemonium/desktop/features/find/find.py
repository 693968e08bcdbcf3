"""Find and replace: the commands, and the bar under the page."""

from __future__ import annotations

from collections.abc import Iterable

from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.find.find_bar import FindBar
from pandemonium.desktop.features.find.finder import Finder


class Find(Feature):
    """Finding on one page.

    Attributes:
        bar: in which the writer says what to find.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._finder = Finder(context.editor, context.editor.selections, context.tasks.loop)
        context.theme.follow(self._finder.apply_colours)
        self.bar = FindBar(self._finder)
        self.bar.follow(context.theme, context.icons)
        context.window.add_under_page(self.bar)

    def commands(self) -> Iterable[Command]:
        """Find, replace, and the ways from place to place."""
        bar = self.bar
        menu = "edit/find"
        yield Command("findAction", self.tr("Find…"), lambda: bar.open(replacing=False), menu, ("Ctrl+F",))
        yield Command("replaceAction", self.tr("Replace…"), lambda: bar.open(replacing=True), menu, ("Ctrl+H",))
        yield Command("findNextAction", self.tr("Find next"), lambda: bar.go(1), menu, ("F3",))
        yield Command("findPreviousAction", self.tr("Find previous"), lambda: bar.go(-1), menu, ("Shift+F3",))

    def dismiss(self) -> bool:
        """Closes the bar."""
        was_open = self.bar.isVisible()
        self.bar.close_bar()
        return was_open

    def close(self) -> None:
        """Ends searching for good."""
        self._finder.close()
