"""Divides the body of a docx file, or one of its notes, into the paragraphs that the page shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pandemonium.documents.formats.docx.inline import LineReader, gallery, kept_aside
from pandemonium.documents.formats.docx.names import (
    ALT_CHUNK,
    DEL,
    FIELD_CHAR,
    FIELD_CODE,
    INS,
    MOVE_FROM,
    MOVE_TO,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    SECTPR,
    TBL,
    P,
    by_name,
    child,
    text_of,
    w,
)
from pandemonium.documents.formats.docx.numbers import WordNumbers
from pandemonium.documents.formats.docx.styles import Styles, run_meaning
from pandemonium.documents.formats.patched.line import Anchor, Line, Piece
from pandemonium.documents.formats.patched.source import SourceParagraph
from pandemonium.documents.model.manuscript import EmbeddedObject
from pandemonium.documents.model.numbering import PageNumbers
from pandemonium.documents.model.passage import BODY, OBJECT, ParagraphStyle
from pandemonium.documents.model.scenes import is_scene_sign
from pandemonium.documents.packages.package import parsed

_SHELLS = frozenset((SDT, w("customXml"), w("smartTag")))
_FRAME = w("framePr")
_CONTENTS = "contents page"
_CONTENTS_FIELD = re.compile(r"\s*TOC\b", re.I)
Block = tuple[list[Any], tuple[Any, ...]]
Chunk = Callable[[Any], list[tuple[Line, ParagraphStyle]]]


@dataclass(slots=True)
class Unit(SourceParagraph):
    """What the page shows as one paragraph.

    Attributes:
        elements: of the file; a paragraph is one, two if it begins with a drop cap, which Word keeps in a paragraph
            of its own; a contents page may be many.
        before: unseen elements that stand before it, with what is around each.
        shells: elements around it, outermost first.
        line: its characters; of an embedded block, one object.
        style: as the page knows it.
        cap, rest: where it begins with a drop cap, the characters of the two paragraphs.
        broken_by: the number of the unit whose last character is the break of the page that this one begins after;
            -1 where it has such a break itself, or none.
        chunk: the document within the document that it comes from; its paragraphs have no elements of their own.
        list_id: the number of the list that it is an entry of; "" for none.
        depth: its level in that list, from 0.
    """

    elements: list[Any]
    before: list[Block] = field(default_factory=list)
    shells: tuple[Any, ...] = ()
    line: Line = field(default_factory=Line)
    style: ParagraphStyle = BODY
    is_embedded: bool = False
    cap: Line | None = None
    rest: Line | None = None
    broken_by: int = -1
    chunk: Any = None
    list_id: str = ""
    depth: int = 0

    @property
    def properties(self) -> Any:
        """The paragraph's properties; None if it has none, or is none."""
        return None if self.is_embedded or self.chunk is not None else child(self.elements[-1], PPR)


@dataclass(slots=True)
class Divided:
    """A body's units, and the unseen elements after the last."""

    units: list[Unit] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)


