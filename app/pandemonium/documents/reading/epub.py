"""Reads EPUB: the chapters in reading order, without cover, contents, copyright page and notes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pandemonium.documents.archive import Archive
from pandemonium.documents.formats.epub.reading import Parts
from pandemonium.documents.reading.html import read_html
from pandemonium.documents.reading.result import Reading
from pandemonium.documents.xml import attribute, elements

_APPARATUS = re.compile(
    r"\b(?:toc|cover|title-?page|copyright(?:-page)?|colophon|loi|lot|index|notes|endnotes|footnotes)\b", re.I
)
_BODY_TYPE = re.compile(rb"<(?:body|section)[^>]{0,300}?epub:type\s*=\s*[\"']([^\"']{1,80})", re.I)


def read_epub(path: Path) -> Reading:
    """Reads a book.

    Raises:
        DocumentError: it is damaged, or locked by its seller.
    """
    with Archive(path) as archive:
        parts = Parts(archive)
        package, folder = parts.package()
        left_out = _left_out(parts, package, folder)
        names, _ = parts.reading_order(package, folder)
        chapters = [text for name in names if name not in left_out and (text := _chapter(archive, name))]
    return Reading("\n\n".join(chapters), "epub", True)


def _left_out(parts: Parts, package: Any, folder: str) -> set[str]:
    """The pages that the book itself names as no part of its text: cover, contents, notes, and what is not linear."""
    items = {attribute(each, "id"): attribute(each, "href") for each in elements(package, "item")}
    apparatus = [
        attribute(each, "href") for each in elements(package, "reference") if _APPARATUS.search(attribute(each, "type"))
    ]
    aside = [
        items.get(attribute(each, "idref"), "")
        for each in elements(package, "itemref")
        if attribute(each, "linear") == "no"
    ]
    return {parts.name_of(folder, each) for each in (*apparatus, *aside)}


def _chapter(archive: Archive, name: str) -> str:
    data = archive.read(name)
    kind = _BODY_TYPE.search(data[:8192])
    if kind and _APPARATUS.search(kind.group(1).decode("ascii", "replace")):
        return ""
    return read_html(data).text
