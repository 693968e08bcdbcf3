"""Reads PDF: the text of its pages, put together again into paragraphs, without running heads and page numbers."""

from __future__ import annotations

import logging
from pathlib import Path

from pandemonium.documents.opening import LARGEST
from pandemonium.documents.reading.pages import prose_of_pages
from pandemonium.documents.reading.result import Reading
from pandemonium.errors import DocumentError
from pandemonium.regular_files import open_regular

_PAGES_LIMIT = 5000


def read_pdf(path: Path) -> Reading:
    """Reads a document.

    Raises:
        DocumentError: it is damaged, locked, or holds pictures of pages only.
    """
    # Imported when needed: it is large. What it thinks of a file's faults is not for the terminal.
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with open_regular(path, LARGEST) as file:
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
