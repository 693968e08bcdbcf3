"""Footnotes and endnotes of a docx file that is written: kept, changed, added, and taken out where nothing refers."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from pandemonium.documents.formats.docx.blocks import Divided
from pandemonium.documents.formats.docx.file import DocxFile
from pandemonium.documents.formats.docx.names import ID, P, child, make, number, w
from pandemonium.documents.formats.docx.relations import Relations, declare
from pandemonium.documents.formats.docx.template import CONTENT
from pandemonium.documents.formats.patched.line import Piece
from pandemonium.documents.model.manuscript import Note
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.packages.package import parsed, put_children

_EMPTY = (
    '<w:{0}s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<w:{0} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{0}>'
    '<w:{0} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{0}></w:{0}s>'
)
Blocks = Callable[[Divided, Passage, Relations, str], list[Any] | None]


class NoteWriter:
    """The notes of the file that is written.

    Args:
        file: as it was read.
        blocks: writes the paragraphs of a note; None where they are as they were.
        reserved: the keys of notes whose marks stay where they are, untouched.
    """

    def __init__(self, file: DocxFile, blocks: Blocks, reserved: set[str]) -> None:
        self._file = file
        self._blocks = blocks
        self._reserved = reserved
        self._by_key = {source.key: (ids, source) for ids, source in file.notes.items()}
        self._written: set[str] = set()
        self._used: set[tuple[bool, str]] = set()
        self._numbers: dict[bool, int] = {}  # the highest that a note of each kind has
        self.changed: set[bool] = set()

    def mark(self, key: str, note: Note, piece: Piece | None) -> Any:
        """The run that is a note's mark in the text, which was that piece; the note is written if it was not yet."""
        name = "endnote" if note.at_end else "footnote"
        ids, source = self._by_key.get(key, (None, None))
        is_new = key in self._written or key in self._reserved
        if source is not None and ids is not None and ids[0] == note.at_end and not is_new:
            self.keep(key, note)
            if piece is not None and piece.note == ids and piece.mark is not None:
                run = make("r") if piece.properties is None else make("r", copy.deepcopy(piece.properties))
                run.append(copy.deepcopy(piece.mark))
                run[-1].tail = None
                return run
            id = ids[1]
        else:
            id = self._add(note, name)
        style = self._file.styles.id_named(f"{name} reference", "character")
        return make("r", make("rPr", make("rStyle", val=style)), make(f"{name}Reference", id=id))

    def keep(self, key: str, note: Note) -> None:
        """Brings a note of the file to what it says now; its mark stays what it was."""
        if key in self._written or key not in self._by_key:
            return
        self._written.add(key)
        (at_end, id), source = self._by_key[key]
        self._used.add((at_end, id))
        kind = "endnote" if at_end else "footnote"
        blocks = self._blocks(source.divided, note.content, self._relations(at_end), kind)
        if blocks is not None:
            self.changed.add(at_end)
            put_children(source.element, blocks)

    def finish(self) -> None:
        """Takes out the notes of the file that nothing on the page refers to any more, and writes the parts."""
        for (at_end, id), source in self._file.notes.items():
            if (at_end, id) not in self._used:
                self._file.note_roots[at_end].remove(source.element)
                self.changed.add(at_end)
        for at_end in self.changed:
            self._file.package.write(self._file.note_parts[at_end], self._file.note_roots[at_end])

    def _add(self, note: Note, name: str) -> str:
        root = self._root(note.at_end, name)
        self.changed.add(note.at_end)
        highest = self._numbers.get(note.at_end)
        if highest is None:
            highest = max((number(each.get(ID)) for each in root), default=0)
        self._numbers[note.at_end] = highest + 1
        id = str(highest + 1)
        element = make(name, id=id)
        root.append(element)
        blocks = self._blocks(Divided(), note.content, self._relations(note.at_end), name)
        element.extend(blocks or [make("p")])
        _sign(element, self._file.styles.id_named(f"{name} reference", "character"), name)
        return id

    def _root(self, at_end: bool, name: str) -> Any:
        if at_end not in self._file.note_roots:
            part = f"word/{name}s.xml"
            self._file.note_roots[at_end] = parsed(_EMPTY.format(name))
            self._file.note_parts[at_end] = part
            declare(self._file.package, part, f"{CONTENT}{name}s+xml")
            self._file.relations.add(f"{name}s", f"/{part}")
        return self._file.note_roots[at_end]

    def _relations(self, at_end: bool) -> Relations:
        return self._file.relations_of(self._file.note_parts[at_end])


def _sign(note: Any, style: str, name: str) -> None:
    """Puts the note's own sign and a space at its head."""
    first = child(note, P)
    if first is None:
        note.insert(0, first := make("p"))
    properties = child(first, w("pPr"))
    space = make("t", text=" ")
    space.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    sign = make("r", make("rPr", make("rStyle", val=style)), make(f"{name}Ref"))
    at = 0 if properties is None else 1
    first.insert(at, sign)
    first.insert(at + 1, make("r", space))
