"""Reads HTML and XHTML as the window does, without its menus, captions, notes and page numbers."""

from __future__ import annotations

from pandemonium.documents.decoding import decode
from pandemonium.documents.formats.html.parsing import declared_encoding, parse_html
from pandemonium.documents.formats.html.reading import read_page
from pandemonium.documents.reading.editorial_parts import find_prose
from pandemonium.documents.reading.prose import prose_of
from pandemonium.documents.reading.result import Reading


def read_html(data: bytes) -> Reading:
    """Reads a page.

    Raises:
        DocumentError: it is no text at all.
    """
    decoded = decode(data, declared_encoding(data))
    text, is_preformatted = _read(decoded.text)
    return Reading(text, "html", not is_preformatted, decoded.encoding)


def html_text(markup: str) -> str:
    """The prose of a page or of a fragment of one.

    Args:
        markup: HTML or XHTML, well-formed or not.

    Raises:
        DocumentError: it cannot be taken apart.
    """
    return _read(markup)[0]


def _read(markup: str) -> tuple[str, bool]:
    root = parse_html(markup)
    if root is None:
        return "", False
    prose = find_prose(root)
    return prose_of(read_page(root, prose.part, prose.left_out)), prose.is_preformatted
