"""An odt file taken apart: its styles, its paragraphs, its notes, and what stands for what."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pandemonium.documents.formats.odt.inline import LineReader, kept_aside, shown_text
from pandemonium.documents.formats.odt.names import ITEM, LEVEL, LIST, LIST_HEADER, SECTION, STYLE_NAME, H, P, q
from pandemonium.documents.formats.odt.styles import Styles
from pandemonium.documents.line import Line, Piece
from pandemonium.documents.manuscript import Foreign, Note, Thing
from pandemonium.documents.package import Package
from pandemonium.documents.passage import BODY, THING, Kind, ParagraphStyle, Passage, join
from pandemonium.documents.scenes import is_scene_sign
from pandemonium.documents.source import SourceParagraph
from pandemonium.errors import DocumentError

_INDEXES = frozenset(
    q(f"text:{name}")
    for name in (
        "table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index",
        "bibliography",
    )
)  # fmt: skip
MANIFEST = "META-INF/manifest.xml"
_DEEPEST = 20


@dataclass(slots=True)
class Unit(SourceParagraph):
    """What the page shows as one paragraph.

    Attributes:
        element: of the file.
        before: unseen elements that stand before it.
        shells: the sections around it, outermost first.
        list: the outermost list around it, or None.
        list_style: the style of the innermost.
        line: its characters; of a foreign block, one thing.
        style: as the page knows it.
    """

    element: Any
    before: list[Any] = field(default_factory=list)
    shells: tuple[Any, ...] = ()
    list: Any = None
    list_style: str = ""
    line: Line = field(default_factory=Line)
    style: ParagraphStyle = BODY
    is_foreign: bool = False


@dataclass(slots=True)
class Divided:
    """A body's units, and the unseen elements after the last."""

    units: list[Unit] = field(default_factory=list)
    after: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class NoteSource:
    """A note of the file."""

    element: Any
    divided: Divided


@dataclass(frozen=True, slots=True)
class _Place:
    shells: tuple[Any, ...] = ()
    list: Any = None
    list_style: str = ""
    depth: int = 0
    follows: bool = False  # it is no first paragraph of its entry


