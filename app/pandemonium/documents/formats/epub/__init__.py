"""EPUB books: read chapter after chapter, and written as EPUB 3."""

from __future__ import annotations

from pathlib import Path

from pandemonium.documents.formats.format import EVERY_FEATURE, Format, Progress
from pandemonium.documents.model.manuscript import Manuscript


def _read(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    from pandemonium.documents.formats.epub.reading import open_epub

    return open_epub(data)


def _export(manuscript: Manuscript, for_publishers: bool) -> bytes:
    from pandemonium.documents.formats.epub.writing import epub_book

    return epub_book(manuscript)


EPUB = Format(
    "epub",
    "A book for readers",
    (".epub",),
    "rich",
    _read,
    export=_export,
    features=EVERY_FEATURE - {"endnotes", "authors"} | {"tables", "code"},
)
