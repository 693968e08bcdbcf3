"""Reads a paragraph of an odt file: its characters, and beside them all that must come back out."""

from __future__ import annotations

import copy
import re
from typing import Any

from lxml import etree

from pandemonium.documents.composing import LINE_END
from pandemonium.documents.formats.odt.names import LINK, NOTE, SPACES, SPAN, STYLE_NAME, H, P, q
from pandemonium.documents.formats.odt.styles import Styles
from pandemonium.documents.line import Anchor, Line, Piece
from pandemonium.documents.manuscript import Foreign
from pandemonium.documents.passage import THING, Look

_SHELLS = frozenset((SPAN, LINK, q("text:meta")))
_SILENT = frozenset((q("text:soft-page-break"),))
_ANCHORS = re.compile(r"(bookmark|reference-mark|toc-mark|alphabetical-index-mark|user-index-mark|change|annotation)")
_WHITE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1000


class LineReader:
    """Reads paragraphs.

    Args:
        styles: of the file.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.hidden: set[str] = set()  # which kinds of unseen things were met

    def read(self, paragraph: Any) -> Line:
        """Reads one paragraph."""
        self._line, self._at, self._spaced = Line(), 0, True
        look = self._styles.meaning(paragraph.get(STYLE_NAME) or "").look
        self._walk(paragraph, look, "", ())
        return self._line

    _line: Line
    _at: int
    _spaced: bool  # white space that follows is none

    def _walk(self, parent: Any, look: Look, link: str, shells: tuple[Any, ...]) -> None:
        self._text(parent.text, look, link, shells)
        for each in parent:
            tag = each.tag
            if tag == SPAN:
                told, on = self._styles.said(each.get(STYLE_NAME) or "")
                self._shell(each, look & ~told | on, link, (*shells, each))
            elif tag == LINK:
                self._shell(each, look, each.get(q("xlink:href")) or "", (*shells, each))
            elif tag in _SHELLS:
                self._shell(each, look, link, (*shells, each))
            elif tag == q("text:s"):
                count = each.get(q("text:c")) or "1"
                self._add(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES), look, link, shells)
            elif tag == q("text:tab"):
                self._add("\t", look, link, shells)
            elif tag == q("text:line-break"):
                self._add(LINE_END, look, link, shells)
            elif tag not in _SILENT:
                self._other(each, tag, look, shells)
            self._text(each.tail, look, link, shells)

    def _shell(self, element: Any, look: Look, link: str, shells: tuple[Any, ...]) -> None:
        before, anchors = self._at, len(self._line.anchors)
        self._walk(element, look, link, shells)
        if self._at == before and len(self._line.anchors) > anchors:  # nothing to see: it is kept as one
            del self._line.anchors[anchors:]
            self._line.anchors.append(Anchor(self._at, element))

    def _other(self, element: Any, tag: Any, look: Look, shells: tuple[Any, ...]) -> None:
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        if tag == NOTE:
            at_end = element.get(q("text:note-class")) == "endnote"
            id = element.get(q("text:id")) or ""
            self._put(Piece(THING, shells=shells, properties=element, note=(at_end, id)))
        elif not name or _ANCHORS.match(name):
            if name.startswith("annotation"):
                self.hidden.add("comments")
            elif name.startswith("change"):
                self.hidden.add("changes")
            self._line.anchors.append(Anchor(self._at, element))
        else:
            text = shown_text(element)
            source = Foreign(_label(element, name, text), text, kept_aside([element], "text:p"))
            self._put(Piece(THING, shells=shells, source=source))

    def _text(self, text: str | None, look: Look, link: str, shells: tuple[Any, ...]) -> None:
        if not text:
            return
        text = _WHITE.sub(" ", text)
        if self._spaced and text[0] == " ":
            text = text[1:]
        self._add(text, look, link, shells)
        if text:
            self._spaced = text[-1] == " "

    def _add(self, text: str, look: Look, link: str, shells: tuple[Any, ...]) -> None:
        if not text:
            return
        self._spaced = False
        last = self._line.pieces[-1] if self._line.pieces else None
        if last is not None and last.shells == shells and last.link == link and not (last.source or last.note):
            last.text += text
            self._at += len(text)
        else:
            self._put(Piece(text, look, link, shells=shells))

    def _put(self, piece: Piece) -> None:
        self._line.pieces.append(piece)
        self._at += len(piece.text)
        self._spaced = False


def kept_aside(elements: list[Any], root: str) -> str:
    """These elements as XML, in one that says where they belong: "text:p" in a paragraph, "office:text" among them."""
    holder = etree.Element(q(root), nsmap={"office": SPACES["office"], "text": SPACES["text"]})
    holder.extend(copy.deepcopy(each) for each in elements)
    for each in holder:
        each.tail = None
    return etree.tostring(holder, encoding="unicode")


def shown_text(element: Any) -> str:
    """What a foreign element says: a table's row a line, its cells apart by tabs."""
    rows = list(element.iter(q("table:table-row")))
    if rows:
        cell = q("table:table-cell")
        return "\n".join("\t".join(_flat(each) for each in row.iterchildren(cell)) for row in rows).strip()
    paragraphs = list(element.iter(P, H))
    if paragraphs:
        return "\n".join(text for each in paragraphs if (text := _flat(each)))
    return _flat(element)


def _flat(element: Any) -> str:
    skipped = (q("svg:title"), q("svg:desc"), q("office:binary-data"), q("office:annotation"))
    if element.tag in skipped or not isinstance(element.tag, str):
        return ""
    if element.tag == q("text:tab"):
        return "\t"
    if element.tag in (q("text:s"), q("text:line-break")):
        return " "
    inner = [_WHITE.sub(" ", element.text or "")]
    for each in element:
        inner += [_flat(each), _WHITE.sub(" ", each.tail or "")]
    return "".join(inner)


def _label(element: Any, name: str, text: str) -> str:
    if element.tag.startswith(f"{{{SPACES['draw']}}}"):
        inner = {each.tag for each in element.iter()}
        if q("draw:text-box") in inner:
            return "text box"
        if q("draw:image") in inner and q("draw:object") not in inner:
            return "picture"
        return "embedded object" if q("draw:object") in inner else "drawing"
    return "ruby" if name == "ruby" else "field"
