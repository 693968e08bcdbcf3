"""Reads and writes a document by its kind of file: the one door through which documents come and go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pandemonium.documents.collecting import without_collecting
from pandemonium.documents.conversion import converted, lost
from pandemonium.documents.formats.format import Format, Progress
from pandemonium.documents.formats.registry import (
    EXPORTS,
    FORMATS,
    READABLE,
    SUFFIXES,
    form_named,
    format_named,
    format_of,
)
from pandemonium.documents.kinds import HEAD_BYTES, kind_of
from pandemonium.documents.manuscript import Manuscript
from pandemonium.documents.opening import LARGEST, unreadable
from pandemonium.documents.patching import sayable
from pandemonium.documents.saving import save_atomically
from pandemonium.documents.sidecar import read_sidecar, write_sidecar
from pandemonium.documents.unshown import says_more
from pandemonium.errors import DocumentError
from pandemonium.regular_files import read_regular

__all__ = [
    "EXPORTS",
    "FORMATS",
    "READABLE",
    "SUFFIXES",
    "Progress",
    "form_named",
    "format_named",
    "format_of",
    "loss",
    "read_document",
    "write_document",
]

_OTHER = "Choose another file; the page is as it was."
_MAGIC = {
    b"PK\x03\x04": "a word processor's file or an archive",
    b"%PDF": "a PDF",
    b"{\\rtf": "a rich text file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_PACKAGES = {"docx": "Word document", "odt": "OpenDocument text"}
_OLE = b"\xd0\xcf\x11\xe0"
_UNSAYABLE = "Control characters, which have no place in such a file, were left out."


def read_document(path: Path, progress: Progress | None = None) -> Manuscript:
    """Reads the document at `path`.

    Args:
        path: of a format in SUFFIXES or READABLE; any other name is read as text.
        progress: hears how much of a large file is read, from 0 to 1.

    Raises:
        DocumentError: it is missing, may not be read, is too large, damaged, locked, or is no text.
    """
    data = _read(path)
    with without_collecting():
        return _opened(data, path, progress)


def _opened(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    if path.suffix.lower() in READABLE:
        return _import(data, path, progress)
    format = format_named(format_of(path))
    if format.name in _PACKAGES:
        _check_package(data, format, path)
        manuscript = format.read(data, path, progress)
        if not (manuscript.text.strip() or manuscript.notice) and says_more(data):
            said = f"There are no words in {path.name} but in its headers, footers or notes."
            return replace(manuscript, notice=said)
        return manuscript
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            hint = "Give its name the ending that says so, or save it as plain text first."
            raise DocumentError(f"{path.name} is {what} by another name and cannot be opened.", hint)
    manuscript = format.read(data, path, progress)
    return replace(manuscript, content=read_sidecar(path, manuscript.content))


def write_document(manuscript: Manuscript, path: Path) -> Manuscript:
    """Writes the document to `path`, in the format that its name says.

    Args:
        manuscript: what to write; its text is converted where its format is another. One that was read from a docx
            or odt file is written as that file with the changed paragraphs in it: `package` is the file as it was
            read, also after it was saved, since the origins of paragraphs count in that one.
        path: where to.

    Returns:
        The manuscript as it was written: with that path and format, its content in that format's form, and a notice
        if there is one.

    Raises:
        DocumentError: it cannot be written; what was there before is untouched.
    """
    suffix = path.suffix.lower()
    format = format_named(format_of(path))
    if suffix in READABLE or format.write is None:
        raise DocumentError(f"A {suffix} file can be read, but not saved.", "Save it as .docx or .odt, or export it.")
    data, written = format.write(replace(converted(manuscript, format.name), path=path))
    said = save_atomically(path, data)
    if format.name in _PACKAGES:
        text = written.text.replace("\n", "")
        notices = [_UNSAYABLE if sayable(text) != text else "", said]
    else:
        notices = [written.notice, write_sidecar(path, written.content), said]
    return replace(written, notice=" ".join(filter(None, notices)))


def loss(manuscript: Manuscript, path: Path) -> str:
    """What would be lost if `manuscript` were written to `path`, in one sentence; "" if nothing."""
    return lost(manuscript, format_of(path))


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, LARGEST)
    except OSError as error:
        raise DocumentError(f"{path.name or path} {unreadable(error)}.", _OTHER) from error


def _check_package(data: bytes, format: Format, path: Path) -> None:
    if not data:
        raise DocumentError(f"{path.name} is empty: nothing at all is in it.", _OTHER)
    if data.startswith(_OLE):
        raise DocumentError(
            f"{path.name} is locked with a password, or was saved by an old Word.",
            "Save a copy as .docx without a password in the program that made it.",
        )
    if not data.startswith(b"PK"):
        raise DocumentError(f"{path.name} is no {_PACKAGES[format.name]}, whatever its name says.", _OTHER)


def _import(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    """Reads a document of a format that is only read, by what the file holds, whatever it is called."""
    kind = kind_of(data[:HEAD_BYTES], path.name)
    name = "epub" if kind.format == "zip" else kind.format
    try:
        if not name:
            raise DocumentError(kind.reason, kind.hint)
        if name not in READABLE.values():
            raise DocumentError(f"This file is no {path.suffix.lstrip('.').lower() or 'document'}.")
        manuscript = format_named(name).read(data, path, progress)
    except DocumentError as error:
        message = error.message.replace("This ", f"{path.name}: this ", 1)
        raise DocumentError(message, error.hint or _OTHER) from error
    except (MemoryError, RecursionError, ValueError, LookupError) as error:
        raise DocumentError(f"{path.name} is damaged and cannot be read.", _OTHER) from error
    if not manuscript.text.strip() and data.strip():
        return replace(manuscript, notice=f"{manuscript.notice} There are no words in {path.name}.".strip())
    return manuscript
