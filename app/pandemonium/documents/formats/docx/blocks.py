"""Divides the body of a docx file, or one of its notes, into the paragraphs that the page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pandemonium.documents.formats.docx.inline import LineReader, block_text, gallery, kept_aside
from pandemonium.documents.formats.docx.names import (
    FIELD_CHAR,
    FIELD_CODE,
    PPR,
    SDT,
    SDT_CONTENT,
    SECTPR,
    TBL,
    P,
    child,
    w,
)  # fmt: skip
from pandemonium.documents.formats.docx.styles import Styles
from pandemonium.documents.line import Line, Piece
from pandemonium.documents.manuscript import Foreign
from pandemonium.documents.passage import BODY, THING, ParagraphStyle
from pandemonium.documents.scenes import is_scene_sign
from pandemonium.documents.source import SourceParagraph

_SHELLS = frozenset((SDT, w("customXml"), w("smartTag")))
_CONTENTS = "contents page"


@dataclass(slots=True)
class Unit(SourceParagraph):
    """What the page shows as one paragraph.

    Attributes:
        elements: of the file; a paragraph is one, a contents page may be many.
        before: unseen elements that stand before it.
        shells: elements around it, outermost first.
        line: its characters; of a foreign block, one thing.
        style: as the page knows it.
    """

    elements: list[Any]
    before: list[Any] = field(default_factory=list)
    shells: tuple[Any, ...] = ()
    line: Line = field(default_factory=Line)
    style: ParagraphStyle = BODY
    is_foreign: bool = False

    @property
    def properties(self) -> Any:
        """The paragraph's properties; None if it has none, or is none."""
        return None if self.is_foreign else child(self.elements[0], PPR)


@dataclass(slots=True)
class Divided:
    """A body's units, and the unseen elements after the last."""

    units: list[Unit] = field(default_factory=list)
    after: list[Any] = field(default_factory=list)


class Divider:
    """Divides bodies.

    Args:
        styles: of the file.
        lines: reads their paragraphs.
        key: gives each thing that is met a key.
    """

    def __init__(self, styles: Styles, lines: LineReader, key: Callable[[Piece], str]) -> None:
        self._styles, self._lines, self._key = styles, lines, key

    def divide(self, body: Any, said: Callable[[float], None] | None = None) -> Divided:
        """Divides a body; `said` hears how much of it is done."""
        divided = Divided()
        waiting: list[Any] = []
        total = max(len(body), 1)
        for index, (elements, shells) in enumerate(self._blocks(body, ())):
            if said and index % 500 == 0:
                said(min(index / total, 1.0))
            first = elements[0]
            if first.tag == P and len(elements) == 1:
                unit = self._paragraph(first, len(divided.units))
            elif text := self._foreign_label(elements):
                source = Foreign(text, block_text(elements), kept_aside(elements, "body"))
                piece = Piece(THING, source=source)
                piece.key = self._key(piece)
                unit = Unit(elements, line=Line([piece]), is_foreign=True)
                unit.style = ParagraphStyle(origin=len(divided.units))
            else:
                waiting += elements
                continue
            unit.before, unit.shells, waiting = waiting, shells, []
            divided.units.append(unit)
        divided.after = waiting
        return divided

    def _paragraph(self, element: Any, origin: int) -> Unit:
        line = self._lines.read(element)
        for piece in line.pieces:
            if piece.text == THING and (piece.note or piece.source):
                piece.key = self._key(piece)
        meaning = self._styles.meaning(child(element, PPR))
        kind, level = meaning.kind, meaning.level
        if kind == "body" and len(line.pieces) and is_scene_sign(line.text):
            kind = "scene"
        style = ParagraphStyle(kind, level, meaning.alignment, meaning.page_break or line.page_break, origin)
        return Unit([element], line=line, style=style)

    def _blocks(self, parent: Any, shells: tuple[Any, ...]) -> Iterator[tuple[list[Any], tuple[Any, ...]]]:
        """Each block with the elements around it; the paragraphs over which one field stretches are one block."""
        children = [each for each in parent if each.tag != SECTPR]
        index = 0
        while index < len(children):
            each = children[index]
            index += 1
            if each.tag in _SHELLS and not (each.tag == SDT and gallery(each)):
                inner = child(each, SDT_CONTENT) if each.tag == SDT else each
                if inner is not None and next(inner.iterchildren(P, TBL, *_SHELLS), None) is not None:
                    yield from self._blocks(inner, (*shells, each))
                    continue
            depth = _open_fields(each) if each.tag == P else 0
            end = index
            while depth > 0 and end < len(children):
                depth += _open_fields(children[end])
                end += 1
            if depth <= 0 and end > index:
                yield children[index - 1 : end], shells
                index = end
            else:
                yield [each], shells

    def _foreign_label(self, elements: list[Any]) -> str:
        """What a writer calls these blocks; "" for elements that say nothing."""
        first = elements[0]
        if first.tag == TBL:
            return "table"
        if first.tag == P:
            codes = "".join(each.text or "" for each in first.iter(FIELD_CODE))
            return _CONTENTS if "TOC" in codes else "field"
        if first.tag == SDT:
            return _CONTENTS if gallery(first) == "Table of Contents" else "part"
        name = first.tag.rpartition("}")[2] if isinstance(first.tag, str) else ""
        if name in ("altChunk", "AlternateContent", "oMathPara", "oMath") or block_text(elements):
            return "equation" if "Math" in name else "part"
        return ""


def _open_fields(element: Any) -> int:
    """How many fields begin in it and do not end there."""
    depth = 0
    for each in element.iter(FIELD_CHAR):
        kind = each.get(w("fldCharType"))
        depth += 1 if kind == "begin" else -1 if kind == "end" else 0
    return depth
