"""Reads a paragraph of a docx file: its characters, and beside them all that must come back out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pandemonium.documents.formats.docx.lines import clone_shell
from pandemonium.documents.formats.docx.names import (
    ALT_CHUNK,
    ALTERNATE,
    BR,
    CELL,
    CHOICE,
    CR,
    DEL,
    DRAWN_BR,
    DRAWN_P,
    DRAWN_T,
    EMOJI_SIGN,
    ENDNOTE_REFERENCE,
    FALLBACK,
    FIELD_CHAR,
    FIELD_CODE,
    FIELD_SIMPLE,
    FOOTNOTE_REFERENCE,
    HYPERLINK,
    ID,
    INS,
    MOVE_FROM,
    MOVE_TO,
    PPR,
    ROW,
    RPR,
    RUBY,
    SDT,
    SDT_CONTENT,
    SDT_PR,
    SIGN,
    TAB,
    TBL,
    TEXT_PATH,
    P,
    R,
    T,
    by_name,
    child,
    m,
    make,
    r,
    text_of,
    value,
    w,
)
from pandemonium.documents.formats.docx.styles import RunMeaning, Styles, run_meaning
from pandemonium.documents.formats.field_codes import said_by_code
from pandemonium.documents.formats.patched.block_words import BlockWords
from pandemonium.documents.formats.patched.line import Anchor, Line, Piece, stand_apart
from pandemonium.documents.formats.sign_fonts import sign_of
from pandemonium.documents.model.composing import LINE_END
from pandemonium.documents.model.manuscript import EmbeddedObject
from pandemonium.documents.model.passage import OBJECT, CharFormat
from pandemonium.documents.model.scenes import SCENE_SIGN
from pandemonium.documents.packages.effort import LETTERS, PARAGRAPH, Effort
from pandemonium.documents.packages.xml import copied, written_within

SHELLS = frozenset((INS, MOVE_TO, HYPERLINK, SDT, w("smartTag"), w("customXml"), w("dir"), w("bdo")))
_HIDDEN = frozenset((DEL, MOVE_FROM))
_PROPERTIES = frozenset(
    (PPR, RPR, SDT_PR, w("tblPr"), w("tblGrid"), w("trPr"), w("tcPr"), w("sectPr"), w("rubyPr"), w("sdtEndPr"))
)
_SILENT = frozenset((w("lastRenderedPageBreak"), w("proofErr"))) | _PROPERTIES
_EQUATION = m("oMath")
_EQUATIONS = m("oMathPara")
_LABELS = {
    w("drawing"): "picture",
    w("pict"): "picture",
    w("object"): "embedded object",
    SIGN: "sign",
    EMOJI_SIGN: "sign",
    w("ptab"): "tab",
    _EQUATION: "equation",
    _EQUATIONS: "equation",
    RUBY: "ruby",
    ALTERNATE: "part",
}
_RULE = "{urn:schemas-microsoft-com:office:office}hr"
_PICTURES = (w("drawing"), w("pict"), w("object"))
_COMMENT_MARKS = frozenset((w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")))
_MARKS_ONLY = _COMMENT_MARKS | {
    w(f"{name}{end}")
    for name in (
        "bookmark",
        "perm",
        "moveFromRange",
        "moveToRange",
        "customXmlInsRange",
        "customXmlDelRange",
        "customXmlMoveFromRange",
        "customXmlMoveToRange",
    )
    for end in ("Start", "End")
}
_LINK = re.compile(r'\s*HYPERLINK\b\s*(?:"((?:[^"\\]|\\.)*)"|([^\s\\"]+))?', re.I)
_PLACE = re.compile(r'\\l\s+(?:"([^"]*)"|([^\s\\"]+))')
_TIP = re.compile(r'\\o\s+(?:"([^"]*)"|([^\s\\"]+))')
_TEXTS = {w("noBreakHyphen"): "\u2011", w("softHyphen"): "\u00ad", TAB: "\t", CR: LINE_END}
_IN_RUNS = frozenset((T, BR, FOOTNOTE_REFERENCE, ENDNOTE_REFERENCE, *_TEXTS))
# What stands between the parts of an equation, where text alone is wanted.
_BETWEEN = {m("den"): "/", m("sup"): "^", m("sub"): "_", m("e"): " ", m("lim"): " "}
_BLOCKS = frozenset((P, TBL, DRAWN_P, ALT_CHUNK))
# Whose characters are no text: codes in Word's own names, and all that drawings and later versions of Word measure.
_CODES = frozenset((FIELD_CODE, w("delInstrText"), w("delText"), w("fldData"), w("binData")))
_OTHER_SPACES = (
    "http://schemas.openxmlformats.org/drawingml/",
    "http://schemas.openxmlformats.org/officeDocument/",
    "http://schemas.microsoft.com/",
    "urn:schemas-microsoft-com:",
)
# Where words stand in a branch of alternatives, and what says them without being text of the document's.
_WORDS = (T, DRAWN_T, TEXT_PATH, EMOJI_SIGN)
_KNOWN = frozenset((*_IN_RUNS, *_HIDDEN, *_SILENT, *_LABELS, *_MARKS_ONLY, *SHELLS, R, FIELD_SIMPLE, TEXT_PATH))
NoteWords = Callable[[bool, str], str]
ChunkLines = Callable[[Any], list[str]]


@dataclass(slots=True)
class _Field:
    """A field that is being read: where it began among the pieces and anchors, and all that it consists of.

    Each element comes with what is around it; fields may begin in a content control, and end behind it.
    """

    first: int
    first_anchor: int
    at: int
    elements: list[tuple[Any, tuple[Any, ...]]]
    codes: list[str] = field(default_factory=list)
    depth: int = 1
    shown: bool = False


class LineReader(BlockWords):
    """Reads paragraphs of one part.

    Args:
        styles: of the file.
        targets: where the part's relations lead, by their ids.
        note_words: what a note says, for a place where it cannot be a note; given whether it is an endnote, and its id.
        chunk_lines: what the paragraphs of a document say that an element puts in here.
        effort: what reading may still cost.
    """

    row = ROW
    cell = CELL
    blocks = _BLOCKS

    def __init__(
        self,
        styles: Styles,
        targets: dict[str, str],
        note_words: NoteWords = lambda at_end, id: "",
        chunk_lines: ChunkLines = lambda element: [],
        effort: Effort | None = None,
    ) -> None:
        super().__init__(effort or Effort())
        self._styles = styles
        self._targets = targets
        self._note_words = note_words
        self._chunk_lines = chunk_lines
        self._meant = None, RunMeaning()

    def read(self, paragraph: Any, properties: Mapping[str, Any] | None = None) -> Line:
        """Reads one paragraph.

        Args:
            paragraph: the element.
            properties: of the paragraph, by their names, where they are known.
        """
        self.effort.spend(PARAGRAPH + len(paragraph) // 2)
        self._read(paragraph, by_name(child(paragraph, PPR)) if properties is None else properties)
        stand_apart(self._line.pieces)
        return self._line

    _line: Line
    _at: int
    _field: _Field | None
    _with_fields: bool
    _boundary: int  # pieces before it are not to grow any more
    _is_hidden: bool  # the paragraph's style hides what says nothing of it
    _meant: tuple[Any, RunMeaning]  # the properties of the run that is read, and what they mean

    def _read(self, elements: Iterable[Any], properties: Mapping[str, Any]) -> None:
        self._is_hidden = self._styles.hides_paragraph(properties)
        self._begin(with_fields=True)
        self._walk(elements, (), "")
        if self._field is not None:  # it does not end here: what it consists of is nothing to see, all else is text
            self._begin(with_fields=False)
            self._walk(elements, (), "")

    def _begin(self, *, with_fields: bool) -> None:
        self._line = Line()
        self._at = 0
        self._field = None
        self._boundary = 0
        self._with_fields = with_fields

    def another(self) -> LineReader:
        """A reader of the same part."""
        return LineReader(self._styles, self._targets, self._note_words, self._chunk_lines, self.effort)

    def plain_words(self, elements: Iterable[Any]) -> str:
        """The text of elements that stand too deep to be read."""
        return " ".join(text for each in elements for text in each.itertext(T) if text)

    def children(self, element: Any) -> list[Any]:
        """Of alternatives those that are chosen."""
        return _chosen(element)

    def is_read(self, element: Any) -> bool:
        """It is no property, and not deleted."""
        tag = element.tag
        return isinstance(tag, str) and tag not in _PROPERTIES and tag not in _HIDDEN

    def gather(self, elements: Iterable[Any], lines: list[str]) -> None:
        """Adds what blocks, or pieces of a paragraph, say."""
        waiting: list[Any] = []  # pieces of a paragraph that stand next to each other
        for each in elements:
            tag = each.tag
            block = tag in _BLOCKS or (isinstance(tag, str) and tag not in _IN_RUNS and _has_blocks(each))
            if not block and not _is_line(each, tag):
                waiting.append(each)
                continue
            self.add_line(self._inline(waiting), lines)
            waiting = []
            if tag == P:
                self.add_line(self._flat(self.read(each).pieces), lines)
            elif tag == TBL:
                lines += self.rows(each)
            elif tag == DRAWN_P:
                self.add_line(_drawn_line(each), lines)
            elif tag == ALT_CHUNK:
                for line in self._chunk_lines(each):
                    self.add_line(line, lines)
            elif not block:
                self.add_line(self._inline([each]), lines)
            elif tag not in _HIDDEN:
                self.gather(_chosen(each), lines)
        self.add_line(self._inline(waiting), lines)

    def _flat(self, pieces: list[Piece]) -> str:
        """What pieces say, the objects among them included."""
        stand_apart(pieces)
        said: list[str] = []
        for each in pieces:
            if each.note is not None:
                if words := self._note_words(*each.note):
                    said.append(f" [{words}]")
                    self._noted.append(f"[{words}]")
            elif each.source is not None:
                said.append(each.source.text)
                self._noted += each.source.notes
            else:
                said.append(each.text)
        return "".join(said)

    def _inline(self, elements: list[Any]) -> str:
        if not elements:
            return ""
        self.effort.spend(len(elements) // 2)
        self._read(elements, {})
        return self._flat(self._line.pieces)

    def _walk(self, parent: Iterable[Any], shells: tuple[Any, ...], link: str) -> None:
        for each in parent:
            tag = each.tag
            if tag == R:
                self._run(each, shells, link)
            elif tag in _SILENT:
                continue
            elif tag in SHELLS:
                self._shell(each, tag, shells, link)
            elif tag in _IN_RUNS:  # it stands outside of a run in a choice of alternatives
                if self._field is None:
                    self._in_run(each, tag, None, shells, link)
                else:
                    self._in_field(each, tag, None, shells, link, is_hidden=self._is_hidden)
            else:
                self._other(each, tag, shells)

    def _other(self, each: Any, tag: Any, shells: tuple[Any, ...]) -> None:
        """What is no run, and holds none for the page."""
        if self._field is not None:
            self._field.elements.append((each, shells))
            if not self._field.shown:
                return
        if tag in _HIDDEN:
            self.hidden.add("changes")
            self._anchor(each)
        elif tag == FIELD_SIMPLE:
            self._foreign("field", each, self.words(each), shells)
        elif tag in _MARKS_ONLY:
            if tag in _COMMENT_MARKS:
                self.hidden.add("comments")
            self._anchor(each)
        elif tag in _LABELS:
            self._labelled(each, each, tag, shells)
        elif tag == TEXT_PATH:
            self._foreign("text box", each, (each.get("string") or "").replace("\r", "").strip(), shells)
        else:
            self._unknown(each, tag, each, shells)

    def _unknown(self, each: Any, tag: Any, kept: Any, shells: tuple[Any, ...]) -> None:
        """What belongs to no line, or is not known here: its words, where it has some."""
        text = ""
        if isinstance(tag, str) and tag not in _HIDDEN:
            text = _own_words(each) or self.words([each] if tag == TBL else _chosen(each))
        if text:
            self._foreign({TBL: "table", P: "text box"}.get(tag, "part"), kept, text, shells)
        else:
            self._anchor(kept)

    def _labelled(self, each: Any, kept: Any, tag: Any, shells: tuple[Any, ...]) -> None:
        text = ""
        label = _LABELS[tag]
        if tag in (_EQUATION, _EQUATIONS):
            self.effort.spend(sum(1 for _ in each.iter()) // 4)
            text = _equation(each).strip()
        elif tag == RUBY:
            base = self.words(each.iterfind(f"{w('rubyBase')}/*"))
            above = self.words(each.iterfind(f"{w('rt')}/*"))
            text = f"{base} ({above})" if base and above else base or above
        elif tag == w("ptab"):
            text = "\t"
        elif tag in (SIGN, EMOJI_SIGN):
            text = _sign(each)
        elif tag == w("pict") and _is_rule(each):
            label, text = "drawn line", SCENE_SIGN
        else:
            text = self.words(_chosen(each))
            pictured = tag != ALTERNATE or next(each.iter(*_PICTURES), None) is not None
            if pictured and label != "embedded object":
                label = "text box" if text else "picture"
        self._foreign(label, kept, text, shells)

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
                return self._other(element, tag, shells)
        self.effort.spend(1)
        before = self._at
        anchors = len(self._line.anchors)
        in_field = self._field
        self._walk(inner, (*shells, element), link)
        if self._at == before and in_field is None and self._field is None:  # nothing to see: it is kept as one
            del self._line.anchors[anchors:]
            self._anchor(element)
        return None

    def _run(self, run: Any, shells: tuple[Any, ...], link: str) -> None:
        properties = None
        is_hidden = self._is_hidden
        self.effort.spend(len(run) // 4)
        for each in run:
            tag = each.tag
            if tag == RPR:
                properties = each
                self.effort.spend(len(each) // 12)
                self._meant = each, run_meaning(each)
                is_hidden = self._styles.hides(self._meant[1], otherwise=self._is_hidden)
            elif is_hidden and self._field is None:
                if run.find(T) is not None:
                    self.hidden.add("hidden text")
                self._anchor(run)
                return
            elif self._field is not None:
                self._in_field(each, tag, properties, shells, link, is_hidden=is_hidden)
            elif tag == FIELD_CHAR and self._with_fields and each.get(w("fldCharType")) == "begin":
                self.effort.spend(4)
                alone = _alone(each, properties)
                self._boundary = len(self._line.pieces)
                self._field = _Field(self._boundary, len(self._line.anchors), self._at, [(alone, shells)])
            else:
                self._in_run(each, tag, properties, shells, link)

    def _in_run(self, each: Any, tag: Any, properties: Any, shells: tuple[Any, ...], link: str) -> None:
        if tag == T:
            self._add(text_of(each), properties, shells, link)
        elif tag in _TEXTS:
            self._add(_TEXTS[tag], properties, shells, link)
        elif tag == BR:
            kind = each.get(w("type")) or "textWrapping"
            if kind == "textWrapping":
                self._add(LINE_END, properties, shells, link)
            elif kind == "page" and self._at == 0 and not self._line.page_break:
                self._line.page_break = True
            else:  # where pages are unknown, a new page begins a new line
                self._foreign(f"{kind} break", _alone(each, properties), "\n", shells)
        elif tag in (FOOTNOTE_REFERENCE, ENDNOTE_REFERENCE):
            note = (tag == ENDNOTE_REFERENCE, each.get(ID) or "")
            self._put(Piece(OBJECT, properties=properties, shells=shells, note=note, mark=each))
        elif (sign := _plain_sign(each, tag)) is not None:
            self.effort.spend(1)
            self._add(sign, properties, shells, link)
        elif tag in _LABELS:
            self._labelled(each, _alone(each, properties), tag, shells)
        elif tag == R:  # one run within another, which no program should write
            self.effort.spend(2)
            self._run(each, shells, link)
        elif tag not in _SILENT:
            if tag in _COMMENT_MARKS:
                self.hidden.add("comments")
            self._unknown(each, tag, _alone(each, properties), shells)

    def _in_field(
        self, each: Any, tag: Any, properties: Any, shells: tuple[Any, ...], link: str, *, is_hidden: bool
    ) -> None:
        here = self._field
        assert here is not None
        if tag == R:  # its inside comes by itself
            self._run(each, shells, link)
            return
        here.elements.append((_alone(each, properties), shells))
        if tag in (FIELD_CODE, T) and not here.shown:
            here.codes.append(text_of(each))
        elif tag == FIELD_CHAR:
            kind = each.get(w("fldCharType"))
            if kind == "begin":
                here.depth += 1
            elif kind == "separate" and here.depth == 1:
                here.shown = True
            elif kind == "end":
                here.depth -= 1
                if not here.depth:
                    self._end_field(here, shells)
        elif here.shown and tag != FIELD_CODE and not is_hidden:
            self._in_run(each, tag, properties, shells, link)

    def _end_field(self, ended: _Field, shells: tuple[Any, ...]) -> None:
        self._field = None
        pieces = self._line.pieces[ended.first :]
        code = "".join(ended.codes)
        link = _address(code)
        if ended.shown and link and all(each.text != OBJECT for each in pieces):
            tip = _TIP.search(code)
            title = (tip[1] or tip[2]) if tip else ""
            self._line.pieces[ended.first :] = [replace(each, link=link, title=title) for each in pieces]
        else:
            del self._line.pieces[ended.first :]
            del self._line.anchors[ended.first_anchor :]
            self._at = ended.at
            said = self._flat(pieces) or said_by_code(code)
            before = self._line.pieces[-1].shells if self._line.pieces else ()
            around, elements = _framed(ended.elements, before)
            if ended.shown or said:
                self._foreign("field", elements, said, around)
            else:  # an entry for an index, say
                for each in elements:
                    self._anchor(each)
        self._boundary = len(self._line.pieces)

    def _add(self, text: str, properties: Any, shells: tuple[Any, ...], link: str) -> None:
        if not text:
            return
        self.effort.spend(len(text) // LETTERS)
        text = text.replace("\n", " ").replace("\r", " ")
        pieces = self._line.pieces
        last = pieces[-1] if len(pieces) > self._boundary else None
        alike = last is not None and last.properties is properties and last.shells is shells and last.link == link
        if last is not None and alike and last.text != OBJECT:
            last.grow(text)
            self._at += len(text)
            return
        char_format = CharFormat.PLAIN
        if properties is not None and len(properties):
            known, meaning = self._meant
            meaning = meaning if known is properties else run_meaning(properties)
            char_format = self._styles.run_format(meaning)
        title = _tooltip(shells) if link else ""
        self._put(Piece(text, char_format, link, properties, shells, title=title))

    def _foreign(self, label: str, element: Any, text: str, shells: tuple[Any, ...]) -> None:
        elements = element if isinstance(element, list) else [element]
        self.effort.spend(4)
        source = kept_aside(elements, "p") if self._keeps else ""
        self._put(Piece(OBJECT, shells=shells, source=EmbeddedObject(label, text, source, self.take_noted())))

    def _put(self, piece: Piece) -> None:
        self.effort.spend(1)
        self._line.pieces.append(piece)
        self._at += len(piece.text)

    def _anchor(self, element: Any) -> None:
        self.effort.spend(1)
        self._line.anchors.append(Anchor(self._at, element))


def kept_aside(elements: list[Any], root: str) -> str:
    """These elements as XML, in one that says where they belong: "p" in a paragraph, "body" in the body."""
    return written_within(_HOLDERS[root], elements)


_HOLDERS = {name: make(name) for name in ("p", "body")}
_RUN = make("r")


def _alone(element: Any, properties: Any) -> Any:
    """A run's child as a run of its own."""
    run = copied(_RUN)
    if properties is not None:
        run.append(copied(properties))
    alone = copied(element)
    run.append(alone)
    alone.tail = None
    return run


