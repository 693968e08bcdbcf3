"""Exports Markdown."""

from __future__ import annotations

from pandemonium.documents.formats.markdown.writing import from_rich
from pandemonium.documents.manuscript import Manuscript
from pandemonium.documents.rich import rich


def markdown_text(manuscript: Manuscript) -> str:
    """The document as Markdown's source; a plain text's signs are none of Markdown's in it."""
    if manuscript.format == "md":
        return manuscript.text
    whole = rich(manuscript)
    return from_rich(whole.content, whole.objects)
