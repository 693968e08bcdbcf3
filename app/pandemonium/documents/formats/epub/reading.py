"""Opens EPUB books as rich text."""

from __future__ import annotations

import io
import posixpath
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from pandemonium.documents.decoding import decode
from pandemonium.documents.formats.html.char_formats import Rules, style_rules
from pandemonium.documents.formats.html.notes import Page
from pandemonium.documents.formats.html.page import PageReader, sheets_of
from pandemonium.documents.formats.html.parsing import declared_encoding, parse_html
from pandemonium.documents.model.composing import InlineObjects
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.packages.archive import Archive
from pandemonium.documents.packages.effort import LETTERS, Effort
from pandemonium.documents.packages.xml import attribute, elements, parse_xml
from pandemonium.errors import DocumentError

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_EDITORIAL = re.compile(
    r"\b(?:toc|cover|title-?page|copyright(?:-page)?|colophon|loi|lot|index|notes|endnotes|footnotes)\b", re.IGNORECASE
)
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_LINK = 4  # units that a link costs beyond what any element does: it may be a note's mark
_PAGES = frozenset(
    ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document", "image/svg+xml")
)


@dataclass(frozen=True)
class Book:
    """A book taken apart.

    Attributes:
        pages: in reading order, without the contents page that readers make.
        package: the element that lists what is in the book.
        editorial_pages: the names of pages that the book itself calls no part of its text: cover, contents, notes.
        missing: how many pages are listed and not there.
    """

    pages: list[Page]
    package: Any
    editorial_pages: frozenset[str]
    missing: int


def open_epub(data: bytes) -> Manuscript:
    """Opens a book, page after page in the order of its spine, without the contents page that readers make.

    Raises:
        DocumentError: it is damaged, or locked by its seller.
    """
    return read_book(take_apart(data))


