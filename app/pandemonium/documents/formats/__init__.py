"""Reads and writes a document by its kind of file: the one door through which documents come and go."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from pandemonium.documents.collecting import without_collecting
from pandemonium.documents.conversion import converted, lost
from pandemonium.documents.formats.format import Progress
from pandemonium.documents.formats.lookup import form_named, format_named
from pandemonium.documents.formats.patched.patched_file import MENDED
from pandemonium.documents.formats.patched.patching import sayable
from pandemonium.documents.formats.registry import EXPORTS, FORMATS, READABLE, SUFFIXES, format_of
from pandemonium.documents.kinds import HEAD_BYTES, kind_of_file
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.opening import LARGEST, unreadable
from pandemonium.documents.packages.rescuing import rescue
from pandemonium.documents.packages.unshown import says_more
from pandemonium.documents.saving import save_atomically
from pandemonium.documents.sidecar import read_sidecar, write_sidecar
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
_PACKAGES = frozenset(("docx", "odt"))
_UNSAYABLE = "Control characters, which have no place in such a file, were left out."


def read_document(path: Path, progress: Progress | None = None) -> Manuscript:
    """Reads the document at `path`.

    Args:
        path: of any name.
        progress: hears how much of a large file is read, from 0 to 1.

    Raises:
        DocumentError: it is missing, may not be read, is too large, damaged, locked, or is no text.
    """
    data = _read(path)
    with without_collecting():
        try:
            return _opened(data, path, progress)
        except DocumentError:
            if (rescued := _rescued(data, path, progress)) is None:
                raise
            return rescued


def _rescued(data: bytes, path: Path, progress: Progress | None) -> Manuscript | None:
    """What can be read of a file that cannot be opened as it is: never to be saved over it; None where nothing can."""
    rescued = rescue(data)
    if rescued is None:
        return None
    try:
        manuscript = _opened(rescued.data, path, progress)
    except DocumentError:
        return None
    notice = "" if manuscript.notice == MENDED else manuscript.notice
    notice = f"{rescued.notice} {notice}".rstrip()
    return replace(manuscript, path=None, package=None, notice=notice) if manuscript.text.strip() else None


def _opened(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    """Reads a document by what the file holds, whatever it is called; only plain text is what its name says.

    One that is saved in another format than its name says, or in none, comes without its path: it is saved under
    another name.
    """
    suffix = path.suffix.lower()
    named = READABLE.get(suffix) or format_of(path)
    if not data and form_named(named) == "rich":
        raise DocumentError(f"{path.name} is empty: nothing at all is in it.", _OTHER)
    try:
        kind = kind_of_file(data[:HEAD_BYTES], path.name, io.BytesIO(data))
        name = named if kind.format in ("txt", "md") and form_named(named) != "rich" else kind.format
        if not name:
            raise DocumentError(kind.reason, kind.hint)
        format = format_named(name)
        manuscript = format.read(data, path, progress)
    except DocumentError as error:
        message = error.message.replace("This ", f"{path.name}: this ", 1)
        raise DocumentError(message, error.hint or _OTHER) from error
    except (MemoryError, RecursionError, ValueError, LookupError) as error:
        raise DocumentError(f"{path.name} is damaged and cannot be read.", _OTHER) from error
    if suffix not in READABLE and name == named:
        if format.form != "rich":
            return replace(manuscript, content=read_sidecar(path, manuscript.content))
    else:
        manuscript = replace(manuscript, path=None)
    said = [manuscript.notice]
    if suffix in SUFFIXES and name != named:
        said.append(f"{path.name} is {format.title[:1].lower()}{format.title[1:]}, whatever its name says.")
    if not manuscript.text.strip() and (data.strip() if name not in _PACKAGES else says_more(data)):
        where = " but in its headers, footers or notes" if name in _PACKAGES else ""
        said.append(f"There are no words in {path.name}{where}.")
    return replace(manuscript, notice=" ".join(filter(None, said)))


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
