"""What a voice reads before a place: one rule, so that what was read ahead is what Continue asks for."""

from __future__ import annotations

from collections.abc import Callable

from pandemonium.desktop.editor.markdown_style import prose
from pandemonium.documents.model.paragraphing import AROUND, paragraph_break
from pandemonium.writing.reading.context import reading_start


def prose_of(text: str, form: str) -> str:
    """The prose of a document's text, which has Markdown's signs where its form is "md"."""
    return prose(text) if form == "md" else text


def read_before(text_between: Callable[[int, int], str], position: int, form: str) -> tuple[str, str]:
    """What a voice reads before a position, and what the document puts between paragraphs there.

    Args:
        text_between: the document's text between two of the editor's positions, clamped.
        position: the editor's.
        form: of the document.
    """
    before = prose_of(text_between(reading_start(position), position), form)
    behind = prose_of(text_between(position, position + AROUND), form)
    return before, paragraph_break(before, form, behind)