def take_apart(data: bytes) -> Book:
    """Parses a book's pages.

    Raises:
        DocumentError: it is damaged, or locked by its seller.
    """
    with Archive(io.BytesIO(data)) as archive:
        parts = Parts(archive)
        package, folder = parts.package()
        names, missing = parts.reading_order(package, folder)
        pages: list[Page] = []
        effort = Effort(len(data))
        sheets = _Sheets(parts, effort)
        for name in names:
            page = archive.read(name)
            effort.check(page)
            effort.spend(page.count(b"<") + _LINK * page.count(b"<a") + len(page) // LETTERS)
            root = parse_html(decode(page, declared_encoding(page)).text)
            if root is not None:
                pages.append(Page(name, root, sheets.rules(root, posixpath.dirname(name))))
        return Book(pages, package, parts.editorial_pages(package, folder), missing)


def read_book(book: Book, left_out: Collection[Any] = ()) -> Manuscript:
    """Reads a book's pages one after the other.

    Args:
        book: taken apart.
        left_out: elements that are passed over.
    """
    objects = InlineObjects()
    reader = PageReader(book.pages, objects, left_out)
    content = reader.read()
    title, author, language = (_metadata(book.package, each) for each in ("title", "creator", "language"))
    missing = ""
    if book.missing:
        counted = "One of its chapters is" if book.missing == 1 else f"{book.missing} of its chapters are"
        missing = f"{counted} missing in this book, though its contents list them."
    return Manuscript(
        content,
        "epub",
        objects=objects.by_key,
        title=title,
        author=author,
        language=language,
        notice=" ".join(filter(None, (missing, reader.notice))),
    )


class Parts:
    """The parts of a book, found as the big readers find them: whatever the case of their names and their accents.

    Args:
        archive: the open book.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._by_plain_name = {_plain_name(name): name for name in sorted(archive.names, reverse=True)}

    def name_of(self, folder: str, address: str) -> str:
        """The part at an address, seen from `folder`; "" if there is none."""
        path = address.partition("#")[0]
        for written in (unquote(path), path):  # some makers name a part as its address is written
            name = posixpath.normpath(posixpath.join(folder, written)).lstrip("/")
            if name in self.archive or (name := self._by_plain_name.get(_plain_name(name), "")):
                return name
        return ""

    def package(self) -> tuple[Any, str]:
        """The element that lists what is in the book, and the folder in which its part lies.

        Raises:
            DocumentError: the book is locked by its seller, or there is no such list.
        """
        encryption = self.name_of("", _ENCRYPTION)
        if encryption and is_locked(self.archive.read(encryption)):
            raise DocumentError("This book is locked by its seller's copy protection.", "Use a copy without it.")
        name = ""
        if container := self.name_of("", _CONTAINER):
            files = elements(parse_xml(self.archive.read(container)), "rootfile")
            name = next((found for each in files if (found := self.name_of("", attribute(each, "full-path")))), "")
        name = name or next((each for each in sorted(self.archive.names) if each.lower().endswith(".opf")), "")
        if not name:
            raise DocumentError("This book is damaged: it does not say where its chapters are.")
        return parse_xml(self.archive.read(name)), posixpath.dirname(name)

    def reading_order(self, package: Any, folder: str) -> tuple[list[str], int]:
        """The names of the pages in reading order, without the contents page that readers make, and how many of those
        that are listed are missing. A book that names no order has its pages in the order of its list of parts.
        """
        items = {attribute(each, "id"): each for each in elements(package, "item")}
        listed = [items.get(attribute(each, "idref")) for each in elements(package, "itemref")]
        if not any(each is not None and _is_page(each) for each in listed):
            listed = [each for each in items.values() if "svg" not in attribute(each, "media-type")]
        names: dict[str, None] = {}
        missing = 0
        for item in listed:
            if item is None or not _is_page(item) or "nav" in attribute(item, "properties").split():
                missing += item is None
                continue
            name = self.name_of(folder, attribute(item, "href"))
            if not name:
                missing += 1
            else:
                names[name] = None
        return list(names), missing

    def editorial_pages(self, package: Any, folder: str) -> frozenset[str]:
        """The pages that the book itself names as no part of its text: cover, contents, notes, what is not linear."""
        items = {attribute(each, "id"): attribute(each, "href") for each in elements(package, "item")}
        named = [
            attribute(each, "href")
            for each in elements(package, "reference")
            if _EDITORIAL.search(attribute(each, "type"))
        ]
        aside = [
            items.get(attribute(each, "idref"), "")
            for each in elements(package, "itemref")
            if attribute(each, "linear") == "no"
        ]
        return frozenset(self.name_of(folder, each) for each in (*named, *aside))


def _plain_name(name: str) -> str:
    """A part's name without case, its accents in the letters that bear them: archives of macOS part these."""
    return unicodedata.normalize("NFC", name).lower()


def _is_page(item: Any) -> bool:
    kind = attribute(item, "media-type").lower()
    name = attribute(item, "href").partition("#")[0].lower()
    return kind in _PAGES or (
        not kind.startswith(("image/", "text/css")) and name.endswith((".xhtml", ".html", ".htm"))
    )


class _Sheets:
    """The style sheets of a book, each read once, and put together once for all pages that name the same ones."""

    def __init__(self, parts: Parts, effort: Effort) -> None:
        self._parts = parts
        self._effort = effort
        self._known: dict[tuple[str, ...], Rules] = {(): {}}

    def rules(self, root: Any, folder: str) -> Rules:
        """What the sheets that a page of this folder names, and its own, say."""
        names: dict[str, None] = {}
        for link in root.iter("{*}link"):
            name = self._parts.name_of(folder, link.get("href") or "")
            if "stylesheet" in (link.get("rel") or "") and name:
                names.pop(name, None)  # what is named again holds against what was named between
                names[name] = None
        rules = self._together(tuple(names))
        own = style_rules(sheets_of(root))
        if not own:
            return rules
        self._effort.spend(len(rules) // LETTERS)
        return _merged(rules, own)

    def _together(self, names: tuple[str, ...]) -> Rules:
        if names not in self._known:
            if len(names) > 1:
                rules: Rules = {}
                for each in names:
                    rules = _merged(rules, self._together((each,)))
            else:
                rules = style_rules(self._parts.archive.read(names[0]).decode("utf-8", "replace"))
            self._known[names] = rules
        return self._known[names]


def _merged(rules: Rules, more: Rules) -> Rules:
    """Both, of which the later say what holds where both speak of a thing."""
    return rules | {name: rules.get(name, {}) | declared for name, declared in more.items()}


def _metadata(package: Any, name: str) -> str:
    return next(("".join(str(text) for text in each.itertext()).strip() for each in elements(package, name)), "")


def is_locked(data: bytes) -> bool:
    """Tells by a book's list of what is encrypted whether more than its fonts is."""
    methods = [attribute(each, "Algorithm") for each in elements(parse_xml(data), "EncryptionMethod")]
    return any(method not in _FONTS_ONLY for method in methods)
