"""A docx file taken apart: its styles, its paragraphs, its notes, and what stands for what."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pandemonium.documents.formats.docx.blocks import Divided, Divider, Unit
from pandemonium.documents.formats.docx.chunks import read_chunk
from pandemonium.documents.formats.docx.inline import LineReader
from pandemonium.documents.formats.docx.marks import MARKDOWN, read_kept
from pandemonium.documents.formats.docx.names import ID, P, R, child, r, w
from pandemonium.documents.formats.docx.relations import Relations
from pandemonium.documents.formats.docx.strict import WordPackage
from pandemonium.documents.formats.docx.styles import Styles
from pandemonium.documents.formats.patched.line import Line, Piece
from pandemonium.documents.formats.patched.markdown_details import restore_details
from pandemonium.documents.model.manuscript import InlineObject, Note
from pandemonium.documents.model.passage import OBJECT, ParagraphStyle, Passage, join
from pandemonium.documents.packages.effort import PARAGRAPH
from pandemonium.documents.packages.package import Package
from pandemonium.errors import DocumentError

_NO_TEXT = "This file is damaged: it has no text where Word keeps it."
_CHANGES = tuple(w(f"{name}Change") for name in ("rPr", "pPr", "sectPr", "tblPr", "trPr", "tcPr", "numbering"))
_NOTES = {False: ("footnotes", "footnote"), True: ("endnotes", "endnote")}


@dataclass(slots=True)
class NoteSource:
    """A note of the file."""

    element: Any
    divided: Divided
    key: str


class DocxFile:
    """A docx file, taken apart.

    Args:
        package: the file.
        progress: hears how much of the reading is done, from 0 to 1.

    Raises:
        DocumentError: it is damaged, locked, or no Word document.
    """

    def __init__(self, package: Package, digest: str, progress: Callable[[float], None] | None = None) -> None:
        self.package = package
        self._relations: dict[str, Relations] = {}
        self.main = self.relations_of("").part_of("officeDocument") or "word/document.xml"
        self.root = package.tree(self.main)
        self.relations = self.relations_of(self.main)
        self.body = self.root.find(w("body"))
        if self.body is None:
            raise DocumentError(_NO_TEXT, "Save it again in the program that made it.")
        self.styles_part = self.relations.part_of("styles")
        self.numbering_part = self.relations.part_of("numbering")
        self.numbering = package.tree(self.numbering_part) if self.numbering_part else None
        styles = package.tree(self.styles_part) if self.styles_part else None
        package.effort.spend(2 * sum(0 if root is None else len(root) for root in (styles, self.numbering)))
        self.styles = Styles(styles, self.numbering)
        self.objects: dict[str, InlineObject] = {}
        self.sources: set[str] = set()
        self.notes: dict[tuple[bool, str], NoteSource] = {}
        self.note_parts = {at_end: self.relations.part_of(name) for at_end, (name, _) in _NOTES.items()}
        self.note_roots = {at_end: package.tree(part) for at_end, part in self.note_parts.items() if part}
        self._note_elements = self._find_notes()
        self._known_note_words: dict[tuple[bool, str], str] = {}
        self._digest = digest
        self._pieces: list[Piece] = []
        package.effort.foresee(sum(PARAGRAPH + (child(each, R) is not None) for each in self.body.iterchildren(P)))
        lines = self._lines_of(self.main)
        self.divided = Divider(self.styles, lines, self._chunk).divide(self.body, progress)
        restore_details(self.units, read_kept(package, self.relations, MARKDOWN))
        for unit in self.units:
            self._take_keys(unit.line)
        self._read_notes(lines)
        self.hidden = lines.hidden
        if self._has_untold_note():
            self.hidden.add("notes")
        if next(self.root.iter(*_CHANGES), None) is not None:
            self.hidden.add("changes")

    def relations_of(self, part: str) -> Relations:
        """The relations of a part; the same object each time, since it may be changed."""
        if part not in self._relations:
            self._relations[part] = Relations(self.package, part)
        return self._relations[part]

    @property
    def units(self) -> list[Unit]:
        """The body's paragraphs."""
        return self.divided.units

    def passage(self) -> Passage:
        """The body as the page shows it."""
        return join([each.passage() for each in self.units]) if self.units else Passage()

    def _take_keys(self, line: Line) -> None:
        """Gives the objects of a paragraph their keys."""
        for piece in line.pieces:
            if piece.text != OBJECT or not (piece.note or piece.source or piece.own_note):
                continue
            self._pieces.append(piece)
            piece.key = f"{self._digest}-{len(self._pieces)}"
            if piece.source is not None:
                self.objects[piece.key] = piece.source
                self.sources.add(piece.source.source)
            elif piece.own_note is not None:
                self.objects[piece.key] = piece.own_note

    def _chunk(self, element: Any) -> list[tuple[Line, ParagraphStyle]]:
        part = self.relations.target(element.get(r("id")) or "")
        return read_chunk(part, self.package.read(part)) if part else []

    def _lines_of(self, part: str) -> LineReader:
        """Reads the paragraphs of a part."""
        targets = self.relations_of(part).targets()
        return LineReader(self.styles, targets, self._note_words, self._chunk_lines, self.package.effort)

    def _chunk_lines(self, element: Any) -> list[str]:
        said = (line.pieces for line, _ in self._chunk(element))
        return ["".join(each.text if each.source is None else each.source.text for each in line) for line in said]

    def _find_notes(self) -> dict[tuple[bool, str], Any]:
        found: dict[tuple[bool, str], Any] = {}
        for at_end, root in self.note_roots.items():
            for each in root.iterfind(w(_NOTES[at_end][1])):
                if (each.get(w("type")) or "normal") == "normal":
                    found[at_end, each.get(ID) or ""] = each
        return found

    def _note_words(self, at_end: bool, id: str) -> str:
        """What a note says, on one line; a note in itself says nothing."""
        element = self._note_elements.get((at_end, id))
        if element is not None and (at_end, id) not in self._known_note_words:
            self._known_note_words[at_end, id] = ""
            lines = self._lines_of(self.note_parts[at_end])
            self._known_note_words[at_end, id] = " ".join(lines.words(element).split())
        return self._known_note_words.get((at_end, id), "")

    def _has_untold_note(self) -> bool:
        """A note says something to which no mark leads that is known."""
        told = self.notes.keys() | self._known_note_words.keys()
        return any(self._note_words(*each) for each in self._note_elements.keys() - told)

    def _read_notes(self, body_lines: LineReader) -> None:
        index = 0
        dividers: dict[bool, Divider] = {}
        for at_end, part in self.note_parts.items():
            if part:
                lines = self._lines_of(part)
                lines.hidden = body_lines.hidden
                dividers[at_end] = Divider(self.styles, lines)
        while index < len(self._pieces):
            piece = self._pieces[index]
            index += 1
            if piece.note is None:
                continue
            element = self._note_elements.get(piece.note)
            key = f"{self._digest}-{index}"
            if piece.note in self.notes:  # it is referred to once more: as a note of its own that says the same
                self.objects[key] = self.objects[self.notes[piece.note].key]
                continue
            if element is None:
                self.objects[key] = Note(Passage(), piece.note[0])
                continue
            divided = dividers[piece.note[0]].divide(element)
            _strip_sign(divided.units)
            for unit in divided.units:
                self._take_keys(unit.line)
            content = join([each.passage() for each in divided.units]) if divided.units else Passage()
            self.notes[piece.note] = NoteSource(element, divided, key)
            self.objects[key] = Note(content, piece.note[0], piece.note[1])


def open_docx(data: bytes, progress: Callable[[float], None] | None = None) -> DocxFile:
    """Takes a docx file apart.

    Raises:
        DocumentError: it is damaged, locked, or no Word document.
    """
    return DocxFile(WordPackage(data), hashlib.blake2b(data, digest_size=4).hexdigest(), progress)


def _strip_sign(units: list[Unit]) -> None:
    """Takes the white space away that parts a note's own sign from its text."""
    if not units or units[0].is_embedded or not units[0].line.pieces:
        return
    line = units[0].line
    signs = (w("footnoteRef"), w("endnoteRef"))
    if not any(each.at == 0 and next(each.element.iter(*signs), None) is not None for each in line.anchors):
        return
    first = line.pieces[0]
    if first.text[:1] in (" ", "\t") and first.text:
        line.signed = True
        first.text = first.text[1:]
        for anchor in line.anchors:
            anchor.at -= anchor.at > 0
        if not first.text:
            del line.pieces[0]
