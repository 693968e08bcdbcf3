"""Reads a paragraph of an odt file: its characters, and beside them all that must come back out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from pandemonium.documents.formats.odt.names import (
    ITEM,
    LINK,
    LIST,
    LIST_HEADER,
    NOTE,
    SPACES,
    SPAN,
    STYLE_NAME,
    H,
    P,
    q,
)
from pandemonium.documents.formats.odt.styles import Styles
from pandemonium.documents.formats.patched.block_words import BlockWords
from pandemonium.documents.formats.patched.line import Anchor, Line, Piece, stand_apart
from pandemonium.documents.model.composing import LINE_END
from pandemonium.documents.model.manuscript import EmbeddedObject
from pandemonium.documents.model.passage import OBJECT, CharFormat
from pandemonium.documents.packages.effort import LETTERS, PARAGRAPH, Effort
from pandemonium.documents.packages.xml import written_within

_SHELLS = frozenset((SPAN, LINK, q("text:meta")))
# Breaks that only tell where a page ended, and what a copy of a link has from the link itself.
_SILENT = frozenset((q("text:soft-page-break"), q("office:event-listeners")))
_OWN_SPACES = ("urn:oasis:names:tc:opendocument:", *(SPACES[name] for name in ("dc", "math", "xlink")))
_COMMENTS = frozenset((q("office:annotation"), q("office:annotation-end")))
_CHANGES = frozenset((q("text:change"), q("text:change-start"), q("text:change-end")))
_MARKS = frozenset(
    q(f"text:{name}{end}")
    for name in ("bookmark", "reference-mark", "toc-mark", "alphabetical-index-mark", "user-index-mark")
    for end in ("", "-start", "-end")
)
_ANCHORS = _COMMENTS | _CHANGES | _MARKS | {q("text:number"), q("text:script")}
_HIDDEN_TEXT = q("text:hidden-text")
_HIDDEN_PARAGRAPH = q("text:hidden-paragraph")
_TABLE = q("table:table")
_ROW = q("table:table-row")
_CELL = q("table:table-cell")
_COVERED = q("table:covered-table-cell")
_RUBY = q("text:ruby")
_MATH = q("math:math")
_WORDLESS = frozenset(
    (
        *_ANCHORS,
        q("svg:title"),
        q("svg:desc"),
        q("office:binary-data"),
        q("office:event-listeners"),
        q("text:tracked-changes"),
        q("office:forms"),
        q("text:note-citation"),
        q("text:table-of-content-source"),
        q("text:alphabetical-index-source"),
        q("text:illustration-index-source"),
        q("text:table-index-source"),
        q("text:object-index-source"),
        q("text:user-index-source"),
        q("text:bibliography-source"),
    )
)
_BLOCKS = (P, H, LIST, _TABLE)
_WHITE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1000


class LineReader(BlockWords):
    """Reads paragraphs.

    Args:
        styles: of the file.
        effort: what reading may still cost.
    """

    row = _ROW
    cell = _CELL
    blocks = _BLOCKS

    def __init__(self, styles: Styles, effort: Effort) -> None:
        super().__init__(effort)
        self._styles = styles

    def read(self, paragraph: Any) -> Line:
        """Reads one paragraph."""
        self.effort.spend(PARAGRAPH)
        self._line = Line()
        self._at = 0
        self._spaced = True
        char_format = self._styles.meaning(paragraph.get(STYLE_NAME) or "").char_format
        self._walk(paragraph, char_format, "", ())
        stand_apart(self._line.pieces)
        return self._line

    _line: Line
    _at: int
    _spaced: bool  # white space that follows is none

    def hides(self, block: Any) -> bool:
        """A paragraph or a section is hidden as a whole; which is noted."""
        name = block.get(STYLE_NAME) or ""
        if block.tag in (P, H):
            is_hidden = self._styles.hides("paragraph", name)
            is_hidden = is_hidden or any(_is_on(each) for each in block.iterchildren(_HIDDEN_PARAGRAPH))
        else:
            display = block.get(q("text:display"))
            is_hidden = display == "none" or (display == "condition" and _is_on(block))
        if is_hidden:
            self.hidden.add("hidden text")
        return is_hidden

    def another(self) -> LineReader:
        """A reader of the same file."""
        return LineReader(self._styles, self.effort)

    def plain_words(self, elements: Iterable[Any]) -> str:
        """The text of elements that stand too deep to be read."""
        return " ".join(" ".join(text.split()) for each in elements for text in each.itertext() if text.strip())

    def is_read(self, element: Any) -> bool:
        """It is no cell that another covers, whose words no page shows."""
        if element.tag == _COVERED:
            if any(text.strip() for text in element.itertext()):
                self.hidden.add("hidden text")
            return False
        return isinstance(element.tag, str)

    def gather(self, elements: Iterable[Any], lines: list[str]) -> None:
        """Adds what blocks say."""
        for each in elements:
            tag = each.tag
            if not isinstance(tag, str) or tag in _WORDLESS:
                continue
            if tag in (P, H):
                if not self.hides(each):
                    self.add_line(self._flat(self.read(each)), lines)
            elif tag == _TABLE:
                lines += self.rows(each)
            elif _is_line(each):
                self.add_line(self._flat(self.read(each)), lines)
            elif _holds_blocks(each):
                self.effort.spend(2)
                if tag in (ITEM, LIST_HEADER, LIST) or not self.hides(each):
                    self.gather(each, lines)
            elif tag == _MATH:
                said = (_WHITE.sub(" ", text) for text in each.itertext(*_mathematical()))
                self.add_line(" ".join(text for text in said if text.strip()), lines)
            elif len(each):
                self.gather(each, lines)

    def _flat(self, line: Line) -> str:
        """What a line says, the objects in it included."""
        said: list[str] = []
        for each in line.pieces:
            if each.note is not None:
                before = len(self._noted)
                words = " ".join(self.words([each.properties]).split())
                del self._noted[before:]  # a note in a note goes with that
                if words:
                    said.append(f" [{words}]")
                    self._noted.append(f"[{words}]")
            elif each.source is not None:
                said.append(each.source.text)
                self._noted += each.source.notes
            else:
                said.append(each.text)
        return "".join(said)

    def _walk(self, parent: Any, char_format: CharFormat, link: str, shells: tuple[Any, ...]) -> None:
        self._text(parent.text, char_format, link, shells)
        for each in parent:
            self.effort.spend(1)
            tag = each.tag
            if tag == SPAN:
                name = each.get(STYLE_NAME) or ""
                if self._styles.hides("text", name):
                    self.hidden.add("hidden text")
                    self._line.anchors.append(Anchor(self._at, each))
                else:
                    told, on = self._styles.declared_format(name)
                    self._shell(each, char_format & ~told | on, link, (*shells, each))
            elif tag == LINK:
                self._shell(each, char_format, each.get(q("xlink:href")) or "", (*shells, each))
            elif tag in _SHELLS or self._is_foreign_text(each, tag):
                self._shell(each, char_format, link, (*shells, each))
            elif tag == q("text:s"):
                count = each.get(q("text:c")) or "1"
                self._add(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES), char_format, link, shells)
            elif tag == q("text:tab"):
                self._add("\t", char_format, link, shells)
            elif tag == q("text:line-break"):
                self._add(LINE_END, char_format, link, shells)
            elif tag not in _SILENT:
                self._other(each, tag, shells)
            self._text(each.tail, char_format, link, shells)

    def _is_foreign_text(self, element: Any, tag: Any) -> bool:
        if not _is_foreign(tag):
            return False
        if not len(element):
            return True
        self.effort.spend(2)
        return not _holds_blocks(element)

    def _shell(self, element: Any, char_format: CharFormat, link: str, shells: tuple[Any, ...]) -> None:
        self.effort.spend(1 + len(shells) // 8)
        before = self._at
        anchors = len(self._line.anchors)
        self._walk(element, char_format, link, shells)
        is_empty = next(element.itertext(), None) is None
        if self._at == before and (is_empty or len(self._line.anchors) > anchors):  # nothing to see: it is kept as one
            del self._line.anchors[anchors:]
            self._line.anchors.append(Anchor(self._at, element))

    def _other(self, element: Any, tag: Any, shells: tuple[Any, ...]) -> None:
        if tag == NOTE:
            self.effort.spend(4)
            at_end = element.get(q("text:note-class")) == "endnote"
            id = element.get(q("text:id")) or ""
            self._put(Piece(OBJECT, shells=shells, properties=element, note=(at_end, id)))
        elif not isinstance(tag, str) or tag in _ANCHORS or tag == _HIDDEN_PARAGRAPH:
            if tag in _COMMENTS:
                self.hidden.add("comments")
            elif tag in _CHANGES:
                self.hidden.add("changes")
            self._line.anchors.append(Anchor(self._at, element))
        elif tag == _HIDDEN_TEXT and _is_on(element):
            self.hidden.add("hidden text")
            self._line.anchors.append(Anchor(self._at, element))
        else:
            text = self._object_words(element, tag)
            self.effort.spend(4)
            source = kept_aside([element], "text:p") if self._keeps else ""
            kept = EmbeddedObject(_label(element, text), text, source, self.take_noted())
            self._put(Piece(OBJECT, shells=shells, source=kept))

    def _object_words(self, element: Any, tag: str) -> str:
        """What an object within a paragraph says."""
        if tag == _RUBY:
            base, above = (self._words_in(element.find(q(f"text:ruby-{name}"))) for name in ("base", "text"))
            return f"{base} ({above})" if base and above else base or above
        if tag.startswith(f"{{{SPACES['draw']}}}") or _holds_blocks(element):
            return self.words([element])
        return self._words_in(element)

    def _words_in(self, element: Any) -> str:
        """What an element that holds pieces of a paragraph says."""
        if element is None:
            return ""
        inner = self.inner()
        if inner is None:
            return _WHITE.sub(" ", "".join(element.itertext()))
        inner._line = Line()
        inner._at = 0
        inner._spaced = False
        inner._walk(element, CharFormat.PLAIN, "", ())
        stand_apart(inner._line.pieces)
        return inner._flat(inner._line)

    def _text(self, text: str | None, char_format: CharFormat, link: str, shells: tuple[Any, ...]) -> None:
        if not text:
            return
        self.effort.spend(len(text) // LETTERS)
        text = _WHITE.sub(" ", text)
        if self._spaced and text[0] == " ":
            text = text[1:]
        self._add(text, char_format, link, shells)
        if text:
            self._spaced = text[-1] == " "

    def _add(self, text: str, char_format: CharFormat, link: str, shells: tuple[Any, ...]) -> None:
        if not text:
            return
        self._spaced = False
        last = self._line.pieces[-1] if self._line.pieces else None
        if last is not None and last.shells == shells and last.link == link and not (last.source or last.note):
            last.grow(text)
            self._at += len(text)
        else:
            titles = (each.get(q("office:title")) or "" for each in reversed(shells) if each.tag == LINK)
            self._put(Piece(text, char_format, link, shells=shells, title=next(titles, "") if link else ""))

    def _put(self, piece: Piece) -> None:
        self._line.pieces.append(piece)
        self._at += len(piece.text)
        self._spaced = False


def kept_aside(elements: list[Any], root: str) -> str:
    """These elements as XML, in one that says where they belong: "text:p" in a paragraph, "office:text" among them."""
    return written_within(_HOLDERS[root], elements)


_HOLDERS = {
    name: etree.Element(q(name), nsmap={"office": SPACES["office"], "text": SPACES["text"]})
    for name in ("text:p", "office:text")
}


def _is_foreign(tag: Any) -> bool:
    """The element is none of OpenDocument's, which says of such ones that what is in them stands in their place."""
    return isinstance(tag, str) and not tag[1:].startswith(_OWN_SPACES)