def _framed(elements: list[tuple[Any, tuple[Any, ...]]], before: tuple[Any, ...]) -> tuple[tuple[Any, ...], list[Any]]:
    """What is around all of some elements, and the elements, in copies of what is around some of them only.

    Args:
        elements: each with what is around it.
        before: what is around the piece before them; copies of that, and of what may go on behind them, have no number.
    """
    around = elements[0][1]
    for _, shells in elements:
        around = around[: _common(around, shells)]
    framed: list[Any] = []
    opened: list[tuple[Any, Any]] = []
    straddling = {*before, *elements[-1][1]}
    for element, shells in elements:
        inner = shells[len(around) :]
        del opened[_common(inner, [shell for shell, _ in opened]) :]
        for shell in inner[len(opened) :]:
            clone, within = clone_shell(shell, again=shell in straddling)
            (opened[-1][1].append if opened else framed.append)(clone)
            opened.append((shell, within))
        (opened[-1][1].append if opened else framed.append)(copied(element) if opened else element)
    return around, framed


def _common(left: Sequence[Any], right: Sequence[Any]) -> int:
    """How many elements both begin with."""
    pairs = zip(left, right, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one is not other), min(len(left), len(right)))


def _tooltip(shells: tuple[Any, ...]) -> str:
    """What the innermost link of these says when it is pointed at."""
    return next((each.get(w("tooltip")) or "" for each in reversed(shells) if each.tag == HYPERLINK), "")


