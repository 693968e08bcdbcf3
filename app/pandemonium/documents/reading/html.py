"""Reads HTML and XHTML as the window does, without its menus, captions, notes and page numbers."""

from __future__ import annotations

from dataclasses import replace

from pandemonium.documents.decoding import decode
from pandemonium.documents.formats.html.parsing import declared_encoding, parse_html
from pandemonium.documents.formats.html.reading import read_page
from pandemonium.documents.formats.mhtml.reading import packed_page
from pandemonium.documents.reading.editorial_parts import find_prose
from pandemonium.documents.reading.prose import prose_of
from pandemonium.documents.reading.result import Reading


def read_html(data: bytes) -> Reading:
    """Reads a page.

    Raises:
        DocumentError: it is no text at all.
    """
    decoded = decode(data, declared_encoding(data))
    return replace(_read(decoded.text), encoding=decoded.encoding)


def read_mhtml(data: bytes) -> Reading:
    """Reads a page that was packed into a letter.

    Raises:
        DocumentError: there is none in it.
    """
    return _read(packed_page(data))


def html_text(markup: str) -> str:
    """The prose of a page or of a fragment of one.

    Args:
        markup: HTML or XHTML, well-formed or not.

    Raises:
        DocumentError: it cannot be taken apart.
    """
    return _read(markup).text


def _read(markup: str) -> Reading:
    root = parse_html(markup)
    if root is None:
        return Reading("", "html", True)
    prose = find_prose(root)
    return Reading(prose_of(read_page(root, prose.part, prose.left_out)), "html", not prose.is_preformatted)
