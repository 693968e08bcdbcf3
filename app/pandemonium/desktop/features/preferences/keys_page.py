"""The page of shortcuts: every action, its keys, and a field that listens for others."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.controls import label, push_button
from pandemonium.desktop.features.preferences.own_keys import OwnKeys, may_be_a_shortcut

_ROLE = Qt.ItemDataRole.UserRole


class KeysPage(QWidget):
    """A list to search, and a row of controls for the action that is chosen in it."""

    def __init__(self, actions: Mapping[str, QAction], keys: OwnKeys) -> None:
        super().__init__()
        self._actions = actions
        self._keys = keys
        self._search = QLineEdit()
        self._search.setObjectName("keysSearch")
        self._search.setAccessibleName(self.tr("Find an action"))
        self._search.setPlaceholderText(self.tr("Find an action, or its keys"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self._list = QTreeWidget()
        self._list.setObjectName("keysList")
        self._list.setAccessibleName(self.tr("Actions and their keys"))
        self._list.setColumnCount(2)
        self._list.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self._list.header().resizeSection(1, 190)
        self._list.header().setStretchLastSection(False)
        self._list.currentItemChanged.connect(lambda *_: self._choose())
        self._field = QKeySequenceEdit()
        self._field.setObjectName("keysField")
        self._field.setAccessibleName(self.tr("New keys"))
        for inner in self._field.findChildren(QLineEdit):  # which has the keyboard
            inner.setAccessibleName(self._field.accessibleName())
        self._field.setMaximumSequenceLength(1)
        self._field.setFixedWidth(180)
        self._field.editingFinished.connect(self._take)
        self._reset = push_button("keysReset", self.tr("Default keys"), self._set_usual)
        self._none = push_button("keysNone", self.tr("No keys"), self._set_none)
        self._reset_all = push_button("keysResetAll", self.tr("Reset all"), keys.reset_all)
        self._notice = label("", "hint")
        self._notice.setObjectName("keysNotice")
        self._notice.setMinimumHeight(self._notice.fontMetrics().height() * 2)
        self._take_over = push_button("keysTakeOver", self.tr("Reassign"), self._insist)
        self._asked: QKeySequence | None = None
        self._lay_out()
        keys.changed.connect(self._show)
        self._show()

    @property
    def chosen(self) -> str:
        """The name of the chosen action; empty if there is none."""
        item = self._list.currentItem()
        return str(item.data(0, _ROLE)) if item else ""

    def choose(self, name: str) -> None:
        """Chooses an action."""
        for item in self._items():
            if item.data(0, _ROLE) == name:
                self._list.setCurrentItem(item)

    def ask_for(self, keys: QKeySequence) -> None:
        """The writer presses keys for the chosen action: they are taken, or it is said why not."""
        name = self.chosen
        if not name or keys.isEmpty():
            return
        if not may_be_a_shortcut(keys):
            self._say(self.tr("A key that types cannot be a shortcut; hold Ctrl or Alt with it."))
        elif owner := self._keys.owner_of(keys, name):
            said = self.tr("{keys} already belongs to \u201c{action}\u201d.")
            shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
            self._say(said.format(keys=shown, action=title_of(self._actions[owner])), keys)
        else:
            self._say("")
            self._keys.set_keys(name, keys)

    def _take(self) -> None:
        self.ask_for(self._field.keySequence())

    def _insist(self) -> None:
        if self._asked is not None and self.chosen:
            keys = self._asked
            self._asked = None
            self._say("")
            self._keys.set_keys(self.chosen, keys)

    def _set_usual(self) -> None:
        self._say("")
        self._keys.reset(self.chosen)

    def _set_none(self) -> None:
        self._say("")
        self._keys.set_keys(self.chosen, None)

    def _say(self, sentence: str, asked: QKeySequence | None = None) -> None:
        self._asked = asked
        self._notice.setText(sentence)
        self._notice.setAccessibleName(sentence)
        self._take_over.setVisible(asked is not None)

    def _choose(self) -> None:
        self._say("")
        self._show_chosen()

    def _show(self) -> None:
        if self._list.topLevelItemCount() != len(_listed(self._actions)):
            self._list.clear()
            for name in _listed(self._actions):
                item = QTreeWidgetItem([title_of(self._actions[name]), ""])
                item.setData(0, _ROLE, name)
                self._list.addTopLevelItem(item)
            for item in self._items()[:1]:
                self._list.setCurrentItem(item)
        for item in self._items():
            name = item.data(0, _ROLE)
            keys = self._keys.keys_of(name)
            item.setText(1, keys)
            item.setData(1, Qt.ItemDataRole.AccessibleTextRole, keys or self.tr("No keys"))
            font = item.font(1)
            font.setBold(self._keys.is_own(name))
            item.setFont(1, font)
        self._show_chosen()

    def _show_chosen(self) -> None:
        name = self.chosen
        self._field.blockSignals(True)
        shortcuts = self._actions[name].shortcuts() if name else []
        self._field.setKeySequence(shortcuts[0] if shortcuts else QKeySequence())
        self._field.blockSignals(False)
        self._field.setEnabled(bool(name))
        self._reset.setEnabled(bool(name) and self._keys.is_own(name))
        self._none.setEnabled(bool(shortcuts))
        self._reset_all.setEnabled(any(self._keys.is_own(each) for each in self._actions))

    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        for item in self._items():
            said = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(not all(word in said for word in wanted))

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self._list.topLevelItem(row) for row in range(self._list.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        below = QHBoxLayout()
        for part in (row, below):
            part.setSpacing(10)
        caption = label(self.tr("New keys"), "caption")
        caption.setBuddy(self._field)
        row.addWidget(caption)
        row.addWidget(self._field)
        row.addWidget(self._none)
        row.addWidget(self._reset)
        row.addStretch()
        row.addWidget(self._reset_all)
        below.addWidget(self._notice, 1)
        below.addWidget(self._take_over)
        self._take_over.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._search)
        layout.addWidget(self._list, 1)
        layout.addLayout(row)
        layout.addLayout(below)


def title_of(action: QAction) -> str:
    """What an action is called, without the signs of its menu; one of a menu within another says which."""
    title = _plain(action.text())
    for each in action.associatedObjects():
        if isinstance(each, QMenu) and isinstance(each.parent(), QMenu):
            return f"{_plain(each.title())}: {title}"
    return title


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")


def _listed(actions: Mapping[str, QAction]) -> list[str]:
    return [name for name, action in actions.items() if action.text()]
