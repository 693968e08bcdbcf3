"""Where attempts lie: a file for each document in the user's data, for her eyes alone, few and small enough."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from pandemonium.atomic import PRIVATE, write_atomically
from pandemonium.desktop.features.choices.kept_attempts import KeptAttempts
from pandemonium.documents.safekeeping.locks import document_key
from pandemonium.errors import PandemoniumError

_ENDING = ".attempts"
_DOCUMENTS = 500
_BYTES = 64 << 20  # of all together
_DAYS = 400  # without a change
_LARGEST = 1 << 24  # bytes that are read of one


class AttemptFiles:
    """The files, each named by a hash of its document's path.

    Args:
        folder: where they lie; made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, document: Path) -> KeptAttempts:
        """A document's attempts; none where there is no file, or a broken one."""
        path = self._path(document)
        try:
            if path.stat().st_size > _LARGEST:
                return KeptAttempts()
            return KeptAttempts.from_json(path.read_bytes())
        except OSError:
            return KeptAttempts()

    def write(self, document: Path, data: bytes) -> None:
        """Keeps a document's attempts, as `KeptAttempts.to_json` gives them.

        Raises:
            PandemoniumError: they cannot be written.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomically(self._path(document), data, mode=PRIVATE)
        except OSError as error:
            raise PandemoniumError(
                f"The attempts could not be kept for tomorrow: {error.strerror}.", "Make room on the disk."
            ) from error

    def sweep(self) -> None:
        """Removes those of documents that were not written in for a year, and the oldest where they are too many."""
        with contextlib.suppress(OSError):
            found = [(each.stat().st_mtime, each.stat().st_size, each) for each in self._folder.glob(f"*{_ENDING}")]
            total = 0
            oldest = time.time() - _DAYS * 86_400
            for number, (at, size, path) in enumerate(sorted(found, reverse=True)):
                total += size
                if number >= _DOCUMENTS or total > _BYTES or at < oldest:
                    path.unlink(missing_ok=True)

    def _path(self, document: Path) -> Path:
        return self._folder / f"{document_key(document)}{_ENDING}"
