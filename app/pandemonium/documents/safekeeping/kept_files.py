"""What is kept of documents in files of the user's data, one for each, for her eyes alone."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from pandemonium.atomic import PRIVATE, write_atomically
from pandemonium.documents.safekeeping.known_documents import DocumentKeys, is_untitled

_MOST_UNTITLED = 40


class KeptFiles:
    """A folder with a file for each document of which something is kept, called by its key.

    Args:
        folder: made when it is needed.
        ending: of the files' names, with the dot.
    """

    def __init__(self, folder: Path, ending: str) -> None:
        self._folder = folder
        self._ending = ending

    def find(self, keys: DocumentKeys) -> Path | None:
        """The file of a document: its own, or else that of the latest earlier key; None where there is none."""
        return next((path for path in map(self._path, keys.all) if path.exists()), None)

    def has_own(self, keys: DocumentKeys) -> bool:
        """Something is kept of the document under its own key."""
        return self._path(keys.own).exists()

    def write(self, keys: DocumentKeys, data: bytes) -> None:
        """Keeps what is to be kept of a document.

        Raises:
            OSError: the file cannot be written.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(self._path(keys.own), data, mode=PRIVATE)

    def forget(self, keys: DocumentKeys) -> None:
        """Takes away what is kept under a document's own key."""
        with contextlib.suppress(OSError):
            self._path(keys.own).unlink()

    def sweep(self, *, most: int, most_bytes: int, days: int) -> None:
        """Takes away what was not written for so many days, and the oldest where they are too many.

        Of documents that never had a file some are kept, for what a crash has left.
        """
        oldest = time.time() - days * 86_400
        number = untitled = total = 0
        with contextlib.suppress(OSError):
            found = [(path.stat(), path) for path in self._folder.glob(f"*{self._ending}")]
            for status, path in sorted(found, key=lambda each: -each[0].st_mtime_ns):
                number += 1
                untitled += is_untitled(path.name)
                total += status.st_size
                is_one_too_many = is_untitled(path.name) and untitled > _MOST_UNTITLED
                if is_one_too_many or number > most or total > most_bytes or status.st_mtime < oldest:
                    path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}{self._ending}"
