"""PDF: its words are read; written it is by the window, which sets pages."""

from __future__ import annotations

from pathlib import Path

from pandemonium.documents.formats.format import EVERY_FEATURE, Format, Progress
from pandemonium.documents.model.manuscript import Manuscript


def _read(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    from pandemonium.documents.formats.pdf.reading import open_pdf

    return open_pdf(data)


PDF = Format("pdf", "A PDF", (".pdf",), "rich", _read, features=EVERY_FEATURE - {"authors"})
