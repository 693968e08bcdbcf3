"""Plain text files: any encoding in, and out again as they came in, byte for byte where nothing was changed."""

from __future__ import annotations

import codecs
from dataclasses import replace
from pathlib import Path

from pandemonium.documents.decoding import detect_encoding, is_uncertain, looks_binary, stray_as_western
from pandemonium.documents.model.manuscript import Manuscript, PlainForm
from pandemonium.documents.model.passage import Passage
from pandemonium.errors import DocumentError

_OTHERWISE = "Some signs of this file can be written in two ways; saving it writes them in the usual one."
_STRAY = (
    "Some bytes of this file were no UTF-8 and are read as Windows writes them; they stay as they are in lines "
    "that you do not change."
)
_UNCERTAIN = (
    "Nothing in this file says for certain how its letters are written; they are read as {}. If they look wrong, save "
    "it as UTF-8 in the program that it comes from."
)
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
    if not notice and _is_old(encoding) and is_uncertain(data):
        notice = _UNCERTAIN.format(encoding)
    if newline != "\n" or mixed:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = PlainForm(encoding, errors, mark, newline)
    if (not notice or _is_old(encoding)) and not data.isascii() and not _comes_back(text, plain, data):
        plain = replace(plain, lines=_lines_as_they_stood(data[len(mark) :], text, plain))
        if not _comes_back(text, plain, data):
            notice = notice or _OTHERWISE
        elif encoding == "utf-8":
            notice = _STRAY
    return Manuscript(Passage(text), format, path, plain=plain, notice=notice)


def encode_plain(manuscript: Manuscript) -> tuple[bytes, Manuscript]:
    """Gives the bytes to write, and the manuscript as it was written.

    Where the file's old encoding has no sign for a character, UTF-8 is taken and the notice says so.
    """
    plain = manuscript.plain
    notice = ""
    try:
        data = _encoded(manuscript.text, plain)
        # What says something else when it is opened again had better say it in UTF-8.
        if _is_guessed(plain) and not _reads_as(data, manuscript.text):
            notice = "It was saved as UTF-8, since its bytes in its old encoding could be taken for another."
    except UnicodeEncodeError:
        notice = "It was saved as UTF-8, since its old encoding has no sign for some of its characters."
    if not notice:
        return data, replace(manuscript, notice="")
    written = replace(manuscript, plain=PlainForm(newline=plain.newline), notice=notice)
    return _encoded(manuscript.text, written.plain), written


def _is_old(encoding: str) -> bool:
    return not encoding.startswith(("utf-", "ascii"))


def _is_guessed(plain: PlainForm) -> bool:
    """The encoding was found out by what the file spells."""
    return bool(plain.lines) or not (plain.mark or plain.encoding == "utf-8")


def _reads_as(data: bytes, text: str) -> bool:
    if data.isascii():
        return True
    try:
        return decode_plain(data).text == text
    except DocumentError:
        return False


def _encoded(text: str, plain: PlainForm) -> bytes:
    if not plain.lines:
        text = text.replace("\n", plain.newline) if plain.newline != "\n" else text
        return plain.mark + text.encode(plain.encoding, plain.errors)
    kept = (plain.lines.get(line) for line in text.split("\n"))
    lines = (
        line.encode(plain.encoding, plain.errors) if stood is None else stood
        for line, stood in zip(text.split("\n"), kept, strict=True)
    )
    return plain.mark + plain.newline.encode("ascii").join(lines)


def _comes_back(text: str, plain: PlainForm, data: bytes) -> bool:
    try:
        return _encoded(text, plain) == data
    except UnicodeEncodeError:
        return False


def _lines_as_they_stood(body: bytes, text: str, plain: PlainForm) -> dict[str, bytes]:
    """The bytes of the lines that the codec writes otherwise."""
    stood = body.split(plain.newline.encode("ascii"))
    lines = text.split("\n")
    if len(stood) != len(lines):
        return {}
    found: dict[str, bytes] = {}
    for line, data in zip(lines, stood, strict=True):
        if line not in found and not _comes_back(line, PlainForm(plain.encoding, plain.errors), data):
            found[line] = data
    return found


def _decoded(data: bytes) -> tuple[str, str, str, bytes]:
    encoding = detect_encoding(data)
    mark = b""
    if not encoding.startswith("utf-") and not data.isascii() and _is_utf8_but_for_surrogates(data):
        encoding = "utf-8"
    if encoding in ("utf-16", "utf-32"):
        encoding += "-le" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE)) else "-be"
        mark = _MARKS[encoding]
    elif encoding == "utf-8-sig":
        encoding = "utf-8"
        mark = codecs.BOM_UTF8
    body = data[len(mark) :]
    # Lone surrogates come back out as the bytes that they were.
    errors = "surrogatepass" if encoding.startswith("utf-") else "strict"
    try:
        return body.decode(encoding, errors), encoding, errors, mark
    except UnicodeDecodeError:
        if encoding == "utf-8":
            return stray_as_western(body.decode(encoding, "surrogateescape")), encoding, errors, mark
    if encoding.startswith("utf-"):
        return body.decode(encoding, "replace"), encoding, "replace", mark
    if encoding != "cp1252":
        return body.decode(encoding, "replace"), encoding, errors, mark
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
    returns = text.count("\r") - both
    feeds = text.count("\n") - both
    counts = {"\n": feeds, "\r\n": both, "\r": returns}
    newline = max(counts, key=lambda each: counts[each])
    return newline, sum(1 for count in counts.values() if count) > 1


def _name(path: Path | None) -> str:
    return path.name if path else "This"
