"""Which voice writes: what the library has, what was chosen, and what became of loading it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pandemonium.desktop.continuing import WritingBridge
from pandemonium.desktop.store import SettingsStore
from pandemonium.errors import PandemoniumError, VoiceError
from pandemonium.voice.library import DEFAULT, VoiceEntry, VoiceLibrary
from pandemonium.writing.worker import LoadedVoice


class VoiceChoice(QObject):
    """Loads the chosen voice on the chosen device, in the background.

    Signals:
        loaded(LoadedVoice): it is ready.
        failed(PandemoniumError): it could not be loaded.
    """

    loaded = Signal(object)
    failed = Signal(object)

    def __init__(self, library: VoiceLibrary | None, store: SettingsStore) -> None:
        super().__init__()
        self._library, self._store = library, store
        self._bridge: WritingBridge | None = None
        self.current: LoadedVoice | None = None

    def entries(self) -> list[VoiceEntry]:
        """The voices there are."""
        return self._library.entries() if self._library is not None else []

    @property
    def chosen(self) -> str:
        """The name of the voice to load: the writer's choice, else the bundled one, else any."""
        names = [entry.name for entry in self.entries()]
        for name in (self._store.values.panel.voice, DEFAULT, *names):
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
            bridge.load(self._library.find(name), self._store.values.panel.device)
        except PandemoniumError as error:
            self.failed.emit(error)

    def choose_voice(self, name: str) -> None:
        """Takes another voice."""
        self._store.update("panel", voice=name)
        self._reload()

    def choose_device(self, device: str) -> None:
        """Takes another device."""
        self._store.update("panel", device=device)
        self._reload()

    def take(self, voice: LoadedVoice) -> None:
        """The writing thread has it."""
        self.current = voice
        self.loaded.emit(voice)

    def _reload(self) -> None:
        if self._bridge is not None:
            self.load(self._bridge)


def describe(voice: LoadedVoice) -> str:
    """A voice's card in a few lines."""
    card = voice.card
    lines = [card.title, card.description, card.trained_on]
    if card.bits_per_character:
        lines.append(f"{card.bits_per_character:.2f} bits per character on held-out text")
    return "\n".join(line for line in lines if line)
