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
from pandemonium.regular_files import open_regular, read_regular
from pandemonium.text.naming import KINDS, PRONOUNS

FORMAT = 1
_LARGEST = 64 << 20  # bytes
_MOST_UNTITLED = 40
_MOST_FORMS = 200
_OPENING = 400  # characters by which a document is known again
_TELLING = 80  # of them that tell one document from others
_LOOKED_AT = 300  # casts, the newest
_HEAD = 200  # bytes of a cast's file that have the opening in them
_UNTITLED = "untitled-"


class CastFiles:
    """A folder with a file for each document that has a cast, called by a hash of the document's path.

    A document without a file has one, too. By how its text begins a document is known again that has no cast under its
    path: what a crash has left, and what was renamed or moved while the program did not look.

    Args:
        folder: it is made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._untitled = f"{_UNTITLED}{uuid.uuid4().hex}.json"

    def read(self, document: Path | None, text: str = "") -> list[CastEntry]:
        """A document's cast; empty where none is kept. A broken file is set aside.

        Args:
            document: its path, None for one without a file.
            text: how it begins.
        """
        own = self._folder / _name(document) if document is not None else None
        if own is not None and own.exists():
            return self._read(own)
        known = self._known_by(text, is_untitled=document is None)
        return _entries(_values(known)) if known is not None else []

    def write(self, document: Path | None, entries: Sequence[CastEntry], text: str = "") -> None:
        """Keeps a document's cast.

        Args:
            document: its path, None for one without a file.
            entries: what was decided.
            text: how it begins.

        Raises:
            PandemoniumError: the file cannot be written.
        """
        self._write(self._folder / (_name(document) if document is not None else self._untitled), entries, text)
        if document is not None:
            self.forget_untitled()
            return
        untitled = [path for path in self._newest() if path.name.startswith(_UNTITLED)]
        for path in untitled[_MOST_UNTITLED:]:
            with contextlib.suppress(OSError):
                path.unlink()

    def forget_untitled(self) -> None:
        """The document has a file now, or is gone."""
        with contextlib.suppress(OSError):
            (self._folder / self._untitled).unlink()

    def _known_by(self, text: str, *, is_untitled: bool) -> Path | None:
        """The newest cast of a document that begins so; None where none is kept, or where many may begin so."""
        mark = _opening(text).encode()
        if not mark:
            return None
        tells = len(text.strip()) >= _TELLING
        for path in self._newest()[:_LOOKED_AT]:
            if (tells or (is_untitled and path.name.startswith(_UNTITLED))) and mark in _head(path):
                return path
        return None

    def _newest(self) -> list[Path]:
        """All files, the newest first."""
        try:
            found = [(path.stat().st_mtime_ns, path) for path in self._folder.glob("*.json")]
        except OSError:
            return []
        return [path for _, path in sorted(found, reverse=True)]

    def _read(self, path: Path) -> list[CastEntry]:
        values = _values(path)
        if values is None:
            return []
        entries = _entries(values)
        if not entries and not _is_empty(values):
            with contextlib.suppress(OSError):  # a later version's, perhaps: it is not written over
                path.replace(path.with_suffix(".broken"))
        return entries

    def _write(self, path: Path, entries: Sequence[CastEntry], text: str) -> None:
        # In this order: the beginning of a file tells whose it may be.
        values: dict[str, Any] = {"format": FORMAT, "opening": _opening(text)}
        values["entries"] = [asdict(each) for each in entries]
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


def _head(path: Path) -> bytes:
    """How a file begins; nothing where it cannot be read."""
    try:
        with open_regular(path, _LARGEST) as file:
            return file.read(_HEAD) or b""
    except OSError:
        return b""


def _is_empty(values: Any) -> bool:
    """Nothing is decided in it, rather than something that is not understood."""
    return isinstance(values, dict) and values.get("format") == FORMAT and values.get("entries") == []


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
