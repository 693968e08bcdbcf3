"""Preferences: the window, made of what every feature declares, and the writer's own keys."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction

from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.preferences.keys_page import KeysPage
from pandemonium.desktop.features.preferences.own_keys import OwnKeys
from pandemonium.desktop.features.preferences.preferences_window import PreferencesWindow
from pandemonium.desktop.features.preferences.setting_rows import Rows
from pandemonium.desktop.shell.menus import in_menu_order


class Preferences(Feature):
    """The preferences of one window.

    Attributes:
        window: None until it is opened.
        own_keys: the writer's own shortcuts, laid over the usual ones.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.window: PreferencesWindow | None = None
        self.own_keys = OwnKeys(context.commands, context.settings, self)

    def commands(self) -> Iterable[Command]:
        """The window."""
        yield Command(
            "preferencesAction",
            self.tr("Preferences…"),
            self.open,
            "edit/preferences",
            ("Ctrl+,",),
            role=QAction.MenuRole.PreferencesRole,
        )

    def open(self) -> None:
        """Shows the window."""
        if self.window is None:
            self.window = PreferencesWindow(self.context.window, self.pages())
        self.window.open()

    def pages(self) -> list[Rows]:
        """The pages in their order, of what the features declare, and that of the keys behind them."""
        settings = self.context.settings
        titles = (self.tr("Writing"), self.tr("Page"), self.tr("Typing"), self.tr("Files"), self.tr("Voices & machine"))
        pages = {title: Rows(settings, title) for title in titles}
        for feature in self.context.features.values():
            for section in feature.preferences():
                pages.setdefault(section.page, Rows(settings, section.page)).add(section)
        keys = Rows(settings, self.tr("Keys"))
        keys.fill(KeysPage(in_menu_order(self.context.window, self.context.commands), self.own_keys))
        return [*pages.values(), keys]
