"""Reads any document as plain text with paragraphs: by what the file holds, whatever it is called."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from pandemonium.documents.collecting import without_collecting
from pandemonium.documents.formats.pdf.reading import read_pdf
from pandemonium.documents.kinds import HEAD_BYTES, kind_of, kind_of_file
from pandemonium.documents.opening import LARGEST
from pandemonium.documents.packages.rescuing import rescue
from pandemonium.documents.reading.epub import read_epub
from pandemonium.documents.reading.html import read_html, read_mhtml
from pandemonium.documents.reading.plain import PART_BYTES, read_plain, read_plain_parts
from pandemonium.documents.reading.prose import read_as_the_page_does
from pandemonium.documents.reading.result import Reading
from pandemonium.errors import DocumentError
from pandemonium.regular_files import open_regular, read_regular

_BY_DATA: dict[str, Callable[[bytes], Reading]] = {
    "txt": read_plain,
    "html": read_html,
    "mhtml": read_mhtml,
    "epub": read_epub,
}
_PACKED = frozenset(("docx", "odt", "epub"))
_AS_THE_PAGE = frozenset(("md", "docx", "odt", "fodt", "fb2", "enex", "rtf"))
_MARKUP_LIMIT = 64 * 1024 * 1024


def read_text(path: Path) -> Reading:
    """Reads a whole document.

    Raises:
        DocumentError: it cannot be read; the message says why in one sentence about "this file".
    """
    parts = list(read_parts(path, LARGEST))
    if len(parts) == 1:
        return parts[0]
    return Reading("".join(part.text for part in parts), parts[0].format, parts[0].unwrapped, parts[0].encoding)


def read_parts(path: Path, most: int = sys.maxsize) -> Iterator[Reading]:
    """Reads a document as one or several parts: a plain text too large for memory comes piece by piece.

    Args:
        path: of a regular file; anything else is refused unread.
        most: bytes that it may have.

    Raises:
        DocumentError: it cannot be read; the message says why in one sentence about "this file".
    """
    try:
        yield from _read(path, most)
    except DocumentError:
        raise
    except OSError as error:
        raise DocumentError(f"This file cannot be opened: {_plainly(error)}.") from error
    except MemoryError as error:
        raise DocumentError("This file is too large for this computer's memory.") from error
    except Exception as error:
        raise DocumentError(
            "This file is damaged and cannot be read.", "Save it again in the program that made it."
        ) from error


def _read(path: Path, most: int) -> Iterator[Reading]:
    with open_regular(path, most) as file:
        head = file.read(HEAD_BYTES)
    if kind_of(head, path.name).format == "txt" and path.stat().st_size > PART_BYTES:
        yield from read_plain_parts(path)
        return
    with without_collecting():
        try:
            whole = _read_whole(path, _format(head, path, path), most)
        except DocumentError:
            if (rescued := _rescued(head, path)) is None:
                raise
            whole = rescued
    yield whole


def _rescued(head: bytes, path: Path) -> Reading | None:
    """What can be read of a file that cannot be opened as it is, as the window does it; None where nothing can."""
    if not head.startswith(b"PK") or path.stat().st_size > _MARKUP_LIMIT:
        return None
    rescued = rescue(read_regular(path, _MARKUP_LIMIT))
    if rescued is None:
        return None
    try:
        reading = _read_data(rescued.data, path, _format(head, path, io.BytesIO(rescued.data)))
    except DocumentError:
        return None
    return reading if reading.text.strip() else None


def _format(head: bytes, path: Path, source: Path | BinaryIO) -> str:
    kind = kind_of_file(head, path.name, source)
    if kind.reason:
        raise DocumentError(kind.reason, kind.hint)
    return kind.format


def _read_whole(path: Path, format: str, most: int) -> Reading:
    if format == "pdf":
        return read_pdf(path)
    if format in _PACKED:
        return _read_data(read_regular(path, min(most, LARGEST)), path, format)
    if path.stat().st_size > _MARKUP_LIMIT:
        raise DocumentError("This file is too large to be one text.", "Split it.")
    return _read_data(read_regular(path, _MARKUP_LIMIT), path, format)


def _read_data(data: bytes, path: Path, format: str) -> Reading:
    return read_as_the_page_does(data, path, format) if format in _AS_THE_PAGE else _BY_DATA[format](data)


def _plainly(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "you are not allowed to read it"
    if isinstance(error, FileNotFoundError):
        return "it is gone"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    return error.strerror or type(error).__name__
