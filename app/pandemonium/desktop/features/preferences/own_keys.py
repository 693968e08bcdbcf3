"""The writer's own shortcuts: laid over the usual ones, taken back one by one or all at once."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from pandemonium.desktop.core.commands import Commands
from pandemonium.desktop.core.settings_store import SettingsStore
from pandemonium.settings import Shortcuts

_APART = "; "
_PORTABLE = QKeySequence.SequenceFormat.PortableText


class OwnKeys(QObject):
    """The keys of one window's actions.

    Signals:
        changed(): some action has other keys.
    """

    changed = Signal()

    def __init__(self, commands: Commands, store: SettingsStore, parent: QObject) -> None:
        super().__init__(parent)
        self._commands = commands
        self._actions: Mapping[str, QAction] = commands.by_name
        self._store = store
        self._usual: dict[str, list[QKeySequence]] = {}
        commands.added.connect(lambda declared, _: self._apply_to(declared.name))
        store.watch("shortcuts.keys", lambda _: self.apply())

    def apply(self) -> None:
        """Gives every action its keys: the writer's own, or the usual ones."""
        for name in self._actions:
            self._apply_to(name)
        self._commands.keys_changed.emit()
        self.changed.emit()

    def _apply_to(self, name: str) -> None:
        own = self._store.values.shortcuts.keys
        action = self._actions[name]
        usual = self._usual.setdefault(name, action.shortcuts())
        wanted = _sequences(own[name]) if name in own else usual
        if action.shortcuts() != wanted:
            action.setShortcuts(wanted)

    def keys_of(self, name: str) -> str:
        """The keys of an action, as the system writes them."""
        keys = self._actions[name].shortcuts()
        common = [each for each in keys if may_be_a_shortcut(each)] or keys  # a keyboard's Cut key speaks for itself
        shown = [each.toString(QKeySequence.SequenceFormat.NativeText) for each in common]
        return _APART.join(shown)

    def is_own(self, name: str) -> bool:
        """The action has other keys than the usual ones."""
        return name in self._store.values.shortcuts.keys

    def owner_of(self, keys: QKeySequence, but: str) -> str:
        """The name of another action that has these keys, or that they begin; empty if none has."""
        exact = QKeySequence.SequenceMatch.NoMatch
        for name, action in self._actions.items():
            for each in action.shortcuts():
                if name != but and (keys.matches(each) != exact or each.matches(keys) != exact):
                    return name
        return ""

    def set_keys(self, name: str, keys: QKeySequence | None) -> None:
        """Gives an action other keys (None for none at all), and takes them from every other."""
        own = dict(self._store.values.shortcuts.keys)
        if keys is not None and not keys.isEmpty():
            while owner := self.owner_of(keys, name):
                left = [each for each in self._actions[owner].shortcuts() if not _touch(each, keys)]
                self._actions[owner].setShortcuts(left)
                own[owner] = _text(left)
        own[name] = _text([keys] if keys is not None else [])
        self._keep(own)

    def reset(self, name: str) -> None:
        """Gives an action its usual keys back, where no other has them now."""
        own = {each: keys for each, keys in self._store.values.shortcuts.keys.items() if each != name}
        free = [each for each in self._usual[name] if not self.owner_of(each, name)]
        if free != self._usual[name]:
            own[name] = _text(free)
        self._keep(own)

    def reset_all(self) -> None:
        """Gives every action its usual keys back."""
        self._keep({})

    def _keep(self, own: Mapping[str, str]) -> None:
        usual = {name: _text(keys) for name, keys in self._usual.items()}
        kept = {name: keys for name, keys in own.items() if usual.get(name) != keys}
        if kept == self._store.values.shortcuts.keys:
            self.apply()
        else:
            self._store.set_table("shortcuts", Shortcuts(kept))


def may_be_a_shortcut(keys: QKeySequence) -> bool:
    """Tells whether keys would not take a letter, or the cursor's keys, from the page."""
    if keys.isEmpty():
        return False
    first: QKeyCombination = keys[0]  # type: ignore[index]  # PySide's stubs do not declare it
    held = first.keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier  # which alone types capitals
    return bool(held) or Qt.Key.Key_F1 <= first.key() <= Qt.Key.Key_F12 or first.key() == Qt.Key.Key_Escape


def _touch(one: QKeySequence, other: QKeySequence) -> bool:
    exact = QKeySequence.SequenceMatch.NoMatch
    return one.matches(other) != exact or other.matches(one) != exact


def _text(keys: list[QKeySequence]) -> str:
    return _APART.join(each.toString(_PORTABLE) for each in keys)


def _sequences(text: str) -> list[QKeySequence]:
    found = (QKeySequence.fromString(each, _PORTABLE) for each in text.split(_APART) if each)
    return [each for each in found if not each.isEmpty()]
