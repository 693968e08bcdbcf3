"""Reads what other programs export of their texts: Evernote's notes and subtitles.

Evernote's are read here although the window opens them too: their pictures travel in them, so that they may be larger
than any page that is read whole, and only their notes are taken apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pandemonium.documents.decoding import decode
from pandemonium.documents.formats.enex.reading import page_of_notes
from pandemonium.documents.reading.html import html_text
from pandemonium.documents.reading.result import Reading
from pandemonium.errors import DocumentError

_SUBTITLES = frozenset((".srt", ".vtt", ".sbv"))
_NOTES = ".enex"
_MOST_BYTES = 256 * 1024 * 1024


def is_export(path: Path) -> bool:
    """Tells by a file's name whether it is read here."""
    return path.suffix.lower() in _SUBTITLES or path.suffix.lower() == _NOTES


def read_export(path: Path) -> Iterator[Reading]:
    """Reads an export: all notes, or the subtitles as they stand.

    Raises:
        DocumentError: it cannot be read.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise DocumentError("This file is too large to be read as one.", "Export it in parts.")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"This file cannot be opened: {error.strerror}.") from error
    decoded = decode(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if path.suffix.lower() != _NOTES:
        yield Reading(text, path.suffix[1:].lower(), True, decoded.encoding)
        return
    yield Reading(html_text(page_of_notes(text)), "enex", True, decoded.encoding)
