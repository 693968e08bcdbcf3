"""Writes a docx file: the package that was read with the changed paragraphs in it, or a new one."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

from lxml import etree

from pandemonium.documents.formats.docx.blocks import Divided, Unit
from pandemonium.documents.formats.docx.body import BodyWriter
from pandemonium.documents.formats.docx.file import DocxFile
from pandemonium.documents.formats.docx.lines import RunWriter, runs_of
from pandemonium.documents.formats.docx.lists import Lists
from pandemonium.documents.formats.docx.names import (
    ENDNOTE_REFERENCE,
    FOOTNOTE_REFERENCE,
    RELATED,
    SECTPR,
    SPACES,
    P,
    child,
    make,
    value,
    w,
)
from pandemonium.documents.formats.docx.notes import NoteWriter
from pandemonium.documents.formats.docx.numbers import WordNumbers
from pandemonium.documents.formats.docx.properties import copied, drop, place
from pandemonium.documents.formats.docx.relations import Relations, declare
from pandemonium.documents.formats.docx.template import CONTENT
from pandemonium.documents.formats.patched.line import Piece
from pandemonium.documents.formats.patched.markdown_details import written_words
from pandemonium.documents.formats.patched.source import left_alone
from pandemonium.documents.model.composing import styled
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note
from pandemonium.documents.model.passage import BODY, Kind, ParagraphStyle, Passage
from pandemonium.documents.packages.package import parsed, put_children

_JC = {"left": "left", "center": "center", "right": "right", "justify": "both"}
_LEADING = frozenset((FOOTNOTE_REFERENCE, ENDNOTE_REFERENCE, w("commentReference"), w("numId")))
_Paragraph = tuple[Passage, ParagraphStyle]


class DocxWriter:
    """Brings a docx file to what a manuscript says now.

    Args:
        file: as it was read, or an empty new one; it is changed.
        manuscript: what it is to say.
    """

    def __init__(self, file: DocxFile, manuscript: Manuscript) -> None:
        self._file = file
        self._manuscript = manuscript
        self._lists = Lists(file.numbering, file.styles.numbering)
        self._relations = file.relations
        self._reserved: set[str] = set()
        self._chunks_of: Any = None
        self._whole: set[Any] = set()
        self._notes = NoteWriter(file, self._note_blocks, self._reserved)
        bodies = Counter(
            value(each.properties, w("pStyle"))
            for each in file.units
            if each.style.kind == "body" and not each.is_embedded and each.line.pieces and each.chunk is None
        )
        self._body_style = bodies.most_common(1)[0][0] if bodies else ""
        self._note_kind = ""  # of the note that is written now

    def write(self) -> None:
        """Writes the text and its notes into the package; a package that says it all already is left alone."""
        paragraphs = styled(self._manuscript.content)
        blocks = self._blocks(self._file.divided, paragraphs)
        if blocks is not None:
            body = self._file.body
            section = body.find(SECTPR)
            put_children(body, blocks if section is None else [*blocks, section])
            _mend_ranges(body)
        self._notes.finish()
        package = self._file.package
        if blocks is not None:
            package.write(self._file.main, self._file.root)
        if self._file.styles.is_changed:
            part = self._file.styles_part or self._new_part("styles")
            package.write(part, self._file.styles.root)
        if self._lists.is_changed:
            part = self._file.numbering_part or self._new_part("numbering")
            package.write(part, self._lists.root)

    def _new_part(self, name: str) -> str:
        part = f"word/{name}.xml"
        declare(self._file.package, part, f"{CONTENT}{name}+xml")
        self._file.relations.add(name, f"/{part}")
        return part

    def _note_blocks(self, divided: Divided, content: Passage, relations: Relations, kind: str) -> list[Any] | None:
        before = self._relations, self._note_kind
        self._relations = relations
        self._note_kind = kind
        try:
            return self._blocks(divided, styled(content))
        finally:
            self._relations, self._note_kind = before

    def _blocks(self, divided: Divided, paragraphs: list[_Paragraph]) -> list[Any] | None:
        """The elements that say these paragraphs; None if they are what the file has already."""
        units = divided.units
        if not units and len(paragraphs) == 1 and not paragraphs[0][0].text and paragraphs[0][1] == BODY:
            return None
        same, taken = left_alone(units, paragraphs, self._manuscript.objects, self._file.objects)
        origins = [style.origin for _, style in paragraphs]
        is_whole = len(same) == len(paragraphs) == len(units) and origins == sorted(origins)
        loose: set[int] = set()
        if not is_whole:
            loose = _loose_breaks(units, paragraphs)
            for index in [index for index in same if not self._stays(index, units, paragraphs, same, loose)]:
                same.discard(index)
                taken.discard(origins[index])
        for index in same:
            self._reserved.update(span.object_key for span in paragraphs[index][0].spans if span.object_key)
        for index in sorted(same):
            self._keep_notes(paragraphs[index][0])
        if is_whole:
            return None
        return BodyWriter(self, divided, paragraphs, same, taken, loose).elements()

    def _stays(
        self, index: int, units: list[Unit], paragraphs: list[_Paragraph], same: set[int], loose: set[int]
    ) -> bool:
        """A paragraph that is as it was may go back as it stood: nothing that it depends on has changed."""
        origin = paragraphs[index][1].origin
        unit = units[origin]
        if origin in loose or unit.broken_by in loose:
            return False
        return unit.chunk is None or unit.chunk in self._whole_chunks(units, paragraphs, same)

    def _whole_chunks(self, units: list[Unit], paragraphs: list[_Paragraph], same: set[int]) -> set[Any]:
        """The documents within the document whose paragraphs are all as they were, one after the other."""
        if self._chunks_of is not units:
            self._chunks_of = units
            at = {style.origin: index for index, (_, style) in enumerate(paragraphs) if index in same}
            broken = {
                unit.chunk
                for origin, unit in enumerate(units)
                if unit.chunk is not None
                and (
                    origin not in at
                    or (origin and units[origin - 1].chunk is unit.chunk and at.get(origin - 1) != at[origin] - 1)
                )
            }
            self._whole = {unit.chunk for unit in units if unit.chunk is not None} - broken
        return self._whole

    def _keep_notes(self, paragraph: Passage) -> None:
        for span in paragraph.spans:
            inline_object = self._manuscript.objects.get(span.object_key)
            if isinstance(inline_object, Note):
                self._notes.keep(span.object_key, inline_object)

    def inline_object(self, key: str, piece: Piece | None) -> list[Any]:
        """The elements within a paragraph for an object, which was that piece."""
        inline_object = self._manuscript.objects.get(key)
        if isinstance(inline_object, Note):
            return [self._notes.mark(key, inline_object, piece)]
        if inline_object is None:
            return []
        root = self.kept(inline_object)
        if root is not None and root.tag == P:
            return list(root)
        text = written_words(inline_object)
        properties = None if piece is None or piece.properties is None else copy.deepcopy(piece.properties)
        return runs_of(text, properties)

    def kept(self, inline_object: EmbeddedObject) -> Any:
        """The root of what its file wrote for an object; None if this file cannot hold it."""
        if f'xmlns:w="{SPACES["w"]}"' not in inline_object.source:
            return None
        try:
            root = parsed(inline_object.source)
        except (etree.XMLSyntaxError, ValueError):
            return None
        if inline_object.source not in self._file.sources and _leads_out(root):
            return None
        return root

    def block(self, key: str) -> list[Any] | None:
        """The elements for an object that stands among paragraphs; None for one within."""
        inline_object = self._manuscript.objects.get(key)
        root = self.kept(inline_object) if isinstance(inline_object, EmbeddedObject) else None
        return list(root) if root is not None and root.tag == w("body") else None

    def line_writer(self) -> RunWriter:
        """Writes characters into the part that is written now."""
        relations = self._relations
        return RunWriter(
            self._file.styles, lambda address: relations.add("hyperlink", address, external=True), self.inline_object
        )

    def properties(self, style: ParagraphStyle, base: Any, was: ParagraphStyle | None, *, own: bool) -> Any:
        """Paragraph properties for a style.

        Args:
            style: what the paragraph is to be.
            base: properties to begin with, or None.
            was: what these say; None if `base` says nothing.
            own: they are those of this very paragraph.
        """
        styles = self._file.styles
        properties = copied(base, own=own)
        if was is None or (was.kind, was.level) != (style.kind, style.level):
            plain = was is None or (was.kind in ("body", "scene") and style.kind in ("body", "scene"))
            drop(properties, w("numPr"), w("outlineLvl"), *(() if plain else (w("ind"),)))
            id = styles.id_for(style.kind, style.level) or self._plain_style()
            drop(properties, w("pStyle"))
            if id:
                place(properties, make("pStyle", val=id))
            if style.kind == "body" and styles.meaning(properties).kind in ("bullet", "number"):
                place(properties, make("numPr", make("numId", val="0")))  # the style numbers what does not say so
        drop(properties, w("jc"))
        if style.alignment != styles.meaning(properties).alignment:
            place(properties, make("jc", val=_JC[style.alignment or "left"]))
        if base is not None and was is not None and was.alignment == style.alignment:
            aligned = child(base, w("jc"))
            if aligned is not None:
                place(properties, copy.deepcopy(aligned))
        if style.alignment != (was.alignment if was else "") and style.kind == "body":
            _indent(properties, plain=style.alignment in ("center", "right"))
        drop(properties, w("pageBreakBefore"))
        if style.page_break != styles.meaning(properties).page_break:
            broken = make("pageBreakBefore") if style.page_break else make("pageBreakBefore", val="0")
            place(properties, broken)
        return properties

    def _plain_style(self) -> str:
        """The style of a paragraph that is nothing else: that of a note's text, or of most of the body's."""
        return self._file.styles.id_named(f"{self._note_kind} text") if self._note_kind else self._body_style

    def new_list(self, kind: Kind) -> str:
        """The id of a new list."""
        return self._lists.new(kind)

    def list_of(self, properties: Any) -> tuple[str, int]:
        """The id of the list that a paragraph with these properties belongs to, and its depth; "" for none."""
        meaning = self._file.styles.meaning(properties)
        return meaning.list, meaning.depth

    def numbers(self) -> WordNumbers:
        """Counts the entries of a body from its beginning on."""
        return WordNumbers(self._file.styles.numbering)

    def restarted(self, list: str, depth: int, start: int) -> str:
        """The id of a new list like another, which begins anew with a number."""
        return self._lists.restarted(list, depth, start)


def _indent(properties: Any, *, plain: bool) -> None:
    """Takes the first line's indent away from a line that is set in the middle, and gives it back."""
    indent = child(properties, w("ind"))
    if plain and indent is None:
        place(properties, make("ind", firstLine="0"))
    elif not plain and indent is not None and dict(indent.attrib) == {w("firstLine"): "0"}:
        properties.remove(indent)


