"""Makes a plain OpenDocument text of a template, and of the other kinds of text."""

from __future__ import annotations

import io
import re

from pandemonium.documents.formats.odt.file import MANIFEST
from pandemonium.documents.packages.archive import Archive
from pandemonium.documents.packages.package import Package

_OTHER_KIND = re.compile(rb"opendocument\.text-(?:template|master|web)")


def plain_document(data: bytes) -> bytes:
    """The same file as a document where it is a template or the like; one that is a document as it stands.

    Raises:
        DocumentError: it is damaged.
    """
    with Archive(io.BytesIO(data)) as archive:
        if "mimetype" not in archive or not _OTHER_KIND.search(archive.read("mimetype")):
            return data
    package = Package(data)
    for name in ("mimetype", MANIFEST):
        if name in package:
            package.write(name, _OTHER_KIND.sub(b"opendocument.text", package.read(name)))
    return package.to_bytes()
