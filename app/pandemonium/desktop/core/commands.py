"""Commands: what a writer can ask for, declared once with its words, its keys and its place in the menus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from pandemonium.desktop.core.settings_store import SettingsStore

StandardKey = QKeySequence.StandardKey
Keys = StandardKey | Sequence[str]
# Subscribes to what may change a command's state: a signal's `connect`, or `SettingsStore.watching(...)`.
Subscribe = Callable[[Callable[..., Any]], object]


@dataclass(frozen=True)
class Command:
    """One thing that can be asked for, by a menu or by keys.

    Attributes:
        name: its object name, which is also its name in the settings' table `shortcuts`.
        text: what its entry says; "&" before a letter chooses that letter.
        run: does it.
        menu: where it stands, as "menu/group"; a group's entries stand together. Empty for none.
        keys: its usual keys.
        enabled: tells whether it can be had now; always where None.
        at_rest: it cannot be had while a voice writes.
        checked: tells whether it is on; None for what is neither on nor off.
        follows: what `enabled` and `checked` depend on; `checked` is asked again as well when the menu is opened.
        role: the place that the system gives it, if it has one of its own.
    """

    name: str
    text: str
    run: Callable[[], object]
    menu: str = ""
    keys: Keys = ()
    enabled: Callable[[], bool] | None = None
    at_rest: bool = False
    checked: Callable[[], bool] | None = None
    follows: Sequence[Subscribe] = ()
    role: QAction.MenuRole | None = None


@dataclass(frozen=True)
class Submenu:
    """A menu within a menu; its name is what `Command.menu` calls it.

    Attributes:
        name: its object name.
        text: its title.
        menu: where it stands, as "menu/group".
        fill: fills it whenever it is opened, behind the commands that stand in it.
    """

    name: str
    text: str
    menu: str
    fill: Callable[[QMenu], object] | None = None


class Commands(QObject):
    """Every command of one window, as actions by their names.

    Signals:
        added(Command, QAction): there is another one.
        submenu_added(Submenu): there is another menu.
        keys_changed(): some command has other keys.
    """

    added = Signal(object, object)
    submenu_added = Signal(object)
    keys_changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.by_name: dict[str, QAction] = {}
        self.declared: dict[str, Command] = {}
        self._writing = False

    def __getitem__(self, name: str) -> QAction:
        return self.by_name[name]

    def add(self, declared: Command | Submenu) -> None:
        """Makes what was declared.

        Raises:
            ValueError: the name is taken.
        """
        if isinstance(declared, Submenu):
            self.submenu_added.emit(declared)
            return
        if declared.name in self.by_name:
            raise ValueError(f"there are two commands named {declared.name}")
        action = QAction(declared.text, self._window)
        action.setObjectName(declared.name)
        if isinstance(declared.keys, StandardKey):
            action.setShortcuts(QKeySequence.keyBindings(declared.keys))
        else:
            action.setShortcuts([QKeySequence(each) for each in declared.keys])
        if declared.role is not None:
            action.setMenuRole(declared.role)
        action.setCheckable(declared.checked is not None)
        action.triggered.connect(lambda: self._run(declared))
        self._window.addAction(action)
        self.by_name[declared.name] = action
        self.declared[declared.name] = declared
        for subscribe in declared.follows:
            subscribe(lambda *_: self.refresh(declared.name))
        self.refresh(declared.name)
        self.added.emit(declared, action)

    def set_writing(self, writing: bool) -> None:
        """A voice begins to write, or ends: what is only to be had at rest follows."""
        self._writing = writing
        for declared in self.declared.values():
            if declared.at_rest:
                self.refresh(declared.name)

    def refresh(self, name: str) -> None:
        """Asks again whether a command can be had, and whether it is on."""
        declared = self.declared[name]
        action = self.by_name[name]
        may_be_had = declared.enabled is None or declared.enabled()
        action.setEnabled(may_be_had and not (declared.at_rest and self._writing))
        if declared.checked is not None:
            action.setChecked(declared.checked())

    def _run(self, declared: Command) -> None:
        declared.run()
        self.refresh(declared.name)


def switch_of(store: SettingsStore, setting: str, name: str, text: str, menu: str, keys: Keys = ()) -> Command:
    """A command that turns a setting on and off."""
    return Command(
        name,
        text,
        lambda: store.set(setting, not store.value(setting)),
        menu,
        keys,
        checked=lambda: bool(store.value(setting)),
        follows=(store.watching(setting),),
    )


def choices_of(store: SettingsStore, setting: str, name: str, menu: str, texts: dict[str, str]) -> list[Command]:
    """A command for each value of a setting that has a few; `texts` are what the entries say, by value."""

    def choice(value: str, text: str) -> Command:
        return Command(
            f"{name}-{value}",
            text,
            lambda: store.set(setting, value),
            menu,
            checked=lambda: store.value(setting) == value,
            follows=(store.watching(setting),),
        )

    return [choice(value, text) for value, text in texts.items()]
