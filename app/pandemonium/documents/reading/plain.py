"""Reads plain text of any encoding, whole or, when it is large, in parts that fit into memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from pandemonium.documents.decoding import detect_encoding, stray_as_western
from pandemonium.documents.formats.plain.coding import decode_plain
from pandemonium.documents.reading.result import Reading

PART_BYTES = 4 * 1024 * 1024
_SAMPLE = 1024 * 1024
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def read_plain(data: bytes) -> Reading:
    """Reads a text.

    Raises:
        DocumentError: this is no text.
    """
    manuscript = decode_plain(data)
    text = _HALVES.sub(lambda halves: halves[0].encode("utf-16", "surrogatepass").decode("utf-16"), manuscript.text)
    return Reading(text, "txt", False, manuscript.plain.encoding)


def read_plain_parts(path: Path, part_bytes: int = PART_BYTES) -> Iterator[Reading]:
    """Reads a text in parts of about `part_bytes` bytes each, cut at a blank line where there is one near.

    Raises:
        DocumentError: this is no text.
    """
    with path.open("rb") as file:
        encoding = detect_encoding(file.read(_SAMPLE))
        file.seek(0)
        is_utf8 = encoding in ("utf-8", "utf-8-sig")
        decoder = codecs.getincrementaldecoder(encoding)("surrogateescape" if is_utf8 else "replace")
        rest = ""
        while data := file.read(part_bytes):
            text = rest + _with_lf(stray_as_western(decoder.decode(data)))
            end = _cut(text)
            rest = text[end:]
            yield Reading(text[:end], "txt", False, encoding)
        yield Reading(rest + _with_lf(stray_as_western(decoder.decode(b"", final=True))), "txt", False, encoding)


def _cut(text: str) -> int:
    """Where to cut: behind the last blank line, else the last line, of the second half; else at the end."""
    half = len(text) // 2
    for end in ("\n\n", "\n", " "):
        if (found := text.rfind(end, half)) >= 0:
            return found + len(end)
    return len(text)


def _with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
