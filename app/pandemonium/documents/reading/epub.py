"""Reads EPUB as the window does: the chapters in reading order, without cover, contents, copyright page and notes."""

from __future__ import annotations

from dataclasses import replace

from pandemonium.documents.formats.epub.reading import read_book, take_apart
from pandemonium.documents.reading.editorial_parts import find_prose, is_editorial_page
from pandemonium.documents.reading.prose import prose_of
from pandemonium.documents.reading.result import Reading


def read_epub(data: bytes) -> Reading:
    """Reads a book.

    Raises:
        DocumentError: it is damaged, or locked by its seller.
    """
    book = take_apart(data)
    left_out = {page.root for page in book.pages if page.name in book.editorial_pages or is_editorial_page(page.root)}
    if len(left_out) == len(book.pages):  # a book that calls all of itself editorial matter does not mean it
        left_out = set()
    for number, page in enumerate(book.pages):
        if page.root not in left_out:
            prose = find_prose(page.root)
            left_out |= prose.left_out
            book.pages[number] = replace(page, part=prose.part)
    return Reading(prose_of(read_book(book, left_out)), "epub", True)
