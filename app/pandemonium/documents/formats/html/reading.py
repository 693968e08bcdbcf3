"""Opens HTML pages as rich text."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pandemonium.documents.decoding import decode
from pandemonium.documents.formats.html.char_formats import style_rules
from pandemonium.documents.formats.html.notes import Page
from pandemonium.documents.formats.html.page import PageReader, page_title, sheets_of
from pandemonium.documents.formats.html.parsing import declared_encoding, parse_html
from pandemonium.documents.model.composing import InlineObjects
from pandemonium.documents.model.manuscript import Manuscript


def open_html(data: bytes) -> Manuscript:
    """Opens a page.

    Raises:
        DocumentError: it is no text, or cannot be taken apart.
    """
    return read_page(parse_html(decode(data, declared_encoding(data)).text))


def read_page(root: Any, part: Any = None, left_out: Collection[Any] = ()) -> Manuscript:
    """Reads a page that was taken apart.

    Args:
        root: its element, or None for a page of nothing.
        part: the element of it that is read; None for all of it.
        left_out: elements that are passed over.
    """
    if root is None:
        return Manuscript(format="html")
    objects = InlineObjects()
    reader = PageReader([Page("", root, style_rules(sheets_of(root)), part)], objects, left_out)
    content = reader.read()
    title, author, language = page_title(root)
    return Manuscript(
        content,
        "html",
        objects=objects.by_key,
        title=title,
        author=author,
        language=language,
        notice=reader.notice,
    )