def _holds_blocks(element: Any) -> bool:
    """Paragraphs, lists or tables are in it, or it is one."""
    return next(element.iter(*_BLOCKS), None) is not None


def _is_line(element: Any) -> bool:
    """It is no element that is known here, and holds words as a paragraph does."""
    if not (_is_foreign(element.tag) or element.tag.startswith(f"{{{SPACES['text']}}}")):
        return False
    if next(element.iterchildren(SPAN, LINK), None) is not None:
        return True
    return any(text and text.strip() for text in (element.text, *(each.tail for each in element)))


def _is_on(element: Any) -> bool:
    """What it says is hidden."""
    return element.get(q("text:is-hidden")) in ("true", "1")


def _mathematical() -> tuple[str, ...]:
    return tuple(q(f"math:{name}") for name in ("mi", "mn", "mo", "mtext", "ms"))


def _label(element: Any, text: str) -> str:
    if element.tag.startswith(f"{{{SPACES['draw']}}}"):
        inner = {each.tag for each in element.iter()}
        if q("draw:text-box") in inner or (text and q("draw:object") not in inner):
            return "text box"
        if q("draw:image") in inner and q("draw:object") not in inner:
            return "picture"
        return "embedded object" if q("draw:object") in inner else "drawing"
    if element.tag == _RUBY:
        return "ruby"
    return "text box" if _holds_blocks(element) else "field"
