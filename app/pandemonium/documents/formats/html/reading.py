"""Opens HTML pages as rich text."""

from __future__ import annotations

from pandemonium.documents.composing import Things
from pandemonium.documents.decoding import decode
from pandemonium.documents.formats.html.looks import style_rules
from pandemonium.documents.formats.html.notes import Page
from pandemonium.documents.formats.html.page import PageReader, page_title, sheets_of
from pandemonium.documents.formats.html.parsing import declared_encoding, parse_html
from pandemonium.documents.manuscript import Manuscript


def open_html(data: bytes) -> Manuscript:
    """Opens a page.

    Raises:
        DocumentError: it is no text, or cannot be taken apart.
    """
    root = parse_html(decode(data, declared_encoding(data)).text)
    if root is None:
        return Manuscript(format="html")
    things = Things()
    content = PageReader([Page("", root, style_rules(sheets_of(root)))], things).read()
    title, author, language = page_title(root)
    return Manuscript(content, "html", things=things.by_key, title=title, author=author, language=language)
