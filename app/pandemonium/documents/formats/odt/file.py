"""An odt file taken apart: its styles, its paragraphs, its notes, and what stands for what."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pandemonium.documents.formats.odt.inline import LineReader, kept_aside
from pandemonium.documents.formats.odt.names import (
    CONTINUES,
    GOES_ON,
    ITEM,
    LEVEL,
    LIST,
    LIST_HEADER,
    SECTION,
    SECTION_SOURCE,
    START,
    STYLE_NAME,
    XML_ID,
    H,
    P,
    q,
)
from pandemonium.documents.formats.odt.styles import Styles
from pandemonium.documents.formats.patched.line import Line, Piece
from pandemonium.documents.formats.patched.markdown_details import restore_details
from pandemonium.documents.formats.patched.source import SourceParagraph
from pandemonium.documents.model.manuscript import EmbeddedObject, InlineObject, Note
from pandemonium.documents.model.numbering import PageNumbers
from pandemonium.documents.model.passage import BODY, OBJECT, Kind, ParagraphStyle, Passage, join
from pandemonium.documents.model.scenes import is_scene_sign
from pandemonium.documents.packages.effort import PARAGRAPH
from pandemonium.documents.packages.package import Package
from pandemonium.errors import DocumentError

_INDEXES = frozenset(
    q(f"text:{name}")
    for name in (
        "table-of-content",
        "alphabetical-index",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "bibliography",
    )
)
MANIFEST = "META-INF/manifest.xml"
DETAILS = "Pandemonium/markdown.json"
_DEEPEST = 20


Placed = tuple[Any, tuple[Any, ...]]
"""An element, and what is around it, outermost first: sections, then each list and each of its entries."""


@dataclass(slots=True)
class Unit(SourceParagraph):
    """What the page shows as one paragraph.

    Attributes:
        element: of the file.
        before: unseen elements that stand before it.
        shells: the elements around it, outermost first: sections, then each list and each of its entries.
        begins: it is the first paragraph of its entry, or in no list.
        line: its characters; of an embedded block, one object.
        style: as the page knows it.
    """

    element: Any
    before: list[Placed] = field(default_factory=list)
    shells: tuple[Any, ...] = ()
    begins: bool = True
    line: Line = field(default_factory=Line)
    style: ParagraphStyle = BODY
    is_embedded: bool = False

    @property
    def is_listed(self) -> bool:
        """It stands in a list."""
        return bool(self.shells) and self.shells[-1].tag != SECTION


@dataclass(slots=True)
class Divided:
    """A body's units, and the unseen elements after the last."""

    units: list[Unit] = field(default_factory=list)
    after: list[Placed] = field(default_factory=list)


@dataclass(slots=True)
class NoteSource:
    """A note of the file."""

    element: Any
    divided: Divided


@dataclass(frozen=True, slots=True)
class _Place:
    shells: tuple[Any, ...] = ()
    list_style: str = ""
    depth: int = 0
    follows: bool = False  # it is no first paragraph of its entry
    number: int = 0  # of the entry


