"""Writes the paragraphs of a docx file's body, or of one of its notes: as they were, changed, or new."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any, Protocol

from pandemonium.documents.formats.docx.blocks import Block, Divided, Unit
from pandemonium.documents.formats.docx.lines import RunWriter, clone_shell
from pandemonium.documents.formats.docx.names import PPR, SECTPR, TBL, P, child, make, w
from pandemonium.documents.formats.docx.numbers import WordNumbers
from pandemonium.documents.formats.docx.properties import drop, place
from pandemonium.documents.formats.patched.line import Line
from pandemonium.documents.formats.patched.source import divided_from, in_pieces
from pandemonium.documents.model.numbering import PageNumbers
from pandemonium.documents.model.passage import OBJECT, Kind, ParagraphStyle, Passage


class Writer(Protocol):
    """What a body asks of the file that it is written for."""

    def line_writer(self) -> RunWriter:
        """Writes characters into the part that is written now."""

    def properties(self, style: ParagraphStyle, base: Any, was: ParagraphStyle | None, *, own: bool) -> Any:
        """Paragraph properties for a style, like `base`, which say `was`; `own` if they are this paragraph's."""

    def block(self, key: str) -> list[Any] | None:
        """The elements for an object that stands among paragraphs; None for one within."""

    def new_list(self, kind: Kind) -> str:
        """The id of a new list."""

    def list_of(self, properties: Any) -> tuple[str, int]:
        """The id of the list that a paragraph with these properties belongs to, and its depth; "" for none."""

    def numbers(self) -> WordNumbers:
        """Counts the entries of a body from its beginning on."""

    def restarted(self, list: str, depth: int, start: int) -> str:
        """The id of a new list like another, which begins anew with a number."""


