"""Reads the notes that Evernote exports, each a page with its title as a heading."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace

from pandemonium.documents.decoding import decode
from pandemonium.documents.formats.html.parsing import parse_html
from pandemonium.documents.formats.html.reading import read_page
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.errors import DocumentError

_OPENS = "<![CDATA["
_CLOSES = "]]>"


def open_enex(data: bytes) -> Manuscript:
    """Opens an export, note after note.

    Raises:
        DocumentError: it is none, or cannot be taken apart.
    """
    return replace(read_page(parse_html(page_of_notes(decode(data).text))), format="enex")


def page_of_notes(text: str) -> str:
    """All notes as one page of HTML, each below its title; their files and dates are passed over.

    Raises:
        DocumentError: this is no export.
    """
    if "<en-export" not in text[:2_000]:
        raise DocumentError("This is no export of Evernote's.")
    return "\n".join(_notes(text))


def _notes(text: str) -> Iterator[str]:
    position = 0
    while (start := text.find("<note>", position)) >= 0:
        end = text.find("</note>", start)
        end = len(text) if end < 0 else end
        title = html.unescape(_between(text, "<title>", "</title>", start, end))
        content = _between(text, "<content>", "</content>", start, end).strip()
        is_quoted = content.startswith(_OPENS)
        page = content.removeprefix(_OPENS).removesuffix(_CLOSES) if is_quoted else html.unescape(content)
        heading = f"<h1>{html.escape(title, quote=False)}</h1>" if title.strip() else ""
        yield f"{heading}<div>{page[max(0, page.find('<en-note')) :]}</div>"
        position = end + 1


def _between(text: str, opens: str, closes: str, start: int, end: int) -> str:
    begins = text.find(opens, start, end)
    if begins < 0:
        return ""
    begins += len(opens)
    ends = text.find(closes, begins, end)
    return text[begins : ends if ends >= 0 else end]
