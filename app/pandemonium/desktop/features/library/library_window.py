"""The voice library: every voice with its card, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from pandemonium.desktop.core.controls import label, push_button
from pandemonium.desktop.core.fitting import make_scrollable, open_at
from pandemonium.desktop.features.generation.voice_choice import VoiceChoice
from pandemonium.desktop.features.library.card_view import CardView
from pandemonium.desktop.shell.dialogs import Dialogs
from pandemonium.desktop.shell.main_window import dropped_paths
from pandemonium.desktop.shell.message_bar import MessageBar
from pandemonium.errors import PandemoniumError
from pandemonium.text.sentences import capitalized
from pandemonium.voice.file import SUFFIX
from pandemonium.voice.library import VoiceEntry

_ROLE = Qt.ItemDataRole.UserRole


class VoiceLibraryWindow(QDialog):
    """A list, a card and a row of buttons.

    Signals:
        train_asked(): the writer wants a voice of her own.
    """

    train_asked = Signal()

    def __init__(
        self,
        parent: QWidget,
        voices: VoiceChoice,
        dialogs: Dialogs,
        start: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("voiceLibrary")
        self.setWindowTitle(self.tr("Voices"))
        self.setAccessibleName(self.windowTitle())
        self.setAcceptDrops(True)
        self._voices = voices
        self._dialogs = dialogs
        self._start = start
        self._entries: dict[str, VoiceEntry] = {}
        self.message_bar = MessageBar()
        self.list = QListWidget()
        self.list.setObjectName("voicesList")
        self.list.setAccessibleName(self.tr("Voices"))
        self.list.setFixedWidth(240)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda *_: self._show_card())
        self.list.itemActivated.connect(lambda *_: self._use())
        self.card = CardView()
        self._buttons: dict[str, QPushButton] = {}
        self._lay_out()
        voices.listed.connect(self.show_voices)
        voices.failed.connect(self._show_error)
        make_scrollable(self)
        open_at(self, 880, 600)
        self.show_voices()

    @property
    def current(self) -> VoiceEntry | None:
        """The voice that is looked at."""
        row = self.list.currentRow()
        return self._entries.get(self.list.item(row).data(_ROLE)) if row >= 0 else None

    def show_voices(self) -> None:
        """Lists what the library has."""
        was = self.current.name if self.current else self._voices.chosen
        entries = self._voices.entries()
        chosen = self._voices.chosen
        self._entries = {entry.name: entry for entry in entries}
        self.list.blockSignals(True)
        self.list.clear()
        for entry in entries:
            notes = [self.tr("comes with the program")] if entry.bundled else []
            if entry.name == chosen:
                notes.insert(0, self.tr("writes in this document"))
            name = capitalized(entry.name)
            item = QListWidgetItem("\n".join([name, *notes]))
            item.setData(_ROLE, entry.name)
            self.list.addItem(item)
            if entry.name == was:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None and entries:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._show_card()

    def select(self, name: str) -> None:
        """Looks at a voice."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_ROLE) == name:
                self.list.setCurrentRow(row)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes voice files."""
        if any(path.suffix.lower() == SUFFIX for path in dropped_paths(event)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Imports them."""
        event.acceptProposedAction()
        for path in dropped_paths(event):
            self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Takes a voice file into the library, or says why not."""
        before = set(self._entries)
        if self._voices.import_file(path):
            new = set(self._entries) - before
            self.select(next(iter(new), ""))
            self.message_bar.show_sentence(self.tr("'{name}' is in your library.").format(name=path.stem))

    def _show_error(self, error: PandemoniumError) -> None:
        if self.isVisible():
            self.message_bar.show_error(error)

    def _show_card(self) -> None:
        entry = self.current
        self.card.show_entry(entry)
        own = entry is not None and not entry.bundled
        for key in ("rename", "remove"):
            self._buttons[key].setEnabled(own)
        for key in ("duplicate", "export"):
            self._buttons[key].setEnabled(entry is not None)
        self._buttons["use"].setEnabled(entry is not None and entry.name != self._voices.chosen)

    def _use(self) -> None:
        if (entry := self.current) is not None:
            self._voices.choose_voice(entry.name)

    async def _rename(self) -> None:
        if (entry := self.current) is not None:
            new = await self._dialogs.ask_name(self.tr("What shall it be called?"), entry.name, self)
            if new and new != entry.name:
                self._voices.rename(entry.name, new)
                self.select(new)

    async def _duplicate(self) -> None:
        if (entry := self.current) is not None:
            proposed = self._free(entry.name)
            new = await self._dialogs.ask_name(self.tr("What shall the copy be called?"), proposed, self)
            if new:
                self._voices.duplicate(entry.name, new)
                self.select(new)

    async def _export(self) -> None:
        if (entry := self.current) is not None:
            kinds = self.tr("Voices") + f" (*{SUFFIX})"
            name = f"{entry.name}{SUFFIX}"
            target = await self._dialogs.choose_target(self.tr("Export the voice"), self, name, kinds)
            if target is not None and self._voices.export(entry.name, target):
                said = self.tr("'{name}' is in the file {file}: all of it, to mail or to keep.")
                self.message_bar.show_sentence(said.format(name=entry.name, file=target.name))

    async def _import(self) -> None:
        kinds = self.tr("Voices (*.voice)")
        for path in await self._dialogs.choose_files(self.tr("Import a voice"), self, kinds):
            self.import_file(path)

    def _remove(self) -> None:
        entry = self.current
        if entry is not None and self._voices.remove(entry.name):
            name = entry.name
            said = self.tr("'{name}' is removed.").format(name=name)
            self.message_bar.offer(said, {self.tr("Bring it back"): lambda: self._bring_back(name)})

    def _bring_back(self, name: str) -> None:
        if self._voices.restore(name):
            self.select(name)

    def _free(self, name: str) -> str:
        taken = {each.casefold() for each in self._entries}
        return next(n for number in range(2, 10_000) if (n := f"{name} {number}").casefold() not in taken)

    def _lay_out(self) -> None:
        def later(make: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], object]:
            return lambda: self._start(make())

        acts: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("rename", self.tr("Rename…"), later(self._rename)),
            ("duplicate", self.tr("Duplicate…"), later(self._duplicate)),
            ("export", self.tr("Export…"), later(self._export)),
            ("remove", self.tr("Remove"), self._remove),
            ("use", self.tr("Write with it"), self._use),
            ("import", self.tr("Import…"), later(self._import)),
            ("train", self.tr("Train a voice…"), self.train_asked.emit),
        )
        for key, words, act in acts:
            self._buttons[key] = push_button(f"{key}VoiceButton", words, act)
        self._buttons["use"].setProperty("role", "primary")
        title = label(self.tr("Voices"), "title")
        left = QVBoxLayout()
        right = QVBoxLayout()
        row = QHBoxLayout()
        for part in (left, right, row):
            part.setSpacing(10)
        left.addWidget(self.list, 1)
        left.addWidget(self._buttons["use"])
        left.addWidget(self._buttons["import"])
        left.addWidget(self._buttons["train"])
        for key in ("rename", "duplicate", "export", "remove"):
            row.addWidget(self._buttons[key])
        row.addStretch()
        right.addWidget(self.card, 1)
        right.addLayout(row)
        body = QHBoxLayout()
        body.setSpacing(28)
        body.addLayout(left)
        body.addLayout(right, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(36, 24, 36, 26)
        inside.setSpacing(14)
        inside.addWidget(title)
        inside.addLayout(body, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.message_bar)
        layout.addLayout(inside, 1)
