"""Autosaves: a folder for each open document that has something unsaved, which outlives the window if that dies."""

from __future__ import annotations

import contextlib
import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pandemonium.atomic import PRIVATE, sync_folder, write_atomically
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import BODY, Passage, join
from pandemonium.documents.safekeeping.disk import Stamp
from pandemonium.documents.safekeeping.journal import Journal, read_journal
from pandemonium.documents.safekeeping.locks import FileLock
from pandemonium.documents.safekeeping.snapshot import about, hash_of, manuscript_from
from pandemonium.errors import DocumentError
from pandemonium.text.sentences import count_words

_JOURNAL = "journal"
_LOCK = "lock"
_ENDING = ".slot"


class AutosaveSlot:
    """The autosave of one open document. The lock in it is held as long as somebody lives who writes it.

    Its methods are called from one thread at a time, which need not be the window's.

    Args:
        folder: of its files.
        lock: the one in that folder.
        form: turns a paragraph of the page's into one of a file's.
    """

    def __init__(self, folder: Path, lock: FileLock, form: Callable[[Passage], Passage] = lambda each: each) -> None:
        self.folder = folder
        self._lock = lock
        self._journal = Journal(folder / _JOURNAL, form)
        self._package: tuple[bytes, str] | None = None  # that was written last, and its hash

    def write(
        self, manuscript: Manuscript, name: str, stamp: Stamp | None, paragraphs: list[Passage], place: int = 0
    ) -> int:
        """Keeps the document as it is now.

        Args:
            manuscript: all but its content.
            name: what the document is called.
            stamp: what its file looked like when it was read or written last.
            paragraphs: its content; the list is kept and must not be changed afterwards.
            place: where the writer is, in the page's positions.

        Returns:
            how many bytes were written.

        Raises:
            OSError: they could not be; what was kept before still is.
        """
        tree = about(manuscript, self._keep_package(manuscript.package))
        tree["name"] = name
        tree["stamp"] = None if stamp is None else [stamp.mtime_ns, stamp.size, stamp.hash]
        return self._journal.write(tree, paragraphs, place)

    def discard(self) -> None:
        """Takes it away: what it held is safe elsewhere, or is not wanted."""
        self._journal.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()
        shutil.rmtree(self.folder, ignore_errors=True)  # where a held lock cannot be removed

    def leave(self) -> None:
        """Lets go of it and leaves what it holds, to be offered at the next start."""
        self._journal.close()
        self._lock.release()

    def _keep_package(self, package: bytes | None) -> str | None:
        if package is None:
            return None
        if self._package is None or self._package[0] is not package:
            name = hash_of(package)
            write_atomically(self.folder / f"{name}.package", package, mode=PRIVATE)
            self._package = package, name
        return self._package[1]


@dataclass(frozen=True)
class LostDocument:
    """What was on a page when its program ended without saving it.

    Attributes:
        slot: which holds it, and is held by us now.
        manuscript: the document.
        name: what it was called.
        at: when it was kept last.
        words: how many it has.
        stamp: what its file looked like when it was read or written last.
        place: where the writer was, in the page's positions.
        is_torn: the very last of it could not be read.
    """

    slot: AutosaveSlot
    manuscript: Manuscript
    name: str
    at: datetime
    words: int
    stamp: Stamp | None
    place: int
    is_torn: bool


class Autosaves:
    """All autosaves of this user's.

    Args:
        folder: where they lie; made when it is needed.
        form: turns a paragraph of the page's into one of a file's.
    """

    def __init__(self, folder: Path, form: Callable[[Passage], Passage] = lambda each: each) -> None:
        self._folder = folder
        self._form = form

    def new(self) -> AutosaveSlot:
        """A slot of its own for a document.

        Raises:
            OSError: none can be made.
        """
        while True:
            folder = self._folder / f"{uuid.uuid4().hex}{_ENDING}"
            folder.mkdir(parents=True, mode=0o700)
            try:
                lock = FileLock.take(folder / _LOCK)
            except OSError:
                if not folder.exists():
                    continue  # a window that has just opened took it for an empty one of a dead process
                folder.rmdir()
                raise
            if lock is not None:
                sync_folder(self._folder)
                return AutosaveSlot(folder, lock, self._form)

    def lost(self) -> list[LostDocument]:
        """Takes over what dead processes have left, the latest first; what cannot be read stays where it is."""
        found: list[LostDocument] = []
        for slot in self._abandoned():
            try:
                found.append(_read(slot))
            except (DocumentError, OSError):
                slot.leave()
        return sorted(found, key=lambda each: each.at, reverse=True)

    def _abandoned(self) -> list[AutosaveSlot]:
        slots: list[AutosaveSlot] = []
        with contextlib.suppress(OSError):
            for folder in sorted(self._folder.glob(f"*{_ENDING}")):
                with contextlib.suppress(OSError):
                    lock = FileLock.take(folder / _LOCK)
                    if lock is None:
                        continue  # its window lives
                    slot = AutosaveSlot(folder, lock, self._form)
                    if (folder / _JOURNAL).exists():
                        slots.append(slot)
                    else:
                        slot.discard()  # it died before there was anything to keep
        return slots


def content_of(paragraphs: list[Passage]) -> Passage:
    """One passage of a document's paragraphs, of which those without a style are body text."""
    whole = join(paragraphs or [Passage()])
    return replace(whole, styles=tuple(BODY if each is None else each for each in whole.styles))


def _read(slot: AutosaveSlot) -> LostDocument:
    journal = slot.folder / _JOURNAL
    at = datetime.fromtimestamp(journal.stat().st_mtime)
    found = read_journal(journal)

    def package(name: str) -> bytes | None:
        try:
            data = (slot.folder / f"{name}.package").read_bytes()
        except OSError:
            return None
        return data if hash_of(data) == name else None

    try:
        content = content_of(found.paragraphs)
        manuscript = manuscript_from(found.about, content, package)
        name = str(found.about["name"])
        stamp = found.about["stamp"]
        remembered = None if stamp is None else Stamp(*stamp)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise DocumentError("An autosave could not be read: it is broken.", f"It was left at {journal}.") from error
    if found.about["package"] is not None and manuscript.package is None:
        # The styles of its paragraphs point into a package that is not there any more.
        manuscript = replace(manuscript, notice="Parts of its file that the page does not show were not kept.")
    return LostDocument(slot, manuscript, name, at, count_words(content.text), remembered, found.place, found.is_torn)
