"""New, open, save, save as: the document's way between its file and the page."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from pandemonium import paths
from pandemonium.desktop.core.background import in_thread
from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.editor.units import passage_from_units
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.document_reading import (
    CancellableReading,
    ReadDocument,
    StartedReading,
    read_from_disk,
)
from pandemonium.desktop.features.document_writing import PageState, WrittenDocument, keep_beside, write_to_disk
from pandemonium.desktop.features.held_keys import HeldKeys
from pandemonium.desktop.features.slow_reading import SlowReading
from pandemonium.documents import formats
from pandemonium.documents.authorship import load_marks, with_marks
from pandemonium.documents.conversion import converted
from pandemonium.documents.model.history import Point
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.safekeeping.disk import Stamp, look_at, stamp_of
from pandemonium.documents.safekeeping.known_documents import DocumentKeys, KnownDocuments, beginning_of
from pandemonium.documents.safekeeping.locks import FileLock, document_key, real_path
from pandemonium.documents.safekeeping.vault import Vault
from pandemonium.documents.sidecar import sidecar_of
from pandemonium.errors import DocumentError, PandemoniumError

_START_PATIENCE = 1.0  # seconds for which a window that is being made waits for its document
_AT_ONCE = 0.1  # seconds for which a document is waited for: what is there by then comes without a flicker


class DocumentFiles(Feature):
    """The file behind the page.

    Attributes:
        manuscript: the document but for what is on the page: `current` gives it whole.
        keys: by which names what is kept of it is called.
        stamp: what its file looked like when it was read or written last; None without one.
        vault: where earlier versions, locks and autosaves lie.

    Signals:
        leaving(): the document may be about to leave the page.
        changed(): it is another file, or it was saved.
        shown(): another document stands on the page.
        noted(str): a sentence that the writer should know.
        kept(): what was saved is among the earlier versions.
        copied(Path): this document is open in another window, so a copy of it was opened.
        slow(Path or None): this document takes its time to be read; None: it no longer does.
    """

    leaving = Signal()
    changed = Signal()
    shown = Signal()
    noted = Signal(str)
    kept = Signal()
    copied = Signal(object)
    slow = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._editor = context.editor
        self._dialogs = context.dialogs
        self._store = context.settings
        data = paths.user_data()
        self.vault = Vault.at(data, passage_from_units)
        self.manuscript = Manuscript()
        self._known = KnownDocuments(data / "known-documents.json")
        self.keys = DocumentKeys.of(None)
        self.stamp: Stamp | None = None
        self.saved_at: datetime | None = None
        self._called = ""  # what a document without a file is called
        self._lock: FileLock | None = None
        self._locked = ""
        self._accepted_loss = ("", "")
        self._writing: asyncio.Future[None] | None = None  # done when what is being written is
        self._shown = 0  # how many documents have stood on the page
        self._reading = CancellableReading(context.tasks.loop, self.slow.emit)
        self._held = HeldKeys(context.editor)
        self.noted.connect(context.messages.show_sentence)
        self.changed.connect(self._show_file)
        self._editor.after_paint.state_changed.connect(self._show_state)

    def commands(self) -> Iterable[Command]:
        """New, open, save, save as, and the end of it all."""
        start = self.context.tasks.start
        yield Command("newAction", self.tr("New"), lambda: start(self.new()), "file/open", ("Ctrl+N",))
        yield Command("openAction", self.tr("Open…"), lambda: start(self.open()), "file/open", ("Ctrl+O",))
        yield Command("saveAction", self.tr("Save"), lambda: start(self._save()), "file/save", ("Ctrl+S",))
        yield Command(
            "saveAsAction", self.tr("Save as…"), lambda: start(self._save(ask=True)), "file/save", ("Ctrl+Shift+S",)
        )
        yield Command("quitAction", self.tr("Quit"), self.context.window.close, "file/quit", ("Ctrl+Q",))

    def start(self) -> None:
        """Says what the page holds, and when a document takes its time."""
        SlowReading(self, self.slow, self.cancel_opening, lambda: self._held.is_holding, self.context.messages)
        self._show_file()

    def show_first(self, file: Path) -> None:
        """Shows the document that the window was opened with."""
        try:
            if (rest := self.begin_loading(file, _START_PATIENCE)) is not None:
                self.context.tasks.start(_awaited(rest))
        except DocumentError as error:
            self.context.messages.show_error(error)

    def accept_drop(self, kind: str, paths: Sequence[Path]) -> None:
        """Opens a document that was dropped."""
        if kind == "document":
            self.context.tasks.start(self.open_path(paths[0]))

    @property
    def is_safe(self) -> bool:
        """There is nothing that is not in a file."""
        return not (self.is_modified or self.is_saving or self._held)

    @property
    def is_saving(self) -> bool:
        """What stood on the page a moment ago is being written, beside the window."""
        return self._writing is not None

    @property
    def name(self) -> str:
        """What the document is called."""
        path = self.manuscript.path
        return path.name if path else self._called or self.tr("Untitled")

    @property
    def is_modified(self) -> bool:
        """There is something that is not in the file."""
        return self._editor.model.history.is_modified

    @property
    def is_unwanted(self) -> bool:
        """It has neither a file nor anything that would be missed."""
        return self.manuscript.path is None and not self.is_modified

    def note_beginning(self) -> None:
        """Notes how the document begins, so that it is known again without its path."""
        try:
            self._known.note(self.keys, self._beginning())
        except PandemoniumError as error:
            self.context.messages.show_error(error)

    def current(self) -> Manuscript:
        """The whole document as it stands on the page."""
        model = self._editor.model
        return replace(self.manuscript, content=model.content(), objects=dict(model.objects))

    def load(self, path: Path) -> None:
        """Shows the document at `path`; a copy of it where another window has it open.

        Raises:
            DocumentError: it cannot be read; the page is as it was.
        """
        self._reading.cancel()
        self._show_read(read_from_disk(path, self._with_kept_marks))

    def begin_loading(self, path: Path, patience: float = _AT_ONCE) -> Coroutine[Any, Any, bool] | None:
        """Shows the document at `path` at once where its disk gives it within `patience` seconds.

        Returns:
            else what is to be awaited, like `load_beside`.

        Raises:
            DocumentError: it cannot be read; the page is as it was.
        """
        started = StartedReading(path, self._with_kept_marks)
        if not started.is_done_within(patience):
            return self._load_beside(started)
        self._show_read(started.result())
        return None

    async def load_beside(self, path: Path) -> bool:
        """Shows the document at `path` when it is read, while the window goes on.

        Returns:
            False where the writer cancelled it, or asked for another document meanwhile.

        Raises:
            DocumentError: it cannot be read; the page is as it was.
        """
        started = StartedReading(path, self._with_kept_marks)
        started.is_done_within(_AT_ONCE)
        return await self._load_beside(started)

    def cancel_opening(self) -> None:
        """Gives up the document that is still being read."""
        self._reading.cancel()

    def _load_beside(self, started: StartedReading) -> Coroutine[Any, Any, bool]:
        holds = self.is_unwanted
        if holds:  # at once: the next key may come before the loop goes on
            self._held.hold()
        return self._finish_loading(started, holds=holds)

    async def _finish_loading(self, started: StartedReading, *, holds: bool) -> bool:
        try:
            return await self._show_when_read(started)
        finally:
            if holds:
                self._held.let_go()

    async def _show_when_read(self, started: StartedReading) -> bool:
        revision = self._editor.document().revision()
        read = await self._reading.finish(started)
        if read is None:
            return False
        # She may have gone on writing on the page that is about to go.
        if self._editor.document().revision() != revision and not await self.may_go():
            return False
        self._show_read(read)
        return True

    def _show_read(self, read: ReadDocument) -> None:
        path = read.path
        stamp = read.stamp
        manuscript = read.manuscript
        copied = manuscript.path is not None and not self._claim(manuscript.path)
        if copied:
            called = self.tr("Copy of {name}").format(name=path.name)
            self._show(replace(manuscript, path=None), None, called, copy_of=path)
        else:
            self._show(manuscript, stamp if manuscript.path else None, path.name)
        self._follow_versions()
        self._remember_folder(path)
        if copied:
            self.copied.emit(path)

    def _follow_versions(self) -> None:
        """A document that has another name than it had keeps its earlier versions."""
        path = self.manuscript.path
        earlier = self.keys.earlier
        if path is not None and earlier:
            in_thread(self.context.tasks.loop, lambda: self.vault.versions.follow(path, earlier))

    def where_now(self, path: Path) -> Path:
        """Where a document's file is: that of the page, where this is the same document under another name."""
        now = self.manuscript.path
        is_renamed = now is not None and document_key(path) in self.keys.earlier and not path.exists()
        return now if now is not None and is_renamed else path

    def restore_unsaved(self, manuscript: Manuscript, stamp: Stamp | None, name: str, place: int = 0) -> None:
        """Shows a document that is not saved: what a crash or another window has left.

        Args:
            manuscript: the document.
            stamp: what its file looked like when it was read or written last.
            name: what it is called where it has no file.
            place: where the cursor stood.
        """
        path = manuscript.path
        if path is not None:
            path = self.where_now(path)
            manuscript = replace(manuscript, path=path)
        if path is not None and not self._claim(path):
            manuscript = replace(manuscript, path=None)
            stamp = None
            self._show(manuscript, None, self.tr("Copy of {name}").format(name=path.name), copy_of=path)
            self.copied.emit(path)
        else:
            self._show(manuscript, stamp, name)
        self._editor.model.mark_modified()
        self._editor.begin_at(place)

    def go_on_in(self, path: Path) -> bool:
        """Takes note that the document's file has another name now; False where another window has a file there."""
        if self.is_saving or not self._claim(path):
            return False
        self.manuscript = replace(self.manuscript, path=path)
        self.keys = self._known.follow(self.keys, path)
        self.note_beginning()
        self.changed.emit()
        return True

    def keep_mine(self) -> None:
        """Takes note that the file has changed, so that saving asks no more: what is on the page is wanted."""
        if self.manuscript.path is not None:
            self.stamp = stamp_of(self.manuscript.path)

    async def new(self) -> None:
        """Begins an empty document."""
        self._reading.cancel()
        if await self.may_go():
            self._show(Manuscript(), None, "")

    async def open(self) -> None:
        """Lets the writer choose a document and shows it."""
        if await self.may_go():
            path = await self._dialogs.choose_to_open(self._folder())
            if path is not None:
                await self.load_beside(path)

    async def open_path(self, path: Path) -> None:
        """Shows the document at `path`, once the one on the page is safe."""
        if await self.may_go():
            await self.load_beside(path)

    async def save(self) -> bool:
        """Saves; asks for a name where there is none. Tells whether the document is in a file now."""
        await self._settled()
        path = self.manuscript.path
        if path is None:
            return await self.save_as()
        stamp = self.stamp
        if await in_thread(self.context.tasks.loop, lambda: look_at(path, stamp)) == "changed":
            answer = await self._dialogs.ask(
                "changedOnDiskBox",
                self.tr("{name} was changed by another program since you opened it.").format(name=path.name),
                self.tr("If you save, your text takes its place; the other one is kept among the earlier versions."),
                {
                    "save": self.tr("Save mine"),
                    "save_as": self.tr("Save under another name…"),
                    "cancel": self.tr("Cancel"),
                },
            )
            if answer == "save_as":
                return await self.save_as()
            if answer == "cancel":
                return False
        return await self._save_to(path)

    async def save_as(self) -> bool:
        """Saves under another name; tells whether the writer chose one."""
        path = await self._dialogs.choose_to_save(self._folder(), self._proposed_name())
        if path is None or not await self._save_to(path):
            return False
        self._remember_folder(path)
        return True

    async def may_go(self) -> bool:
        """Makes sure that nothing is lost when the document leaves the page; False if it is to stay."""
        self._held.play()
        self.leaving.emit()
        await self._settled()
        if not self.is_modified:
            return True
        answer = await self._dialogs.ask_to_save(self.name)
        if answer == "save":
            return await self.save()
        return answer == "discard"

    def release(self) -> None:
        """Lets other windows have the document."""
        if self._lock is not None:
            self._lock.release()
        self._lock = None
        self._locked = ""

    async def _save(self, *, ask: bool = False) -> None:
        await (self.save_as() if ask else self.save())

    def _show_file(self) -> None:
        self.context.window.setWindowTitle(f"{self.name}[*] \u2013 Pandemonium")
        self._show_state()

    def _show_state(self) -> None:
        if self.is_saving:
            state = self.tr("saving\u2026")
        elif self.is_modified:
            state = self.tr("not saved")
        elif self.saved_at is not None:
            state = self.tr("saved at {time}").format(time=self.saved_at.strftime("%H:%M"))
        else:
            state = self.tr("saved") if self.manuscript.path is not None else ""
        self.context.status_bar.set_part("state", state, soon=True)

    async def _save_to(self, path: Path) -> bool:
        page = PageState.of(self._editor.model)
        about = self.manuscript
        lost = await in_thread(self.context.tasks.loop, lambda: formats.loss(page.manuscript(about), path))
        if lost and self._accepted_loss != (str(path), lost):
            answer = await self._dialogs.ask(
                "lossBox",
                lost,
                self.tr("A Word or OpenDocument file keeps all of it."),
                {
                    "save_as": self.tr("Choose another kind…"),
                    "save": self.tr("Save without it"),
                    "cancel": self.tr("Cancel"),
                },
            )
            if answer == "save_as":
                return await self.save_as()
            if answer == "cancel":
                return False
            self._accepted_loss = str(path), lost
        await self.write_to(path)
        return True

    async def write_to(self, path: Path) -> None:
        """Writes the page as it stands now, beside the window; what is typed meanwhile is not saved yet.

        Raises:
            DocumentError: it cannot be written; the file is as it was.
        """
        await self._settled()
        lock = self._lock
        locked = self._locked
        if not self._claim(path, release=False):
            raise DocumentError(
                self.tr("{name} is open in another window of Pandemonium.").format(name=path.name),
                self.tr("Save under another name, or close it there."),
            )
        document = self._shown
        page = PageState.of(self._editor.model)
        about = self.manuscript
        try:
            written = await self._written(page, about, path)
        except BaseException:
            if document == self._shown and self._locked != locked:
                self.release()
                self._lock = lock
                self._locked = locked
            elif document != self._shown and lock is not None and lock is not self._lock:
                lock.release()
            raise
        if lock is not None and lock is not self._lock:
            lock.release()
        if document == self._shown:
            self._stay_on_page(page, about, written)
        keep_beside(path, written.manuscript.text, self.vault.versions, self.kept.emit)
        if said := " ".join(filter(None, [written.manuscript.notice, written.unkept])):
            self.noted.emit(said)

    async def _written(self, page: PageState, about: Manuscript, path: Path) -> WrittenDocument:
        """Writes a moment's page on a thread; nothing else is written until it is done."""
        loop = self.context.tasks.loop
        versions = self.vault.versions
        writing = self._writing = loop.create_future()
        self._show_state()
        try:
            return await in_thread(loop, lambda: write_to_disk(page.manuscript(about), path, versions), to_its_end=True)
        finally:
            self._writing = None
            writing.set_result(None)
            self._show_state()

    async def _settled(self) -> None:
        """Waits for what is being written."""
        while self._writing is not None:
            await asyncio.shield(self._writing)

    def _stay_on_page(self, page: PageState, about: Manuscript, written: WrittenDocument) -> None:
        """Goes on with the document as it is in its file now; where its form is the same, the page needs no change."""
        manuscript = written.manuscript
        package = manuscript.package
        both_rich = all(formats.form_named(each.format) == "rich" for each in (about, manuscript))
        model = self._editor.model
        point: Point | None = page.point
        if about.format == manuscript.format or (both_rich and about.package is None):
            package = about.package  # its paragraphs' origins lie in what was read
        elif model.revision == page.revision:
            self._editor.become(manuscript.content, manuscript.format, manuscript.objects)
            point = model.history.point()
        else:  # she has written on: what stands there now takes the new form, and is not saved yet
            now = converted(self.current(), manuscript.format)
            self._editor.become(now.content, now.format, now.objects)
            point = None
        self.manuscript = replace(manuscript, content=Passage(), objects={}, package=package, notice="")
        self.keys = self._known.follow(self.keys, manuscript.path)
        self.note_beginning()
        self.stamp = written.stamp
        self.saved_at = datetime.now()
        if point is None:
            model.mark_modified()
        else:
            model.mark_saved(point)
        self.changed.emit()

    def _claim(self, path: Path, *, release: bool = True) -> bool:
        """Takes the document's lock, instead of the one held; False where another window has it."""
        if real_path(path) == self._locked:
            return True
        try:
            lock = self.vault.locks.take(path)
        except OSError:
            lock = None  # there is no room for a lock: that must not keep her from her text
        else:
            if lock is None:
                return False
        if release:
            self.release()
        self._lock = lock
        self._locked = real_path(path)
        return True

    def _show(self, manuscript: Manuscript, stamp: Stamp | None, called: str, copy_of: Path | None = None) -> None:
        self._shown += 1
        if manuscript.path is None:
            self.release()
        self._editor.load_manuscript(manuscript)
        self.manuscript = replace(manuscript, content=Passage(), objects={}, notice="")
        self.keys = self._known.open(copy_of or manuscript.path, self._beginning())
        if copy_of is not None:
            self.keys = self._known.follow(self.keys, None)
        self.stamp = stamp
        self._called = called
        if manuscript.path is not None:
            self.note_beginning()
        self.saved_at = None
        self.shown.emit()
        self.changed.emit()
        if manuscript.notice:
            self.noted.emit(manuscript.notice)

    def _beginning(self) -> str:
        return beginning_of(each.text for each in self._editor.model.text.paragraphs)

    def _with_kept_marks(self, manuscript: Manuscript) -> Manuscript:
        """A text that another program renamed without the file of its marks has those that were kept with it."""
        path = manuscript.path
        if path is None or formats.form_named(manuscript.format) == "rich" or sidecar_of(path).exists():
            return manuscript
        keys = self._known.open(path, beginning_of(manuscript.text.split("\n", 50)))
        if not keys.earlier:
            return manuscript
        content, _ = with_marks(manuscript.content, {}, load_marks(self.vault.versions.marks_of(keys.all)))
        return replace(manuscript, content=content)

    def _proposed_name(self) -> str:
        if self.manuscript.path is not None:
            return self.manuscript.path.name
        model = self._editor.model
        formatted = model.is_rich and model.content().is_formatted
        if self._called:
            suffix = Path(self._called).suffix
            if formats.SUFFIXES.get(suffix.lower()) != self.manuscript.format:  # it is not saved as what it was
                named = formats.format_named(self.manuscript.format)
                suffix = named.suffixes[0] if named.write else ".docx"
            return Path(self._called).stem + suffix
        first = next((each.text for each in model.text.paragraphs[:20] if each.text.strip()), "")
        words = "".join(c if c.isalnum() or c in " -'" else " " for c in first).split()[:6]
        return (" ".join(words) or self.tr("Untitled")) + (".docx" if formatted else ".txt")

    def _folder(self) -> Path:
        remembered = Path(self._store.values.files.folder or Path.home())
        return remembered if remembered.is_dir() else Path.home()

    def _remember_folder(self, path: Path) -> None:
        self._store.update("files", folder=str(path.absolute().parent))


async def _awaited(work: Coroutine[Any, Any, object]) -> None:
    await work