class BodyWriter:
    """Writes one body.

    Args:
        writer: of the whole file.
        divided: the body as it was.
        paragraphs: what it is to say.
        same: the numbers of those that the file has as they are.
        taken: the numbers of the units that these are.
        loose: the numbers of units that ended with a break of the page for one that does not follow any more.
    """

    def __init__(
        self,
        writer: Writer,
        divided: Divided,
        paragraphs: list[tuple[Passage, ParagraphStyle]],
        same: set[int],
        taken: set[int],
        loose: set[int],
    ) -> None:
        self._writer = writer
        self._divided = divided
        self._paragraphs = paragraphs
        self._same = same
        self._taken = set(taken)
        self._loose = loose
        self._lines = writer.line_writer()
        self._elements: list[Any] = []
        self._open: list[tuple[Any, Any]] = []
        self._cloned: set[int] = set()
        self._lists: dict[Kind, str] = {}
        self._last: tuple[Any, ParagraphStyle] | None = None
        self._anchored: dict[int, set[int]] = {}
        self._written: dict[int, Any] = {}
        self._near: Unit | None = None
        self._chunk: Any = None
        self._page = PageNumbers()
        self._numbers = writer.numbers()

    def elements(self) -> list[Any]:
        """The elements, in order."""
        units = self._divided.units
        for index, (paragraph, style) in enumerate(self._paragraphs):
            unit = units[style.origin] if 0 <= style.origin < len(units) else None
            if index in self._same and unit is not None:
                self._same_again(unit)
            else:
                self._changed(paragraph, style, unit)
            if unit is not None:
                self._near = unit
            if style.kind not in ("bullet", "number"):
                self._lists.clear()
        self._keep_sections()
        last = self._elements[-1] if self._elements else None
        if last is None or last.tag == TBL:  # Word wants a paragraph at the end
            self._elements.append(make("p"))
        self._put_unseen(self._divided.after)
        return self._elements

    def _same_again(self, unit: Unit) -> None:
        # Of a document within the document the first paragraph stands for all.
        stands = unit.chunk is None or unit.chunk is not self._chunk
        if unit.is_embedded or unit.chunk is not None:
            self._page.take(unit.style)
        elif (renumbered := self._numbered(unit.properties, unit.style)) is not None:
            place(unit.properties, renumbered)
        self._chunk = unit.chunk
        self._put_unseen(unit.before)
        for each in unit.elements if stands else ():
            each.tail = None
            self._put(each, unit.shells)
        if unit.chunk is None:
            self._written[unit.style.origin] = unit.elements[-1]
        self._last = None if unit.is_embedded or unit.chunk is not None else (unit.properties, unit.style)
        if unit.style.kind in ("bullet", "number") and unit.chunk is None:
            self._lists[unit.style.kind] = self._writer.list_of(unit.properties)[0]

    def _changed(self, paragraph: Passage, style: ParagraphStyle, unit: Unit | None) -> None:
        self._chunk = None
        base, was = self._begun_with(style, unit)
        first = unit is not None and style.origin not in self._taken
        source = unit if unit is not None else divided_from(self._near, paragraph)
        anchored = self._anchored_of(source, first=first)
        shells = unit.shells if unit is not None else self._near.shells if self._near is not None else ()
        wanted = style
        if unit is not None and was is not None and unit.broken_by >= 0:
            was = replace(was, page_break=False)
            if first and unit.broken_by not in self._loose:
                wanted = replace(style, page_break=False)
        properties = self._writer.properties(wanted, base, was, own=first)
        self._list(properties, style, base, was)
        if (renumbered := self._numbered(properties, style)) is not None:
            place(properties, renumbered)
        if first and unit is not None:
            self._taken.add(style.origin)
            self._put_unseen(unit.before)
        for part, block in in_pieces(paragraph, self._writer.block):
            if block is not None:
                for each in block:
                    self._put(each, shells)
                continue
            old = self._old(source)
            if first and unit is not None and unit.cap is not None and (length := _cap_length(part, unit.cap)):
                self._cap(unit, part.part(0, length), shells)
                part = part.part(length, len(part))
                old = unit.rest
            element = make("p")
            if len(properties):
                element.append(copy.deepcopy(properties))
            self._lines.write(element, part, old, anchored)
            self._put(element, shells)
            self._written[style.origin] = element
        if first and unit is not None and child(unit.properties, SECTPR) is not None:
            self._end_section(self._written.get(style.origin), unit)
        self._last = properties, style

    def _put_unseen(self, blocks: list[Block]) -> None:
        for elements, shells in blocks:
            for each in elements:
                each.tail = None
                self._put(each, shells)

    def _anchored_of(self, source: Unit | None, *, first: bool) -> set[int]:
        """The numbers of a unit's unseen elements that are not to be put out (again); of a first one, none."""
        if source is None:
            return set()
        if not first:
            return self._anchored.setdefault(source.style.origin, set(range(len(source.line.anchors))))
        self._anchored[source.style.origin] = anchored = set[int]()
        if source.style.origin in self._loose:
            anchored.add(len(source.line.anchors) - 1)
        return anchored

    def _old(self, source: Unit | None) -> Line | None:
        return None if source is None or source.is_embedded or source.chunk is not None else source.line

    def _cap(self, unit: Unit, letters: Passage, shells: tuple[Any, ...]) -> None:
        """Writes a paragraph's first letters into the frame in which Word keeps them."""
        element = make("p")
        properties = child(unit.elements[0], PPR)
        if properties is not None:
            element.append(copy.deepcopy(properties))
        self._lines.write(element, letters, unit.cap, set())
        self._put(element, shells)

    def _begun_with(self, style: ParagraphStyle, unit: Unit | None) -> tuple[Any, ParagraphStyle | None]:
        """The properties that a changed or new paragraph begins with, and what these say."""
        if unit is not None:
            own = not unit.is_embedded and unit.chunk is None
            return (unit.properties, unit.style) if own else (None, None)
        if self._last is not None and (self._last[1].kind, self._last[1].level) == (style.kind, style.level):
            return self._last
        return None, None

    def _list(self, properties: Any, style: ParagraphStyle, base: Any, was: ParagraphStyle | None) -> None:
        kind = style.kind
        if kind not in ("bullet", "number"):
            return
        if was is not None and was.kind == kind and (own := self._writer.list_of(base)[0]):
            self._lists[kind] = own
            if was.level == style.level:
                return
        if not self._lists.get(kind):
            self._lists[kind] = self._writer.new_list(kind)
        depth = make("ilvl", val=str(min(max(style.level, 1), 9) - 1))
        place(properties, make("numPr", depth, make("numId", val=self._lists[kind])))
        drop(properties, w("ind"))

    def _numbered(self, properties: Any, style: ParagraphStyle) -> Any:
        """The property that gives the next paragraph the number that the page shows; None where it has it anyway."""
        wanted = self._page.take(style)
        list, depth = self._writer.list_of(properties)
        if not list or self._numbers.take(list, depth) == wanted or wanted is None:
            return None
        list = self._writer.restarted(list, depth, wanted)
        self._numbers.take(list, depth)
        return make("numPr", make("ilvl", val=str(depth)), make("numId", val=list))

    def _put(self, element: Any, shells: tuple[Any, ...]) -> None:
        common = 0
        while common < min(len(shells), len(self._open)) and self._open[common][0] is shells[common]:
            common += 1
        del self._open[common:]
        for shell in shells[common:]:
            clone, inner = clone_shell(shell, again=id(shell) in self._cloned)
            self._cloned.add(id(shell))
            self._place(clone)
            self._open.append((shell, inner))
        self._place(element)

    def _place(self, element: Any) -> None:
        if self._open:
            self._open[-1][1].append(element)
        else:
            self._elements.append(element)

    def _keep_sections(self) -> None:
        """A section whose last paragraph was taken away ends with the one that now stands there."""
        before: Any = None
        for index, unit in enumerate(self._divided.units):
            if index not in self._taken and child(unit.properties, SECTPR) is not None:
                self._end_section(before, unit)
            before = self._written.get(index, before)

    def _end_section(self, paragraph: Any, unit: Unit) -> None:
        if paragraph is None or paragraph.tag != P:
            return
        properties = child(paragraph, PPR)
        if properties is None:
            paragraph.insert(0, properties := make("pPr"))
        if child(properties, SECTPR) is None:
            place(properties, copy.deepcopy(child(unit.properties, SECTPR)))


def _cap_length(paragraph: Passage, cap: Line) -> int:
    """How many of a paragraph's first characters belong into a drop cap; 0 if none is to be had."""
    text = paragraph.text
    if not text or OBJECT in text[:1] or not text[0].strip():
        return 0
    if text.startswith(cap.text):
        return len(cap.text)
    return 2 if len(text) > 1 and not text[0].isalnum() and text[1].isalnum() else 1