class OdtFile:
    """An odt file, taken apart.

    Args:
        package: the file.
        digest: what the keys of its things begin with.
        progress: hears how much of the reading is done, from 0 to 1.

    Raises:
        DocumentError: it is damaged, locked, or no OpenDocument text.
    """

    def __init__(self, package: Package, digest: str, progress: Callable[[float], None] | None = None) -> None:
        self.package = package
        if MANIFEST in package:
            self.manifest = package.tree(MANIFEST)
            if next(self.manifest.iter(q("manifest:encryption-data")), None) is not None:
                raise DocumentError("This file is locked with a password.", "Save a copy without the password.")
        else:
            self.manifest = None
        self.content = package.tree("content.xml")
        body = self.content.find(q("office:body"))
        self.body = None if body is None else body.find(q("office:text"))
        if self.body is None:
            raise DocumentError(
                "This file has no text where OpenDocument keeps it.", "Is it a spreadsheet, or a presentation?"
            )
        self.styles_root = package.tree("styles.xml") if "styles.xml" in package else None
        self.styles = Styles(self.content, self.styles_root)
        self.things: dict[str, Thing] = {}
        self.sources: set[str] = set()
        self.notes: dict[str, NoteSource] = {}
        self._digest, self._count, self._said = digest, 0, progress
        self._lines = LineReader(self.styles)
        self.divided = self._divide(self.body)
        self.hidden = self._lines.hidden

    @property
    def units(self) -> list[Unit]:
        """The body's paragraphs."""
        return self.divided.units

    def passage(self) -> Passage:
        """The body as the page shows it."""
        return join([each.passage() for each in self.units]) if self.units else Passage()

    def _divide(self, body: Any) -> Divided:
        divided = Divided()
        waiting: list[Any] = []
        total = max(len(body), 1)
        for index, (element, place) in enumerate(self._blocks(body, _Place())):
            if self._said and body is self.body and index % 500 == 0:
                self._said(min(index / total, 1.0))
            if element.tag in (P, H):
                unit = self._paragraph(element, place, len(divided.units))
            elif label := _label(element):
                text = shown_text(element)
                piece = Piece(THING, source=Foreign(label, text, kept_aside([element], "office:text")))
                self._keyed(piece)
                unit = Unit(element, line=Line([piece]), is_foreign=True)
                unit.style = ParagraphStyle(origin=len(divided.units))
            else:
                waiting.append(element)
                continue
            unit.before, unit.shells, unit.list, waiting = waiting, place.shells, place.list, []
            divided.units.append(unit)
        divided.after = waiting
        return divided

    def _paragraph(self, element: Any, place: _Place, origin: int) -> Unit:
        line = self._lines.read(element)
        for piece in line.pieces:
            if piece.note or piece.source:
                self._keyed(piece)
        meaning = self.styles.meaning(element.get(STYLE_NAME) or "")
        kind: Kind = meaning.kind
        level = meaning.level
        if element.tag == H:
            outline = element.get(LEVEL) or "1"
            kind, level = "heading", min(int(outline) if outline.isdecimal() and outline != "0" else 1, 6)
        elif kind == "body" and place.depth and not place.follows:
            sign = self.styles.list_sign(place.list_style, place.depth)
            if sign:
                kind, level = ("bullet" if sign == "bullet" else "number"), place.depth
        elif kind == "body" and line.pieces and is_scene_sign(line.text):
            kind = "scene"
        style = ParagraphStyle(kind, level, meaning.alignment, meaning.page_break, origin)
        return Unit(element, line=line, style=style, list_style=place.list_style)

    def _keyed(self, piece: Piece) -> None:
        self._count += 1
        piece.key = f"{self._digest}-{self._count}"
        if piece.source is not None:
            self.things[piece.key] = piece.source
            self.sources.add(piece.source.source)
        elif piece.note is not None:
            body = piece.properties.find(q("text:note-body"))
            spaced = self._lines
            self._lines = LineReader(self.styles)
            self._lines.hidden = spaced.hidden
            divided = Divided() if body is None else self._divide(body)
            self._lines = spaced
            content = join([each.passage() for each in divided.units]) if divided.units else Passage()
            self.notes[piece.key] = NoteSource(piece.properties, divided)
            self.things[piece.key] = Note(content, piece.note[0], piece.note[1])

    def _blocks(self, parent: Any, place: _Place) -> Iterator[tuple[Any, _Place]]:
        """Each block with what is around it."""
        for each in parent:
            if each.tag == LIST and place.depth < _DEEPEST:
                style = each.get(STYLE_NAME) or place.list_style
                outer = each if place.list is None else place.list
                for item in each.iterchildren(ITEM, LIST_HEADER):
                    follows = item.tag == LIST_HEADER
                    for block in item:
                        inner = _Place(place.shells, outer, style, place.depth + 1, follows)
                        if block.tag == LIST:
                            yield from self._blocks([block], inner)
                        else:
                            yield block, inner
                            follows = follows or block.tag in (P, H)
            elif each.tag == SECTION and place.depth == 0 and next(each.iter(P, H), None) is not None:
                yield from self._blocks(each, _Place((*place.shells, each)))
            else:
                yield each, place


def open_odt(data: bytes, progress: Callable[[float], None] | None = None) -> OdtFile:
    """Takes an odt file apart.

    Raises:
        DocumentError: it is damaged, locked, or no OpenDocument text.
    """
    return OdtFile(Package(data), hashlib.blake2b(data, digest_size=4).hexdigest(), progress)


def _label(element: Any) -> str:
    """What a writer calls a block that is no paragraph; "" for one that says nothing."""
    if element.tag == q("table:table"):
        return "table"
    if element.tag in _INDEXES:
        return "contents page" if element.tag == q("text:table-of-content") else "index"
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if name in ("tracked-changes", "forms") or name.endswith("-decls"):
        return ""
    if name in ("frame", "g", "rect", "line", "custom-shape", "ellipse", "polyline", "polygon", "path"):
        return "picture"
    return "part" if next(element.iter(P, H), None) is not None else ""
