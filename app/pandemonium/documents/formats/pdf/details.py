"""Gives a PDF what its drawing does not: an outline, an author, a language."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any


def with_outline(
    data: bytes, outline: Sequence[tuple[int, str, int]], title: str = "", author: str = "", language: str = ""
) -> bytes:
    """The same PDF with an outline and with what the document says about itself.

    Args:
        data: a PDF.
        outline: level, from 1, words, and page, from 0, of each heading.
        title, author, language: none where empty.
    """
    # Imported when needed: it is large.
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, TextStringObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    above: list[tuple[int, Any]] = []
    for level, words, page in outline:
        while above and above[-1][0] >= level:
            above.pop()
        item = writer.add_outline_item(title=words, page_number=page, parent=above[-1][1] if above else None)
        above.append((level, item))
    told = {"/Title": title, "/Author": author}
    writer.add_metadata({name: value for name, value in told.items() if value})
    if language:
        writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    _mend_spaces(writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _mend_spaces(writer: Any) -> None:
    """Says "space" where Qt says "tab" of the one glyph that stands for both, so that words can be found and copied."""
    done: set[int] = set()
    for page in writer.pages:
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            table = _table(font.get_object())
            if table is not None and table.idnum not in done:
                done.add(table.idnum)
                stream = table.get_object()
                stream.set_data(stream.get_data().replace(b"<0009>", b"<0020>"))


def _table(font: Any) -> Any:
    return font.raw_get("/ToUnicode") if "/ToUnicode" in font else None
