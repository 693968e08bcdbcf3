"""Reads a paragraph of a docx file: its characters, and beside them all that must come back out."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from pandemonium.documents.composing import LINE_END
from pandemonium.documents.formats.docx.names import (
    BR,
    CR,
    DEL,
    ENDNOTE_REFERENCE,
    FIELD_CHAR,
    FIELD_CODE,
    FIELD_SIMPLE,
    FOOTNOTE_REFERENCE,
    HYPERLINK,
    ID,
    INS,
    MATH,
    MOVE_FROM,
    MOVE_TO,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    SDT_PR,
    SPACES,
    TAB,
    P,
    R,
    T,
    child,
    is_on,
    r,
    value,
    w,
)  # fmt: skip
from pandemonium.documents.formats.docx.styles import Styles
from pandemonium.documents.line import Anchor, Line, Piece
from pandemonium.documents.manuscript import Foreign
from pandemonium.documents.passage import THING, Look

SHELLS = frozenset((INS, MOVE_TO, HYPERLINK, SDT, w("smartTag"), w("customXml"), w("dir"), w("bdo")))
_HIDDEN = frozenset((DEL, MOVE_FROM))
_SILENT = frozenset((w("lastRenderedPageBreak"), w("proofErr"), PPR, RPR))
_LABELS = {
    w("drawing"): "picture",
    w("pict"): "picture",
    w("object"): "embedded object",
    w("sym"): "sign",
    f"{{{MATH}}}oMath": "equation",
    f"{{{MATH}}}oMathPara": "equation",
    w("ruby"): "ruby",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent": "picture",
}
_MARKS_ONLY = re.compile(r"(bookmark|commentRange|perm|moveFromRange|moveToRange|customXml.*Range)\w*$")
_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\]+))?', re.I)
_PLACE = re.compile(r'\\l\s+"([^"]*)"')
_TEXTS = {w("noBreakHyphen"): "\u2011", w("softHyphen"): "\u00ad", TAB: "\t", CR: LINE_END}


@dataclass(slots=True)
class _Field:
    first: int
    at: int
    codes: list[str]
    elements: list[Any]
    depth: int = 1
    shown: bool = False


class LineReader:
    """Reads paragraphs of one part.

    Args:
        styles: of the file.
        targets: where the part's relations lead, by their ids.
    """

    def __init__(self, styles: Styles, targets: dict[str, str]) -> None:
        self._styles, self._targets = styles, targets
        self.hidden: set[str] = set()  # which kinds of unseen things were met
        self._looks: dict[str, Look] = {}

    def read(self, paragraph: Any) -> Line:
        """Reads one paragraph."""
        self._line, self._at, self._field = Line(), 0, None
        self._walk(paragraph, (), "")
        return self._line

    _line: Line
    _at: int
    _field: _Field | None

    def _walk(self, parent: Any, shells: tuple[Any, ...], link: str) -> None:
        for each in parent:
            tag = each.tag
            if tag == R:
                self._run(each, shells, link)
            elif tag in _SILENT:
                continue
            elif tag in SHELLS:
                self._shell(each, tag, shells, link)
            elif tag in _HIDDEN:
                self.hidden.add("changes")
                self._anchor(each)
            elif tag == FIELD_SIMPLE:
                self._foreign("field", each, _shown_text(each), shells)
            elif isinstance(tag, str) and _MARKS_ONLY.search(tag):
                if "comment" in tag:
                    self.hidden.add("comments")
                self._anchor(each)
            elif tag in _LABELS:
                self._foreign(_LABELS[tag], each, _shown_text(each), shells)
            elif isinstance(tag, str) and (text := _shown_text(each)):
                self._foreign("part", each, text, shells)
            else:
                self._anchor(each)

    def _shell(self, element: Any, tag: str, shells: tuple[Any, ...], link: str) -> None:
        inner = element
        if tag == HYPERLINK:
            anchor = element.get(w("anchor"))
            link = self._targets.get(element.get(r("id")) or "", "") + (f"#{anchor}" if anchor else "")
        elif tag in (INS, MOVE_TO):
            self.hidden.add("changes")
        elif tag == SDT:
            inner = child(element, SDT_CONTENT)
            if inner is None:
                return self._anchor(element)
        before, anchors = self._at, len(self._line.anchors)
        self._walk(inner, (*shells, element), link)
        if self._at == before and self._field is None:  # nothing to see: it is kept as one
            del self._line.anchors[anchors:]
            self._anchor(element)
        return None

    def _run(self, run: Any, shells: tuple[Any, ...], link: str) -> None:
        properties = None
        for each in run:
            tag = each.tag
            if tag == RPR:
                properties = each
                if is_on(each, w("vanish")):
                    self._anchor(run)
                    self.hidden.add("hidden text")
                    return
            elif self._field is not None or tag == FIELD_CHAR:
                self._in_field(each, tag, properties, shells, link)
            else:
                self._in_run(each, tag, run, properties, shells, link)

    def _in_run(self, each: Any, tag: str, run: Any, properties: Any, shells: tuple[Any, ...], link: str) -> None:
        if tag == T:
            self._add(each.text or "", properties, shells, link)
        elif tag in _TEXTS:
            self._add(_TEXTS[tag], properties, shells, link)
        elif tag == BR:
            kind = each.get(w("type")) or "textWrapping"
            if kind == "textWrapping":
                self._add(LINE_END, properties, shells, link)
            elif kind == "page" and self._at == 0 and not self._line.page_break:
                self._line.page_break = True
            else:
                self._foreign(f"{kind} break", _alone(each, properties), "", shells)
        elif tag in (FOOTNOTE_REFERENCE, ENDNOTE_REFERENCE):
            note = (tag == ENDNOTE_REFERENCE, each.get(ID) or "")
            self._put(Piece(THING, properties=properties, shells=shells, note=note))
        elif tag in _LABELS:
            text = _shown_text(each)
            label = "text box" if text and _LABELS[tag] == "picture" else _LABELS[tag]
            self._foreign(label, _alone(each, properties), text, shells)
        elif tag not in _SILENT:
            if tag == w("commentReference"):
                self.hidden.add("comments")
            self._anchor(_alone(each, properties))

    def _in_field(self, each: Any, tag: str, properties: Any, shells: tuple[Any, ...], link: str) -> None:
        if self._field is None:
            self._field = _Field(len(self._line.pieces), self._at, [], [_alone(each, properties)])
            return
        field = self._field
        field.elements.append(_alone(each, properties))
        if tag == FIELD_CODE and not field.shown:
            field.codes.append(each.text or "")
        elif tag == FIELD_CHAR:
            kind = each.get(w("fldCharType"))
            if kind == "begin":
                field.depth += 1
            elif kind == "separate" and field.depth == 1:
                field.shown = True
            elif kind == "end":
                field.depth -= 1
                if not field.depth:
                    self._end_field(field, shells)
        elif field.shown:
            self._field = None
            self._in_run(each, tag, None, properties, shells, link)
            self._field = field

    def _end_field(self, field: _Field, shells: tuple[Any, ...]) -> None:
        self._field = None
        if not field.shown:  # an entry for an index, say
            for each in field.elements:
                self._anchor(each)
            return
        pieces = self._line.pieces[field.first :]
        link = _address("".join(field.codes))
        if link and all(each.text != THING for each in pieces):
            self._line.pieces[field.first :] = [replace(each, link=link) for each in pieces]
            return
        del self._line.pieces[field.first :]
        self._line.anchors = [each for each in self._line.anchors if each.at <= field.at]
        self._at = field.at
        self._foreign("field", field.elements, "".join(each.text for each in pieces if each.text != THING), shells)

    def _add(self, text: str, properties: Any, shells: tuple[Any, ...], link: str) -> None:
        if not text:
            return
        text = text.replace("\n", " ").replace("\r", " ")
        look = Look.PLAIN
        if properties is not None and len(properties):
            look = self._styles.look(properties)
        last = self._line.pieces[-1] if self._line.pieces else None
        alike = last is not None and last.properties is properties and last.shells is shells and last.link == link
        if last is not None and alike and last.text != THING:
            last.text += text
            self._at += len(text)
            return
        self._put(Piece(text, look, link, properties, shells))

    def _foreign(self, label: str, element: Any, text: str, shells: tuple[Any, ...]) -> None:
        elements = element if isinstance(element, list) else [element]
        self._put(Piece(THING, shells=shells, source=Foreign(label, text, kept_aside(elements, "p"))))

    def _put(self, piece: Piece) -> None:
        self._line.pieces.append(piece)
        self._at += len(piece.text)

    def _anchor(self, element: Any) -> None:
        self._line.anchors.append(Anchor(self._at, element))


def kept_aside(elements: list[Any], root: str) -> str:
    """These elements as XML, in one that says where they belong: "p" in a paragraph, "body" in the body."""
    holder = etree.Element(w(root), nsmap=SPACES)
    holder.extend(copy.deepcopy(each) for each in elements)
    for each in holder:
        each.tail = None
    return etree.tostring(holder, encoding="unicode")


def _alone(element: Any, properties: Any) -> Any:
    """A run's child as a run of its own."""
    run = etree.Element(R, nsmap=SPACES)
    if properties is not None:
        run.append(copy.deepcopy(properties))
    run.append(copy.deepcopy(element))
    return run


