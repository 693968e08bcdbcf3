"""Opens HTML pages and EPUB books as rich text."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pandemonium.documents.composing import Things
from pandemonium.documents.decoding import decode
from pandemonium.documents.importing.looks import Rules, style_rules
from pandemonium.documents.importing.notes import Page
from pandemonium.documents.importing.page import PageReader, page_title, sheets_of
from pandemonium.documents.manuscript import Manuscript
from pandemonium.documents.reading import epub, html
from pandemonium.documents.reading.archive import Archive
from pandemonium.documents.reading.xml import attribute, elements, parse_xml
from pandemonium.errors import DocumentError

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


def open_html(data: bytes) -> Manuscript:
    """Opens a page.

    Raises:
        DocumentError: it is no text, or cannot be taken apart.
    """
    root = html.parse_html(decode(data, html._declared(data)).text)
    if root is None:
        return Manuscript(format="html")
    things = Things()
    content = PageReader([Page("", root, style_rules(sheets_of(root)))], things).read()
    title, author, language = page_title(root)
    return Manuscript(content, "html", things=things.by_key, title=title, author=author, language=language)


def open_epub(path: Path) -> Manuscript:
    """Opens a book, page after page in the order of its spine, without the contents page that readers make.

    Raises:
        DocumentError: it is damaged, or locked by its seller.
    """
    with Archive(path) as archive:
        if _ENCRYPTION in archive and epub._is_locked(archive.read(_ENCRYPTION)):
            raise DocumentError("This book is locked by its seller's copy protection.", "Use a copy without it.")
        if _CONTAINER not in archive:
            raise DocumentError("This book is damaged: it does not say where its chapters are.")
        rootfiles = elements(parse_xml(archive.read(_CONTAINER)), "rootfile")
        name = next((attribute(each, "full-path") for each in rootfiles), "")
        package = parse_xml(archive.read(name))
        pages = _pages(archive, package, posixpath.dirname(name))
    things = Things()
    content = PageReader(pages, things).read()
    title, author, language = (_said(package, each) for each in ("title", "creator", "language"))
    return Manuscript(content, "epub", things=things.by_key, title=title, author=author, language=language)


def _pages(archive: Archive, package: Any, folder: str) -> list[Page]:
    items = {attribute(each, "id"): each for each in elements(package, "item")}
    sheets: dict[str, Rules] = {}
    pages: list[Page] = []
    for reference in elements(package, "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or "nav" in attribute(item, "properties").split():
            continue
        name = _resolved(folder, attribute(item, "href"))
        if attribute(item, "media-type") not in _PAGES or name not in archive or any(name == p.name for p in pages):
            continue
        data = archive.read(name)
        root = html.parse_html(decode(data, html._declared(data)).text)
        if root is not None:
            pages.append(Page(name, root, _rules(archive, root, posixpath.dirname(name), sheets)))
    return pages


def _rules(archive: Archive, root: Any, folder: str, known: dict[str, Rules]) -> Rules:
    rules: Rules = {}
    for link in root.iter("{*}link"):
        name = _resolved(folder, link.get("href") or "")
        if "stylesheet" not in (link.get("rel") or "") or name not in archive:
            continue
        if name not in known:
            known[name] = style_rules(archive.read(name).decode("utf-8", "replace"))
        rules |= known[name]
    return rules | style_rules(sheets_of(root))


def _resolved(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _said(package: Any, name: str) -> str:
    return next(("".join(str(text) for text in each.itertext()).strip() for each in elements(package, name)), "")
