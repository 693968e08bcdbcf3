"""Tells whether a word processor's file says something where no page shows it: in headers, footers, comments."""

from __future__ import annotations

import io
import re

from pandemonium.documents.packages.archive import Archive
from pandemonium.documents.packages.xml import elements, parse_xml
from pandemonium.errors import DocumentError

_WORD_PART = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d{0,9}\.xml", re.IGNORECASE)


def says_more(data: bytes) -> bool:
    """Tells whether a docx or odt file has words outside of its body."""
    try:
        with Archive(io.BytesIO(data)) as archive:
            for name in sorted(archive.names):
                if _WORD_PART.fullmatch(name):
                    texts = elements(parse_xml(archive.read(name)), "t")
                elif name == "styles.xml":
                    root = parse_xml(archive.read(name))
                    texts = (each for kind in ("header", "footer") for each in elements(root, kind))
                else:
                    continue
                said = "".join(str(text) for each in texts for text in each.itertext())
                if any(map(str.isalpha, said)):  # more than a page's number
                    return True
    except DocumentError:
        return False
    return False
