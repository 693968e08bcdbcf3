"""Unpacks the page out of a letter that holds it with its pictures (RFC 2557)."""

from __future__ import annotations

import codecs
import html
import quopri
import re
from binascii import a2b_base64
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser

from pandemonium.documents.decoding import decode
from pandemonium.documents.formats.html.parsing import declared_encoding
from pandemonium.documents.packages.effort import TOO_MUCH
from pandemonium.errors import DocumentError
from pandemonium.text.wrapping import unwrap

_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_BLANK_LINE = re.compile(rb"\r?\n\r?\n|\r\r")
_LONGEST_HEAD = 64 * 1024  # bytes
_DEEPEST = 5  # letters within letters
_MOST_PARTS = 10_000
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def packed_page(data: bytes) -> str:
    """The markup of the first page in a letter, or of one made of its text where that is all that it holds.

    Raises:
        DocumentError: there is neither.
    """
    texts: list[str] = []
    for head, body in _parts(data.removeprefix(codecs.BOM_UTF8).lstrip(), 0):
        kind = head.get_content_type()
        if kind in _PAGES:
            page = _carried(head, body)
            return decode(page, _charset(head) or declared_encoding(page)).text
        if kind == "text/plain" and head.keys() and head.get_content_disposition() != "attachment":
            texts.append(decode(_carried(head, body), _charset(head)).text)
    if texts:
        return _page_of("\n\n".join(texts))
    raise DocumentError(
        "This is a packed web page or a letter, but there is no page in it, nor a text.",
        "Save it again in the program that made it.",
    )


def _parts(data: bytes, depth: int) -> Iterator[tuple[Message, bytes]]:
    """The head and the body of each part of a letter that holds no others."""
    blank = _BLANK_LINE.search(data, 0, _LONGEST_HEAD)
    if blank is None:
        return
    head = BytesHeaderParser().parsebytes(data[: blank.start()])
    boundary = head.get_boundary()
    if boundary is None:
        yield head, data[blank.end() :]
    elif depth < _DEEPEST:
        border = b"\n--" + boundary.encode("utf-8", "surrogateescape")
        if data.count(border) > _MOST_PARTS:
            raise DocumentError(TOO_MUCH)
        for part in data[blank.start() :].split(border)[1:]:
            _, _, inner = part.partition(b"\n")
            yield from _parts(inner, depth + 1)


def _page_of(text: str) -> str:
    """A page that says what a plain text does: its paragraphs, and the lines in these that no program broke."""
    paragraphs = unwrap(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n\n")
    lines = (html.escape(each.strip("\n"), quote=False).replace("\n", "<br>") for each in paragraphs)
    return "<body>" + "".join(f"<p>{each}</p>" for each in lines)


def _carried(head: Message, body: bytes) -> bytes:
    """A part's bytes, out of the letters that mail can carry."""
    match str(head.get("Content-Transfer-Encoding", "")).strip().lower():
        case "quoted-printable":
            return quopri.decodestring(body)
        case "base64":
            letters = _NO_BASE64.sub(b"", body)
            return a2b_base64(letters[: len(letters) - (len(letters) % 4 == 1)] + b"==")
    return body


def _charset(head: Message) -> str | None:
    try:
        return codecs.lookup(head.get_content_charset() or "").name
    except (LookupError, ValueError):
        return None
