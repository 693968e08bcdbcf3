"""Continue and the voice that writes: the commands, what the window says of them, and the writing thread."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt

from pandemonium import paths
from pandemonium.desktop.core.background import in_thread
from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.features.context import Context, Feature, ListedSetting, Section
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.features.generation.document_voices import DocumentVoices
from pandemonium.desktop.features.generation.generation import Generation
from pandemonium.desktop.features.generation.recalled_words import RecalledWords
from pandemonium.desktop.features.generation.voice_choice import VoiceChoice
from pandemonium.desktop.features.generation.writing_bridge import WritingBridge
from pandemonium.errors import PandemoniumError
from pandemonium.text.sentences import capitalized
from pandemonium.text.typography import Typography
from pandemonium.voice.library import VoiceLibrary, sweep_voices
from pandemonium.writing.reading.checkpoints import MEGABYTE, Kept
from pandemonium.writing.runtimes.devices import available_devices
from pandemonium.writing.worker import LoadedVoice


class Writing(Feature):
    """The voice of one window, and what it writes on the page.

    Attributes:
        generation: Continue, Stop, Retry and the attempts.
        voices: which voice it is.
        bridge: to the writing thread.
        recalled: which of the words that voices wrote the draft gave.
        devices: what a voice can run on.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        settings = context.settings
        self._pace = ""
        self._was_writing = False
        self.devices = available_devices()
        self.voices = VoiceChoice(self._library(), settings, DocumentVoices(paths.user_data() / "document-voices.json"))
        self.bridge = WritingBridge(
            context.tasks.loop,
            self.voices.set_loaded,
            self.voices.failed.emit,
            settings.value("machine.threads"),
            Kept(paths.user_data() / "reading", settings.value("machine.reading_room") * MEGABYTE),
            held=True,
        )
        self.recalled = RecalledWords()
        self.bridge.heard.append(self.recalled.add)
        self.generation = Generation(
            context.editor,
            self.bridge,
            lambda: settings.values.writing,
            context.tasks.loop,
            context.tasks.start,
            context.window,
        )
        self.generation.choices = lambda: int(settings.value("panel.choices"))
        self._files = context.feature(DocumentFiles)
        self._connect()

    def commands(self) -> Iterable[Command]:
        """Continue, Stop and Retry."""
        generation = self.generation
        yield Command(
            "continueAction",
            self.tr("Continue"),
            generation.continue_,
            "write/continue",
            ("Ctrl+Return", "Ctrl+Enter"),
            at_rest=True,
        )
        yield Command("stopAction", self.tr("Stop"), self.context.dismiss, "write/continue", ("Esc",))
        yield Command(
            "retryAction",
            self.tr("Retry"),
            generation.retry,
            "write/continue",
            ("Alt+R",),
            enabled=lambda: generation.can_retry,
            follows=(generation.state_changed.connect,),
        )

    def preferences(self) -> Iterable[Section]:
        """How prose arrives, and what a voice asks of the machine."""
        page = self.tr("Voices & machine")
        yield Section(page, self.tr("Voices"), ("panel.arrival",))
        devices = ListedSetting("panel.device", self.device_names, self.voices.choose_device)
        yield Section(page, self.tr("Machine"), (devices, "machine.threads"))

    def device_names(self) -> dict[str, str]:
        """What a voice can run on here, in words, by key."""
        choices = self.context.settings.declaration("panel.device").metadata["choices"]
        return {key: choices.get(key, (key, ""))[0] for key in ("auto", *self.devices)}

    def opened(self) -> None:
        """Loads the document's voice, once the page is seen; removes what cut-off imports have left of others."""
        own_voices = paths.user_voices()
        in_thread(self.context.tasks.loop, lambda: sweep_voices(own_voices))
        self.voices.load(self.bridge)
        self.context.editor.after_paint.once(self.bridge.begin)

    def dismiss(self) -> bool:
        """Stops the voice."""
        was_writing = self.generation.writing
        self.generation.stop()
        return was_writing

    def close(self) -> None:
        """Stops, and ends the thread."""
        self.generation.stop()
        self.bridge.close()

    def _library(self) -> VoiceLibrary | None:
        try:
            return VoiceLibrary(bundled=paths.models(), own=paths.user_voices())
        except PandemoniumError as error:
            self.context.messages.show_error(error)
            return None

    def _connect(self) -> None:
        context = self.context
        generation = self.generation
        voices = self.voices
        context.settings.watch("panel.arrival", generation.arrival.set_pace)
        context.editor.stops_instead_of_undoing = generation.stop_if_nothing_came
        # Behind those who put the cursor where it was left.
        context.editor.model.loaded.connect(generation.read_ahead, Qt.ConnectionType.QueuedConnection)
        self._files.leaving.connect(generation.stop)
        self._files.changed.connect(self._file_changed)
        voices.loaded.connect(self._set_voice)
        voices.failed.connect(lambda error: context.messages.show_error(error, lasting=True))
        generation.failed.connect(context.messages.show_error)
        generation.noted.connect(context.messages.show_sentence)
        generation.may_replace = self._may_replace
        generation.requests.usual_typography = self._usual_typography
        generation.state_changed.connect(self._state_changed)
        generation.pace_changed.connect(self._show_pace)

    async def _may_replace(self) -> bool:
        """Asks before another attempt takes words of the writer's away."""
        answer = await self.context.dialogs.ask(
            "ownWordsBox",
            self.tr("Some of these words are yours."),
            self.tr("Another attempt takes their place; Ctrl+Z brings them back."),
            {"keep": self.tr("Keep them"), "replace": self.tr("Replace")},
            escape="keep",
        )
        return answer == "replace"

    def _usual_typography(self) -> Typography:
        """How the voice types what the page has no example of: as the writer's keys do."""
        typing = self.context.settings.values.typing
        return Typography(curly=typing.quotes, ellipsis="\u2026" if typing.dashes else "...")

    def _file_changed(self) -> None:
        self.generation.requests.format = self._files.manuscript.format
        self.voices.set_document(self._files.keys)
        if self._files.saved_at is not None:
            self.voices.saved()

    def _set_voice(self, voice: LoadedVoice) -> None:
        self.generation.loaded = voice
        self._show_state()
        self.generation.read_ahead()

    def _state_changed(self) -> None:
        self.context.commands.set_writing(self.generation.writing)
        self._show_state()

    def _show_pace(self, characters_per_second: float) -> None:
        pace = round(characters_per_second)
        self._pace = self.tr("{n} characters a second").format(n=pace) if pace else ""
        self._show_state(soon=True)

    def _show_state(self, *, soon: bool = False) -> None:
        name = capitalized(self.voices.current.name) if self.voices.current else ""
        begins = self.generation.writing and not self._was_writing
        self._was_writing = self.generation.writing
        if begins:
            self._pace = ""
        if self.generation.writing:
            name = self.tr("{voice} writes").format(voice=name)
        said = ", ".join(filter(None, [name, self._pace]))
        self.context.status_bar.set_part("voice", said if self.voices.current else "", soon=soon)
