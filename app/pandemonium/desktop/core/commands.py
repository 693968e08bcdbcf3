"""The menus and their keys, each entry made once and named for the screen reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

Keys = QKeySequence.StandardKey | str | None
_LETTER, _HEAD = re.compile(r"&(\w)"), re.compile(r"\b\w")


@dataclass
class Actions:
    """Every action of the window by its object name."""

    window: QMainWindow
    by_name: dict[str, QAction] = field(default_factory=dict)

    def __getitem__(self, name: str) -> QAction:
        return self.by_name[name]

    def menu(self, title: str) -> QMenu:
        """Adds a menu to the bar."""
        menu = self.window.menuBar().addMenu(title)
        menu.setAccessibleName(title.replace("&", ""))
        menu.aboutToShow.connect(lambda: give_letters(menu))
        return menu

    def add(self, menu: QMenu, name: str, text: str, keys: Keys | list[str], act: Callable[[], object]) -> QAction:
        """Adds an entry to a menu; its keys work wherever the cursor is."""
        action = QAction(text, self.window)
        action.setObjectName(name)
        if isinstance(keys, QKeySequence.StandardKey):
            action.setShortcuts(QKeySequence.keyBindings(keys))
        elif isinstance(keys, list):
            action.setShortcuts([QKeySequence(each) for each in keys])
        elif keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: act())
        menu.addAction(action)
        self.window.addAction(action)
        self.by_name[name] = action
        return action

    def add_switch(self, menu: QMenu, name: str, text: str, keys: Keys, act: Callable[[bool], object]) -> QAction:
        """Adds an entry that is on or off."""
        action = self.add(menu, name, text, keys, lambda: act(action.isChecked()))
        action.setCheckable(True)
        return action

    def add_choice(
        self, menu: QMenu, name: str, choices: dict[str, str], chosen: str, act: Callable[[str], object]
    ) -> QActionGroup:
        """Adds entries of which one is taken; `choices` are texts by key."""
        group = QActionGroup(self.window)
        for key, text in choices.items():
            action = self.add(menu, f"{name}-{key}", text, None, lambda key=key: act(key))  # type: ignore[misc]
            action.setCheckable(True)
            action.setChecked(key == chosen)
            group.addAction(action)
        return group


def give_letters(menu: QMenu) -> None:
    """Gives each entry of a menu, and of the menus in it, a letter of its own, a word's first where it can.

    Entries that have a letter keep it; only texts without "&" get one.
    """
    entries = [action for action in menu.actions() if action.text() and not action.isSeparator()]
    taken = {letter.lower() for action in entries for letter in _LETTER.findall(action.text())}
    for action in entries:
        text, inner = action.text(), action.menu()
        if "&" not in text:
            places = [*(at.start() for at in _HEAD.finditer(text)), *range(len(text))]
            at = next((at for at in places if text[at].isalnum() and text[at].lower() not in taken), None)
            if at is not None:
                taken.add(text[at].lower())
                action.setText(f"{text[:at]}&{text[at:]}")
        if isinstance(inner, QMenu):
            give_letters(inner)
