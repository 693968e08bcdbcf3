"""Puts the writing aids together: outline, focus, typewriter, typography, goals, recent files, preferences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from pandemonium.desktop.core.commands import Actions
from pandemonium.desktop.core.settings_store import SettingsStore
from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.extra_selections import ExtraSelections
from pandemonium.desktop.editor.key_watch import KeyWatch
from pandemonium.desktop.features.files.recent_documents import CursorPlaces, RecentDocuments
from pandemonium.desktop.features.files.remembering import Remembering
from pandemonium.desktop.features.goals.diary import Diary
from pandemonium.desktop.features.goals.goals import Goals
from pandemonium.desktop.features.goals.written_words import WrittenWords
from pandemonium.desktop.features.outline.outline import Outline
from pandemonium.desktop.features.outline.outline_panel import OutlinePanel
from pandemonium.desktop.features.preferences.keys_page import KeysPage
from pandemonium.desktop.features.preferences.own_keys import OwnKeys
from pandemonium.desktop.features.preferences.preference_pages import (
    files_page,
    look_page,
    machine_page,
    typing_page,
    writing_page,
)
from pandemonium.desktop.features.preferences.preferences_window import PreferencesWindow
from pandemonium.desktop.features.preferences.setting_rows import Rows
from pandemonium.desktop.features.spelling.spelling_menu import language_name
from pandemonium.desktop.features.writing_aids.entries import add_entries, add_recent
from pandemonium.desktop.features.writing_aids.focus import FocusMode
from pandemonium.desktop.features.writing_aids.full_screen import FullScreen
from pandemonium.desktop.features.writing_aids.typewriter import Typewriter
from pandemonium.desktop.features.writing_aids.typography import SmartTypography
from pandemonium.desktop.shell.main_window import MainWindow
from pandemonium.desktop.shell.message_bar import MessageBar
from pandemonium.desktop.shell.status_bar import StatusBar
from pandemonium.text.dictionaries import find_dictionaries


@dataclass(frozen=True)
class WritingAidsContext:
    """What the habits are given.

    Attributes:
        window, editor, overlays, panel, foot, message bar: parts of the window.
        store, actions: settings and menus; the menus are complete but for what is added here.
        format: tells the document's format.
        open_document: opens one, once the one on the page is safe.
        data: the folder for what is remembered.
        fonts: families that come with the program.
        devices: what voices can run on.
        dictionaries: folders in which dictionaries lie.
        open_voices: shows the library.
        choose_device: lets voices run on another device.
    """

    window: MainWindow
    editor: DocumentEditor
    selections: ExtraSelections
    panel: QWidget
    status_bar: StatusBar
    message_bar: MessageBar
    store: SettingsStore
    actions: Actions
    format: Callable[[], str]
    open_document: Callable[[Path], object]
    data: Path
    fonts: Sequence[str]
    devices: Sequence[str]
    dictionaries: Sequence[Path]
    open_voices: Callable[[], object]
    choose_device: Callable[[str], object]


class WritingAids(QObject):
    """The habits of one window; the last part that is made, since it lays the writer's own keys over the others'."""

    def __init__(self, context: WritingAidsContext) -> None:
        super().__init__(context.window)
        self._context = context
        editor, store, window = context.editor, context.store, context.window
        self.typography = SmartTypography(editor, lambda: store.values.typing, context.format)
        self._keys = KeyWatch(editor)  # after what answers keys itself: the last filter is the first to see them
        self.typewriter = Typewriter(editor, self._keys)
        self.outline = Outline(editor, OutlinePanel(), context.status_bar.counts, context.format)
        window.add_beside_page(self.outline.panel)
        context.status_bar.counted.connect(self.outline.apply_counts)
        self.focus = FocusMode(
            editor,
            context.selections,
            lambda: store.values.habits,
            {
                "hides_panel": (context.panel, self.outline.panel),
                "hides_foot": (context.status_bar,),
                "hides_menus": (window.menuBar(),),
            },
            self._show_parts,
        )
        self.full_screen = FullScreen(window)
        self.goals = Goals(
            window, WrittenWords(editor, self._keys), Diary(context.data / "words-written.json"), store,
            context.message_bar.show_error,
        )  # fmt: skip
        context.status_bar.add(self.goals.ring)
        self.remembering = Remembering(
            editor,
            RecentDocuments(context.data / "recent-documents.json"),
            CursorPlaces(context.data / "cursor-places.json"),
            lambda: store.values.files.recent,
            context.message_bar.show_error,
        )
        self.preferences: PreferencesWindow | None = None
        self._colours: Colours | None = None
        self._add_entries()
        self.own_keys = OwnKeys(context.actions.by_name, store, self)
        self.own_keys.changed.connect(self._say_keys)
        self._say_keys()
        store.changed.connect(self._apply_settings)
        self._apply_settings("habits")

    def set_document(self, path: Path | None) -> None:
        """The page's document is that of `path` now; it was loaded, or saved there."""
        self.remembering.set_document(path)
        self.outline.apply_format()

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self._colours = colours
        self.focus.apply_colours(colours)
        self.outline.panel.apply_colours(colours)
        self.goals.apply_colours(colours)

    def leave(self) -> None:
        """Leaves full screen, or else focus mode: what Esc does when nothing else is to be dismissed."""
        if self.full_screen.is_on:
            self.full_screen.switch(False)
        else:
            self.focus.switch(False)

    def first_document(self) -> Path | None:
        """The document to begin with, where the writer wants the last one."""
        entries = self.remembering.recent.entries() if self._context.store.values.files.reopen else []
        return entries[0] if entries else None

    def close(self) -> None:
        """Keeps what is to be kept; the window closes."""
        self.remembering.leave()
        self.goals.save()

    def open_preferences(self) -> None:
        """Shows the preferences."""
        self.own_keys.apply()  # to actions that came after this
        if self.preferences is None:
            self.preferences = PreferencesWindow(self._context.window, self._pages())
        self.preferences.open()

    def _pages(self) -> list[Rows]:
        context = self._context
        keys = Rows(context.store, self.tr("Keys"))
        keys.fill(KeysPage(context.actions.by_name, self.own_keys))
        return [
            writing_page(context.store, self.goals.open),
            look_page(context.store, context.fonts),
            typing_page(context.store, {code: language_name(code) for code in find_dictionaries(context.dictionaries)}),
            files_page(context.store, self.remembering.forget),
            machine_page(context.store, context.devices, context.choose_device, context.open_voices),
            keys,
        ]

    def _add_entries(self) -> None:
        context, store = self._context, self._context.store
        add_entries(
            context.actions,
            {
                "educate": self.typography.educate,
                "straighten": self.typography.straighten,
                "words_written": self.goals.open,
                "preferences": self.open_preferences,
            },
            {
                "outline": self._open_outline,
                "focus": self.focus.switch,
                "full_screen": self.full_screen.switch,
                "typewriter": lambda on: store.update("habits", typewriter=on),
            },
        )
        self.recent_menu = add_recent(
            context.actions, self.remembering.recent.entries, context.open_document, self.remembering.forget
        )
        self.focus.switched.connect(context.actions["focusAction"].setChecked)
        self.full_screen.switched.connect(context.actions["fullScreenAction"].setChecked)

    def _open_outline(self, on: bool) -> None:
        self._context.store.update("habits", outline=on)
        if on:
            self.outline.panel.show()  # in focus mode too, where it is asked for; the page keeps the keyboard

    def _apply_settings(self, table: str) -> None:
        values, actions = self._context.store.values, self._context.actions
        if table == "habits":
            habits = values.habits
            actions["outlineAction"].setChecked(habits.outline)
            actions["typewriterAction"].setChecked(habits.typewriter)
            if habits.outline != self.outline.is_open:
                self.outline.open(habits.outline)
            elif self.focus.is_on:
                self.focus.apply()
            self.typewriter.switch(habits.typewriter)
        elif table == "panel":
            box = self._context.panel.findChild(QComboBox, "deviceBox")
            if box is not None and box.currentData() != values.panel.device:
                box.blockSignals(True)
                box.setCurrentIndex(max(0, box.findData(values.panel.device)))
                box.blockSignals(False)
        elif table == "files":
            self.recent_menu.setEnabled(values.files.recent)
            if not values.files.recent:
                self.remembering.forget()
        elif table == "editor":
            for name in (f"theme-{values.editor.theme}", f"paragraphs-{values.editor.paragraphs}"):
                actions[name].setChecked(True)
            actions["marksAction"].setChecked(values.editor.marks)

    def _show_parts(self) -> None:
        context = self._context
        context.panel.setVisible(context.store.values.panel.shown)
        self.outline.panel.setVisible(self.outline.is_open)
        context.status_bar.show()
        context.window.menuBar().show()

    def _say_keys(self) -> None:
        """Lets the panel's buttons say the keys that hold now."""
        for name in ("continue", "stop", "retry"):
            button = self._context.panel.findChild(QPushButton, f"{name}Button")
            if button is not None:
                keys = self.own_keys.keys_of(f"{name}Action").split("; ")[0]
                button.setToolTip(f"{button.accessibleName()} ({keys})" if keys else button.accessibleName())
                button.setAccessibleDescription(keys)
