"""The notes that Evernote exports: only read."""

from __future__ import annotations

from pathlib import Path

from pandemonium.documents.formats.format import Format, Progress
from pandemonium.documents.model.manuscript import Manuscript


def _read(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    from pandemonium.documents.formats.enex.reading import open_enex

    return open_enex(data)


ENEX = Format("enex", "Notes of Evernote's", (".enex",), "rich", _read)
