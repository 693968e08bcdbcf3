"""Puts the window together out of its features."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from pandemonium import paths
from pandemonium.desktop.app.parts import part
from pandemonium.desktop.core.commands import Commands
from pandemonium.desktop.core.garbage import GarbageCollector
from pandemonium.desktop.core.icons import Icons
from pandemonium.desktop.core.settings_store import SettingsStore
from pandemonium.desktop.core.tasks import Tasks
from pandemonium.desktop.core.theme import Theme
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.features.authorship.authorship import AuthorshipController
from pandemonium.desktop.features.cast.cast import Cast
from pandemonium.desktop.features.choices.choices import Choices
from pandemonium.desktop.features.choices.recipes import Recipes
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.copied.copied import Copied
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.features.document_words import DocumentWords
from pandemonium.desktop.features.files.recent_files import RecentFiles
from pandemonium.desktop.features.find.find import Find
from pandemonium.desktop.features.first_start.empty_page import EmptyPage
from pandemonium.desktop.features.first_start.first_hints import FirstHints
from pandemonium.desktop.features.formatting.format_menu import Format
from pandemonium.desktop.features.generation.writing import Writing
from pandemonium.desktop.features.generation_panel.panel import Panel
from pandemonium.desktop.features.goals.goals import Goals
from pandemonium.desktop.features.help.help import Help
from pandemonium.desktop.features.insight.how_it_reads import HowItReads
from pandemonium.desktop.features.insight.surprise_map import SurpriseMap
from pandemonium.desktop.features.joining.joining import Joining
from pandemonium.desktop.features.library.library import Library
from pandemonium.desktop.features.messages.messages import Messages
from pandemonium.desktop.features.mixing.mixing import Mixing
from pandemonium.desktop.features.next_words.next_words import NextWordsAtCursor
from pandemonium.desktop.features.outline.outline import Outline
from pandemonium.desktop.features.page.page import Page
from pandemonium.desktop.features.preferences.preferences import Preferences
from pandemonium.desktop.features.printing.exporting import Exporting
from pandemonium.desktop.features.reading.draft_memory import DraftMemory
from pandemonium.desktop.features.reading.reading import Reading
from pandemonium.desktop.features.recovery.safekeeping import Safekeeping
from pandemonium.desktop.features.spelling.spelling_menu import Spelling
from pandemonium.desktop.features.suggestions.suggestions import Suggestions
from pandemonium.desktop.features.training.drops import Drops
from pandemonium.desktop.features.training.training_controller import TrainingController
from pandemonium.desktop.features.writing_aids.writing_aids import WritingAids
from pandemonium.desktop.shell.dialogs import Dialogs
from pandemonium.desktop.shell.main_window import MainWindow
from pandemonium.desktop.shell.menus import Menus
from pandemonium.desktop.shell.message_bar import MessageBar
from pandemonium.desktop.shell.status_bar import StatusBar
from pandemonium.settings import SettingsFile

# In this order they are made and stand in menus and preferences. One may ask for those above it; the lowest of those
# that Esc would dismiss lies on top.
FEATURES: tuple[type[Feature], ...] = (
    Page,
    DocumentFiles,
    DocumentWords,
    RecentFiles,
    Outline,
    Goals,
    WritingAids,
    Messages,
    Find,
    Writing,
    Reading,
    DraftMemory,
    Joining,
    Suggestions,
    NextWordsAtCursor,
    Choices,
    Recipes,
    Cast,
    Copied,
    Panel,
    Mixing,
    Spelling,
    Format,
    AuthorshipController,
    SurpriseMap,
    HowItReads,
    Safekeeping,
    Library,
    TrainingController,
    Drops,
    Exporting,
    Preferences,
    Help,
    EmptyPage,
    FirstHints,
)
_Feature = TypeVar("_Feature", bound=Feature)


class Desk:
    """One window with its features. The window keeps it alive.

    Attributes:
        application: whose window it is.
        context: the services, and the features that were made with them.
        window: the window.
    """

    def __init__(self, application: QApplication, loop: asyncio.AbstractEventLoop, file: Path | None) -> None:
        self.application = application
        resources = paths.resources()
        settings = SettingsStore(SettingsFile(paths.user_config() / "settings.toml"))
        theme = Theme(settings.values.editor.theme)
        messages = MessageBar()
        editor = DocumentEditor(settings.values.editor)
        status_bar = StatusBar()
        self.window = MainWindow(editor, messages, status_bar)
        self.window.keep_readable(editor.readable_width, editor.page_style_changed)
        commands = Commands(self.window)
        Menus(self.window, commands)
        icons = Icons(resources / "icons")
        self.context = Context(
            self.window,
            editor,
            settings,
            theme,
            icons,
            commands,
            messages,
            status_bar,
            Dialogs(self.window, loop),
            Tasks(loop, messages.show_error),
            resources,
        )
        self._garbage = GarbageCollector(editor.after_paint.edited, application.focusChanged, parent=self.window)
        self.window.setWindowIcon(icons.application())
        table = settings.values.window
        self.window.open_as(QSize(table.width, table.height), maximized=table.maximized)
        self._make(FEATURES)
        self.window.close_by(self._is_safe, self._may_go, self.context.tasks.start)
        self.window.closed.connect(self._close)
        if (first := file or self.feature(RecentFiles).first_document()) is not None:
            self.feature(DocumentFiles).show_first(first)
        for feature in self.context.features.values():
            feature.opened()
        editor.setFocus()

    def feature(self, kind: type[_Feature]) -> _Feature:
        """The feature of a kind."""
        return self.context.feature(kind)

    def __getattr__(self, name: str) -> Any:
        """A part of the window by its short name."""
        return part(self.context, name)

    def _make(self, kinds: tuple[type[Feature], ...]) -> None:
        features = self.context.features
        for kind in kinds:
            features[kind] = kind(self.context)
        for feature in features.values():
            for command in feature.commands():
                self.context.commands.add(command)
        for feature in features.values():
            feature.start()

    def _is_safe(self) -> bool:
        return all(feature.is_safe for feature in self.context.features.values())

    async def _may_go(self) -> bool:
        for feature in self.context.features.values():
            if not await feature.may_go():
                return False
        return True

    def _close(self) -> None:
        self.context.tasks.cancel()
        self.context.editor.after_paint.catch_up()
        for feature in reversed(list(self.context.features.values())):
            feature.close()
        self._garbage.close()
        self._remember_window()
        self.context.settings.save()

    def _remember_window(self) -> None:
        window = self.window
        full = self.feature(WritingAids).full_screen
        maximized = window.isMaximized() or (full.is_on and full.was_maximized)
        usual = window.normalGeometry().size() if maximized or full.is_on else window.size()
        size = usual if not usual.isEmpty() else window.size()
        width = max(400, size.width())
        height = max(300, size.height())
        settings = self.context.settings
        table = replace(settings.values.window, width=width, height=height, maximized=maximized)
        settings.set_table("window", table)
