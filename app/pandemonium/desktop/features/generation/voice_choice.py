"""Which voice writes: what the library has, what was chosen for this document, and what became of loading it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pandemonium.desktop.core.settings_store import SettingsStore
from pandemonium.desktop.features.generation.document_voices import DocumentVoices
from pandemonium.desktop.features.generation.writing_bridge import WritingBridge
from pandemonium.documents.safekeeping.known_documents import DocumentKeys
from pandemonium.errors import PandemoniumError, VoiceError
from pandemonium.text.sentences import capitalized
from pandemonium.voice.library import DEFAULT, VoiceEntry, VoiceLibrary
from pandemonium.writing.worker import LoadedVoice


class VoiceChoice(QObject):
    """Loads the chosen voice on the chosen device, in the background.

    Signals:
        loaded(LoadedVoice): it is ready.
        failed(PandemoniumError): it could not be loaded, or the library would not do what was asked.
        listed(): there are other voices now, or another one is chosen.
    """

    loaded = Signal(object)
    failed = Signal(object)
    listed = Signal()

    def __init__(self, library: VoiceLibrary | None, store: SettingsStore, documents: DocumentVoices) -> None:
        super().__init__()
        self._library = library
        self._store = store
        self._documents = documents
        self._bridge: WritingBridge | None = None
        self._document = DocumentKeys.of(None)
        self._wanted = ""  # the voice of the document on the page; empty for the writer's last choice
        self.current: LoadedVoice | None = None
        self.others: Callable[[str], Sequence[Path]] = lambda name: ()  # the files of what is mixed with that voice

    def entries(self) -> list[VoiceEntry]:
        """The voices there are."""
        return self._library.entries() if self._library is not None else []

    @property
    def chosen(self) -> str:
        """The name of the voice to load: the document's, the writer's last choice, the bundled one, or any."""
        names = [entry.name for entry in self.entries()]
        for name in (self._wanted, self._store.values.panel.voice, DEFAULT, *names):
            if name in names:
                return name
        return ""

    def load(self, bridge: WritingBridge) -> None:
        """Begins to load it."""
        self._bridge = bridge
        name = self.chosen
        if not name or self._library is None:
            self.failed.emit(VoiceError("There is no voice here yet.", "Install Pandemonium again, or add a voice."))
            return
        try:
            bridge.load(self._library.find(name), self._store.values.panel.device, self.others(name))
        except PandemoniumError as error:
            self.failed.emit(error)

    def choose_voice(self, name: str) -> None:
        """Takes another voice, and remembers it for the document on the page."""
        self._wanted = name
        self._store.update("panel", voice=name)
        self._remember()
        self.listed.emit()
        self._reload()

    def choose_device(self, device: str) -> None:
        """Takes another device."""
        self._store.update("panel", device=device)
        self._reload()

    def set_document(self, keys: DocumentKeys) -> None:
        """Another document is on the page, or it has a file now: its own voice is taken where one is remembered."""
        if keys == self._document:
            return
        before = self.chosen
        is_same = self._document.own in keys.earlier
        self._document = keys
        remembered = self._documents.voice_of(keys)
        if remembered or not is_same:
            self._wanted = remembered
        if self.chosen != before:
            self.listed.emit()
            self._reload()

    def saved(self) -> None:
        """The document went to its file: its voice is remembered with it."""
        self._remember()

    def set_loaded(self, voice: LoadedVoice) -> None:
        """The writing thread has it."""
        self.current = voice
        self.loaded.emit(voice)

    def reload(self) -> None:
        """Looks into the library again."""
        self.listed.emit()
        if self.current is None:
            return
        others = tuple(path.stem for path in self.others(self.chosen))
        if (self.chosen, others) != (self.current.name, self.current.others):
            self._reload()

    def rename(self, name: str, new: str) -> None:
        """Gives a voice another name; documents and settings that name it follow."""

        def act(library: VoiceLibrary) -> None:
            library.rename(name, new)
            self._documents.rename(name, new)
            self._wanted = new if self._wanted == name else self._wanted
            if self._store.values.panel.voice == name:
                self._store.update("panel", voice=new)
            mix = self._store.values.writing.mix
            renamed = tuple(
                f"{new}={each.rpartition('=')[2]}" if each.rpartition("=")[0].strip() == name else each for each in mix
            )
            if renamed != mix:
                self._store.update("writing", mix=renamed)

        self._change(act)

    def duplicate(self, name: str, new: str) -> None:
        """Copies a voice."""
        self._change(lambda library: library.duplicate(name, new))

    def remove(self, name: str) -> bool:
        """Sets a voice aside; tells whether it could be."""
        return self._change(lambda library: library.remove(name))

    def restore(self, name: str) -> bool:
        """Brings back a voice that was set aside; tells whether it could be."""
        return self._change(lambda library: library.restore(name))

    def export(self, name: str, target: Path) -> bool:
        """Copies a voice to a file; tells whether it could be."""
        return self._change(lambda library: library.export(name, target))

    def import_file(self, path: Path) -> bool:
        """Takes a voice file into the library, after verifying all of it; tells whether it is sound."""
        return self._change(lambda library: library.import_file(path))

    def load_again(self) -> None:
        """Loads the voice anew: others are mixed with it now."""
        self._reload()

    def _change(self, act: Callable[[VoiceLibrary], object]) -> bool:
        if self._library is None:
            return False
        try:
            act(self._library)
        except PandemoniumError as error:
            self.failed.emit(error)
            return False
        self.reload()
        return True

    def _remember(self) -> None:
        if not self._document.is_untitled and self.chosen:
            try:
                self._documents.remember(self._document, self.chosen)
            except PandemoniumError as error:
                self.failed.emit(error)

    def _reload(self) -> None:
        if self._bridge is not None:
            self.load(self._bridge)


def describe(voice: LoadedVoice) -> str:
    """A voice's card in a few lines."""
    card = voice.card
    lines = [capitalized(voice.name), card.description, card.trained_on]
    if card.bits_per_character:
        lines.append(f"{card.bits_per_character:.2f} bits per character on held-out text")
    return "\n".join(line for line in lines if line)
