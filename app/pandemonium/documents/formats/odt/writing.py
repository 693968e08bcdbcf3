"""Writes an odt file: the package that was read with the changed paragraphs in it, or a new one."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

from lxml import etree

from pandemonium.documents.composing import styled
from pandemonium.documents.formats.odt.file import Divided, OdtFile, Unit
from pandemonium.documents.formats.odt.lines import SpanWriter
from pandemonium.documents.formats.odt.lists import ListBuilder
from pandemonium.documents.formats.odt.names import LEVEL, NOTE, STYLE_NAME, H, P, make, q
from pandemonium.documents.formats.odt.styles import Styles
from pandemonium.documents.line import Line
from pandemonium.documents.manuscript import Foreign, Manuscript, Note
from pandemonium.documents.package import parsed
from pandemonium.documents.passage import ParagraphStyle, Passage
from pandemonium.documents.source import divided_from, in_pieces, left_alone

_Paragraph = tuple[Passage, ParagraphStyle]
_LISTED = ("bullet", "number")


class OdtWriter:
    """Brings an odt file to what a manuscript says now.

    Args:
        file: as it was read, or an empty new one; it is changed.
        manuscript: what it is to say.
    """

    def __init__(self, file: OdtFile, manuscript: Manuscript) -> None:
        self._file, self._manuscript = file, manuscript
        styles = file.styles
        bodies = Counter(
            styles.parent_of(each.element.get(STYLE_NAME) or "") for each in file.units
            if each.style.kind == "body" and not each.is_foreign and each.line.pieces and each.list is None
        )  # fmt: skip
        self._body = bodies.most_common(1)[0][0] if bodies else styles.id_titled("text body")
        self.body_style = self._body
        self._placed: set[str] = set()
        self._changed = False
        self._new_notes = 0

    @property
    def styles(self) -> Styles:
        """The styles of the file."""
        return self._file.styles

    def write(self) -> None:
        """Writes the text into the package; a package that says it all already is left alone."""
        blocks = self.blocks(self._file.divided, styled(self._manuscript.content))
        if blocks is not None:
            _put(self._file.body, blocks)
            self._changed = True
        package = self._file.package
        if self._changed:
            package.write("content.xml", self._file.content)
        if self._file.styles.is_changed and self._file.styles_root is not None:
            package.write("styles.xml", self._file.styles_root)

    def blocks(self, divided: Divided, paragraphs: list[_Paragraph]) -> list[Any] | None:
        """The elements that say these paragraphs; None if they are what the file has already."""
        units = divided.units
        same, taken = left_alone(units, paragraphs, self._manuscript.things, self._file.things)
        for index in sorted(same):
            self._keep_notes(paragraphs[index][0])
        origins = [style.origin for _, style in paragraphs]
        if len(same) == len(paragraphs) == len(units) and origins == sorted(origins):
            return None
        return _BodyWriter(self, divided, paragraphs, same, taken).elements()

    def _keep_notes(self, paragraph: Passage) -> None:
        for span in paragraph.spans:
            thing = self._manuscript.things.get(span.thing)
            if isinstance(thing, Note) and span.thing in self._file.notes:
                self._placed.add(span.thing)
                self._note_says(span.thing, thing)

    def _note_says(self, key: str, note: Note) -> Any:
        """Brings a note of the file to what it says now; gives its element."""
        source = self._file.notes[key]
        blocks = self._in_note(source.divided, note)
        if blocks is not None:
            body = source.element.find(q("text:note-body"))
            if body is None:
                source.element.append(body := make("text:note-body"))
            _put(body, blocks)
            self._changed = True
        return source.element

    def _in_note(self, divided: Divided, note: Note) -> list[Any] | None:
        before, self.body_style = self.body_style, self.styles.id_titled("endnote" if note.at_end else "footnote")
        try:
            return self.blocks(divided, styled(note.content))
        finally:
            self.body_style = before

    def put_thing(self, container: Any, key: str) -> str:
        """Appends the element within a paragraph for a thing, or gives the text to stand for it."""
        thing = self._manuscript.things.get(key)
        if isinstance(thing, Note):
            container.append(self._note(key, thing))
            return ""
        if thing is None:
            return ""
        root = self._kept(thing)
        if root is not None and root.tag == P:
            container.extend(list(root))
            return ""
        return (thing.text or f"[{thing.label}]").replace("\n", "\u2028")

    def _note(self, key: str, note: Note) -> Any:
        source = self._file.notes.get(key)
        kind = "endnote" if note.at_end else "footnote"
        if source is not None and key not in self._placed and source.element.get(q("text:note-class")) == kind:
            self._placed.add(key)
            element = copy.deepcopy(self._note_says(key, note))
            element.tail = None
            return element
        self._new_notes += 1
        used = {each.get(q("text:id")) for each in self._file.content.iter(NOTE)}
        while f"{kind}{self._new_notes}" in used:
            self._new_notes += 1
        element = make(
            "text:note", make("text:note-citation", text=str(self._new_notes)), make("text:note-body"),
            text__id=f"{kind}{self._new_notes}", text__note_class=kind,
        )  # fmt: skip
        _put(element[1], self._in_note(Divided(), note) or [make("text:p")])
        return element

    def _kept(self, thing: Foreign) -> Any:
        """The root of what its file wrote for a thing; None if that is no longer this file."""
        if thing.source not in self._file.sources:
            return None
        try:
            return parsed(thing.source)
        except (etree.XMLSyntaxError, ValueError):
            return None

    def block(self, key: str) -> list[Any] | None:
        """The elements for a thing that stands among paragraphs; None for one within."""
        thing = self._manuscript.things.get(key)
        root = self._kept(thing) if isinstance(thing, Foreign) else None
        return list(root) if root is not None and root.tag == q("office:text") else None


class _BodyWriter:
    """Writes one body: that of the document, or of a note."""

    def __init__(
        self, writer: OdtWriter, divided: Divided, paragraphs: list[_Paragraph], same: set[int], taken: set[int]
    ) -> None:
        self._writer, self._divided, self._paragraphs, self._same = writer, divided, paragraphs, same
        self._taken = set(taken)
        self._elements: list[Any] = []
        self._open: list[tuple[Any, Any]] = []
        self._last: tuple[str, ParagraphStyle] | None = None
        self._anchored: dict[int, set[int]] = {}
        self._near: Unit | None = None
        self._builder = ListBuilder(writer.styles, self._place)

    def elements(self) -> list[Any]:
        """The elements, in order."""
        units = self._divided.units
        index = 0
        while index < len(self._paragraphs):
            paragraph, style = self._paragraphs[index]
            unit = units[style.origin] if 0 <= style.origin < len(units) else None
            whole = self._whole_list(index, unit)
            if whole and unit is not None:
                self._builder.end()
                self._before(units[style.origin : style.origin + whole])
                self._within(unit.shells)
                unit.list.tail = None
                self._place(unit.list)
                self._near = units[style.origin + whole - 1]
                self._last = self._near.element.get(STYLE_NAME) or "", self._near.style
                index += whole
                continue
            if index in self._same and unit is not None:
                self._same_again(unit)
            else:
                self._changed(paragraph, style, unit)
            if unit is not None:
                self._near = unit
            index += 1
        self._builder.end()
        return (self._elements or [make("text:p")]) + self._divided.after

    def _whole_list(self, index: int, unit: Unit | None) -> int:
        """How many paragraphs from here on are a list of the file, whole and as it was; 0 if they are none."""
        if unit is None or unit.list is None or index not in self._same:
            return 0
        units, first = self._divided.units, unit.style.origin
        if first and units[first - 1].list is unit.list:
            return 0
        count = 0
        while first + count < len(units) and units[first + count].list is unit.list:
            at = index + count
            if at not in self._same or self._paragraphs[at][1].origin != first + count:
                return 0
            count += 1
        return count

    def _before(self, units: list[Unit]) -> None:
        for each in (each for unit in units for each in unit.before):
            each.tail = None
            self._place(each)

    def _same_again(self, unit: Unit) -> None:
        self._within(unit.shells)
        if unit.list is None:
            self._builder.end()
            self._before([unit])
        unit.element.tail = None
        if unit.list is not None:
            self._builder.add(unit.element, unit.style, unit.list_style, unit.list)
        else:
            self._place(unit.element)
        self._last = None if unit.is_foreign else (unit.element.get(STYLE_NAME) or "", unit.style)

    def _changed(self, paragraph: Passage, style: ParagraphStyle, unit: Unit | None) -> None:
        base, was = "", None
        if unit is not None and not unit.is_foreign:
            base, was = unit.element.get(STYLE_NAME) or "", unit.style
        elif unit is None and self._last and (self._last[1].kind, self._last[1].level) == (style.kind, style.level):
            base, was = self._last
        first = unit is not None and style.origin not in self._taken
        source = unit if unit is not None else divided_from(self._near, paragraph)
        old: Line | None = source.line if source is not None and not source.is_foreign else None
        anchored: set[int] = set()
        if source is not None and not first:
            anchored = self._anchored.setdefault(source.style.origin, set(range(len(source.line.anchors))))
        elif source is not None:
            self._anchored[source.style.origin] = anchored
        self._within(unit.shells if unit else self._near.shells if self._near else ())
        listed = style.kind in _LISTED
        if not listed:
            self._builder.end()
        if first and unit is not None:
            self._taken.add(style.origin)
            if not listed:
                self._before([unit])
        name = self._writer.styles.paragraph_style(style, base, was, self._writer.body_style)
        for part, block in in_pieces(paragraph, self._writer.block):
            if block is not None:
                self._builder.end()
                for each in block:
                    self._place(each)
                continue
            element = self._paragraph(style, name, unit)
            SpanWriter(self._writer.styles, self._writer.put_thing, name).write(element, part, old, anchored)
            if listed:
                same_list = unit is not None and was is not None and was.kind == style.kind and unit.list is not None
                own = unit.list_style if same_list and unit is not None else ""
                self._builder.add(element, style, own, unit.list if same_list and unit is not None else None)
            else:
                self._place(element)
        self._last = name, style

    def _paragraph(self, style: ParagraphStyle, name: str, unit: Unit | None) -> Any:
        keeps = unit is not None and (unit.style.kind, unit.style.level) == (style.kind, style.level)
        old = unit.element if unit is not None and keeps and not unit.is_foreign else None
        heading = style.kind == "heading" if old is None else old.tag == H
        element = make("text:h" if heading else "text:p")
        if old is not None:
            for key, value in old.attrib.items():
                if not key.endswith("}id") or style.origin not in self._anchored:
                    element.set(key, value)
        if heading and old is None:
            element.set(LEVEL, str(min(max(style.level, 1), 6)))
        if name:
            element.set(STYLE_NAME, name)
        return element

    def _within(self, shells: tuple[Any, ...]) -> None:
        """Goes into these sections."""
        if [each for each, _ in self._open] == list(shells):
            return
        self._builder.end()
        common = 0
        while common < min(len(shells), len(self._open)) and self._open[common][0] is shells[common]:
            common += 1
        del self._open[common:]
        for shell in shells[common:]:
            clone = shell.makeelement(shell.tag, dict(shell.attrib), nsmap=shell.nsmap)
            clone.extend(copy.deepcopy(each) for each in shell.iterchildren(q("text:section-source")))
            self._place(clone)
            self._open.append((shell, clone))

    def _place(self, element: Any) -> None:
        if self._open:
            self._open[-1][1].append(element)
        else:
            self._elements.append(element)


def _put(parent: Any, children: list[Any]) -> None:
    for each in list(parent):
        parent.remove(each)
    parent.extend(children)
