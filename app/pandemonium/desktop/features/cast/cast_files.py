"""Keeps each document's cast in a small file of the user's data, for nobody but her."""

from __future__ import annotations

import contextlib
import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pandemonium.atomic import PRIVATE, write_atomically
from pandemonium.desktop.features.cast.cast_book import (
    LONGEST_NOTE,
    MOST_ENTRIES,
    NO_PRONOUN,
    CastEntry,
    clean_name,
)
from pandemonium.documents.safekeeping.locks import document_key
from pandemonium.errors import PandemoniumError
from pandemonium.regular_files import read_regular
from pandemonium.text.naming import KINDS, PRONOUNS

FORMAT = 1
_LARGEST = 64 << 20  # bytes
_MOST_UNTITLED = 40
_MOST_FORMS = 200
_OPENING = 400  # characters by which a document without a file is known again


class CastFiles:
    """A folder with a file for each document that has a cast, called by a hash of the document's path.

    A document without a file has one, too, which is known again by how its text begins: what a crash has left is
    opened with its cast.

    Args:
        folder: it is made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._untitled = f"untitled-{uuid.uuid4().hex}.json"

    def read(self, document: Path) -> list[CastEntry]:
        """A document's cast; empty where none is kept. A broken file is set aside."""
        return self._read(self._folder / _name(document))

    def write(self, document: Path, entries: Sequence[CastEntry]) -> None:
        """Keeps a document's cast.

        Raises:
            PandemoniumError: the file cannot be written.
        """
        self._write(self._folder / _name(document), entries)
        self.forget_untitled()

    def read_untitled(self, text: str) -> list[CastEntry]:
        """The cast of a document without a file that begins as `text` does; empty where none is kept."""
        opening = _opening(text)
        if not opening:
            return []
        for path in self._untitled_files():
            values = _values(path)
            if isinstance(values, dict) and values.get("opening") == opening:
                return _entries(values)
        return []

    def write_untitled(self, text: str, entries: Sequence[CastEntry]) -> None:
        """Keeps the cast of a document that has no file yet.

        Raises:
            PandemoniumError: the file cannot be written.
        """
        self._write(self._folder / self._untitled, entries, _opening(text))
        for path in self._untitled_files()[_MOST_UNTITLED:]:
            with contextlib.suppress(OSError):
                path.unlink()

    def forget_untitled(self) -> None:
        """The document has a file now, or is gone."""
        with contextlib.suppress(OSError):
            (self._folder / self._untitled).unlink()

    def _untitled_files(self) -> list[Path]:
        """The newest first."""
        try:
            found = [(path.stat().st_mtime_ns, path) for path in self._folder.glob("untitled-*.json")]
        except OSError:
            return []
        return [path for _, path in sorted(found, reverse=True)]

    def _read(self, path: Path) -> list[CastEntry]:
        values = _values(path)
        if values is None:
            return []
        entries = _entries(values)
        if not entries and values != {"format": FORMAT, "entries": []}:
            with contextlib.suppress(OSError):  # a later version's, perhaps: it is not written over
                path.replace(path.with_suffix(".broken"))
        return entries

    def _write(self, path: Path, entries: Sequence[CastEntry], opening: str = "") -> None:
        values: dict[str, Any] = {"format": FORMAT, "entries": [asdict(each) for each in entries]}
        if opening:
            values["opening"] = opening
        data = (json.dumps(values, ensure_ascii=True, indent=1) + "\n").encode()
        try:
            if not entries and not path.exists():
                return
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(path, data, mode=PRIVATE)
        except OSError as error:
            raise PandemoniumError(
                f"The cast could not be kept: {error.strerror or error}.", "Make room on the disk."
            ) from error


def _name(document: Path) -> str:
    return f"{document_key(document)}.json"


def _opening(text: str) -> str:
    begins = text.strip()[:_OPENING]
    return hashlib.sha256(begins.encode("utf-8", "surrogatepass")).hexdigest() if begins else ""


def _values(path: Path) -> Any:
    """What is in a file; None where there is none, or it cannot be read."""
    try:
        return json.loads(read_regular(path, _LARGEST))
    except OSError:
        return None
    except (ValueError, RecursionError):
        return {}


def _entries(values: Any) -> list[CastEntry]:
    """The entries of a file, of which nothing is believed."""
    listed = values.get("entries") if isinstance(values, dict) and values.get("format") == FORMAT else None
    if not isinstance(listed, list):
        return []
    entries: dict[str, CastEntry] = {}
    for each in listed[:MOST_ENTRIES]:
        if isinstance(each, dict) and (entry := _entry(each)) is not None:
            entries.setdefault(entry.name, entry)
    return list(entries.values())


def _entry(values: dict[str, Any]) -> CastEntry | None:
    name = clean_name(values["name"]) if isinstance(values.get("name"), str) else ""
    if not name:
        return None
    forms = values.get("forms")
    listed = [clean_name(form) for form in forms[:_MOST_FORMS] if isinstance(form, str)] if type(forms) is list else []
    note = values.get("note")
    return CastEntry(
        name,
        tuple(dict.fromkeys(filter(None, listed))) or (name,),
        values.get("kind") if values.get("kind") in KINDS else "",  # type: ignore[arg-type]
        values.get("pronoun") if values.get("pronoun") in (*PRONOUNS, NO_PRONOUN) else "",  # type: ignore[arg-type]
        note[:LONGEST_NOTE] if isinstance(note, str) else "",
        values.get("pinned") is True,
        values.get("hidden") is True,
    )
