"""Reads and writes a document by its kind of file: the one door through which documents come and go."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

from pandemonium.documents.manuscript import Manuscript
from pandemonium.documents.plain import decode_plain, encode_plain
from pandemonium.documents.saving import save_atomically
from pandemonium.errors import DocumentError

SUFFIXES = {".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md"}
_LARGEST = 256 << 20
_OTHER = "Choose another file; the page is as it was."
_REASONS = {
    errno.ENOENT: "is not there any more",
    errno.ENOTDIR: "is not there any more",
    errno.EACCES: "may not be read by you",
    errno.EPERM: "may not be read by you",
    errno.EISDIR: "is a folder",
}
_MAGIC = {
    b"PK\x03\x04": "a word processor's file or an archive",
    b"%PDF": "a PDF",
    b"{\\rtf": "a rich text file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def format_of(path: Path) -> str:
    """The format that a file of this name is written in; text where the name says nothing."""
    return SUFFIXES.get(path.suffix.lower(), "txt")


def read_document(path: Path) -> Manuscript:
    """Reads the document at `path`.

    Raises:
        DocumentError: it is missing, may not be read, is too large, or is no text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"cannot be read: {error.strerror or error}")
        raise DocumentError(f"{path.name} {reason}.", _OTHER) from error
    if len(data) > _LARGEST:
        raise DocumentError(f"{path.name} is larger than any manuscript.", _OTHER)
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise DocumentError(f"{path.name} is {what}, which cannot be opened yet.", "Save it as plain text first.")
    return decode_plain(data, format_of(path), path)


def write_document(manuscript: Manuscript, path: Path) -> Manuscript:
    """Writes the document to `path` and gives it as it was written: with that path, and a notice if there is one.

    Raises:
        DocumentError: it cannot be written; what was there before is untouched.
    """
    data, written = encode_plain(replace(manuscript, format=format_of(path), path=path))
    save_atomically(path, data)
    return written