class Divider:
    """Divides bodies.

    Args:
        styles: of the file.
        lines: reads their paragraphs.
        chunk: reads the paragraphs of a document that an element puts in here.
    """

    def __init__(self, styles: Styles, lines: LineReader, chunk: Chunk = lambda element: []) -> None:
        self._styles = styles
        self._lines = lines
        self._chunk = chunk

    def divide(self, body: Any, said: Callable[[float], None] | None = None) -> Divided:
        """Divides a body; `said` hears how much of it is done."""
        divided = Divided()
        waiting: list[Block] = []
        page = PageNumbers()
        numbers = WordNumbers(self._styles.numbering)
        breaker = -1
        blocks = list(self._blocks(body, ()))
        index = 0
        while index < len(blocks):
            if said and index % 500 == 0:
                said(index / len(blocks))
            block = blocks[index]
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            index += 1
            units = self._units(block, following, len(divided.units))
            if not units:
                waiting.append(block)
                continue
            if units[0].cap is not None:
                index += 1
            first = units[0]
            first.before = waiting
            waiting = []
            if breaker >= 0 and not (first.is_embedded or first.style.page_break):
                first.style = replace(first.style, page_break=True)
                first.broken_by = breaker
            breaker = len(divided.units) if first.line.breaks_page else -1
            for each in units:
                each.shells = block[1]
                if each.list_id:
                    each.style = page.started(each.style, numbers.take(each.list_id, each.depth))
                else:
                    page.take(each.style)
            divided.units += units
        divided.after = waiting
        return divided

    def _units(self, block: Block, following: Block | None, origin: int) -> list[Unit]:
        """What the page shows of a block; nothing for one that says nothing."""
        elements, shells = block
        first = elements[0]
        alone = first.tag == P and len(elements) == 1
        goes_on = following is not None and len(following[0]) == 1 and following[1] == shells
        below = following[0][0] if following is not None and goes_on and following[0][0].tag == P else None
        if alone:
            properties = self._properties(first)
            if below is not None and _is_drop_cap(properties) and not _is_drop_cap(self._properties(below)):
                return [self._capped(first, below, origin)]
            unit = self._paragraph(first, properties, below, origin)
            return [] if unit is None else [unit]
        if first.tag == ALT_CHUNK and (paragraphs := self._chunk(first)):
            return self._chunked(first, paragraphs, origin)
        text = self._lines.words(elements)
        noted = self._lines.take_noted()
        if label := _object_label(first, text):
            self._lines.effort.spend(4)
            piece = Piece(OBJECT, source=EmbeddedObject(label, text, kept_aside(elements, "body"), noted))
            style = ParagraphStyle(origin=origin)
            return [Unit(elements, line=Line([piece]), is_embedded=True, style=style)]
        return []

    def _chunked(self, element: Any, paragraphs: list[tuple[Line, ParagraphStyle]], origin: int) -> list[Unit]:
        units: list[Unit] = []
        for line, style in paragraphs:
            style = replace(style, origin=origin + len(units))
            units.append(Unit([element], line=line, style=style, chunk=element))
        return units

    def _paragraph(self, element: Any, properties: Mapping[str, Any], below: Any, origin: int) -> Unit | None:
        """A paragraph; None for one that is hidden, its end included."""
        line = self._lines.read(element, properties)
        if self._is_unseen(line, properties):
            return None
        if below is not None and SECTPR not in properties:
            _settle_break(line)
        return self._unit([element], line, properties, origin)

    def _properties(self, paragraph: Any) -> dict[str, Any]:
        """A paragraph's properties by their names."""
        properties = child(paragraph, PPR)
        if properties is not None:
            self._lines.effort.spend(1 + len(properties) // 4)
        return by_name(properties)

    def _capped(self, cap: Any, element: Any, origin: int) -> Unit:
        """A paragraph whose first letters Word keeps in a frame, in a paragraph of their own."""
        first = self._lines.read(cap)
        rest = self._lines.read(element)
        length = len(first.text)
        line = Line(first.pieces + rest.pieces, page_break=first.page_break or rest.page_break)
        line.anchors = first.anchors + [Anchor(each.at + length, each.element) for each in rest.anchors]
        unit = self._unit([cap, element], line, self._properties(element), origin)
        unit.cap = first
        unit.rest = rest
        return unit

    def _unit(self, elements: list[Any], line: Line, properties: Mapping[str, Any], origin: int) -> Unit:
        meaning = self._styles.meaning_of(properties)
        kind = meaning.kind
        level = meaning.level
        if kind == "body" and len(line.pieces) and (is_scene_sign(line.text) or _is_rule(line)):
            kind = "scene"
        if (mark := properties.get(RPR)) is not None:
            if child(mark, DEL) is not None or child(mark, MOVE_FROM) is not None:
                self._lines.hidden |= {"changes", "deleted ends of paragraphs"}
            elif child(mark, INS) is not None or child(mark, MOVE_TO) is not None:
                self._lines.hidden.add("changes")
        style = ParagraphStyle(kind, level, meaning.alignment, meaning.page_break or line.page_break, origin)
        return Unit(elements, line=line, style=style, list_id=meaning.list, depth=meaning.depth)

    def _is_unseen(self, line: Line, properties: Mapping[str, Any]) -> bool:
        """Its characters are hidden, and so is its end: there is nothing of it to see, not even an empty line."""
        if line.pieces or not line.anchors or line.page_break or SECTPR in properties:
            return False
        return self._styles.hides(run_meaning(properties.get(RPR)), otherwise=self._styles.hides_paragraph(properties))

    def _blocks(self, parent: Any, shells: tuple[Any, ...]) -> Iterator[Block]:
        """Each block with the elements around it; the paragraphs over which one field stretches are one block."""
        children = [each for each in parent if each.tag != SECTPR]
        ends = _field_ends(children)
        index = 0
        while index < len(children):
            each = children[index]
            end = ends[index]
            if each.tag in _SHELLS and not (each.tag == SDT and gallery(each)):
                inner = child(each, SDT_CONTENT) if each.tag == SDT else each
                if inner is not None and next(inner.iterchildren(P, TBL, *_SHELLS), None) is not None:
                    self._lines.effort.spend(2)
                    yield from self._blocks(inner, (*shells, each))
                    index += 1
                    continue
            yield children[index:end], shells
            index = end


def _object_label(first: Any, text: str) -> str:
    """What a writer calls blocks that begin with this element; "" for ones that say nothing."""
    if first.tag == TBL:
        return "table"
    if first.tag == P:
        codes = "".join(map(text_of, first.iter(FIELD_CODE)))
        return _CONTENTS if _CONTENTS_FIELD.match(codes) else "field"
    if first.tag == SDT:
        return _CONTENTS if gallery(first) == "Table of Contents" else "part"
    name = first.tag.rpartition("}")[2] if isinstance(first.tag, str) else ""
    if name in ("altChunk", "AlternateContent", "oMathPara", "oMath") or text:
        return "equation" if "Math" in name else "part"
    return ""


def _is_rule(line: Line) -> bool:
    """Tells whether a line across the page is all that a paragraph shows."""
    drawn = [each for each in line.pieces if each.text.strip()]
    return len(drawn) == 1 and drawn[0].source is not None and drawn[0].source.label == "drawn line"


def _is_drop_cap(properties: Mapping[str, Any]) -> bool:
    frame = properties.get(_FRAME)
    return frame is not None and frame.get(w("dropCap")) in ("drop", "margin")


def _settle_break(line: Line) -> None:
    """Takes a break of the page at the very end of a paragraph for one before the next, as which the page shows it."""
    last = line.pieces[-1] if line.pieces else None
    if last is None or last.source is None or last.source.label != "page break" or last.shells:
        return
    if not any(each.text != OBJECT and each.text.strip() for each in line.pieces):
        return
    del line.pieces[-1]
    line.anchors.append(Anchor(len(line.text), next(iter(parsed(last.source.source)))))
    line.breaks_page = True


def _field_ends(blocks: list[Any]) -> list[int]:
    """For each block the index after the last of those over which a field that begins in it stretches.

    A field that never ends, as one that begins and ends in the block, stretches over this block alone.
    """
    ends = list(range(1, len(blocks) + 1))
    waiting: list[tuple[int, int]] = []  # blocks that leave fields open, and how many were open before each
    depth = 0
    for index, each in enumerate(blocks):
        if each.tag != P:
            continue
        ended, begun = _open_fields(each)
        ended = min(ended, depth)  # more than that end what never began
        if begun > ended:
            waiting.append((index, depth))
        depth += begun - ended
        while begun < ended and waiting and waiting[-1][1] >= depth:
            ends[waiting.pop()[0]] = index + 1
    return ends


def _open_fields(element: Any) -> tuple[int, int]:
    """How many fields end in it that did not begin there, and how many begin and do not end there."""
    ended = begun = 0
    for each in element.iter(FIELD_CHAR):
        kind = each.get(w("fldCharType"))
        if kind == "begin":
            begun += 1
        elif kind == "end" and begun:
            begun -= 1
        elif kind == "end":
            ended += 1
    return ended, begun
