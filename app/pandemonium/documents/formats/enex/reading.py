"""Reads the notes that Evernote exports, each a page with its title as a heading."""

from __future__ import annotations

import html
from collections.abc import Iterator

from pandemonium.documents.composing import InlineObjects
from pandemonium.documents.decoding import decode
from pandemonium.documents.formats.html.notes import Page
from pandemonium.documents.formats.html.page import PageReader
from pandemonium.documents.formats.html.parsing import parse_html
from pandemonium.documents.manuscript import Manuscript
from pandemonium.errors import DocumentError

_OPENS = "<![CDATA["
_CLOSES = "]]>"


def open_enex(data: bytes) -> Manuscript:
    """Opens an export, note after note.

    Raises:
        DocumentError: it is none, or a note of it cannot be taken apart.
    """
    roots = (parse_html(page) for page in note_pages(decode(data).text))
    objects = InlineObjects()
    reader = PageReader([Page(str(number), root) for number, root in enumerate(roots) if root is not None], objects)
    return Manuscript(reader.read(), "enex", objects=objects.by_key, notice=reader.notice)


def note_pages(text: str) -> Iterator[str]:
    """Each note as a page of HTML that begins with its title; the notes' files and dates are passed over.

    Raises:
        DocumentError: this is no export.
    """
    if "<en-export" not in text[:2_000]:
        raise DocumentError("This is no export of Evernote's.")
    position = 0
    while (start := text.find("<note>", position)) >= 0:
        end = text.find("</note>", start)
        end = len(text) if end < 0 else end
        title = html.unescape(_between(text, "<title>", "</title>", start, end))
        content = _between(text, "<content>", "</content>", start, end).strip()
        is_quoted = content.startswith(_OPENS)
        page = content.removeprefix(_OPENS).removesuffix(_CLOSES) if is_quoted else html.unescape(content)
        heading = f"<h1>{html.escape(title, quote=False)}</h1>" if title.strip() else ""
        yield heading + page[max(0, page.find("<en-note")) :]
        position = end + 1


def _between(text: str, opens: str, closes: str, start: int, end: int) -> str:
    begins = text.find(opens, start, end)
    if begins < 0:
        return ""
    begins += len(opens)
    ends = text.find(closes, begins, end)
    return text[begins : ends if ends >= 0 else end]
