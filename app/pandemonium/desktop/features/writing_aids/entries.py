"""What the writing aids add to the menus."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from pandemonium.desktop.core.commands import Actions, give_letters
from pandemonium.desktop.core.plain_text import plain_text

_HOME = "~"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)


def add_entries(
    actions: Actions, acts: Mapping[str, Callable[[], object]], switches: Mapping[str, Callable[[bool], object]]
) -> None:
    """Adds the entries to the menus that `actions` has made.

    Args:
        actions: the window's.
        acts: "educate", "straighten", "words_written", "preferences".
        switches: "outline", "focus", "full_screen", "typewriter".
    """
    edit, view = _menu_of(actions, "undoAction"), _menu_of(actions, "panelAction")
    edit.addSeparator()
    quotes = edit.addMenu(_tr("Quotes and dashes"))
    quotes.setAccessibleName(quotes.title())
    actions.add(quotes, "educateAction", _tr("Make them typographic"), None, acts["educate"])
    actions.add(quotes, "straightenAction", _tr("Make them straight"), None, acts["straighten"])
    edit.addSeparator()
    preferences = actions.add(edit, "preferencesAction", _tr("Preferences…"), "Ctrl+,", acts["preferences"])
    preferences.setMenuRole(QAction.MenuRole.PreferencesRole)

    before = view.actions()[0]
    made = [
        actions.add_switch(view, "outlineAction", _tr("Outline"), None, switches["outline"]),
        actions.add_switch(view, "focusAction", _tr("Focus"), "F8", switches["focus"]),
        actions.add_switch(view, "fullScreenAction", _tr("Full screen"), "F11", switches["full_screen"]),
        actions.add_switch(view, "typewriterAction", _tr("Typewriter scrolling"), None, switches["typewriter"]),
    ]
    actions["outlineAction"].setShortcuts([QKeySequence("F4"), QKeySequence("Ctrl+Shift+O")])
    view.insertActions(before, made)
    view.insertSeparator(before)
    view.addSeparator()
    actions.add(view, "wordsWrittenAction", _tr("Words written…"), None, acts["words_written"])


def add_recent(
    actions: Actions,
    entries: Callable[[], list[Path]],
    open_document: Callable[[Path], object],
    clear: Callable[[], object],
) -> QMenu:
    """Adds File > Open recent, which is filled whenever it is opened."""
    file = _menu_of(actions, "openAction")
    menu = QMenu(_tr("Open recent"), file)
    menu.setObjectName("recentMenu")
    menu.setAccessibleName(menu.title())
    menu.setToolTipsVisible(True)

    def fill() -> None:
        menu.clear()
        found = entries()
        for number, path in enumerate(found, 1):
            name = path.name.replace("&", "&&")
            head = f"&{number}  {name}" if number < 10 else name
            action = menu.addAction(f"{head}  \u2013  {_folder(path).replace('&', '&&')}")
            action.setToolTip(plain_text(str(path)))
            action.triggered.connect(lambda _=False, path=path: open_document(path))
        menu.addSeparator()
        menu.addAction(_tr("Clear this list"), clear).setEnabled(bool(found))
        give_letters(menu)

    menu.aboutToShow.connect(fill)
    listed = file.actions()
    after = listed.index(actions["openAction"]) + 1
    if after < len(listed):
        file.insertMenu(listed[after], menu)
    else:
        file.addMenu(menu)
    return menu


def _menu_of(actions: Actions, name: str) -> QMenu:
    """The menu in which an entry stands."""
    for each in actions.window.menuBar().actions():
        menu = each.menu()
        if isinstance(menu, QMenu) and actions[name] in menu.actions():
            return menu
    raise KeyError(name)


def _folder(path: Path) -> str:
    folder, home = str(path.parent), os.path.expanduser(_HOME)
    inside = folder == home or folder.startswith(home + os.sep)
    return _HOME + folder[len(home) :] if inside else folder
