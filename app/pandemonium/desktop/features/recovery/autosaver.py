"""Keeps what is on the page and in no file, a few seconds behind the writer, from a thread beside the window."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from pandemonium.desktop.core.background import call_in
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.documents.safekeeping.autosave import AutosaveSlot
from pandemonium.errors import DocumentError

DELAY = 2000  # milliseconds from the first change that is not kept to its being kept, and between two of them
RETRY = 10_000  # milliseconds until it is tried again after it failed
_log = logging.getLogger(__name__)
_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk is full",
    errno.EFBIG: "the disk takes no file so large",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you may not write in your user data",
    errno.EPERM: "you may not write in your user data",
}

Answer = TypeVar("Answer")


class Autosaver(QObject):
    """One slot for the document on the page, while it has something unsaved; no timer runs while it has nothing.

    Signals:
        kept(): what was on the page a moment ago would outlive the program.
        failed(PandemoniumError): it could not be kept; said once until it can be again.
    """

    kept = Signal()
    failed = Signal(object)

    def __init__(self, editor: DocumentEditor, files: DocumentFiles, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(editor)
        self._editor = editor
        self._files = files
        self._loop = loop
        self._worker: ThreadPoolExecutor | None = None
        self._slot: AutosaveSlot | None = None
        self._running: Future[AutosaveSlot] | None = None
        self._generation = 0  # grows whenever the slot is given up
        self._kept = -1  # the revision that is kept, or was handed to the worker
        self._busy = False
        self._failing = False
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)
        editor.after_paint.state_changed.connect(self._look)
        files.shown.connect(self._begin)
        files.changed.connect(self._follow)

    @property
    def is_waiting(self) -> bool:
        """Something on the page is not kept yet."""
        self._editor.after_paint.catch_up()
        return self._timer.isActive() or self._busy

    def adopt(self, slot: AutosaveSlot) -> None:
        """Goes on with the slot out of which the document on the page has come."""
        self._drop()
        self._slot = slot
        self._look()

    def keep(self) -> None:
        """Hands what is on the page to the worker now."""
        self._timer.stop()
        model = self._editor.model
        if self._busy or self._closed or not self._files.is_modified or model.revision == self._kept:
            return
        # The paragraphs are immutable: a copy of their list is the document as it stands at this moment.
        paragraphs = list(model.text.paragraphs)
        revision = model.revision
        files = self._files
        manuscript = files.manuscript
        objects = dict(model.objects)
        name = files.name
        stamp = files.stamp
        place = self._editor.textCursor().position()
        slot = self._slot

        def work() -> AutosaveSlot:
            whole = replace(manuscript, objects=objects)
            used = slot or files.vault.autosaves.new()
            try:
                used.write(whole, name, stamp, paragraphs, place)
            except OSError:
                if slot is None:
                    used.discard()
                raise
            return used

        if files.keys.is_untitled:
            files.note_beginning()
        self._busy = True
        self._kept = revision
        generation = self._generation
        self._running = self._submit(work)
        self._running.add_done_callback(lambda done: call_in(self._loop, lambda: self._done(done, generation)))

    def close(self, *, leave: bool = False) -> None:
        """Ends it and waits for the worker; the slot goes, unless it is to be left."""
        self._closed = True
        self._timer.stop()
        slot = self._slot
        self._slot = None
        if slot is not None:
            self._submit(slot.leave if leave else slot.discard)
        if self._worker is not None:
            self._worker.shutdown(wait=True)
            self._worker = None
        if self._running is not None and self._running.exception() is None:
            last = self._running.result()  # it may have made a slot that nobody has been told of
            last.leave() if leave else last.discard()

    def _begin(self) -> None:
        """Another document stands on the page: what the slot holds was saved, or is not wanted."""
        self._drop()
        self._kept = -1

    def _follow(self) -> None:
        """The file was written: what was typed meanwhile is kept as an edit of the new file."""
        self._kept = -1
        self._look()

    def _look(self) -> None:
        if self._closed:
            return
        if not self._files.is_modified:
            self._timer.stop()
            if not self._busy:
                self._drop()
            self._kept = -1
        elif self._editor.model.revision != self._kept and not self._timer.isActive() and not self._busy:
            self._timer.start(RETRY if self._failing else DELAY)

    def _done(self, done: Future[AutosaveSlot], generation: int) -> None:
        if self._closed:
            return  # close() has seen to it
        self._busy = False
        error = done.exception()
        if error is None:
            slot = done.result()
            if generation == self._generation:
                self._slot = slot
            elif slot is not self._slot:
                self._submit(slot.discard)  # of a document that has left the page meanwhile
            self._failing = False
            self.kept.emit()
        else:
            self._kept = -1
            if not isinstance(error, OSError):
                _log.error("the autosave failed", exc_info=error)
            if not self._failing:
                self._failing = True
                self.failed.emit(self._error_of(error))
        self._look()

    def _error_of(self, error: BaseException) -> DocumentError:
        number = error.errno if isinstance(error, OSError) else None
        reason = _REASONS.get(number or 0, getattr(error, "strerror", None) or str(error))
        return DocumentError(
            self.tr("What you write cannot be kept safe at the moment: {reason}.").format(reason=reason),
            self.tr("Save your document, and make room; it is tried again and again."),
        )

    def _drop(self) -> None:
        self._generation += 1
        slot = self._slot
        self._slot = None
        if slot is not None:
            self._submit(slot.discard)

    def _submit(self, work: Callable[[], Answer]) -> Future[Answer]:
        if self._worker is None:
            self._worker = ThreadPoolExecutor(1, "autosave")
        return self._worker.submit(work)
