"""A docx file taken apart: its styles, its paragraphs, its notes, and what stands for what."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pandemonium.documents.formats.docx.blocks import Divided, Divider, Unit
from pandemonium.documents.formats.docx.inline import LineReader
from pandemonium.documents.formats.docx.names import BR, HYPERLINK, ID, INS, PPR, P, R, T, make, w
from pandemonium.documents.formats.docx.properties import place
from pandemonium.documents.formats.docx.relations import Relations
from pandemonium.documents.formats.docx.styles import Styles
from pandemonium.documents.line import Piece
from pandemonium.documents.manuscript import Note, Thing
from pandemonium.documents.package import Package
from pandemonium.documents.passage import Passage, join
from pandemonium.errors import DocumentError

_NO_TEXT = "This file is damaged: it has no text where Word keeps it."
_STRICT = "This file was saved in Word's strict form, which cannot be opened."
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
        self.main = Relations(package, "").part_of("officeDocument") or "word/document.xml"
        self.root = package.tree(self.main)
        self.relations = Relations(package, self.main)
        self.body = self.root.find(w("body"))
        if self.body is None:
            strict = "purl.oclc.org" in str(self.root.tag)
            raise DocumentError(_STRICT if strict else _NO_TEXT, "Save it again in the program that made it.")
        self.styles_part = self.relations.part_of("styles")
        self.numbering_part = self.relations.part_of("numbering")
        self.numbering = package.tree(self.numbering_part) if self.numbering_part else None
        self.styles = Styles(package.tree(self.styles_part) if self.styles_part else None, self.numbering)
        self.things: dict[str, Thing] = {}
        self.sources: set[str] = set()
        self.notes: dict[tuple[bool, str], NoteSource] = {}
        self.note_parts = {at_end: self.relations.part_of(name) for at_end, (name, _) in _NOTES.items()}
        self.note_roots = {at_end: package.tree(part) for at_end, part in self.note_parts.items() if part}
        self._digest = digest
        self._pieces: list[Piece] = []
        lines = LineReader(self.styles, self.relations.targets())
        _settle_page_breaks(self.body)
        self.divided = Divider(self.styles, lines, self._key).divide(self.body, progress)
        self._read_notes(lines)
        self.hidden = lines.hidden

    @property
    def units(self) -> list[Unit]:
        """The body's paragraphs."""
        return self.divided.units

    def passage(self) -> Passage:
        """The body as the page shows it."""
        return join([each.passage() for each in self.units]) if self.units else Passage()

    def _key(self, piece: Piece) -> str:
        key = f"{self._digest}-{len(self._pieces) + 1}"
        self._pieces.append(piece)
        if piece.source is not None:
            self.things[key] = piece.source
            self.sources.add(piece.source.source)
        return key

    def _read_notes(self, body_lines: LineReader) -> None:
        elements: dict[tuple[bool, str], Any] = {}
        for at_end, root in self.note_roots.items():
            for each in root.iterfind(w(_NOTES[at_end][1])):
                if (each.get(w("type")) or "normal") == "normal":
                    elements[at_end, each.get(ID) or ""] = each
        index = 0
        dividers: dict[bool, Divider] = {}
        for at_end, part in self.note_parts.items():
            if part:
                lines = LineReader(self.styles, Relations(self.package, part).targets())
                lines.hidden = body_lines.hidden
                dividers[at_end] = Divider(self.styles, lines, self._key)
        while index < len(self._pieces):
            piece = self._pieces[index]
            index += 1
            if piece.note is None:
                continue
            element = elements.get(piece.note)
            key = f"{self._digest}-{index}"
            if element is None or piece.note in self.notes:
                self.things[key] = Note(Passage(), piece.note[0])
                continue
            divided = dividers[piece.note[0]].divide(element)
            _strip_sign(divided.units)
            content = join([each.passage() for each in divided.units]) if divided.units else Passage()
            self.notes[piece.note] = NoteSource(element, divided, key)
            self.things[key] = Note(content, piece.note[0], piece.note[1])


def open_docx(data: bytes, progress: Callable[[float], None] | None = None) -> DocxFile:
    """Takes a docx file apart.

    Raises:
        DocumentError: it is damaged, locked, or no Word document.
    """
    return DocxFile(Package(data), hashlib.blake2b(data, digest_size=4).hexdigest(), progress)


def _settle_page_breaks(body: Any) -> None:
    """Makes a break at the end of a paragraph one before the next, which means the same and which the page knows."""
    for each in [each for each in body.iter(BR) if each.get(w("type")) == "page"]:
        run = each.getparent()
        paragraph = run.getparent()
        following = paragraph.getnext() if paragraph is not None else None
        if run.tag != R or following is None or following.tag != P or paragraph.getparent() is not body:
            continue
        if paragraph.tag != P or each.getnext() is not None or any(True for _ in run.itersiblings(R, HYPERLINK, INS)):
            continue
        if not "".join(text.text or "" for text in paragraph.iter(T)):
            continue
        run.remove(each)
        properties = following.find(PPR)
        if properties is None:
            following.insert(0, properties := make("pPr"))
        place(properties, make("pageBreakBefore"))


def _strip_sign(units: list[Unit]) -> None:
    """Takes the white space away that parts a note's own sign from its text."""
    if not units or units[0].is_foreign or not units[0].line.pieces:
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
