"""New, open, save, save as: the document's way between its file and the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pandemonium.desktop.dialogs import Dialogs
from pandemonium.desktop.editor import DocumentEditor
from pandemonium.desktop.store import SettingsStore
from pandemonium.documents.formats import read_document, write_document
from pandemonium.documents.manuscript import Manuscript
from pandemonium.documents.passage import Passage
from pandemonium.documents.plain import paragraph_break


class DocumentFiles(QObject):
    """The file behind the page.

    Signals:
        changed(): it is another file, or it was saved.
        noted(str): a sentence that the writer should know.
    """

    changed = Signal()
    noted = Signal(str)

    def __init__(
        self, editor: DocumentEditor, dialogs: Dialogs, store: SettingsStore, stop: Callable[[], None]
    ) -> None:
        super().__init__(editor)
        self._editor, self._dialogs, self._store, self._stop = editor, dialogs, store, stop
        self.manuscript = Manuscript()
        self.saved_at: datetime | None = None

    @property
    def name(self) -> str:
        """What the document is called."""
        path = self.manuscript.path
        return path.name if path else self.tr("Untitled")

    @property
    def is_modified(self) -> bool:
        """There is something that is not in the file."""
        return self._editor.record.history.is_modified

    def load(self, path: Path) -> None:
        """Shows the document at `path`.

        Raises:
            DocumentError: it cannot be read; the page is as it was.
        """
        self._show(read_document(path))
        self._remember_folder(path)

    async def new(self) -> None:
        """Begins an empty document."""
        if await self.may_go():
            self._show(Manuscript())

    async def open(self) -> None:
        """Lets the writer choose a document and shows it."""
        if await self.may_go():
            path = await self._dialogs.choose_to_open(self._folder())
            if path is not None:
                self.load(path)

    async def open_path(self, path: Path) -> None:
        """Shows the document at `path`, once the one on the page is safe."""
        if await self.may_go():
            self.load(path)

    async def save(self) -> bool:
        """Saves; asks for a name where there is none. Tells whether the document is in a file now."""
        path = self.manuscript.path
        if path is None:
            return await self.save_as()
        self._write(path)
        return True

    async def save_as(self) -> bool:
        """Saves under another name; tells whether the writer chose one."""
        name = self.name if self.manuscript.path else self._proposed_name()
        path = await self._dialogs.choose_to_save(self._folder(), name)
        if path is None:
            return False
        self._write(path)
        self._remember_folder(path)
        return True

    async def may_go(self) -> bool:
        """Makes sure that nothing is lost when the document leaves the page; False if it is to stay."""
        self._stop()
        if not self.is_modified:
            return True
        answer = await self._dialogs.ask_to_save(self.name)
        if answer == "save":
            return await self.save()
        return answer == "discard"

    def _write(self, path: Path) -> None:
        revision = self._editor.record.revision
        written = write_document(replace(self.manuscript, content=Passage(self._editor.record.whole_text())), path)
        self.manuscript = replace(written, content=Passage(), notice="")
        if revision == self._editor.record.revision:
            self._editor.record.mark_saved()
        self.saved_at = datetime.now()
        self.changed.emit()
        if written.notice:
            self.noted.emit(written.notice)

    def _show(self, manuscript: Manuscript) -> None:
        blank_lines = paragraph_break(manuscript.text, manuscript.format) == "\n\n" and bool(manuscript.text)
        self._editor.load(manuscript.text, blank_lines=blank_lines)
        self.manuscript = replace(manuscript, content=Passage(), notice="")
        self.saved_at = None
        self.changed.emit()
        if manuscript.notice:
            self.noted.emit(manuscript.notice)

    def _proposed_name(self) -> str:
        first = next((each.text for each in self._editor.record.text.paragraphs[:20] if each.text.strip()), "")
        words = "".join(c if c.isalnum() or c in " -'" else " " for c in first).split()[:6]
        return (" ".join(words) or self.tr("Untitled")) + ".txt"

    def _folder(self) -> Path:
        remembered = Path(self._store.values.files.folder or Path.home())
        return remembered if remembered.is_dir() else Path.home()

    def _remember_folder(self, path: Path) -> None:
        self._store.update("files", folder=str(path.absolute().parent))
