"""The documents that were open last: their menu, the cursor's place in each, and what begins the next sitting."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QMenu

from pandemonium import paths
from pandemonium.desktop.core.commands import Submenu
from pandemonium.desktop.features.context import Button, Context, Feature, Note, Section
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.features.files.recent_documents import CursorPlaces, RecentDocuments
from pandemonium.desktop.features.files.recent_menu import fill_recent
from pandemonium.desktop.features.files.remembering import Remembering


class RecentFiles(Feature):
    """What is remembered of documents.

    Attributes:
        remembering: which were open, and where the cursor stood in them.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        data = paths.user_data()
        self._files = context.feature(DocumentFiles)
        self.remembering = Remembering(
            context.editor,
            RecentDocuments(data / "recent-documents.json"),
            CursorPlaces(data / "cursor-places.json"),
            lambda: bool(context.settings.value("files.recent")),
            context.messages.show_error,
        )
        self._files.changed.connect(self._file_changed)

    def commands(self) -> Iterable[Submenu]:
        """The menu of recent documents."""
        yield Submenu("recentMenu", self.tr("Open recent"), "file/open", self._fill)

    def preferences(self) -> Iterable[Section]:
        """What is opened, and what is remembered of it."""
        page = self.tr("Files")
        forget = Button("forgetRecent", self.tr("Forget it"), self.remembering.forget, self.tr("The list now"))
        yield Section(page, self.tr("Opening"), ("files.reopen", "files.recent", forget))
        kept = self.tr(
            "What you type is kept aside within seconds, also in a document that you have never saved. If the program "
            "or the computer stops, the next start offers it to you. It all stays on this computer."
        )
        yield Section(page, self.tr("Kept for you"), (Note(kept),))

    def start(self) -> None:
        """Forgets recent documents where they are not to be listed any more."""
        menu = self.context.window.findChild(QMenu, "recentMenu")

        def list_recent(listed: bool) -> None:
            if menu is not None:
                menu.menuAction().setEnabled(listed)
            if not listed:
                self.remembering.forget()

        self.context.settings.watch("files.recent", list_recent)

    def first_document(self) -> Path | None:
        """The document to begin with, where the writer wants the last one."""
        entries = self.remembering.recent.entries() if self.context.settings.value("files.reopen") else []
        return next(iter(entries), None)

    def close(self) -> None:
        """Remembers where the cursor stood."""
        self.remembering.leave()

    def _file_changed(self) -> None:
        self.remembering.set_document(self._files.manuscript.path, self._files.keys)

    def _fill(self, menu: QMenu) -> None:
        fill_recent(
            menu,
            self.remembering.recent.entries(),
            lambda path: self.context.tasks.start(self._files.open_path(path)),
            self.remembering.forget,
        )
