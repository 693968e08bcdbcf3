"""Writes a manuscript as a PDF, with an outline from its headings."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPageLayout, QPdfWriter

from pandemonium.desktop.features.printing.long_work import done
from pandemonium.desktop.features.printing.paper import set_on_pages, usual_page
from pandemonium.documents.exporting import export_loss
from pandemonium.documents.formats.pdf.details import with_outline
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.rich import proposed_title
from pandemonium.documents.saving import save_atomically
from pandemonium.errors import DocumentError


def export_pdf(manuscript: Manuscript, path: Path) -> str:
    """Writes a PDF of the document to `path`; gives a sentence about what it does not have, often empty.

    Raises:
        DocumentError: it cannot be written; what was there before is untouched.
    """
    said = save_atomically(path, pdf_bytes(manuscript))
    return " ".join(filter(None, (export_loss(manuscript, "pdf"), said)))


def pdf_bytes(manuscript: Manuscript, layout: QPageLayout | None = None) -> bytes:
    """A PDF of the document. Needs a QGuiApplication.

    Raises:
        DocumentError: it cannot be drawn.
    """
    layout = layout or usual_page()
    paper = done(set_on_pages(manuscript, layout))
    title = proposed_title(paper.whole)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(layout)
    writer.setResolution(1200)
    writer.setTitle(title)
    writer.setCreator("Pandemonium")
    if not done(paper.paint(writer)):
        raise DocumentError("The PDF could not be drawn.", "Export the document as docx or odt instead.")
    buffer.close()
    whole = paper.whole
    return with_outline(bytes(data.data()), paper.outline, title, whole.author, whole.language)
