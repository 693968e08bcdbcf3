"""The paragraphs of the file that a document was read from, and which it left alone: docx and odt patch alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pandemonium.documents.formats.patched.line import Line
from pandemonium.documents.model.manuscript import InlineObject, Note
from pandemonium.documents.model.passage import OBJECT, ParagraphStyle, Passage


class SourceParagraph:
    """What of a file the page shows as one paragraph.

    Attributes:
        line: its characters; of an embedded block, one object.
        style: as the page knows it.
        is_foreign: it is no paragraph in its file.
    """

    line: Line
    style: ParagraphStyle
    is_embedded: bool

    def passage(self) -> Passage:
        """As the page shows it."""
        return Passage(self.line.text, (), self.line.spans(), (self.style,))

    def is_same(self, other: Passage, style: ParagraphStyle) -> bool:
        """The page shows it still as it was; who wrote it apart."""
        return self.style == style and self.line.text == other.text and self.line.spans() == other.spans


Paragraph = TypeVar("Paragraph", bound=SourceParagraph)


def left_alone(
    source: Sequence[SourceParagraph],
    paragraphs: Sequence[tuple[Passage, ParagraphStyle]],
    now: Mapping[str, InlineObject],
    before: Mapping[str, InlineObject],
) -> tuple[set[int], set[int]]:
    """Which paragraphs say what the file says, by their own numbers and by the file's; each of the file's once.

    Args:
        source: the file's.
        paragraphs: the document's, with their styles.
        now, before: what objects the document has, and the file had.
    """
    same: set[int] = set()
    taken: set[int] = set()
    for index, (paragraph, style) in enumerate(paragraphs):
        origin = style.origin
        known = 0 <= origin < len(source) and origin not in taken
        if known and source[origin].is_same(paragraph, style) and _still_means(paragraph, now, before):
            same.add(index)
            taken.add(origin)
    return same, taken


def divided_from(near: Paragraph | None, paragraph: Passage) -> Paragraph | None:
    """The paragraph of the file, `near` before it, that a new one is the second half of, if any."""
    text = paragraph.text
    if near is None or near.is_embedded or len(text) < 2:
        return None
    return near if near.line.text.endswith(text[len(text) // 2 :]) else None


def in_pieces(
    paragraph: Passage, block_of: Callable[[str], list[Any] | None]
) -> list[tuple[Passage, list[Any] | None]]:
    """The paragraph in pieces where objects stand in it that are paragraphs themselves, with their elements."""
    pieces: list[tuple[Passage, list[Any] | None]] = []
    start = 0
    for span in paragraph.spans:
        block = block_of(span.object_key) if span.object_key else None
        if block is not None:
            if start < span.start:
                pieces.append((paragraph.part(start, span.start), None))
            pieces.append((Passage(OBJECT), block))
            start = span.end
    if start < len(paragraph) or not pieces:
        pieces.append((paragraph.part(start, len(paragraph)), None))
    return pieces


def _still_means(paragraph: Passage, now: Mapping[str, InlineObject], before: Mapping[str, InlineObject]) -> bool:
    """Its objects are those of the file; notes may say something else."""
    return all(
        isinstance(now.get(span.object_key), Note)
        if isinstance(before.get(span.object_key), Note)
        else now.get(span.object_key) == before.get(span.object_key)
        for span in paragraph.spans
        if span.object_key
    )
