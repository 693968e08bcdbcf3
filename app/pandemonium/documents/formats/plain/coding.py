"""Plain text files: any encoding in, and out again as they came in, byte for byte where nothing was changed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pandemonium.documents.authorship import aligned
from pandemonium.documents.decoding import detect_encoding, is_uncertain, looks_binary, stray_as_western
from pandemonium.documents.model.manuscript import Manuscript, PlainForm, PlainLine
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
_LINE_END = re.compile("(\r\n|\r|\n)")
_BYTES_OF_LINE_END = re.compile(rb"\r\n|\r|\n")
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
    stood, encoding, errors, mark = _decoded(data)
    notice = ""
    if errors == "replace":
        notice = "Some bytes of this file were no text and are shown as \ufffd; saving it makes that last."
    elif _is_old(encoding) and is_uncertain(data):
        notice = _UNCERTAIN.format(encoding)
    text = stood.replace("\r\n", "\n").replace("\r", "\n") if "\r" in stood else stood
    plain = PlainForm(encoding, errors, mark, _most_line_ends(stood))
    if errors != "replace" and not _comes_back(text, plain, data):
        plain = replace(plain, lines=_lines_as_they_stood(data[len(mark) :], stood, plain))
        if not plain.lines:
            notice = notice or _OTHERWISE
        elif encoding == "utf-8" and not _is_utf8_but_for_surrogates(data):
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
    lines = tuple(line._replace(data=line.text.encode("utf-8", "surrogatepass")) for line in plain.lines)
    written = replace(manuscript, plain=PlainForm(newline=plain.newline, lines=lines), notice=notice)
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
    if plain.lines:
        return plain.mark + b"".join(_pieces(text.split("\n"), plain))
    text = text.replace("\n", plain.newline) if plain.newline != "\n" else text
    return plain.mark + text.encode(plain.encoding, plain.errors)


def _pieces(lines: list[str], plain: PlainForm) -> Iterator[bytes]:
    """The bytes of lines with their ends, as they stood in the file where they say the same."""
    known = {line.text: line for line in plain.lines}
    places = aligned([line.text for line in plain.lines], lines)
    for number, (text, place) in enumerate(zip(lines, places, strict=True), 1):
        stood = plain.lines[place] if place >= 0 else known.get(text)
        yield text.encode(plain.encoding, plain.errors) if stood is None else stood.data
        if number < len(lines):
            end = plain.newline if stood is None else stood.end or plain.newline
            yield end.encode(plain.encoding, plain.errors)


def _comes_back(text: str, plain: PlainForm, data: bytes) -> bool:
    try:
        return _encoded(text, plain) == data
    except UnicodeEncodeError:
        return False


def _lines_as_they_stood(body: bytes, text: str, plain: PlainForm) -> tuple[PlainLine, ...]:
    """The lines of a file; none where its bytes cannot be parted as its text is."""
    lines = _LINE_END.split(text)
    texts = lines[::2]
    if plain.encoding.startswith(("utf-16", "utf-32")):
        stood = [line.encode(plain.encoding, plain.errors) for line in texts]
    else:
        stood = _BYTES_OF_LINE_END.split(body)
    if len(stood) != len(texts):
        return ()
    return tuple(map(PlainLine._make, zip(texts, stood, [*lines[1::2], ""], strict=True)))


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


def _most_line_ends(text: str) -> str:
    """How most lines end."""
    both = text.count("\r\n")
    counts = {"\n": text.count("\n") - both, "\r\n": both, "\r": text.count("\r") - both}
    return max(counts, key=lambda each: counts[each])


def _name(path: Path | None) -> str:
    return path.name if path else "This"
