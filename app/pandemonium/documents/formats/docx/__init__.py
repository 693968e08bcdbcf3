"""Word's docx: read, patched and written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pandemonium.documents.formats.format import Format, Progress
from pandemonium.documents.model.manuscript import Manuscript


def _read(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    from pandemonium.documents.formats.docx.document import read_docx
    from pandemonium.documents.formats.docx.plain_document import MACROS, plain_document

    document, has_macros = plain_document(data)
    manuscript = read_docx(document, path, progress)
    return replace(manuscript, notice=f"{manuscript.notice} {MACROS}".strip()) if has_macros else manuscript


def _write(manuscript: Manuscript) -> tuple[bytes, Manuscript]:
    from pandemonium.documents.formats.docx.document import write_docx

    return write_docx(manuscript), manuscript


def _export(manuscript: Manuscript, for_publishers: bool) -> bytes:
    from pandemonium.documents.formats.docx.document import write_docx
    from pandemonium.documents.rich import rich

    source = manuscript if manuscript.format == "docx" and not for_publishers else rich(manuscript)
    return write_docx(source, manuscript_format=for_publishers)


DOCX = Format(
    "docx",
    "A Word document",
    (".docx",),
    "rich",
    _read,
    _write,
    _export,
    also_read=(".docm", ".dotx", ".dotm", ".doc"),
)
