"""Opens the help's windows, each made when it is first wanted."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QDialog

from pandemonium import paths
from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.help.about_window import AboutWindow
from pandemonium.desktop.features.help.guide_window import GuideWindow


class Help(Feature):
    """Guide and about.

    Attributes:
        guide, about: the windows; None until they are opened.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.guide: GuideWindow | None = None
        self.about: AboutWindow | None = None

    def commands(self) -> Iterable[Command]:
        """Both windows."""
        yield Command("guideAction", self.tr("Guide"), self.open_guide, "help/help", ("F1",))
        yield Command("aboutAction", self.tr("About Pandemonium"), self.open_about, "help/help")

    def open_guide(self) -> None:
        """Shows the guide where it was left."""
        if self.guide is None:
            self.guide = GuideWindow(self.context.window, self.context.resources / "guide" / "guide.md")
        _show(self.guide)

    def open_about(self) -> None:
        """Shows what this program is."""
        if self.about is None:
            self.about = AboutWindow(self.context.window, paths.user_data(), paths.user_config())
        _show(self.about)


def _show(window: QDialog) -> None:
    window.show()
    window.activateWindow()
