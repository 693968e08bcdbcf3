"""Reads RTF: its paragraphs, with line breaks that are meant kept apart from paragraph ends."""

from __future__ import annotations

import re
from typing import Any

from pandemonium.documents.reading.result import Reading
from pandemonium.errors import DocumentError

_LINE = re.compile(r"\\line(?![a-z])(?:-?\d+)? ?")
_DESTINATIONS = re.compile(r"\{\\(?:footnote|annotation|\*\\annotation)\b")
_CODE_PAGE = re.compile(r"\\ansicpg(\d{3,5})")
_PICTURE = re.compile(r"[0-9a-fA-F\s]{512,}")
_MARK = "\u2028"


def read_rtf(data: bytes) -> Reading:
    """Reads a document.

    Raises:
        DocumentError: it is damaged.
    """
    # Imported when needed: it compiles its tables on import.
    from striprtf import striprtf

    convert: Any = striprtf.rtf_to_text

    source = _PICTURE.sub("", data.decode("latin-1"))
    match = _CODE_PAGE.search(source[:4096])
    encoding = f"cp{match.group(1)}" if match else "cp1252"
    source = _LINE.sub(r"\\uc0\\u8232 \\uc1 ", _without_groups(source))
    try:
        text = str(convert(source, encoding=encoding, errors="replace"))
    except (LookupError, ValueError, IndexError, OverflowError) as error:
        raise DocumentError("This file is damaged and cannot be read.", "Save it again as docx or odt.") from error
    text = "\n\n".join(line.strip() for line in text.split("\n"))
    return Reading(text.replace(_MARK, "\n"), "rtf", True, encoding)


def _without_groups(source: str) -> str:
    """Leaves out footnotes and comments, brace by brace."""
    pieces: list[str] = []
    position = 0
    while match := _DESTINATIONS.search(source, position):
        pieces.append(source[position : match.start()])
        position = _group_end(source, match.start())
    pieces.append(source[position:])
    return "".join(pieces)


def _group_end(source: str, start: int) -> int:
    depth = 0
    for match in re.compile(r"\\[\\{}]|[{}]").finditer(source, start):
        if len(match.group()) == 1:
            depth += 1 if match.group() == "{" else -1
            if depth == 0:
                return match.end()
    return len(source)