class OdtFile:
    """An odt file, taken apart.

    Args:
        package: the file.
        digest: what the keys of its objects begin with.
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
        for root in (self.content, self.styles_root):
            package.effort.spend(0 if root is None else 3 * sum(len(each) for each in root if each is not self.body))
        self.styles = Styles(self.content, self.styles_root)
        self.objects: dict[str, InlineObject] = {}
        self.sources: set[str] = set()
        self.notes: dict[str, NoteSource] = {}
        self._digest = digest
        self._count = 0
        self._tell_progress = progress
        self._lines = LineReader(self.styles, package.effort)
        package.effort.foresee(PARAGRAPH * sum(1 for _ in self.body.iterchildren(P)))
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
        waiting: list[Placed] = []
        numbers = PageNumbers()
        total = max(len(body), 1)
        for index, (element, place) in enumerate(self._blocks(body, _Place(), ListNumbers(self.styles))):
            if self._tell_progress and body is self.body and index % 500 == 0:
                self._tell_progress(min(index / total, 1.0))
            unit: Unit | None = None
            if element.tag in (P, H):
                if not self._lines.hides(element):
                    unit = self._paragraph(element, place, len(divided.units))
            elif not self._lines.hides(element) and (label := _label(element, words := self._lines.words([element]))):
                self.package.effort.spend(4)
                kept = kept_aside([element], "office:text")
                piece = Piece(OBJECT, source=EmbeddedObject(label, words, kept, self._lines.take_noted()))
                unit = Unit(element, line=Line([piece]), is_embedded=True)
                unit.style = ParagraphStyle(origin=len(divided.units))
            if unit is None:
                waiting.append((element, place.shells))
                continue
            unit.before = waiting
            unit.shells = place.shells
            unit.begins = not place.follows
            waiting = []
            unit.style = numbers.started(unit.style, place.number)
            divided.units.append(unit)
        divided.after = waiting
        if body is self.body and DETAILS in self.package:
            restore_details(divided.units, self.package.read(DETAILS))
        for each in divided.units:
            for piece in each.line.pieces:
                if piece.note or piece.source:
                    self._keyed(piece)
        return divided

    def _paragraph(self, element: Any, place: _Place, origin: int) -> Unit:
        line = self._lines.read(element)
        meaning = self.styles.meaning(element.get(STYLE_NAME) or "")
        kind: Kind = meaning.kind
        level = meaning.level
        if element.tag == H:
            outline = element.get(LEVEL) or "1"
            kind = "heading"
            level = min(int(outline) if outline.isdecimal() and outline != "0" else 1, 6)
        elif kind == "body" and place.depth and not place.follows:
            sign = self.styles.list_sign(place.list_style, place.depth)
            if sign:
                kind = "bullet" if sign == "bullet" else "number"
                level = place.depth
        elif kind == "body" and line.pieces and is_scene_sign(line.text):
            kind = "scene"
        style = ParagraphStyle(kind, level, meaning.alignment, meaning.page_break, origin)
        return Unit(element, line=line, style=style)

    def _keyed(self, piece: Piece) -> None:
        self._count += 1
        piece.key = f"{self._digest}-{self._count}"
        if piece.source is not None:
            self.objects[piece.key] = piece.source
            self.sources.add(piece.source.source)
        elif piece.note is not None:
            body = piece.properties.find(q("text:note-body"))
            spaced = self._lines
            self._lines = LineReader(self.styles, self.package.effort)
            self._lines.hidden = spaced.hidden
            divided = Divided() if body is None else self._divide(body)
            self._lines = spaced
            content = join([each.passage() for each in divided.units]) if divided.units else Passage()
            self.notes[piece.key] = NoteSource(piece.properties, divided)
            self.objects[piece.key] = Note(content, piece.note[0], piece.note[1])

    def _blocks(self, parent: Any, place: _Place, numbers: ListNumbers) -> Iterator[tuple[Any, _Place]]:
        """Each block with what is around it; of what is hidden, and of an entry without any, the outermost element."""
        for each in parent:
            if each.tag == LIST and place.depth < _DEEPEST:
                yield from self._entries(each, place, numbers)
            elif each.tag == SECTION and place.depth == 0 and next(each.iter(P, H), None) is not None:
                self.package.effort.spend(1)
                if self._lines.hides(each):
                    yield each, place
                else:
                    yield from self._blocks(each, _Place((*place.shells, each)), numbers)
            elif each.tag != SECTION_SOURCE:  # which a copy of the section has from the section itself
                yield each, place

    def _entries(self, element: Any, place: _Place, numbers: ListNumbers) -> Iterator[tuple[Any, _Place]]:
        style = element.get(STYLE_NAME) or place.list_style
        depth = place.depth + 1
        self.package.effort.spend(1 + len(element))
        numbers.begin(element, style, depth)
        for item in element:
            if item.tag not in (ITEM, LIST_HEADER):
                yield item, replace(place, shells=(*place.shells, element), depth=depth)
                continue
            number = numbers.take(item, depth)
            if not len(item):
                yield item, replace(place, shells=(*place.shells, element), depth=depth)
            inner = _Place((*place.shells, element, item), style, depth, item.tag == LIST_HEADER, number)
            for block in item:
                if block.tag == LIST:
                    yield from self._blocks([block], inner, numbers)
                else:
                    yield block, inner
                    if block.tag in (P, H):
                        inner = replace(inner, follows=True)
        numbers.end(element, style, depth)


class ListNumbers:
    """Counts the entries of a file's lists.

    Args:
        styles: of the file.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._counts: dict[int, int] = {}  # of the open list at each depth
        self._ended: dict[object, int] = {}  # of lists by their ids, and of the last of each style and depth

    def begin(self, element: Any, style: str, depth: int) -> None:
        """A list begins."""
        first = self._styles.list_start(style, depth) - 1
        if known := element.get(CONTINUES):
            first = self._ended.get(known, first)
        elif element.get(GOES_ON) == "true":
            first = self._ended.get((style, depth), first)
        self._counts[depth] = first

    def take(self, item: Any, depth: int) -> int:
        """The number of the next entry; 0 for a header, which has none."""
        if item.tag != ITEM:
            return 0
        start = item.get(START) or ""
        self._counts[depth] = int(start) if start.isdecimal() else self._counts.get(depth, 0) + 1
        return self._counts[depth]

    def number(self, depth: int) -> int:
        """The number of the last entry of the list at that depth; what it begins after where it has none yet."""
        return self._counts.get(depth, 0)

    def set(self, depth: int, number: int) -> None:
        """The last entry bears another number."""
        self._counts[depth] = number

    def end(self, element: Any, style: str, depth: int) -> None:
        """A list ends."""
        count = self._counts.get(depth, 0)
        self._ended[style, depth] = count
        if id := element.get(XML_ID):
            self._ended[id] = count


def open_odt(data: bytes, progress: Callable[[float], None] | None = None) -> OdtFile:
    """Takes an odt file apart.

    Raises:
        DocumentError: it is damaged, locked, or no OpenDocument text.
    """
    return OdtFile(Package(data), hashlib.blake2b(data, digest_size=4).hexdigest(), progress)


def _label(element: Any, words: str) -> str:
    """What a writer calls a block that is no paragraph and says these words; "" for one that says nothing."""
    if element.tag == q("table:table"):
        return "table"
    if element.tag in _INDEXES:
        return "contents page" if element.tag == q("text:table-of-content") else "index"
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if name in ("tracked-changes", "forms") or name.endswith("-decls"):
        return ""
    if name in ("frame", "g", "rect", "line", "custom-shape", "ellipse", "polyline", "polygon", "path"):
        return "text box" if words else "picture"
    return "part" if words or next(element.iter(P, H), None) is not None else ""
