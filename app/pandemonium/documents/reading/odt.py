"""Reads OpenDocument text (odt, ott and the flat fodt): its paragraphs without notes, comments and indexes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pandemonium.documents.archive import Archive
from pandemonium.documents.reading.result import Reading
from pandemonium.documents.xml import attribute, elements, local_name, parse_xml
from pandemonium.errors import DocumentError

_MANIFEST = "META-INF/manifest.xml"
_SKIPPED = frozenset(
    "note annotation annotation-end table-of-content alphabetical-index illustration-index table-index object-index "
    "user-index bibliography tracked-changes sequence-decls variable-decls user-field-decls page-number page-count "
    "forms ruby-text title desc event-listeners binary-data".split()
)
_PARAGRAPHS = frozenset(("p", "h"))


def read_odt(path: Path) -> Reading:
    """Reads a document.

    Raises:
        DocumentError: it is damaged or locked with a password.
    """
    with Archive(path) as archive:
        if _MANIFEST in archive and _is_locked(archive.read(_MANIFEST)):
            raise DocumentError("This document is locked with a password.", "Save a copy without the password.")
        data = archive.read("content.xml")
    return _read(data)


def read_flat_odt(data: bytes) -> Reading:
    """Reads a document that is one XML file.

    Raises:
        DocumentError: it is damaged.
    """
    return _read(data)


def _is_locked(manifest: bytes) -> bool:
    return next(elements(parse_xml(manifest), "encryption-data"), None) is not None


def _read(data: bytes) -> Reading:
    body = next(elements(parse_xml(data), "text"), None)
    if body is None:
        raise DocumentError("This file is damaged: it has no text where OpenDocument keeps it.")
    paragraphs: list[str] = []
    _walk(body, paragraphs)
    return Reading("\n\n".join(paragraphs), "odt", True)


def _walk(element: Any, paragraphs: list[str]) -> None:
    for child in element:
        name = local_name(child)
        if name in _PARAGRAPHS:
            pieces: list[str] = []
            framed: list[str] = []
            _inline(child, pieces, framed)
            paragraphs.extend(text for text in ("".join(pieces).strip(), *framed) if text)
        elif name and name not in _SKIPPED:
            _walk(child, paragraphs)


def _inline(element: Any, pieces: list[str], framed: list[str]) -> None:
    """Gathers a paragraph's text; paragraphs in a frame that hangs on it come behind it."""
    pieces.append(_collapsed(element.text))
    for child in element:
        name = local_name(child)
        if name == "s":
            pieces.append(
                " " * min(int(attribute(child, "c") or 1), 80) if (attribute(child, "c") or "1").isdigit() else " "
            )
        elif name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("\n")
        elif name == "frame":
            _walk(child, framed)
        elif name and name not in _SKIPPED:
            _inline(child, pieces, framed)
        pieces.append(_collapsed(child.tail))


def _collapsed(text: str | None) -> str:
    return " ".join((text or "").replace("\n", " ").split(" ")) if text else ""
