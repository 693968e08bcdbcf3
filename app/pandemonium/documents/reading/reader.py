"""Reads any document as plain text with paragraphs: by what the file holds, whatever it is called."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from pandemonium.documents.collecting import without_collecting
from pandemonium.documents.formats.pdf.reading import read_pdf
from pandemonium.documents.kinds import HEAD_BYTES, kind_of_file
from pandemonium.documents.opening import LARGEST
from pandemonium.documents.reading.epub import read_epub
from pandemonium.documents.reading.html import read_html, read_mhtml
from pandemonium.documents.reading.plain import PART_BYTES, read_plain, read_plain_parts
from pandemonium.documents.reading.prose import read_as_the_page_does
from pandemonium.documents.reading.result import Reading
from pandemonium.errors import DocumentError
from pandemonium.regular_files import open_regular, read_regular

_BY_DATA: dict[str, Callable[[bytes], Reading]] = {"txt": read_plain, "html": read_html, "mhtml": read_mhtml}
_BY_PATH: dict[str, Callable[[Path], Reading]] = {"epub": read_epub, "pdf": read_pdf}
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
    kind = kind_of_file(head, path.name, path)
    if kind.reason:
        raise DocumentError(kind.reason, kind.hint)
    if kind.format == "txt" and path.stat().st_size > PART_BYTES:
        yield from read_plain_parts(path)
        return
    with without_collecting():
        whole = _read_whole(path, kind.format, most)
    yield whole


def _read_whole(path: Path, format: str, most: int) -> Reading:
    if reader := _BY_PATH.get(format):
        return reader(path)
    if format in ("docx", "odt"):
        return read_as_the_page_does(read_regular(path, min(most, LARGEST)), path, format)
    if path.stat().st_size > _MARKUP_LIMIT:
        raise DocumentError("This file is too large to be one text.", "Split it.")
    data = read_regular(path, _MARKUP_LIMIT)
    return read_as_the_page_does(data, path, format) if format in _AS_THE_PAGE else _BY_DATA[format](data)


def _plainly(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "you are not allowed to read it"
    if isinstance(error, FileNotFoundError):
        return "it is gone"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    return error.strerror or type(error).__name__
