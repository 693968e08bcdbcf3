"""Where attempts lie: a file for each document in the user's data, for her eyes alone, few and small enough."""

from __future__ import annotations

from pathlib import Path

from pandemonium.desktop.features.choices.kept_attempts import KeptAttempts
from pandemonium.documents.safekeeping.kept_files import KeptFiles
from pandemonium.documents.safekeeping.known_documents import DocumentKeys
from pandemonium.errors import PandemoniumError
from pandemonium.regular_files import read_regular

_DOCUMENTS = 500
_BYTES = 64 << 20  # of all together
_DAYS = 400  # without a change
_LARGEST = 1 << 24  # bytes that are read of one


class AttemptFiles:
    """A folder with a file for each document that a voice wrote in.

    Args:
        folder: where they lie; made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._kept = KeptFiles(folder, ".attempts")
        self.forget = self._kept.forget

    def read(self, keys: DocumentKeys) -> KeptAttempts:
        """A document's attempts; none where there is no file, or a broken one."""
        path = self._kept.find(keys)
        try:
            return KeptAttempts.from_json(read_regular(path, _LARGEST)) if path is not None else KeptAttempts()
        except OSError:
            return KeptAttempts()

    def write(self, keys: DocumentKeys, data: bytes) -> None:
        """Keeps a document's attempts, as `KeptAttempts.to_json` gives them.

        Raises:
            PandemoniumError: they cannot be written.
        """
        try:
            self._kept.write(keys, data)
        except OSError as error:
            raise PandemoniumError(
                f"The attempts could not be kept for tomorrow: {error.strerror}.", "Make room on the disk."
            ) from error

    def sweep(self) -> None:
        """Removes those of documents that were not written in for a year, and the oldest where they are too many."""
        self._kept.sweep(most=_DOCUMENTS, most_bytes=_BYTES, days=_DAYS)
