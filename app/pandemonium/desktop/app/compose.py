"""Puts the window together: makes each part once, hands it what it needs, and joins the parts' signals."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QApplication

from pandemonium import paths
from pandemonium.desktop.core.background import in_thread
from pandemonium.desktop.core.fonts import load_fonts
from pandemonium.desktop.core.icons import Icons
from pandemonium.desktop.core.settings_store import SettingsStore
from pandemonium.desktop.core.stylesheet import style_sheet
from pandemonium.desktop.core.tasks import Tasks
from pandemonium.desktop.core.theme import Theme, qt_palette
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.extra_selections import ExtraSelections
from pandemonium.desktop.editor.highlighter import Highlighter
from pandemonium.desktop.features.authorship.authorship import AuthorshipController
from pandemonium.desktop.features.context import Context
from pandemonium.desktop.features.files.document_files import DocumentFiles
from pandemonium.desktop.features.files.slow_reading import SlowReading
from pandemonium.desktop.features.find.find_bar import FindBar
from pandemonium.desktop.features.find.finder import Finder
from pandemonium.desktop.features.formatting.format_menu import FormatMenu
from pandemonium.desktop.features.generation.document_voices import DocumentVoices
from pandemonium.desktop.features.generation.generation import Generation
from pandemonium.desktop.features.generation.voice_choice import VoiceChoice, describe
from pandemonium.desktop.features.generation.writing_bridge import WritingBridge
from pandemonium.desktop.features.generation_panel.generation_panel import GenerationPanel
from pandemonium.desktop.features.help.help import Help
from pandemonium.desktop.features.library.library import Library
from pandemonium.desktop.features.printing.exporting import Exporting
from pandemonium.desktop.features.recovery.offers import Offers, above_each_other
from pandemonium.desktop.features.recovery.safekeeping import Safekeeping
from pandemonium.desktop.features.spelling.own_words_window import OwnWordsWindow
from pandemonium.desktop.features.spelling.speller import Speller
from pandemonium.desktop.features.spelling.spelling_marks import SpellingMarks
from pandemonium.desktop.features.spelling.spelling_menu import SpellingMenu
from pandemonium.desktop.features.suggestions.suggestions import Suggestions
from pandemonium.desktop.features.training.drops import Drops
from pandemonium.desktop.features.training.training_controller import TrainingController
from pandemonium.desktop.features.writing_aids.writing_aids import WritingAids, WritingAidsContext
from pandemonium.desktop.shell.dialogs import Dialogs
from pandemonium.desktop.shell.main_window import MainWindow
from pandemonium.desktop.shell.menus import make_menus, page_menu
from pandemonium.desktop.shell.message_bar import MessageBar
from pandemonium.desktop.shell.status_bar import StatusBar
from pandemonium.errors import PandemoniumError
from pandemonium.settings import SettingsFile
from pandemonium.text.sentences import capitalized
from pandemonium.text.typography import Typography
from pandemonium.voice.library import VoiceLibrary, sweep_voices
from pandemonium.writing.devices import available_devices
from pandemonium.writing.worker import LoadedVoice

_START_PATIENCE = 1.0  # seconds for which a window that is being made waits for its document


class Desk:
    """Every part of one window. The window keeps it alive."""

    def __init__(self, application: QApplication, loop: asyncio.AbstractEventLoop, file: Path | None) -> None:
        resources = paths.resources()
        fonts = load_fonts(resources / "fonts")
        self.application, self.loop = application, loop
        self.store = SettingsStore(SettingsFile(paths.user_config() / "settings.toml"))
        self.icons_folder = resources / "icons"
        self.icons = Icons(self.icons_folder)
        settings = self.store.values
        self.theme = Theme(settings.editor.theme)
        self.message_bar, self.offers = MessageBar(), Offers()
        self.tasks = Tasks(loop, self.message_bar.show_error)
        self.editor = DocumentEditor(settings.editor)
        self.highlighter = Highlighter(self.editor.document(), self.editor.model, self.theme.colours)
        self.highlighter.show_marks(settings.editor.marks)
        self.highlighter.first_in_view = lambda: self.editor.page.paragraph_at(self.editor.verticalScrollBar().value())
        self.editor.page_style_changed.connect(
            lambda: self.highlighter.set_page_style(self.editor.page_style, is_markdown=self.editor.is_markdown)
        )
        self.panel = GenerationPanel()
        self.status_bar = StatusBar(self.editor)
        self.window = MainWindow(
            self.editor, self.panel, above_each_other(self.offers, self.message_bar), self.status_bar
        )
        self.selections = ExtraSelections(self.editor)
        self.find_bar = FindBar(Finder(self.editor, self.selections, loop))
        self.window.add_under_page(self.find_bar)
        self.spelling = SpellingMarks(self.editor, self.selections, loop, Speller.of_this_computer())
        self.own_words = OwnWordsWindow(self.window, self.spelling)
        self.voices = VoiceChoice(
            self._library(), self.store, DocumentVoices(paths.user_data() / "document-voices.json")
        )
        self.bridge = WritingBridge(loop, self.voices.set_loaded, self.voices.failed.emit, settings.machine.threads)
        self.generation = Generation(
            self.editor,
            self.highlighter,
            self.bridge,
            lambda: self.store.values.writing,
            loop,
            self.tasks.start,
            self.window,
        )
        self.generation.usual_typography = self._usual_typography
        self.suggestions = Suggestions(
            self.editor, self.generation, lambda: self.store.values.typing.suggests, self.tasks.start, self.window
        )
        dialogs = self.dialogs = Dialogs(self.window, loop)
        self.files = DocumentFiles(self.editor, dialogs, self.store, self.generation.stop)
        context = Context(
            self.window,
            self.editor,
            self.files,
            dialogs,
            self.message_bar,
            self.status_bar,
            self.voices,
            self.theme,
            self.icons,
            loop,
            self.tasks.start,
        )
        self.training = TrainingController(context, paths.user_data() / "trainings")
        self.safekeeping = Safekeeping(context, self.offers)
        self.exporting = Exporting(self.window, self.files.current, self.store, loop, self.tasks.start)
        self.library = Library(self.window, self.voices, dialogs, self.tasks.start, self.theme, self.icons)
        self.drops = Drops(self.window, settings.editor.font, self.training, self.library)
        self.help = Help(self.window, resources)
        self._make_menus()
        self.authorship = AuthorshipController(context, self.actions)
        self.writing_aids = WritingAids(
            WritingAidsContext(
                self.window,
                self.editor,
                self.selections,
                self.panel,
                self.status_bar,
                self.message_bar,
                self.store,
                self.actions,
                lambda: self.files.manuscript.format,
                lambda path: self.tasks.start(self.files.open_path(path)),
                paths.user_data(),
                fonts,
                available_devices(),
                self.spelling.speller.folders,
                self.library.open,
                self.voices.choose_device,
            )
        )
        self._connect()
        self._apply_colours()
        self._show_first(file)

    def _library(self) -> VoiceLibrary | None:
        try:
            return VoiceLibrary(bundled=paths.models(), own=paths.user_voices())
        except PandemoniumError as error:
            self.message_bar.show_error(error)
            return None

    def _usual_typography(self) -> Typography:
        """How the voice types what the page has no example of: as the writer's keys do."""
        typing = self.store.values.typing
        return Typography(curly=typing.quotes, ellipsis="\u2026" if typing.dashes else "...")

    def _make_menus(self) -> None:
        editor, generation, files = self.editor, self.generation, self.files
        acts: dict[str, Callable[[], object]] = {
            "new": self._task(files.new),
            "open": self._task(files.open),
            "save": self._task(files.save),
            "save_as": self._task(files.save_as),
            "versions": self.safekeeping.open_versions,
            "export": self.exporting.export,
            "print_preview": self.exporting.preview,
            "print": self.exporting.print_,
            "quit": self.window.close,
            "undo": editor.undo,
            "redo": editor.redo,
            "cut": editor.cut,
            "copy": editor.copy,
            "paste": editor.paste,
            "select_all": editor.selectAll,
            "find": lambda: self.find_bar.open(replacing=False),
            "replace": lambda: self.find_bar.open(replacing=True),
            "find_next": lambda: self.find_bar.go(1),
            "find_previous": lambda: self.find_bar.go(-1),
            "continue": generation.continue_,
            "stop": self._stop_or_dismiss,
            "retry": generation.retry,
            "suggest": self.suggestions.suggest,
            "next_attempt": lambda: generation.choose_next(1),
            "previous_attempt": lambda: generation.choose_next(-1),
            "train": self.training.open,
            "voices": self.library.open,
            "zoom_in": lambda: self._zoom(1),
            "zoom_out": lambda: self._zoom(-1),
            "zoom_reset": lambda: self.store.update("editor", zoom=100),
            "next_part": lambda: self.window.go_to_part(1),
            "previous_part": lambda: self.window.go_to_part(-1),
            "guide": self.help.open_guide,
            "about": self.help.open_about,
        }
        switches = {
            "panel": lambda on: self.store.update("panel", shown=on),
            "marks": lambda on: self.store.update("editor", marks=on),
            "suggests": lambda on: self.store.update("typing", suggests=on),
        }
        choices = {
            "theme": lambda key: self.store.update("editor", theme=key),
            "paragraphs": lambda key: self.store.update("editor", paragraphs=key),
        }
        settings = self.store.values
        self.actions = make_menus(
            self.window, acts, switches, choices, settings.editor, settings.panel, settings.typing
        )
        self.format = FormatMenu(self.window, self.actions, editor, self.message_bar)
        self.spelling_menu = SpellingMenu(
            self.window, self.actions, self.store, self.spelling, self.own_words.open_words
        )
        self.panel.voice_menu_button.addActions([self.actions["trainAction"], self.actions["voicesAction"]])

    def _connect(self) -> None:
        panel, generation, store, files = self.panel, self.generation, self.store, self.files
        panel.continue_button.clicked.connect(generation.continue_)
        panel.stop_button.clicked.connect(generation.stop)
        panel.retry_button.clicked.connect(generation.retry)
        panel.attempt_chosen.connect(generation.choose)
        panel.writing_changed.connect(lambda values: store.set_table("writing", values))
        panel.voice_chosen.connect(self.voices.choose_voice)
        panel.device_chosen.connect(self.voices.choose_device)
        panel.arrival_chosen.connect(lambda key: store.update("panel", arrival=key))
        panel.more_toggled.connect(lambda on: store.update("panel", more=on))
        panel.pin_asked.connect(self._pin_seed)
        self.voices.loaded.connect(self._show_voice)
        self.voices.loaded.connect(generation.read_ahead)
        # Behind those who put the cursor where it was left.
        self.editor.model.loaded.connect(generation.read_ahead, Qt.ConnectionType.QueuedConnection)
        self.voices.failed.connect(lambda error: self.message_bar.show_error(error, lasting=True))
        self.voices.listed.connect(lambda: panel.show_voices(self.voices.entries(), self.voices.chosen))
        self.training.state_changed.connect(self.status_bar.show_training)
        self.library.train_asked.connect(self.training.open)
        self.drops.document_dropped.connect(lambda path: self.tasks.start(files.open_path(path)))
        generation.state_changed.connect(self._show_state)
        generation.attempts_changed.connect(self._show_attempts)
        generation.pace_changed.connect(self.status_bar.show_pace)
        generation.failed.connect(self.message_bar.show_error)
        generation.noted.connect(self.message_bar.show_sentence)
        generation.may_replace = self._may_replace
        self.suggestions.failed.connect(self.message_bar.show_error)
        self.suggestions.shown.connect(self.status_bar.show_suggestion_keys)
        self.editor.stops_instead_of_undoing = generation.stop_if_nothing_came
        self.editor.zoom_asked.connect(self._zoom)
        self.editor.menu_asked.connect(self._open_page_menu)
        self.spelling.failed.connect(self.message_bar.show_error)
        self.editor.model.state_changed.connect(self._show_history)
        files.changed.connect(self._show_file)
        files.noted.connect(self.message_bar.show_sentence)
        SlowReading(files, self.message_bar)
        files.shown.connect(self.message_bar.leave_document)
        self.exporting.noted.connect(self.message_bar.show_sentence)
        store.changed.connect(self._apply_settings)
        store.failed.connect(self.message_bar.show_error)
        self.theme.changed.connect(self._apply_colours)
        self.window.close_by(
            lambda: not files.is_modified and not self.training.is_learning, self._may_go, self.tasks.start
        )
        self.window.closed.connect(self._close)

    def _show_first(self, file: Path | None) -> None:
        values = self.store.values
        self.panel.show_devices(available_devices(), values.panel.device)
        self.panel.show_voices(self.voices.entries(), self.voices.chosen)
        self.panel.show_settings(values.writing, values.panel)
        self.panel.setVisible(values.panel.shown)
        self.generation.arrival.set_pace(values.panel.arrival)
        self.spelling.apply_settings(values.editor)
        self.window.setWindowIcon(self.icons.application())
        self.window.open_as(QSize(values.window.width, values.window.height), maximized=values.window.maximized)
        self._show_state()
        self._show_history()
        self._show_file()
        if self.store.notes:
            self.message_bar.show_sentence(" ".join(self.store.notes), lasting=True)
        if (file := file or self.writing_aids.first_document()) is not None:
            try:
                if (rest := self.files.begin_loading(file, _START_PATIENCE)) is not None:
                    self._task(lambda: rest)()
            except PandemoniumError as error:
                self.message_bar.show_error(error)
        self.voices.load(self.bridge)
        own_voices = paths.user_voices()
        in_thread(self.loop, lambda: sweep_voices(own_voices))
        self.editor.setFocus()
        self.training.look_for_unfinished()
        self.safekeeping.look_for_lost()

    def _task(self, make: Callable[[], Coroutine[Any, Any, object]]) -> Callable[[], object]:
        async def run() -> None:
            await make()

        return lambda: self.tasks.start(run())

    async def _may_go(self) -> bool:
        return await self.files.may_go() and await self.training.may_go()

    def _stop_or_dismiss(self) -> None:
        if self.generation.writing:
            self.generation.stop()
        elif self.suggestions.is_shown:
            self.suggestions.dismiss()
        elif self.find_bar.isVisible():
            self.find_bar.close_bar()
        elif self.message_bar.isVisible():
            self.message_bar.hide()
        else:
            self.writing_aids.leave()

    async def _may_replace(self) -> bool:
        """Asks before another attempt takes words of the writer's away."""
        answer = await self.dialogs.ask(
            "ownWordsBox",
            self.window.tr("Some of these words are yours."),
            self.window.tr("Another attempt takes their place; Ctrl+Z brings them back."),
            {"keep": self.window.tr("Keep them"), "replace": self.window.tr("Replace")},
        )
        return answer == "replace"

    def _open_page_menu(self, at: QPoint) -> None:
        menu = page_menu(self.actions, self.window)
        self.authorship.extend(menu)
        self.spelling_menu.extend(menu, self.editor, at)
        menu.popup(at)

    def _zoom(self, steps: int) -> None:
        self.store.update("editor", zoom=max(50, min(300, self.store.values.editor.zoom + 10 * steps)))

    def _pin_seed(self) -> None:
        current = self.generation.current
        if 0 <= current < len(self.generation.attempts) and (seed := self.generation.attempts[current].seed):
            self.store.update("writing", seed=seed)

    def _apply_settings(self, table: str) -> None:
        values = self.store.values
        if table == "editor":
            if values.editor.theme != self.theme.name:
                self.theme.choose(values.editor.theme)
            self.editor.apply_settings(values.editor)
            self.highlighter.show_marks(values.editor.marks)
            self.spelling.apply_settings(values.editor)
        elif table == "panel":
            self.panel.setVisible(values.panel.shown)
            self.generation.arrival.set_pace(values.panel.arrival)
            self.panel.show_settings(values.writing, values.panel)
        elif table == "typing":
            self.actions["suggestsAction"].setChecked(values.typing.suggests)
        elif table == "writing":
            self.panel.show_settings(values.writing, values.panel)

    def _apply_colours(self) -> None:
        colours = self.theme.colours
        self.application.setPalette(qt_palette(colours))
        arrow = self.icons_folder / f"arrow-{colours.name}.svg"
        self.window.setStyleSheet(style_sheet(colours, str(arrow)))
        self.editor.apply_colours(colours.faint, colours.accent)
        self.highlighter.apply_colours(colours)
        self.suggestions.area.apply_colour(colours.faint)
        self.panel.apply_colours(colours, self.icons)
        self.message_bar.apply_colours(colours, self.icons)
        self.find_bar.apply_colours(colours, self.icons)
        self.spelling.apply_colours(colours)
        self.training.apply_colours()
        self.library.apply_colours()
        self.safekeeping.apply_colours()
        self.drops.overlay.apply_colours(colours)
        self.writing_aids.apply_colours(colours)
        self.authorship.apply_colours(colours)

    def _show_voice(self, voice: LoadedVoice) -> None:
        self.generation.voice = voice.name
        self.panel.show_card(describe(voice))
        self._show_state()

    def _show_state(self) -> None:
        generation = self.generation
        self.panel.show_state(writing=generation.writing, can_retry=generation.can_retry)
        self.actions["continueAction"].setEnabled(not generation.writing)
        self.actions["retryAction"].setEnabled(generation.can_retry)
        name = self.voices.current.name if self.voices.current else ""
        self.status_bar.show_voice(capitalized(name), writing=generation.writing)

    def _show_attempts(self) -> None:
        generation = self.generation
        texts = [generation.attempt_text(index) for index in range(len(generation.attempts))]
        self.panel.show_attempts(texts, generation.current)
        for name in ("nextAttemptAction", "previousAttemptAction"):
            self.actions[name].setEnabled(len(texts) > 1 and not generation.writing)

    def _show_history(self) -> None:
        history = self.editor.model.history
        self.actions["undoAction"].setEnabled(history.can_undo)
        self.actions["redoAction"].setEnabled(history.can_redo)
        self.window.setWindowModified(history.is_modified)

    def _show_file(self) -> None:
        self.generation.format = self.files.manuscript.format
        self.voices.set_document(self.files.manuscript.path)
        self.writing_aids.set_document(self.files.manuscript.path)
        if self.files.saved_at is not None:
            self.voices.saved()
        self.window.setWindowTitle(f"{self.files.name}[*] \u2013 Pandemonium")
        self.status_bar.show_saved(self.files.saved_at, has_file=self.files.manuscript.path is not None)

    def _close(self) -> None:
        self.generation.stop()
        self.training.close()
        self.tasks.cancel()
        self.exporting.close()
        self.safekeeping.close()
        self.bridge.close()
        self.find_bar.close_search()
        self.spelling.close()
        self.writing_aids.close()
        self._remember_window()
        self.store.save()

    def _remember_window(self) -> None:
        window, full = self.window, self.writing_aids.full_screen
        maximized = window.isMaximized() or (full.is_on and full.was_maximized)
        usual = window.normalGeometry().size() if maximized or full.is_on else window.size()
        size = usual if not usual.isEmpty() else window.size()
        table = self.store.values.window
        self.store.set_table(
            "window", replace(table, width=max(400, size.width()), height=max(300, size.height()), maximized=maximized)
        )
