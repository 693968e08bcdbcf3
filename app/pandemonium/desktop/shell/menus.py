"""The menus: which there are, in which order their groups stand, and a letter for every entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from pandemonium.desktop.core.commands import Command, Commands, Submenu

_LETTER = re.compile(r"&(\w)")
_HEAD = re.compile(r"\b\w")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)


# Each menu's title, and its groups in their order; a group that is not named here stands behind those that are.
MENUS = {
    "file": ("&File", ("open", "save", "export", "quit")),
    "edit": ("&Edit", ("undo", "clipboard", "find", "spelling", "quotes", "preferences")),
    "format": ("F&ormat", ("characters", "paragraphs", "alignment", "insert")),
    "write": ("&Write", ("continue", "attempts", "recipes", "suggestions", "voices")),
    "view": ("&View", ("parts", "panel", "authors", "insight", "zoom", "go", "page", "goals")),
    "help": ("&Help", ("help",)),
}
_PAGE_MENU = (
    ("continueAction", "retryAction"),
    ("undoAction", "redoAction"),
    ("cutAction", "copyAction", "pasteAction", "selectAllAction"),
)


class Menus(QObject):
    """Puts every command that is declared where it says that it stands."""

    def __init__(self, window: QMainWindow, commands: Commands) -> None:
        super().__init__(window)
        self._commands = commands
        self._menus: dict[str, QMenu] = {}
        self._groups: dict[str, dict[str, list[QAction]]] = {}
        for name, (title, groups) in MENUS.items():
            menu = window.menuBar().addMenu(_tr(title))
            menu.setObjectName(f"{name}Menu")
            self._begin(name, menu, groups)
        commands.added.connect(self._place)
        commands.submenu_added.connect(self._place_submenu)

    def _begin(
        self, name: str, menu: QMenu, groups: Sequence[str], fill: Callable[[QMenu], object] | None = None
    ) -> None:
        menu.setAccessibleName(menu.title().replace("&", ""))
        menu.setToolTipsVisible(True)
        self._menus[name] = menu
        self._groups[name] = {group: [] for group in groups}
        if fill is not None:
            menu.aboutToShow.connect(lambda: fill(menu))
        menu.aboutToShow.connect(lambda: self._about_to_show(menu))

    def _about_to_show(self, menu: QMenu) -> None:
        for action in menu.actions():
            if action.objectName() in self._commands.declared:
                self._commands.refresh(action.objectName())
        give_letters(menu)

    def _place(self, declared: Command, action: QAction) -> None:
        if declared.menu:
            self._insert(declared.menu, action)

    def _place_submenu(self, declared: Submenu) -> None:
        parent = self._menus[declared.menu.partition("/")[0]]
        menu = QMenu(declared.text, parent)
        menu.setObjectName(declared.name)
        self._begin(declared.name, menu, (), declared.fill)
        self._insert(declared.menu, menu.menuAction())

    def _insert(self, place: str, action: QAction) -> None:
        """Puts an entry behind the others of its group, with a line between groups."""
        name, _, group = place.partition("/")
        menu = self._menus[name]
        groups = self._groups[name]
        listed = groups.setdefault(group, [])
        earlier = [each for key in list(groups)[: list(groups).index(group)] for each in groups[key]]
        later = [each for key in list(groups)[list(groups).index(group) + 1 :] for each in groups[key]]
        entries = menu.actions()
        at = entries.index(listed[-1] if listed else earlier[-1]) + 1 if listed or earlier else 0
        before = entries[at] if at < len(entries) else None
        if listed:
            _put(menu, before, action)
        elif earlier:
            menu.insertSeparator(before) if before is not None else menu.addSeparator()
            _put(menu, before, action)
        else:
            _put(menu, before, action)
            if later and before is not None:
                menu.insertSeparator(before)
        listed.append(action)


def _put(menu: QMenu, before: QAction | None, action: QAction) -> None:
    if before is None:
        menu.addAction(action)
    else:
        menu.insertAction(before, action)


def in_menu_order(window: QMainWindow, commands: Commands) -> dict[str, QAction]:
    """Every command by its name: those in the menus as they stand there, then the others."""
    found: dict[str, QAction] = {}

    def walk(actions: Sequence[QAction]) -> None:
        for action in actions:
            inner = action.menu()
            if isinstance(inner, QMenu):
                walk(inner.actions())
            elif action.objectName() in commands.by_name:
                found[action.objectName()] = action

    walk(window.menuBar().actions())
    return {**found, **commands.by_name}


def page_menu(commands: Commands, parent: QMainWindow) -> QMenu:
    """A new menu for the right button on the page: its groups of commands, to which features add theirs."""
    menu = QMenu(parent)
    for group in _PAGE_MENU:
        for name in group:
            menu.addAction(commands[name])
        menu.addSeparator()
    return menu


def give_letters(menu: QMenu) -> None:
    """Gives each entry of a menu, and of the menus in it, a letter of its own, a word's first where it can.

    Entries that have a letter keep it; only texts without "&" get one.
    """
    entries = [action for action in menu.actions() if action.text() and not action.isSeparator()]
    taken = {letter.lower() for action in entries for letter in _LETTER.findall(action.text())}
    without = [action for action in entries if "&" not in action.text()]
    places = letter_places([action.text() for action in without], taken)
    for action, at in zip(without, places, strict=True):
        if at is not None:
            action.setText(f"{action.text()[:at]}&{action.text()[at:]}")
    for action in entries:
        inner = action.menu()
        if isinstance(inner, QMenu):
            give_letters(inner)


def letter_places(texts: Sequence[str], taken: Set[str]) -> list[int | None]:
    """Where in each text the letter stands by which it is told from the others; None where it has none left.

    A text whose letters all went to others has one of these make room, if that finds another letter for itself
    (augmenting paths in a matching of texts and letters, Kuhn 1955).

    Args:
        texts: what wants letters.
        taken: letters that nobody may have, in lower case.
    """
    owners: dict[str, int] = {}
    wanted: list[dict[str, int]] = []  # of each text: letters and their places, the best first
    for text in texts:
        at_best = [*(at.start() for at in _HEAD.finditer(text)), *range(len(text))]
        letters: dict[str, int] = {}
        for at in at_best:
            if text[at].isalnum() and text[at].lower() not in taken:
                letters.setdefault(text[at].lower(), at)
        wanted.append(letters)

    def finds_one(number: int, asked: set[str]) -> bool:
        free = next((letter for letter in wanted[number] if letter not in owners), None)
        if free is not None:
            owners[free] = number
            return True
        for letter in wanted[number]:
            if letter not in asked:
                asked.add(letter)
                if finds_one(owners[letter], asked):
                    owners[letter] = number
                    return True
        return False

    for number in range(len(texts)):
        finds_one(number, set())
    places = {number: wanted[number][letter] for letter, number in owners.items()}
    return [places.get(number) for number in range(len(texts))]
