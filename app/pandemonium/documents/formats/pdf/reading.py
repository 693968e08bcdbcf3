"""Reads PDF: the text of its pages, put together again into paragraphs, without running heads and page numbers."""

from __future__ import annotations

import io
import logging
from pathlib import Path
from typing import BinaryIO

from pandemonium.documents.formats.pdf.pages import prose_of_pages
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import BODY, BREAK, LINE_BREAK, ParagraphStyle, Passage
from pandemonium.documents.model.scenes import is_scene_sign
from pandemonium.documents.opening import LARGEST
from pandemonium.documents.reading.result import Reading
from pandemonium.errors import DocumentError
from pandemonium.regular_files import read_regular

_PAGES_LIMIT = 5000


def open_pdf(data: bytes) -> Manuscript:
    """Opens a document as paragraphs without looks.

    Raises:
        DocumentError: it is damaged, locked, or holds pictures of pages only.
    """
    text = read_pdf(io.BytesIO(data)).text.replace("\f", "")
    paragraphs = [part.replace("\n", LINE_BREAK) for part in text.split("\n\n") if part.strip()] or [""]
    styles = tuple(ParagraphStyle("scene") if is_scene_sign(each) else BODY for each in paragraphs)
    notice = "Of a PDF only the words can be read; where its paragraphs end is a guess."
    return Manuscript(Passage(BREAK.join(paragraphs), (), (), styles), "pdf", notice=notice)


def read_pdf(file: Path | BinaryIO) -> Reading:
    """Reads a document.

    Raises:
        DocumentError: it is damaged, locked, or holds pictures of pages only.
    """
    # Imported when needed: it is large. What it thinks of a file's faults is not for the terminal.
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        if isinstance(file, Path):
            file = io.BytesIO(read_regular(file, LARGEST))
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("This PDF is locked with a password.", "Save a copy without the password.")
        if len(reader.pages) > _PAGES_LIMIT:
            raise DocumentError(f"This PDF has more than {_PAGES_LIMIT} pages.", "Split it.")
        pages = [page.extract_text() or "" for page in reader.pages]
    except DependencyError as error:
        raise DocumentError(
            "This PDF is locked in a way that cannot be read here.", "Print it to a new PDF."
        ) from error
    except PyPdfError as error:
        raise DocumentError("This PDF is damaged and cannot be read.") from error
    text = prose_of_pages(pages)
    if pages and len(text) < 3 * len(pages):
        raise DocumentError(
            "This PDF holds pictures of its pages, and no text.", "Have a program for text recognition (OCR) read it."
        )
    return Reading(text, "pdf", True)
