"""Opens the help's windows, each made when it is first wanted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from pandemonium import paths
from pandemonium.desktop.features.help.about_window import AboutWindow
from pandemonium.desktop.features.help.guide_window import GuideWindow


class Help(QObject):
    """Guide and about.

    Attributes:
        guide, about: the windows; None until they are opened.
    """

    def __init__(self, window: QWidget, resources: Path) -> None:
        super().__init__(window)
        self._window, self._resources = window, resources
        self.guide: GuideWindow | None = None
        self.about: AboutWindow | None = None

    def open_guide(self) -> None:
        """Shows the guide where it was left."""
        if self.guide is None:
            self.guide = GuideWindow(self._window, self._resources / "guide" / "guide.md")
        _show(self.guide)

    def open_about(self) -> None:
        """Shows what this program is."""
        if self.about is None:
            self.about = AboutWindow(self._window, paths.user_data(), paths.user_config())
        _show(self.about)


def _show(window: QDialog) -> None:
    window.show()
    window.activateWindow()