def _shown_text(element: Any) -> str:
    """The text inside of a foreign element: a table's row a line, its cells apart by tabs."""
    if element.tag == w("tbl"):
        rows = element.iterfind(w("tr"))
        return "\n".join("\t".join(_flat(cell) for cell in row.iterfind(w("tc"))) for row in rows).strip()
    paragraphs = list(element.iter(P))
    if not paragraphs:
        return _flat(element)
    fallback = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    shown = (_flat(each) for each in paragraphs if next(each.iterancestors(fallback), None) is None)
    return "\n".join(text for text in shown if text)


def _flat(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter(T, f"{{{MATH}}}t"))


def block_text(elements: list[Any]) -> str:
    """What foreign blocks say."""
    return "\n".join(text for each in elements if (text := _shown_text(each)))


def _address(codes: str) -> str:
    """Where a field leads; "" if it is no link."""
    match = _LINK.match(codes)
    if match is None:
        return ""
    place = _PLACE.search(codes)
    return (match[1] or match[2] or "") + (f"#{place[1]}" if place else "")


def gallery(element: Any) -> str:
    """The gallery that a content control comes from ("Table of Contents"); "" if from none."""
    parts = child(child(element, SDT_PR), w("docPartObj"))
    return "" if parts is None else value(parts, w("docPartGallery")) or "other"
