"""Reads what other programs export of their texts: Evernote's notes (.enex) and subtitles (.srt, .vtt, .sbv).

The window does not open these; a training does, since a writer's notes may exist nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

from pandemonium.documents.decoding import decode
from pandemonium.documents.reading.html import html_text
from pandemonium.documents.reading.result import Reading
from pandemonium.errors import DocumentError

_SUBTITLES = frozenset((".srt", ".vtt", ".sbv"))
_NOTES = ".enex"
_MOST_BYTES = 256 * 1024 * 1024
_OPENS = "<![CDATA["
_CLOSES = "]]>"


def is_export(path: Path) -> bool:
    """Tells by a file's name whether it is read here."""
    return path.suffix.lower() in _SUBTITLES or path.suffix.lower() == _NOTES


def read_export(path: Path) -> Iterator[Reading]:
    """Reads an export: a part for each note, or the subtitles as they stand.

    Raises:
        DocumentError: it cannot be read.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise DocumentError("This file is too large to be read as one.", "Export it in parts.")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"This file cannot be opened: {error.strerror}.") from error
    decoded = decode(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if path.suffix.lower() != _NOTES:
        yield Reading(text, path.suffix[1:].lower(), True, decoded.encoding)
        return
    if "<en-export" not in text[:2_000]:
        raise DocumentError("This is no export of Evernote's.")
    for title, content in _notes(text):
        yield Reading(f"{title}\n\n{html_text(content)}", "enex", True, decoded.encoding)


def _notes(text: str) -> Iterator[tuple[str, str]]:
    """Each note's title and its page; pictures and the notes' dates are passed over."""
    position = 0
    while (start := text.find("<note>", position)) >= 0:
        end = text.find("</note>", start)
        end = len(text) if end < 0 else end
        title = unescape(_between(text, "<title>", "</title>", start, end))
        content = _between(text, "<content>", "</content>", start, end)
        page = content.strip()
        is_quoted = page.startswith(_OPENS)
        yield title, page.removeprefix(_OPENS).removesuffix(_CLOSES) if is_quoted else unescape(page)
        position = end + 1


def _between(text: str, opens: str, closes: str, start: int, end: int) -> str:
    begins = text.find(opens, start, end)
    if begins < 0:
        return ""
    begins += len(opens)
    ends = text.find(closes, begins, end)
    return text[begins : ends if ends >= 0 else end]
