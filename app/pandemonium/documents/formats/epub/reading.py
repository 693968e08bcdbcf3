"""Opens EPUB books as rich text."""

from __future__ import annotations

import io
import posixpath
from typing import Any
from urllib.parse import unquote

from pandemonium.documents.archive import Archive
from pandemonium.documents.composing import Things
from pandemonium.documents.decoding import decode
from pandemonium.documents.formats.html.looks import Rules, style_rules
from pandemonium.documents.formats.html.notes import Page
from pandemonium.documents.formats.html.page import PageReader, sheets_of
from pandemonium.documents.formats.html.parsing import declared_encoding, parse_html
from pandemonium.documents.manuscript import Manuscript
from pandemonium.documents.xml import attribute, elements, parse_xml
from pandemonium.errors import DocumentError

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


def open_epub(data: bytes) -> Manuscript:
    """Opens a book, page after page in the order of its spine, without the contents page that readers make.

    Raises:
        DocumentError: it is damaged, or locked by its seller.
    """
    with Archive(io.BytesIO(data)) as archive:
        if _ENCRYPTION in archive and is_locked(archive.read(_ENCRYPTION)):
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
        root = parse_html(decode(data, declared_encoding(data)).text)
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


def is_locked(data: bytes) -> bool:
    """Tells by a book's list of what is encrypted whether more than its fonts is."""
    methods = [attribute(each, "Algorithm") for each in elements(parse_xml(data), "EncryptionMethod")]
    return any(method not in _FONTS_ONLY for method in methods)
