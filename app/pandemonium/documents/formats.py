"""Reads and writes a document by its kind of file: the one door through which documents come and go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pandemonium.documents.conversion import converted, lost
from pandemonium.documents.manuscript import Manuscript
from pandemonium.documents.opening import LARGEST, unreadable
from pandemonium.documents.patching import sayable
from pandemonium.documents.plain import decode_plain, encode_plain
from pandemonium.documents.saving import save_atomically
from pandemonium.documents.sidecar import read_sidecar, write_sidecar
from pandemonium.errors import DocumentError
from pandemonium.regular_files import read_regular

Progress = Callable[[float], None]

SUFFIXES = {".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".docx": "docx", ".odt": "odt"}
"""The formats that are opened, edited and saved, by the ends of their names."""
READABLE = {".rtf": "rtf", ".epub": "epub", ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf"}
"""The formats that are only read."""

_OTHER = "Choose another file; the page is as it was."
_MAGIC = {
    b"PK\x03\x04": "a word processor's file or an archive",
    b"%PDF": "a PDF",
    b"{\\rtf": "a rich text file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_PROGRAMS = {"docx": "Word document", "odt": "OpenDocument text"}
_OLE = b"\xd0\xcf\x11\xe0"
_UNSAYABLE = "Control characters, which have no place in such a file, were left out."


def format_of(path: Path) -> str:
    """The format that a file of this name is written in; text where the name says nothing."""
    return SUFFIXES.get(path.suffix.lower(), "txt")


def read_document(path: Path, progress: Progress | None = None) -> Manuscript:
    """Reads the document at `path`.

    Args:
        path: of a format in SUFFIXES or READABLE; any other name is read as text.
        progress: hears how much of a large file is read, from 0 to 1.

    Raises:
        DocumentError: it is missing, may not be read, is too large, damaged, locked, or is no text.
    """
    if path.suffix.lower() in READABLE:
        from pandemonium.documents.importing import import_document

        return import_document(path)
    data = _read(path)
    format = format_of(path)
    if format in _PROGRAMS:
        return _read_package(data, format, path, progress)
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            hint = "Give its name the ending that says so, or save it as plain text first."
            raise DocumentError(f"{path.name} is {what} by another name and cannot be opened.", hint)
    manuscript = decode_plain(data, format, path)
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
    if suffix in READABLE:
        raise DocumentError(f"A {suffix} file can be read, but not saved.", "Save it as .docx or .odt, or export it.")
    format = format_of(path)
    written = replace(converted(manuscript, format), path=path)
    if format == "docx":
        from pandemonium.documents.docx.document import write_docx

        said = save_atomically(path, write_docx(written))
    elif format == "odt":
        from pandemonium.documents.odt.document import write_odt

        said = save_atomically(path, write_odt(written))
    else:
        data, written = encode_plain(written)
        said = save_atomically(path, data)
        notices = (written.notice, write_sidecar(path, written.content), said)
        return replace(written, notice=" ".join(filter(None, notices)))
    unsayable = sayable(written.text.replace("\n", "")) != written.text.replace("\n", "")
    return replace(written, notice=" ".join(filter(None, (_UNSAYABLE if unsayable else "", said))))


def loss(manuscript: Manuscript, path: Path) -> str:
    """What would be lost if `manuscript` were written to `path`, in one sentence; "" if nothing."""
    return lost(manuscript, format_of(path))


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, LARGEST)
    except OSError as error:
        raise DocumentError(f"{path.name} {unreadable(error)}.", _OTHER) from error


def _read_package(data: bytes, format: str, path: Path, progress: Progress | None) -> Manuscript:
    if not data:
        raise DocumentError(f"{path.name} is empty: nothing at all is in it.", _OTHER)
    if data.startswith(_OLE):
        raise DocumentError(
            f"{path.name} is locked with a password, or was saved by an old Word.",
            "Save a copy as .docx without a password in the program that made it.",
        )
    if not data.startswith(b"PK"):
        raise DocumentError(f"{path.name} is no {_PROGRAMS[format]}, whatever its name says.", _OTHER)
    if format == "docx":
        from pandemonium.documents.docx.document import read_docx

        return read_docx(data, path, progress)
    from pandemonium.documents.odt.document import read_odt

    return read_odt(data, path, progress)
