"""Opens documents of formats that are only read, as rich text: rtf, epub, html and pdf."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pandemonium.documents.importing.rtf import open_rtf
from pandemonium.documents.importing.web import open_epub, open_html
from pandemonium.documents.manuscript import Manuscript
from pandemonium.documents.opening import LARGEST, unreadable
from pandemonium.documents.passage import BODY, ParagraphStyle, Passage
from pandemonium.documents.reading.kinds import HEAD_BYTES, kind_of
from pandemonium.documents.scenes import is_scene_sign
from pandemonium.errors import DocumentError
from pandemonium.regular_files import open_regular, read_regular

__all__ = ["import_document"]

_OTHER = "Choose another file; the page is as it was."


def import_document(path: Path) -> Manuscript:
    """Opens the document at `path`, by what the file holds, whatever it is called.

    Gives:
        A manuscript of format "rtf", "epub", "html" or "pdf" and without a path, since it is not written back.

    Raises:
        DocumentError: it cannot be read, or is of another format; one sentence about the file.
    """
    try:
        return _read(path)
    except DocumentError as error:
        message = error.message.replace("This ", f"{path.name}: this ", 1)
        raise DocumentError(message, error.hint or _OTHER) from error
    except OSError as error:
        raise DocumentError(f"{path.name} {unreadable(error)}.", _OTHER) from error
    except (MemoryError, RecursionError, ValueError, LookupError) as error:
        raise DocumentError(f"{path.name} is damaged and cannot be read.", _OTHER) from error


def _read(path: Path) -> Manuscript:
    with open_regular(path, LARGEST) as file:
        kind = kind_of(file.read(HEAD_BYTES), path.name)
    match kind.format:
        case "zip":
            return open_epub(path)
        case "html":
            return open_html(read_regular(path, LARGEST))
        case "rtf":
            return open_rtf(read_regular(path, LARGEST))
        case "pdf":
            return _open_pdf(path)
        case "":
            raise DocumentError(kind.reason, kind.hint)
        case _:
            raise DocumentError(f"This file is no {path.suffix.lstrip('.').lower() or 'document'}.")


def _open_pdf(path: Path) -> Manuscript:
    from pandemonium.documents.reading.pdf import read_pdf

    text = read_pdf(path).text.replace("\f", "")
    paragraphs = [part.replace("\n", "\u2028") for part in text.split("\n\n") if part.strip()] or [""]
    styles = tuple(ParagraphStyle("scene") if is_scene_sign(each) else BODY for each in paragraphs)
    notice = "Of a PDF only the words can be read; where its paragraphs end is a guess."
    return replace(Manuscript(Passage("\n".join(paragraphs), (), (), styles), "pdf"), notice=notice)
