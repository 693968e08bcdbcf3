"""Writes an odt file: the package that was read with the changed paragraphs in it, or a new one."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

from lxml import etree

from pandemonium.documents.formats.odt.file import Divided, OdtFile, Unit
from pandemonium.documents.formats.odt.lines import SpanWriter
from pandemonium.documents.formats.odt.lists import Nesting
from pandemonium.documents.formats.odt.names import LEVEL, NOTE, SECTION, STYLE_NAME, XML_ID, H, P, make, q
from pandemonium.documents.formats.odt.styles import Styles
from pandemonium.documents.formats.patched.line import Line
from pandemonium.documents.formats.patched.markdown_details import written_words
from pandemonium.documents.formats.patched.source import divided_from, in_pieces, left_alone
from pandemonium.documents.model.composing import styled
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note
from pandemonium.documents.model.numbering import LISTED
from pandemonium.documents.model.passage import BODY, ParagraphStyle, Passage
from pandemonium.documents.packages.package import parsed, put_children

_Paragraph = tuple[Passage, ParagraphStyle]


class OdtWriter:
    """Brings an odt file to what a manuscript says now.

    Args:
        file: as it was read, or an empty new one; it is changed.
        manuscript: what it is to say.
    """

    def __init__(self, file: OdtFile, manuscript: Manuscript) -> None:
        self._file = file
        self._manuscript = manuscript
        styles = file.styles
        bodies = Counter(
            styles.parent_of(each.element.get(STYLE_NAME) or "")
            for each in file.units
            if each.style.kind == "body" and not each.is_embedded and each.line.pieces and not each.is_listed
        )
        self._body = bodies.most_common(1)[0][0] if bodies else ""
        self._in_note = ""  # what kind of note is written now
        self._note_ids: set[str] | None = None
        self._placed: set[str] = set()
        self._changed = False
        self._new_notes = 0

    @property
    def styles(self) -> Styles:
        """The styles of the file."""
        return self._file.styles

    def body_style(self) -> str:
        """The named style of body text, in the note that is written now or in the document; made if it is wanting."""
        return (not self._in_note and self._body) or self.styles.id_titled(self._in_note or "text body")

    def write(self) -> None:
        """Writes the text into the package; a package that says it all already is left alone."""
        blocks = self.blocks(self._file.divided, styled(self._manuscript.content))
        if blocks is not None:
            put_children(self._file.body, blocks)
            self._changed = True
        package = self._file.package
        if self._changed:
            package.write("content.xml", self._file.content)
        if self._file.styles.is_changed and self._file.styles_root is not None:
            package.write("styles.xml", self._file.styles_root)

    def blocks(self, divided: Divided, paragraphs: list[_Paragraph]) -> list[Any] | None:
        """The elements that say these paragraphs; None if they are what the file has already."""
        units = divided.units
        if not units and len(paragraphs) == 1 and not paragraphs[0][0].text and paragraphs[0][1] == BODY:
            return None
        same, taken = left_alone(units, paragraphs, self._manuscript.objects, self._file.objects)
        for index in sorted(same):
            self._keep_notes(paragraphs[index][0])
        origins = [style.origin for _, style in paragraphs]
        if len(same) == len(paragraphs) == len(units) and origins == sorted(origins):
            return None
        return _BodyWriter(self, divided, paragraphs, same, taken).elements()

    def _keep_notes(self, paragraph: Passage) -> None:
        for span in paragraph.spans:
            inline_object = self._manuscript.objects.get(span.object_key)
            if isinstance(inline_object, Note) and span.object_key in self._file.notes:
                self._placed.add(span.object_key)
                self._note_says(span.object_key, inline_object)

    def _note_says(self, key: str, note: Note) -> Any:
        """Brings a note of the file to what it says now; gives its element."""
        source = self._file.notes[key]
        blocks = self._note_blocks(source.divided, note)
        if blocks is not None:
            body = source.element.find(q("text:note-body"))
            if body is None:
                source.element.append(body := make("text:note-body"))
            put_children(body, blocks)
            self._changed = True
        return source.element

    def _note_blocks(self, divided: Divided, note: Note) -> list[Any] | None:
        before = self._in_note
        self._in_note = "endnote" if note.at_end else "footnote"
        try:
            return self.blocks(divided, styled(note.content))
        finally:
            self._in_note = before

    def put_object(self, container: Any, key: str) -> str:
        """Appends the element within a paragraph for an object, or gives the text to stand for it."""
        inline_object = self._manuscript.objects.get(key)
        if isinstance(inline_object, Note):
            container.append(self._note(key, inline_object))
            return ""
        if inline_object is None:
            return ""
        root = self._kept(inline_object)
        if root is not None and root.tag == P:
            container.extend(list(root))
            return ""
        return written_words(inline_object)

    def _note(self, key: str, note: Note) -> Any:
        source = self._file.notes.get(key)
        kind = "endnote" if note.at_end else "footnote"
        if source is not None and key not in self._placed and source.element.get(q("text:note-class")) == kind:
            self._placed.add(key)
            element = copy.deepcopy(self._note_says(key, note))
            element.tail = None
            return element
        self._new_notes += 1
        if self._note_ids is None:
            self._note_ids = {each.get(q("text:id")) or "" for each in self._file.content.iter(NOTE)}
        used = self._note_ids
        while f"{kind}{self._new_notes}" in used:
            self._new_notes += 1
        element = make(
            "text:note",
            make("text:note-citation", text=str(self._new_notes)),
            make("text:note-body"),
            text__id=f"{kind}{self._new_notes}",
            text__note_class=kind,
        )
        put_children(element[1], self._note_blocks(Divided(), note) or [make("text:p")])
        return element

    def _kept(self, inline_object: EmbeddedObject) -> Any:
        """The root of what its file wrote for an object; None if that is no longer this file."""
        if inline_object.source not in self._file.sources:
            return None
        try:
            return parsed(inline_object.source)
        except (etree.XMLSyntaxError, ValueError):
            return None

    def block(self, key: str) -> list[Any] | None:
        """The elements for an object that stands among paragraphs; None for one within."""
        inline_object = self._manuscript.objects.get(key)
        root = self._kept(inline_object) if isinstance(inline_object, EmbeddedObject) else None
        return list(root) if root is not None and root.tag == q("office:text") else None


class _BodyWriter:
    """Writes one body: that of the document, or of a note."""

    def __init__(
        self, writer: OdtWriter, divided: Divided, paragraphs: list[_Paragraph], same: set[int], taken: set[int]
    ) -> None:
        self._writer = writer
        self._divided = divided
        self._paragraphs = paragraphs
        self._same = same
        self._taken = set(taken)
        self._elements: list[Any] = []
        self._last: tuple[str, ParagraphStyle] | None = None
        self._anchored: dict[int, set[int]] = {}
        self._near: Unit | None = None
        self._nesting = Nesting(writer.styles, self._elements.append)

    def elements(self) -> list[Any]:
        """The elements, in order."""
        units = self._divided.units
        for index, (paragraph, style) in enumerate(self._paragraphs):
            unit = units[style.origin] if 0 <= style.origin < len(units) else None
            if index in self._same and unit is not None:
                self._before(unit)
                unit.element.tail = None
                self._nesting.put(unit.element, unit.style, unit.shells, begins=unit.begins)
                self._last = None if unit.is_embedded else (unit.element.get(STYLE_NAME) or "", unit.style)
            else:
                self._changed(paragraph, style, unit)
            if unit is not None:
                self._near = unit
        for element, shells in self._divided.after:
            self._nesting.put_unseen(element, shells)
        self._nesting.end()
        return self._elements or [make("text:p")]

    def _before(self, unit: Unit) -> None:
        for element, shells in unit.before:
            self._nesting.put_unseen(element, shells)

    def _changed(self, paragraph: Passage, style: ParagraphStyle, unit: Unit | None) -> None:
        base = ""
        was = None
        if unit is not None and not unit.is_embedded:
            base = unit.element.get(STYLE_NAME) or ""
            was = unit.style
        elif unit is None and self._last and (self._last[1].kind, self._last[1].level) == (style.kind, style.level):
            base, was = self._last
        first = unit is not None and style.origin not in self._taken
        source = unit if unit is not None else divided_from(self._near, paragraph)
        old: Line | None = source.line if source is not None and not source.is_embedded else None
        anchored: set[int] = set()
        if source is not None and not first:
            anchored = self._anchored.setdefault(source.style.origin, set(range(len(source.line.anchors))))
        elif source is not None:
            self._anchored[source.style.origin] = anchored
        if first and unit is not None:
            self._taken.add(style.origin)
            self._before(unit)
        name = self._writer.styles.paragraph_style(style, base, was, self._writer.body_style)
        for part, block in in_pieces(paragraph, self._writer.block):
            if block is not None:
                for each in block:
                    self._put(each, style, unit)
                continue
            element = self._paragraph(style, name, unit, own=first)
            SpanWriter(self._writer.styles, self._writer.put_object, name).write(element, part, old, anchored)
            self._put(element, style, unit)
        self._last = name, style

    def _put(self, element: Any, style: ParagraphStyle, unit: Unit | None) -> None:
        """Puts a block where its paragraph stood, or where a new one of its kind belongs."""
        near = unit or self._near
        sections = tuple(each for each in near.shells if each.tag == SECTION) if near is not None else ()
        listed = style.kind in LISTED
        stays = unit is not None and (unit.style.kind, unit.style.level) == (style.kind, style.level)
        if unit is not None and stays and (unit.is_listed or not listed):
            if listed and unit.style.start != style.start and style.kind == "bullet":
                self._nesting.put_entry(element, style, sections)
            else:
                self._nesting.put(element, style, unit.shells, begins=unit.begins)
        elif listed:
            self._nesting.put_entry(element, style, sections)
        else:
            goes_on = unit is None and near is not None and not near.begins and near.style.kind == style.kind
            self._nesting.put_plain(element, style, sections, within=goes_on)

    def _paragraph(self, style: ParagraphStyle, name: str, unit: Unit | None, *, own: bool) -> Any:
        keeps = unit is not None and (unit.style.kind, unit.style.level) == (style.kind, style.level)
        old = unit.element if unit is not None and keeps and not unit.is_embedded else None
        heading = style.kind == "heading" if old is None else old.tag == H
        element = make("text:h" if heading else "text:p")
        if old is not None:
            for key, value in old.attrib.items():
                if own or key not in (XML_ID, q("text:id")):
                    element.set(key, value)
        if heading and old is None:
            element.set(LEVEL, str(min(max(style.level, 1), 6)))
        if name:
            element.set(STYLE_NAME, name)
        return element
