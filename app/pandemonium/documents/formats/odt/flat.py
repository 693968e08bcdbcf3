"""Opens flat OpenDocument text, one XML file, by making the package of it that other programs write."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

from pandemonium.documents.formats.format import Progress
from pandemonium.documents.formats.odt.document import read_odt
from pandemonium.documents.formats.odt.names import q
from pandemonium.documents.formats.odt.template import empty_parts
from pandemonium.documents.formats.patched.patched_file import MENDED
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.packages.package import new_package, serialized
from pandemonium.errors import DocumentError

_FLAT = "flat.xml"
_PARTS = {
    "content.xml": ("document-content", ("scripts", "font-face-decls", "automatic-styles", "body")),
    "styles.xml": ("document-styles", ("font-face-decls", "styles", "automatic-styles", "master-styles")),
    "meta.xml": ("document-meta", ("meta",)),
}


def read_flat_odt(data: bytes, path: Path | None = None, progress: Progress | None = None) -> Manuscript:
    """Opens a document that is one XML file, as an odt file that was never saved.

    Raises:
        DocumentError: it is damaged, or no text.
    """
    packed, is_mended = _packed(data)
    manuscript = replace(read_odt(packed, path, progress), path=None)
    return replace(manuscript, notice=f"{MENDED} {manuscript.notice}".strip()) if is_mended else manuscript


def _packed(data: bytes) -> tuple[bytes, bool]:
    """The odt file that says what a flat one does, and whether that one is damaged.

    Raises:
        DocumentError: it is damaged.
    """
    flat = new_package({_FLAT: data})
    root = flat.tree(_FLAT)
    if next(root.iter(q("office:text")), None) is None:
        raise DocumentError("This file is damaged: it has no text where OpenDocument keeps it.")
    parts = empty_parts()
    for name, (title, held) in _PARTS.items():
        children = [each for each in root if each.tag in {q(f"office:{child}") for child in held}]
        if children or name == "content.xml":
            parts[name] = serialized(_part(root, title, children))
    return new_package(parts).to_bytes(), flat.mended


def _part(root: Any, title: str, children: list[Any]) -> Any:
    part = root.makeelement(q(f"office:{title}"), dict(root.attrib), nsmap=root.nsmap)
    part.attrib.pop(q("office:mimetype"), None)
    for each in children:
        part.append(copy.deepcopy(each))
    return part
