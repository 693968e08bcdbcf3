"""Opens FictionBook as rich text: its elements are named as HTML names them, and read as a page of that."""

from __future__ import annotations

import io
from typing import Any

from pandemonium.documents.formats.html.elements import tag_of, words_in
from pandemonium.documents.formats.html.parsing import in_utf8
from pandemonium.documents.formats.html.reading import read_page
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.packages.archive import Archive
from pandemonium.documents.packages.xml import attribute, elements, parse_xml
from pandemonium.errors import DocumentError

# What its elements are called in HTML, and of which class they are there.
_NAMES = {
    "fictionbook": ("html", ""),
    "epigraph": ("blockquote", ""),
    "annotation": ("blockquote", ""),
    "cite": ("blockquote", ""),
    "poem": ("div", "poem"),
    "stanza": ("div", "stanza"),
    "v": ("p", ""),
    "text-author": ("p", ""),
    "date": ("p", ""),
    "empty-line": ("div", ""),
    "emphasis": ("em", ""),
    "strikethrough": ("s", ""),
    "style": ("span", ""),
    "image": ("img", ""),
}
# What holds paragraphs alone, and what else is known there or within these; anything else there is a paragraph.
_HOLDERS = frozenset("body section epigraph annotation cite poem stanza".split())
_KNOWN = _HOLDERS | _NAMES.keys() | frozenset("p title subtitle table tr td th a strong sup sub code".split())
_NO_TEXT = ("description", "binary", "stylesheet")
_OF_NAMES = ("first-name", "middle-name", "last-name")
_LONGEST_SIGN = 12  # characters of a note's number


def open_fb2(data: bytes) -> Manuscript:
    """Opens a book, which may be the one part of a zip file.

    Raises:
        DocumentError: it is damaged, or no book.
    """
    if data.startswith(b"PK"):
        with Archive(io.BytesIO(data)) as archive:
            name = next((each for each in sorted(archive.names) if each.lower().endswith(".fb2")), "")
            data = archive.read(name)
    root: Any = parse_xml(in_utf8(data))
    if tag_of(root) != "fictionbook":
        raise DocumentError("This file is damaged: it holds no book.")
    about = next(elements(root, "title-info"), None)
    told = {} if about is None else {tag_of(each): each for each in about}
    title, language = (words_in(told[name]) if name in told else "" for name in ("book-title", "lang"))
    author = " ".join(words_in(each) for each in told.get("author", ()) if tag_of(each) in _OF_NAMES)
    for each in list(root):
        if tag_of(each) in _NO_TEXT:
            root.remove(each)
    _name_as_page(root)
    page = read_page(root)
    return Manuscript(
        page.content,
        "fb2",
        objects=page.objects,
        title=title,
        author=author,
        language=language,
        notice=page.notice.replace("this page", "this book"),
    )


def _name_as_page(root: Any) -> None:
    """Names the elements of a book as HTML does."""
    is_titled = root.find("{*}body/{*}title") is not None
    depths = {root: 0}  # in sections
    notes: set[Any] = set()  # what stands among these
    holders: set[Any] = set()
    for element in list(root.iter("*")):
        parent = element.getparent()
        name = tag_of(element)
        depths[element] = depths.get(parent, 0) + (name == "section")
        tag, kind = _NAMES.get(name, (name, ""))
        if name in _HOLDERS:
            holders.add(element)
        elif name not in _KNOWN and parent in holders:
            tag = "div"
        if parent in notes or (name == "body" and element.get("name")):
            notes.add(element)
            kind = kind or ("footnote" if name == "section" else "")
        if name == "title":
            _join_lines(element)
            tag = f"h{min(depths[element] + is_titled, 6) or 1}"
            if element in notes:
                tag = "p"
                if len(words_in(element)) <= _LONGEST_SIGN or tag_of(parent) == "body":
                    element.clear(keep_tail=True)
        elif name == "subtitle":
            element.set("style", "font-weight: bold")
        elif name == "a":
            element.set("href", attribute(element, "href"))
            kind = "noteref" if attribute(element, "type") == "note" else ""
        if kind:
            element.set("class", kind)
        element.tag = tag


def _join_lines(title: Any) -> None:
    """Makes lines of one heading of the paragraphs of a title."""
    lines = [each for each in title if tag_of(each) == "p"]
    for each in lines:
        each.tag = "span"
    for each in lines[1:]:
        each.addprevious(title.makeelement("br"))