def _own_words(element: Any) -> str:
    """What an element that is not known here, and holds no others, says itself."""
    is_text = not len(element) and element.tag not in _CODES and not element.tag[1:].startswith(_OTHER_SPACES)
    text = (element.text or "") if is_text else ""
    return text if text.strip() else ""


def _has_blocks(element: Any) -> bool:
    """Paragraphs or tables stand in it, and no run before them that they would be a part of."""
    first = next(element.iter(R, *_BLOCKS), None)
    return first is not None and first.tag != R


def _is_line(element: Any, tag: Any) -> bool:
    """It is no element that is known here, and holds runs as a paragraph does."""
    if not isinstance(tag, str) or tag in _KNOWN:
        return False
    return next(element.iterchildren(R, *SHELLS), None) is not None


def _chosen(element: Any) -> list[Any]:
    """An element's children; of alternatives the one that this program takes, as Word does: the first choice."""
    if element.tag != ALTERNATE:
        return list(element)
    branch = child(element, CHOICE)
    other = child(element, FALLBACK)
    if branch is None or other is None:
        branch = other if branch is None else branch
    elif next(branch.iter(*_WORDS), None) is None and (not len(branch) or next(other.iter(*_WORDS), None) is not None):
        branch = other  # a reader that does not know the first one's drawing has words to read here
    return [] if branch is None else list(branch)


