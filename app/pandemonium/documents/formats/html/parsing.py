"""Takes the markup of a page apart, whatever encoding it is in."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from pandemonium.errors import DocumentError

_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SELF_CLOSED = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>",
    re.I,
)


def parse_html(markup: str) -> Any:
    """The page's root element, or None for a page of nothing.

    Raises:
        DocumentError: it cannot be taken apart.
    """
    markup = _SELF_CLOSED.sub(r"<\1\2></\1>", _DECLARATION.sub("", markup.replace("\0", "")))
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True, huge_tree=False
    )
    try:
        return etree.fromstring(markup.encode("utf-8", "replace"), parser) if markup.strip() else None
    except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise DocumentError("This page is damaged and cannot be read.") from error


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page itself names, if Python knows it and the page is not marked otherwise."""
    head = data[:4096]
    match = _XML_ENCODING.search(head) or _META_CHARSET.search(head)
    if match is None or data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:3] == b"\xef\xbb\xbf" or b"\0" in head:
        return None
    name = match.group(1).decode("ascii").lower()
    # What pages call Latin-1 and ASCII has been Windows' Western encoding in every browser.
    name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "gb2312": "gb18030",
            "gbk": "gb18030", "shift_jis": "cp932", "utf8": "utf-8"}.get(name, name)  # fmt: skip
    try:
        data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return name
