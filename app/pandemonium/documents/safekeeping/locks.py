"""Locks that the system lifts when their process ends, however it ends; so no dead process ever keeps one."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path
from typing import BinaryIO


class FileLock:
    """A lock that is held until it is released or its process is gone."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self._file: BinaryIO | None = file

    @classmethod
    def take(cls, path: Path) -> FileLock | None:
        """Takes the lock at `path`; None if somebody holds it, in this process or another.

        Raises:
            OSError: its file cannot be made.
        """
        while True:
            file = path.open("a+b")
            try:
                _lock(file)
            except OSError:
                file.close()
                return None
            if _is_still(path, file):  # the one who held it may have taken the file away meanwhile
                with contextlib.suppress(OSError):  # for people; the lock itself says who holds it
                    file.truncate(0)
                    file.write(f"{os.getpid()}\n".encode())
                    file.flush()
                return cls(path, file)
            file.close()

    def release(self) -> None:
        """Lets go of it; a second time does nothing."""
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            self.path.unlink()  # still held: whoever waits for this very file sees that it is gone
        self._file.close()
        self._file = None
        with contextlib.suppress(OSError):
            if sys.platform == "win32":  # an open file cannot be unlinked there
                self.path.unlink()


class DocumentLocks:
    """The documents that are open in any window of this user's.

    Args:
        folder: where the locks lie; made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, document: Path) -> FileLock | None:
        """Takes the lock of a document; None if another window has it open.

        Raises:
            OSError: no lock can be made in this folder.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return FileLock.take(self._folder / f"{document_key(document)}.lock")


def real_path(document: Path) -> str:
    """The one path by which a document is known, whatever links lead to it."""
    return os.path.normcase(os.path.realpath(document))


def document_key(document: Path) -> str:
    """A short name for a document, the same for every way to write its path."""
    return hashlib.sha256(real_path(document).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _lock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_still(path: Path, file: BinaryIO) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False
