"""Reads the notes that Evernote exports, each a page with its title as a heading."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from pandemonium.documents.decoding import decode
from pandemonium.documents.formats.html.parsing import parse_html
from pandemonium.documents.formats.html.reading import read_page
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.errors import DocumentError

_OPENS = "<![CDATA["
_CLOSES = "]]>"
# What a note holds besides its words.
_QUIET = [
    (re.compile(rf"<{name}(?=[\s>/])[^<>]{{0,2000}}>"), f"</{name}>")
    for name in "created updated tag note-attributes resource guid task data mime width height recognition".split()
]
_TAG = re.compile(r"<[^<>]*>")
_DECLARATION = re.compile(r"<[?!][^<>]{0,2000}>")


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
        title, title_place = _between(text, "<title>", "</title>", start, end)
        title = html.unescape(title)
        content, content_place = _between(text, "<content>", "</content>", start, end)
        content = content.strip()
        is_quoted = content.startswith(_OPENS)
        page = content.removeprefix(_OPENS).removesuffix(_CLOSES) if is_quoted else html.unescape(content)
        heading = f"<h1>{html.escape(title, quote=False)}</h1>" if title.strip() else ""
        at = start + len("<note>")
        pieces: list[str] = []
        for begins, ends in sorted((title_place, content_place)):
            if begins < ends:
                pieces.append(text[at:begins])
                at = max(at, ends)
        rest = "".join([*pieces, text[at:end]])
        yield _beside(text[position:start])
        yield f"{heading}<div>{page[max(0, page.find('<en-note')) :]}</div>"
        yield _beside(rest)
        position = end + len("</note>")
    yield _beside(text[position:])


def _beside(part: str) -> str:
    """What a part of an export says in elements that are not known, as damage names them; as a page."""
    if not part.strip():
        return ""
    for pattern, closes in _QUIET:
        part = _without(part, pattern, closes)
    part = _without_marks(part.replace("<title>", "<h1>").replace("</title>", "</h1>"))
    return f"<div>{part}</div>" if any(map(str.isalnum, _TAG.sub("", part))) else ""


def _without(text: str, opens: re.Pattern[str], closes: str) -> str:
    """A text without the elements of a name."""
    pieces: list[str] = []
    at = 0
    for opening in opens.finditer(text):
        if opening.start() < at:
            continue
        end = opening.end()
        if not opening[0].endswith("/>"):
            end = text.find(closes, end)
            if end < 0:
                break
            end += len(closes)
        pieces.append(text[at : opening.start()])
        at = end
    return "".join([*pieces, text[at:]])


def _without_marks(part: str) -> str:
    """The page that stands in a part, or is one, without what marks it as such."""
    pieces: list[str] = []
    at = 0
    while (start := part.find(_OPENS, at)) >= 0:
        end = part.find(_CLOSES, start)
        end = len(part) if end < 0 else end
        quoted = part[start + len(_OPENS) : end]
        pieces += [part[at:start], quoted[max(0, quoted.find("<en-note")) :]]
        at = end + len(_CLOSES)
    return _DECLARATION.sub("", "".join([*pieces, part[at:]]))


def _between(text: str, opens: str, closes: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """What stands between two tags, and from where to where these reach."""
    begins = text.find(opens, start, end)
    if begins < 0:
        return "", (end, end)
    ends = text.find(closes, begins, end)
    inner = text[begins + len(opens) : ends if ends >= 0 else end]
    return inner, (begins, ends + len(closes) if ends >= 0 else end)
