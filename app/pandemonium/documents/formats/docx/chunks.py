"""Reads the documents that a docx file holds in the place of paragraphs (web pages, texts, other docx files)."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from pandemonium.documents.formats.patched.line import Line, Piece
from pandemonium.documents.model.composing import styled
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note
from pandemonium.documents.model.passage import ParagraphStyle, Passage, Span
from pandemonium.errors import DocumentError

_FORMATS = {
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".rtf": "rtf",
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mht": "mht",
    ".mhtml": "mht",
}


def read_chunk(name: str, data: bytes) -> list[tuple[Line, ParagraphStyle]]:
    """The paragraphs of a document within a document.

    Args:
        name: of the part that it is.
        data: its bytes.

    Returns:
        Its paragraphs with their styles; none where it cannot be read, or says nothing.
    """
    try:
        manuscript = _read(name, data)
    except (DocumentError, ValueError, LookupError, RecursionError):
        return []
    if not manuscript.text.strip():
        return []
    return [(_line(paragraph, manuscript), style) for paragraph, style in styled(manuscript.content)]


def _read(name: str, data: bytes) -> Manuscript:
    from pandemonium.documents.formats.lookup import format_named
    from pandemonium.documents.rich import rich

    format = _FORMATS.get(Path(name).suffix.lower(), "")
    if data.startswith(b"PK"):
        format = "docx"
    elif data.startswith(b"{\\rtf"):
        format = "rtf"
    elif format == "mht" or data[:200].lower().startswith(b"mime-version"):
        format, data = _web_page(message_from_bytes(data))
    return rich(format_named(format or "html").read(data, Path(name), None))


def _web_page(message: Message) -> tuple[str, bytes]:
    """The page of a web archive, and its format."""
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml", "text/plain"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return ("txt" if part.get_content_type() == "text/plain" else "html"), payload
    return "txt", b""


def _line(paragraph: Passage, manuscript: Manuscript) -> Line:
    """A paragraph's characters without anything of the file that they come from."""
    line = Line()
    at = 0
    for span in (*paragraph.spans, Span(len(paragraph), len(paragraph))):
        if at < span.start:
            line.pieces.append(Piece(paragraph.text[at : span.start]))
        at = span.end
        text = paragraph.text[span.start : span.end]
        inline_object = manuscript.objects.get(span.object_key) if span.object_key else None
        if isinstance(inline_object, Note):
            line.pieces.append(Piece(text, span.char_format, own_note=replace(inline_object, origin="")))
        elif isinstance(inline_object, EmbeddedObject):
            line.pieces.append(Piece(text, span.char_format, source=replace(inline_object, source="")))
        elif text:
            line.pieces.append(Piece(text, span.char_format, span.link))
    return line