def _loose_breaks(units: list[Unit], paragraphs: list[_Paragraph]) -> set[int]:
    """The numbers of units that end with a break of the page, where what began after it does not follow any more."""
    breakers = {unit.broken_by: origin for origin, unit in enumerate(units) if unit.broken_by >= 0}
    if not breakers:
        return set()
    followers: dict[int, list[int]] = {}
    for index, (_, style) in enumerate(paragraphs):
        if style.origin in breakers:
            _, after = paragraphs[index + 1] if index + 1 < len(paragraphs) else (None, BODY)
            followers.setdefault(style.origin, []).append(after.origin if after.page_break else -1)
    return {breaker for breaker, origin in breakers.items() if followers.get(breaker) != [origin]}


def _leads_out(root: Any) -> bool:
    """It needs other parts of the file that it came from."""
    return any(
        each.tag in _LEADING or any(str(key).startswith(f"{{{RELATED}}}") for key in each.attrib)
        for each in root.iter()
        if isinstance(each.tag, str)
    )


def _mend_ranges(body: Any) -> None:
    """Takes away the ends of bookmarks and comments whose beginnings are gone, and the other way round."""
    for first, last in (
        ("bookmarkStart", "bookmarkEnd"),
        ("commentRangeStart", "commentRangeEnd"),
        ("permStart", "permEnd"),
        ("moveFromRangeStart", "moveFromRangeEnd"),
        ("moveToRangeStart", "moveToRangeEnd"),
    ):
        starts = list(body.iter(w(first)))
        ends = list(body.iter(w(last)))
        begun = {each.get(w("id")) for each in starts}
        ended = {each.get(w("id")) for each in ends}
        for each in starts + ends:
            if each.get(w("id")) not in begun & ended:
                each.getparent().remove(each)
