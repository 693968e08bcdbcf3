"""Plain text files: any encoding in, and out again as they came in, byte for byte where nothing was changed."""

from __future__ import annotations

import codecs
from dataclasses import replace
from pathlib import Path

from pandemonium.documents.decoding import detect_encoding, looks_binary
from pandemonium.documents.manuscript import Manuscript, PlainForm
from pandemonium.documents.passage import Passage
from pandemonium.errors import DocumentError

_MARKS = {
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


def decode_plain(data: bytes, format: str = "txt", path: Path | None = None) -> Manuscript:
    """Reads the bytes of a text file.

    Raises:
        DocumentError: this is no text.
    """
    if looks_binary(data):
        raise DocumentError(f"{_name(path)} is not a text file.", "Choose a .txt or .md file.")
    text, encoding, errors, mark = _decoded(data)
    newline, mixed = _line_ends(text)
    notice = "The lines of this file ended in several ways; saving it makes them all alike." if mixed else ""
    if errors == "replace":
        notice = "Some bytes of this file were no text and are shown as \ufffd; saving it makes that last."
    if newline != "\n" or mixed:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = PlainForm(encoding, errors, mark, newline)
    return Manuscript(Passage(text), format, path, plain=plain, notice=notice)


def encode_plain(manuscript: Manuscript) -> tuple[bytes, Manuscript]:
    """Gives the bytes to write, and the manuscript as it was written.

    Where the file's old encoding has no sign for a character, UTF-8 is taken and the notice says so.
    """
    plain = manuscript.plain
    text = manuscript.text.replace("\n", plain.newline) if plain.newline != "\n" else manuscript.text
    try:
        return plain.mark + text.encode(plain.encoding, plain.errors), replace(manuscript, notice="")
    except UnicodeEncodeError:
        notice = "It was saved as UTF-8, since its old encoding has no sign for some of its characters."
        written = replace(manuscript, plain=PlainForm(newline=plain.newline), notice=notice)
        return text.encode("utf-8", "surrogatepass"), written


def _decoded(data: bytes) -> tuple[str, str, str, bytes]:
    encoding = detect_encoding(data)
    mark = b""
    if not encoding.startswith("utf-") and not data.isascii() and _is_utf8_but_for_surrogates(data):
        encoding = "utf-8"
    if encoding in ("utf-16", "utf-32"):
        encoding += "-le" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE)) else "-be"
        mark = _MARKS[encoding]
    elif encoding == "utf-8-sig":
        encoding, mark = "utf-8", codecs.BOM_UTF8
    body = data[len(mark) :]
    # Lone surrogates, then stray bytes: both come back out as the bytes that they were.
    for errors in ("surrogatepass", "surrogateescape") if encoding.startswith("utf-") else ("strict",):
        try:
            return body.decode(encoding, errors), encoding, errors, mark
        except UnicodeDecodeError:
            continue
    if encoding.startswith("utf-"):
        return body.decode(encoding, "replace"), encoding, "replace", mark
    return body.decode("latin-1"), "latin-1", "strict", b""


def _is_utf8_but_for_surrogates(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _line_ends(text: str) -> tuple[str, bool]:
    """How most lines end, and whether some end otherwise."""
    both = text.count("\r\n")
    returns, feeds = text.count("\r") - both, text.count("\n") - both
    counts = {"\n": feeds, "\r\n": both, "\r": returns}
    newline = max(counts, key=lambda each: counts[each])
    return newline, sum(1 for count in counts.values() if count) > 1


def _name(path: Path | None) -> str:
    return path.name if path else "This"
