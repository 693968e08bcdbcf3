"""Keeps each document's cast in a small file of the user's data, for nobody but her."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pandemonium.desktop.features.cast.cast_book import (
    LONGEST_NOTE,
    MOST_ENTRIES,
    NO_PRONOUN,
    CastEntry,
    clean_name,
)
from pandemonium.documents.safekeeping.kept_files import KeptFiles
from pandemonium.documents.safekeeping.known_documents import DocumentKeys
from pandemonium.errors import PandemoniumError
from pandemonium.regular_files import read_regular
from pandemonium.text.naming import KINDS, PRONOUNS

FORMAT = 1
_LARGEST = 64 << 20  # bytes
_MOST_FORMS = 200
_DOCUMENTS = 2000
_BYTES = 1 << 30  # of all together
_DAYS = 3650  # without a change


class CastFiles:
    """A folder with a file for each document that has a cast.

    Args:
        folder: it is made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._kept = KeptFiles(folder, ".json")
        self.forget = self._kept.forget

    def read(self, keys: DocumentKeys) -> list[CastEntry]:
        """A document's cast; empty where none is kept. A broken file is set aside."""
        path = self._kept.find(keys)
        if path is None or (values := _values(path)) is None:
            return []
        entries = _entries(values)
        if not entries and not _is_empty(values):
            with contextlib.suppress(OSError):  # a later version's, perhaps: it is not written over
                path.replace(path.with_suffix(".broken"))
        return entries

    def write(self, keys: DocumentKeys, entries: Sequence[CastEntry]) -> None:
        """Keeps a document's cast, as what was decided.

        Raises:
            PandemoniumError: the file cannot be written.
        """
        if not entries and not self._kept.has_own(keys):
            return
        values = {"format": FORMAT, "entries": [asdict(each) for each in entries]}
        try:
            self._kept.write(keys, (json.dumps(values, ensure_ascii=True, indent=1) + "\n").encode())
        except OSError as error:
            raise PandemoniumError(
                f"The cast could not be kept: {error.strerror or error}.", "Make room on the disk."
            ) from error

    def sweep(self) -> None:
        """Takes away those that nobody has touched for years."""
        self._kept.sweep(most=_DOCUMENTS, most_bytes=_BYTES, days=_DAYS)


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
