"""Reads EPUB: the chapters in reading order, without cover, contents, copyright page and notes."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

from pandemonium.documents.archive import Archive
from pandemonium.documents.formats.epub.reading import is_locked
from pandemonium.documents.reading.html import read_html
from pandemonium.documents.reading.result import Reading
from pandemonium.documents.xml import attribute, elements, local_name, parse_xml
from pandemonium.errors import DocumentError

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
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
        if _ENCRYPTION in archive and is_locked(archive.read(_ENCRYPTION)):
            raise DocumentError("This book is locked by its seller's copy protection.", "Use a copy without it.")
        chapters = [text for name in _reading_order(archive) if (text := _chapter(archive, name))]
    return Reading("\n\n".join(chapters), "epub", True)


def _reading_order(archive: Archive) -> list[str]:
    if _CONTAINER not in archive:
        raise DocumentError("This book is damaged: it does not say where its chapters are.")
    package_name = next(
        (attribute(each, "full-path") for each in elements(parse_xml(archive.read(_CONTAINER)), "rootfile")), ""
    )
    package = parse_xml(archive.read(package_name))
    folder = posixpath.dirname(package_name)
    items = {attribute(each, "id"): each for each in elements(package, "item")}
    apparatus = {
        _resolved(folder, attribute(each, "href"))
        for each in elements(package, "reference")
        if local_name(each) and _APPARATUS.search(attribute(each, "type"))
    }
    names: list[str] = []
    for reference in elements(package, "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or attribute(reference, "linear") == "no" or "nav" in attribute(item, "properties").split():
            continue
        name = _resolved(folder, attribute(item, "href"))
        if attribute(item, "media-type") in _PAGES and name not in apparatus and name in archive and name not in names:
            names.append(name)
    return names


def _resolved(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _chapter(archive: Archive, name: str) -> str:
    data = archive.read(name)
    kind = _BODY_TYPE.search(data[:8192])
    if kind and _APPARATUS.search(kind.group(1).decode("ascii", "replace")):
        return ""
    return read_html(data).text