def _plain_sign(element: Any, tag: Any) -> str | None:
    """The characters of a sign that is written by its code, or of an emoji beside what old programs show for it."""
    if tag == SIGN:
        return _sign(element) or None
    if tag != ALTERNATE:
        return None
    known = child(element, CHOICE)
    if known is None or len(known) != 1 or known[0].tag != EMOJI_SIGN:
        return None
    old = child(element, FALLBACK)
    words = "" if old is None else "".join(text_of(each) for each in old.iterchildren(T))
    return words or _sign(known[0]) or None


def _sign(element: Any) -> str:
    space = element.tag.rpartition("}")[0] + "}"
    try:
        code = int(element.get(f"{space}char") or "", 16)
    except ValueError:
        return ""
    return sign_of(element.get(f"{space}font") or "", code)


def _is_rule(picture: Any) -> bool:
    """Tells whether a picture is the line across the page that Word and Google Docs draw as a shape of no height."""
    return any(each.get(_RULE) in ("t", "true", "1") for each in picture)


def _drawn_line(paragraph: Any) -> str:
    """What a paragraph of a drawing says."""
    said: list[str] = []
    for each in paragraph.iter(DRAWN_T, DRAWN_BR):
        said.append(LINE_END if each.tag == DRAWN_BR else text_of(each))
    return "".join(said)


def _equation(element: Any) -> str:
    pieces: list[str] = []
    for each in element:
        if each.tag == m("t") or each.tag == T:
            pieces.append(text_of(each))
        elif isinstance(each.tag, str) and not each.tag.endswith("Pr"):
            inner = _equation(each)
            if pieces and inner:
                pieces.append(_BETWEEN.get(each.tag, ""))
            pieces.append(inner)
    return "".join(pieces)


def _address(codes: str) -> str:
    """Where a field leads; "" if it is no link."""
    match = _LINK.match(codes)
    if match is None:
        return ""
    place = _PLACE.search(codes, match.end())
    address = re.sub(r"\\(.)", r"\1", match[1]) if match[1] else match[2] or ""
    return address + (f"#{place[1] or place[2]}" if place else "")


def gallery(element: Any) -> str:
    """The gallery that a content control comes from ("Table of Contents"); "" if from none."""
    parts = child(child(element, SDT_PR), w("docPartObj"))
    return "" if parts is None else value(parts, w("docPartGallery")) or "other"
