"""Reads flat OpenDocument text (fodt), which the window does not open: its paragraphs without notes and indexes."""

from __future__ import annotations

from typing import Any

from pandemonium.documents.reading.result import Reading
from pandemonium.documents.xml import attribute, elements, local_name, parse_xml
from pandemonium.errors import DocumentError

_SKIPPED = frozenset(
    "note annotation annotation-end table-of-content alphabetical-index illustration-index table-index object-index "
    "user-index bibliography tracked-changes sequence-decls variable-decls user-field-decls page-number page-count "
    "forms ruby-text title desc event-listeners binary-data".split()
)
_PARAGRAPHS = frozenset(("p", "h"))


def read_flat_odt(data: bytes) -> Reading:
    """Reads a document that is one XML file.

    Raises:
        DocumentError: it is damaged.
    """
    return _read(data)


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
