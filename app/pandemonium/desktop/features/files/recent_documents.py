"""The documents that were open last, and where the cursor stood in each: two small files in the user's data."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

from pandemonium.atomic import write_atomically
from pandemonium.documents.safekeeping.known_documents import DocumentKeys
from pandemonium.documents.safekeeping.locks import document_key
from pandemonium.errors import PandemoniumError

SHOWN = 10  # recent documents that are listed
_KEPT = 20  # ... and remembered, since some may be gone
_PLACES = 1000  # documents whose place is remembered, those longest ago forgotten first


class RecentDocuments:
    """A list of paths, the latest first.

    Args:
        file: it may not be there yet; a broken one counts as empty.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def entries(self) -> list[Path]:
        """The documents that are still there, at most ten."""
        return [path for path in self._read() if _is_there(path)][:SHOWN]

    def gone(self) -> set[str]:
        """The keys of the remembered documents that are not there any more: renamed, moved, or deleted."""
        return {document_key(path) for path in self._read() if not _is_there(path)}

    def add(self, document: Path) -> None:
        """Puts a document at the head of the list.

        Raises:
            PandemoniumError: the file cannot be written.
        """
        document = Path(os.path.abspath(document))
        before = self._read()
        if before[:1] != [document]:
            self._write([document, *(each for each in before if each != document)][:_KEPT])

    def clear(self) -> None:
        """Forgets them all.

        Raises:
            PandemoniumError: the file cannot be written.
        """
        if self._read():
            self._write([])

    def _read(self) -> list[Path]:
        values = _load(self._file)
        return [Path(each) for each in values if isinstance(each, str)] if isinstance(values, list) else []

    def _write(self, paths: list[Path]) -> None:
        _store(self._file, [str(each) for each in paths], "The list of recent documents")


class CursorPlaces:
    """Where the cursor stood in each document. The paths themselves are not written down.

    Args:
        file: it may not be there yet; a broken one counts as empty.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def place_in(self, keys: DocumentKeys, gone: Collection[str] = ()) -> int:
        """The position where the cursor stood; 0 where none is remembered.

        A copy begins at its head: what begins alike is the document that was renamed only where that is gone.

        Args:
            keys: of the document.
            gone: of documents whose files are not there any more.
        """
        places = self._read()
        return next((places[key] for key in keys.all if key in places and (key == keys.own or key in gone)), 0)

    def remember(self, keys: DocumentKeys, position: int) -> None:
        """Takes down a place; the head of a document is none.

        Raises:
            PandemoniumError: the file cannot be written.
        """
        places = self._read()
        if places.get(keys.own, 0) == position:
            return
        places.pop(keys.own, None)
        if position > 0:
            places[keys.own] = position
        _store(self._file, dict(list(places.items())[-_PLACES:]), "The place in the document")

    def _read(self) -> dict[str, int]:
        values = _load(self._file)
        if not isinstance(values, dict):
            return {}
        return {key: place for key, place in values.items() if type(place) is int and place >= 0}


def _load(file: Path) -> Any:
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _store(file: Path, values: Any, what: str) -> None:
    try:
        # Nobody waits for the disk, least of all a window that opens: such a list is soon remembered anew.
        write_atomically(file, (json.dumps(values, indent=0) + "\n").encode(), durable=False)
    except OSError as error:
        raise PandemoniumError(
            f"{what} could not be remembered: {error.strerror}.", "Your document is not concerned."
        ) from error


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
