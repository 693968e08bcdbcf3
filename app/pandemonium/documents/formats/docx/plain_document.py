"""Makes a plain Word document of a template, and of one with macros."""

from __future__ import annotations

import io
import re

from pandemonium.documents.formats.docx.strict import WordPackage
from pandemonium.documents.packages.archive import Archive

MACROS = "The macros of this file stay behind when it is saved."
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_KINDS = "[Content_Types].xml"
_OTHER_MAIN = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled(?:Template)?\.main"
    rb"|openxmlformats-officedocument\.wordprocessingml\.template\.main)\+xml"
)
_MACRO_PART = re.compile(r"vba(?:project|data)", re.IGNORECASE)
_MACRO_NAMED = re.compile(
    rb"<(?:\w+:)?(?:Relationship|Override)\s[^<>]*[\"'/]vba(?:project|data)[^<>]*/>", re.IGNORECASE
)


def plain_document(data: bytes) -> tuple[bytes, bool]:
    """The same file as a document without macros, and whether it had some; one that is such a document as it stands.

    Raises:
        DocumentError: it is damaged.
    """
    with Archive(io.BytesIO(data)) as archive:
        if _KINDS not in archive or not _OTHER_MAIN.search(archive.read(_KINDS)):
            return data, False
    package = WordPackage(data)
    has_macros = False
    for name in package.names:
        if _MACRO_PART.search(name):
            package.remove(name)
            has_macros = True
        elif name == _KINDS or name.endswith(".rels"):
            part = _MACRO_NAMED.sub(b"", package.read(name))
            package.write(name, _OTHER_MAIN.sub(_MAIN, part))
    return package.to_bytes(), has_macros
