"""Reads a document beside the window: whatever disk it lies on, the window goes on, and nobody has to wait for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pandemonium.atomic import sweep
from pandemonium.desktop.core.background import in_thread
from pandemonium.documents.formats import read_document
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.safekeeping.disk import Stamp, stamp_of

PATIENCE = 0.5  # seconds of reading, after which the writer is told of it


@dataclass(frozen=True)
class ReadDocument:
    """A document as it came from the disk.

    Attributes:
        path: of its file.
        stamp: what the file looked like.
        manuscript: what is in it.
    """

    path: Path
    stamp: Stamp | None
    manuscript: Manuscript


Completing = Callable[[Manuscript], Manuscript]


def read_from_disk(path: Path, complete: Completing) -> ReadDocument:
    """Reads a document; takes away what a killed save left beside it.

    Args:
        path: of its file.
        complete: gives it what is kept of it elsewhere.

    Raises:
        DocumentError: it cannot be read.
    """
    stamp = stamp_of(path)
    read = ReadDocument(path, stamp, complete(read_document(path)))
    sweep(path.parent)
    return read


class StartedReading:
    """A document that is being read on a thread.

    Args:
        path: of the document.
        complete: gives it what is kept of it elsewhere.
    """

    def __init__(self, path: Path, complete: Completing) -> None:
        self.path = path
        self._complete = complete
        self._done = threading.Event()
        self._read: ReadDocument | None = None
        self._error: BaseException | None = None
        threading.Thread(target=self._run, name="reading a document", daemon=True).start()

    def is_done_within(self, seconds: float) -> bool:
        """Waits so long at most; tells whether it is read, or cannot be."""
        return self._done.wait(seconds)

    def result(self) -> ReadDocument:
        """Waits for the document.

        Raises:
            DocumentError: it cannot be read.
        """
        self._done.wait()
        if self._error is not None:
            raise self._error
        assert self._read is not None
        return self._read

    def _run(self) -> None:
        try:
            self._read = read_from_disk(self.path, self._complete)
        except BaseException as error:  # noqa: BLE001 - raised again where it is asked for
            self._error = error
        finally:
            self._done.set()


class CancellableReading:
    """The document that is on its way to the page; a newer one, or the writer, may take its place.

    Args:
        loop: the window's.
        slow: hears of a path that takes its time, and of None when that is over.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, slow: Callable[[Path | None], None]) -> None:
        self._loop = loop
        self._slow = slow
        self._number = 0
        self._future: asyncio.Future[ReadDocument] | None = None

    async def finish(self, started: StartedReading) -> ReadDocument | None:
        """The document, when it is read; None where it was cancelled meanwhile.

        Raises:
            DocumentError: it cannot be read.
        """
        self.cancel()
        number = self._number
        if started.is_done_within(0):
            return started.result()
        future = self._future = in_thread(self._loop, started.result)
        told = self._loop.call_later(PATIENCE, lambda: self._slow(started.path))
        try:
            return await future
        except asyncio.CancelledError:
            if number == self._number:  # the window closes
                raise
            return None
        finally:
            told.cancel()
            self._slow(None)

    def cancel(self) -> None:
        """Wants the document no more; its thread ends when the disk lets it."""
        self._number += 1
        if self._future is not None:
            self._future.cancel()
            self._future = None
