"""Opens RTF as rich text: looks, headings, quotations, lists, alignment, scene breaks and notes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cache
from operator import attrgetter
from typing import cast

from pandemonium.documents.formats.field_codes import said_by_code
from pandemonium.documents.formats.sign_fonts import sign_of
from pandemonium.documents.model.composing import LINE_END, Composer, InlineObjects, left_out
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note
from pandemonium.documents.model.passage import BODY, Alignment, CharFormat, ParagraphStyle
from pandemonium.documents.model.scenes import is_scene_sign
from pandemonium.errors import DocumentError

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,40})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|\{([^\\{}\r\n]+)\}|([{}])|([^\\{}\r\n]+)"
    rb"|[\r\n]+"
)
# Groups of a token; one of words alone is a token, since it changes nothing.
_WORD, _NUMBER, _BYTE, _SIGN, _WORDS, _BRACE, _TEXT = range(1, 8)
_FARTHEST = 1 << 40  # number of a control word
_CHAR_FORMATS = {
    "b": int(CharFormat.BOLD),
    "i": int(CharFormat.ITALIC),
    "ul": int(CharFormat.UNDERLINE),
    "uld": int(CharFormat.UNDERLINE),
    "uldb": int(CharFormat.UNDERLINE),
    "ulw": int(CharFormat.UNDERLINE),
    "strike": int(CharFormat.STRIKE),
    "striked": int(CharFormat.STRIKE),
    "super": int(CharFormat.SUPERSCRIPT),
    "sub": int(CharFormat.SUBSCRIPT),
    "scaps": int(CharFormat.SMALL_CAPS),
}
_RAISED_OR_LOWERED = int(CharFormat.SUPERSCRIPT | CharFormat.SUBSCRIPT)
_EVERY_FORMAT = [CharFormat(each) for each in range(sum(CharFormat) + 1)]
_PARAGRAPHS = frozenset("par sect cell row nestcell nestrow".split())
_CHARACTERS = {
    "tab": "\t",
    "line": LINE_END,
    "column": LINE_END,
    "lbr": LINE_END,
    "emdash": "\u2014",
    "endash": "\u2013",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "bullet": "\u2022",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}
# Words that do more than to change what holds from there on.
_DOING = frozenset("page pagebb field mden msup msub dptxbxtext shptxt footnote ftnalt pntext listtext".split())
_PARTS = {"mden": "/", "msup": "^", "msub": "_"}
_FONTS_OF_SIGNS = frozenset(("symbol", "wp typographicsymbols"))
_SYSTEMS = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
_SIGNS = {b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}
_ALIGNMENTS = {"ql": "", "qc": "center", "qr": "right", "qj": "justify"}
# Groups whose words are no part of the text; so is every group that begins with \* and is not known.
_SKIPPED = frozenset(
    "colortbl info pict header headerl headerr headerf footer footerl footerr footerf annotation "
    "atnid atnauthor atnref atndate listtable listoverridetable revtbl rsidtbl generator themedata colorschememapping "
    "datastore latentstyles xmlnstbl fldinst template userprops nonshppict bkmkstart bkmkend filetbl mmathPr private "
    "nonesttables mmathPict shprslt sp ftnsep ftnsepc aftnsep aftnsepc tc xe pntxta pntxtb NeXTGraphic".split()
)
_UNREAD = {
    **dict.fromkeys("header headerl headerr headerf footer footerl footerr footerf".split(), "headers and footers"),
    "annotation": "comments",
}
_KNOWN_STARRED = frozenset(
    ("footnote", "fldinst", "shppict", "shpinst", "shptxt", "pn", "pntext", "do", "ud", "moMath", "moMathPara")
)
_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_STYLE_NAME = re.compile(rb"\{(?:\\\*)?\\s(\d+)((?:[^{};]|\{[^{}]*\})*);\}")
_HEADING = re.compile(r"(?:heading|\u00fcberschrift|titre|t\u00edtulo|titolo|kop)\s*(\d)$", re.IGNORECASE)
_QUOTE = re.compile(r"quot|block text|citation|zitat", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[\u2022\u25e6\u25aa\u25cf\u00b7\uf0b7o\u2013-])?[\t ]*$")
# Scrivener's own comments and notes within a text, and what they are in RTF; its names of styles say nothing.
_SCRIVENER = (
    (re.compile(rb"\{\\Scrv_annot[^{}\\]{0,20}\\color=\{[^{}]{0,120}\}[^{}\\]{0,20}\\text="), rb"{\\annotation "),
    (re.compile(rb"\{\\Scrv_fn="), rb"{\\footnote "),
    (re.compile(rb"\\end_Scrv_(?:annot|fn)"), b""),
    (re.compile(rb"<!?\$Scr_[A-Z][A-Za-z]{0,3}::\d{1,5}>"), b""),
)
_LINK = re.compile(rb"^[^}]*?HYPERLINK \"([^\"{}\\]{1,500})\"")


@dataclass(slots=True, eq=False)
class _State:
    """What holds inside of a group; it ends with it.

    States that say the same are one (see `_Reader._known`), and none is changed once it is known.
    """

    char_format: int = 0  # of `CharFormat`, which is slow to reckon with
    alignment: str = ""
    style: int = 0
    outline: int = 0
    list_level: int = 0  # 0 where there is no list
    link: str = ""
    skips: bool = False
    hidden: bool = False
    skip_after_unicode: int = 1
    codec: str = ""
    collects: str = ""  # "list", "fonts" or "": where the group's words go
    in_table: bool = False
    notes: int = 0  # that are open around
    unread: str = ""  # what the writer is told of the group that is passed over
    fields: int = 0  # that are open around
    font: str = ""  # whose characters are signs

    def copy(self) -> _State:
        """The state at the beginning of a group inside of this one."""
        return _State(
            self.char_format,
            self.alignment,
            self.style,
            self.outline,
            self.list_level,
            self.link,
            self.skips,
            self.hidden,
            self.skip_after_unicode,
            self.codec,
            self.collects,
            self.in_table,
            self.notes,
            self.unread,
            self.fields,
            self.font,
        )


_SAID = attrgetter(*(each.name for each in fields(_State)))


@dataclass
class _Field:
    """A field that is read: its code, and whether a result of it was met."""

    code: list[str] = field(default_factory=list)
    is_shown: bool = False


@dataclass
class _Page:
    """A text in the making: the document's own, or a note's."""

    composer: Composer = field(default_factory=Composer)
    list_sign: str | None = None
    at_end: bool = False
    page_break: bool = False


def open_rtf(data: bytes) -> Manuscript:
    """Opens a document.

    Raises:
        DocumentError: it is damaged, or no RTF.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.lstrip()[:5] == b"{\\rtf":
        raise DocumentError("This file is no RTF.")
    if b"\\Scrv_" in data or b"$Scr_" in data:
        for pattern, plain in _SCRIVENER:
            data = pattern.sub(plain, data)
    reader = _Reader(data)
    reader.read()
    return Manuscript(
        reader.pages[0].composer.passage(),
        "rtf",
        objects=reader.objects.by_key,
        title=_information(data, b"title", reader.codec),
        author=_information(data, b"author", reader.codec),
        notice=left_out("file", reader.passed_over),
    )


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.objects = InlineObjects()
        self.pages = [_Page()]
        match = re.search(rb"\\ansicpg(\d{3,5})", data[:4096])
        system = re.search(rb"\\(mac|pca?)(?![a-z])", data[:200])
        named = _SYSTEMS[system[1]] if system else "cp1252"
        self.codec = _codec(f"cp{match.group(1).decode()}" if match else named)
        self._fonts: dict[int, str] = {}
        self._font_names: dict[int, str] = {}
        self._fields: list[_Field] = []  # that are open
        self._font = 0  # that the font table speaks of
        self._styles = _style_names(data, self.codec)
        self.passed_over: dict[str, None] = {}  # what the writer is told of what was not read
        self._bytes = bytearray()  # characters of a code page, until they are whole
        self._to_skip = 0  # characters that stand in for the Unicode one before them
        self._states: dict[tuple[object, ...], _State] = {}
        self._after: dict[tuple[_State, bytes], _State] = {}  # of a word that changes the state alone

    def read(self) -> None:  # noqa: C901 (one branch a kind of token)
        stack: list[_State] = []
        state = self._known(_State(codec=self.codec))
        starred = opened = False
        position = 0
        while match := _TOKEN.match(self._data, position):
            position = match.end()
            kind = match.lastindex
            if self._bytes and kind != _BYTE:
                self._flush(state)
            if kind == _TEXT:
                self._text(match[_TEXT], state)
            elif kind == _WORDS:
                self._to_skip = 0
                self._text(match[_WORDS], state)
            elif kind in (_WORD, _NUMBER):
                if not starred and (after := self._after.get((state, match[0]))) is not None:
                    state = after
                    opened = False
                    continue
                name = match[_WORD].decode("ascii")
                number = match[_NUMBER]
                value = max(-_FARTHEST, min(_FARTHEST, int(number))) if number is not None else None
                is_unknown = starred and opened and name not in _KNOWN_STARRED
                if name == "bin":
                    length = max(0, value or 0)
                    position += length if position + length <= len(self._data) else 0
                elif name in _CHARACTERS and not is_unknown:
                    self._character(_CHARACTERS[name], state)
                elif name == "u" and not is_unknown:
                    self._unicode(value or 0, state)
                elif name in _PARAGRAPHS and not is_unknown:
                    self._end(name, state)
                elif is_unknown:
                    state = state.copy()
                    state.unread = _UNREAD.get(name, "")
                    state.skips = True
                    state = self._known(state)
                elif opened and name in _SKIPPED:
                    state = self._known(self._skip(name, position, state, stack))
                else:
                    before = state
                    state = self._known(self._word(name, value, state.copy()))
                    if name not in _DOING and name not in _SKIPPED and before.collects != "fonts":
                        self._after[before, match[0]] = state
            elif kind == _BRACE and match[_BRACE] == b"{":
                stack.append(state)
                self._to_skip = 0
                opened = True
                starred = False
                continue
            elif kind == _BRACE:
                if not stack:
                    continue  # more groups end than began: what follows is text all the same
                outer = stack.pop()
                if outer is not state:
                    self._leave(state, outer)
                    state = outer
            elif kind == _BYTE:
                self._byte(bytes.fromhex(match[_BYTE].decode()), state)
            elif kind == _SIGN:
                if match[_SIGN] == b"*":
                    starred = True
                    continue
                self._character(_SIGNS.get(match[_SIGN], ""), state)
            else:
                starred = False  # an end of a line
                continue
            opened = starred = False
        self._flush(state)
        self._end_notes(state, 0)
        page = self.pages[0]
        if page.composer.last:
            self._paragraph(state, page)

    def _known(self, state: _State) -> _State:
        """The one state that says this."""
        return self._states.setdefault(_SAID(state), state)

    def _skip(self, name: str, position: int, outer: _State, stack: list[_State]) -> _State:
        """Passes over a group whose words are no part of the text."""
        if name in ("pict", "NeXTGraphic") and not outer.skips:
            self._object("picture", outer)
        state = outer.copy()
        if name == "NeXTGraphic":
            state.collects = "graphic"
        if name == "fldinst":
            if not state.skips and not state.hidden and state.fields:
                state.collects = "code"
            if link := _LINK.search(self._data[position : position + 600]):
                linked = stack[-1].copy()
                linked.link = link.group(1).decode("latin-1")
                stack[-1] = self._known(linked)
        state.unread = _UNREAD.get(name, "")
        state.skips = True
        return state

    def _word(self, name: str, value: int | None, state: _State) -> _State:  # noqa: C901 (one case a control word)
        """Follows a control word; gives the state, which may be changed, or another one."""
        on = value != 0
        if (char_format := _CHAR_FORMATS.get(name)) is not None:
            state.char_format = state.char_format | char_format if on else state.char_format & ~char_format
            return state
        match name:
            case "footnote" if not state.skips:
                self.pages.append(_Page())
                notes = len(self.pages) - 1
                return _State(
                    codec=state.codec, skip_after_unicode=state.skip_after_unicode, notes=notes, fields=state.fields
                )
            case "page":
                self._break_page(state)
            case "field" if not (state.skips or state.hidden):
                self._fields.append(_Field())
                state.fields = len(self._fields)
            case "mden" | "msup" | "msub":  # parts of an equation, apart as in a line of text
                self._put(_PARTS[name], state)
            case "dptxbxtext":  # one of old, which stands within a line
                if self.pages[-1].composer.last not in ("", " ", "\t", LINE_END):
                    self._put(" ", state)
            case "shptxt":  # a text box belongs to no sentence
                if self.pages[-1].composer.open_text.strip() and not (state.skips or state.hidden or state.in_table):
                    self._paragraph(state, self.pages[-1])
            case "pagebb":
                self.pages[-1].page_break = True
            case "upr":  # the same words twice: as old readers know them, and in Unicode
                state.collects = state.collects if state.skips else "words twice"
                state.skips = True
            case "ud" if state.collects == "words twice":
                state.collects = ""
                state.skips = False
            case "plain":
                state.char_format = 0
                state.font = ""
                state.hidden = False
            case "pard":
                state.alignment = ""
                state.style = 0
                state.outline = 0
                state.list_level = 0
                state.in_table = False
            case "intbl":
                state.in_table = True
            case "ulnone":
                state.char_format = state.char_format & ~_CHAR_FORMATS["ul"]
            case "nosupersub":
                state.char_format = state.char_format & ~_RAISED_OR_LOWERED
            case "ql" | "qc" | "qr" | "qj":
                state.alignment = _ALIGNMENTS[name]
            case "s":
                state.style = value or 0
            case "outlinelevel":
                state.outline = (value or 0) + 1 if (value or 0) < 6 else 0
            case "ls":
                state.list_level = max(1, state.list_level) if value else 0
            case "ilvl":
                state.list_level = min(9, (value or 0) + 1)
            case "v":
                state.hidden = on
            case "uc":
                state.skip_after_unicode = max(0, value or 0)
            case "fonttbl":
                state.collects = "fonts"
            case "f" if state.collects == "fonts":
                self._font = value or 0
            case "fcharset" if state.collects == "fonts":
                self._fonts[self._font] = _CHARSETS.get(value or 0, "")
                self._after.clear()
            case "f":
                state.codec = _codec(self._fonts.get(value or 0, "") or self.codec)
                state.font = self._font_names.get(value or 0, "")
            case "ftnalt":
                self.pages[-1].at_end = True
            case "pntext" | "listtext":
                self.pages[-1].list_sign = ""
                state.collects = "list"
            case "stylesheet":
                state.skips = True
            case "deleted":
                state.hidden = on
        return state

    def _leave(self, state: _State, outer: _State) -> None:
        """Ends a group, and the notes and fields that it held."""
        self._end_notes(state, outer.notes)
        while len(self._fields) > outer.fields:
            ended = self._fields.pop()
            if ended.is_shown and self._fields:
                self._fields[-1].is_shown = True
            elif not ended.is_shown and (said := said_by_code("".join(ended.code))):
                self._put(said, outer)
        if state.collects == "graphic" != outer.collects:
            self._to_skip = 1  # the sign that stands in for the picture

    def _end_notes(self, state: _State, open_notes: int) -> None:
        """Reads the notes that end, until so many are open."""
        while len(self.pages) - 1 > open_notes:
            page = self.pages.pop()
            if page.composer.last:
                self._paragraph(state, page)
            content = page.composer.passage()
            if start := len(content.text) - len(content.text.lstrip(" \t")):
                content = content.part(start, len(content.text))
            note = Note(content, page.at_end)
            self.pages[-1].composer.add_object(self.objects.add(note))

    def _object(self, label: str, state: _State) -> None:
        if not state.hidden:
            self.pages[-1].composer.add_object(self.objects.add(EmbeddedObject(label)))

    def _unicode(self, value: int, state: _State) -> None:
        self._to_skip = 0
        code = value + 0x10000 if value < 0 else value
        self._put(chr(code) if 0 <= code < 0x110000 else "\ufffd", state)
        self._to_skip = state.skip_after_unicode

    def _byte(self, byte: bytes, state: _State) -> None:
        if self._to_skip:
            self._to_skip -= 1
            return
        self._bytes += byte

    def _flush(self, state: _State) -> None:
        if self._bytes:
            text = self._bytes.decode(state.codec or self.codec, "replace")
            self._bytes.clear()
            self._put(text, state)

    def _character(self, text: str, state: _State) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif text == "\n":
            self._end("par", state)
        else:
            self._put(text, state)

    def _text(self, text: bytes, state: _State) -> None:
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        text = text[skipped:]
        if text:
            self._put(text.decode("ascii" if text.isascii() else state.codec or self.codec, "replace"), state)

    def _put(self, text: str, state: _State) -> None:
        if state.skips or state.hidden or state.collects == "fonts":
            if state.collects == "code" and self._fields:
                self._fields[-1].code.append(text)
            elif state.collects == "fonts" and not state.skips:
                self._font_name(text)
            name = state.unread if state.skips else "what it hides" if state.hidden else ""
            if name and name not in self.passed_over and any(sign.isalnum() for sign in text):
                self.passed_over[name] = None
            return
        page = self.pages[-1]
        if self._fields and text.strip():
            self._fields[-1].is_shown = True
        if state.font:
            text = "".join(sign_of(state.font, ord(each)) or each for each in text)
        if state.collects == "list":
            page.list_sign = (page.list_sign or "") + text
        else:
            page.composer.add(text.replace("\0", ""), _EVERY_FORMAT[state.char_format], state.link)

    def _font_name(self, text: str) -> None:
        """Notes a font whose characters are no letters."""
        name = text.strip().rstrip(";").strip()
        if name.lower() in _FONTS_OF_SIGNS:
            self._font_names[self._font] = name
            self._after.clear()

    def _end(self, name: str, state: _State) -> None:
        if state.skips or state.collects in ("list", "fonts"):
            return
        page = self.pages[-1]
        name = name.removeprefix("nest")
        if name == "cell":
            page.composer.add("\t")
        elif name == "row" or not state.in_table or page.composer.last != "\t":
            if name == "row":
                page.composer.trim(" \t")
            self._paragraph(state, page)

    def _break_page(self, state: _State) -> None:
        """Begins a page: what stands before it in the paragraph is a paragraph of its own."""
        if state.skips or state.hidden:
            return
        page = self.pages[-1]
        if page.composer.open_text.strip() and not state.in_table:
            self._paragraph(state, page)
        page.page_break = True

    def _paragraph(self, state: _State, page: _Page) -> None:
        text = page.composer.open_text
        style = self._style(state, page, text)
        if page.page_break and text.strip():
            style = replace(style, page_break=page is self.pages[0])
            page.page_break = False
        page.list_sign = None
        page.composer.end_paragraph(style)

    def _style(self, state: _State, page: _Page, text: str) -> ParagraphStyle:
        alignment = cast(Alignment, state.alignment)
        name = self._styles.get(state.style, "")
        heading = _HEADING.search(name) if name else None
        level = int(heading.group(1)) if heading else state.outline
        if 1 <= level <= 6 and text.strip():
            return ParagraphStyle("heading", level, alignment)
        if is_scene_sign(text):
            return ParagraphStyle("scene")
        if page.list_sign is not None or state.list_level:
            bullet = _BULLET.match((page.list_sign or "").strip()) is not None
            return ParagraphStyle("bullet" if bullet else "number", max(1, state.list_level))
        if name and _QUOTE.search(name):
            return ParagraphStyle("quote", 0, alignment)
        return ParagraphStyle(alignment=alignment) if alignment else BODY


@cache
def _codec(name: str) -> str:
    try:
        return codecs.lookup({"cp10000": "mac_roman", "cp65001": "utf-8", "cp936": "gb18030"}.get(name, name)).name
    except LookupError:
        return "cp1252"


def _style_names(data: bytes, codec: str) -> dict[int, str]:
    start = data.find(b"{\\stylesheet")
    if start < 0:
        return {}
    return {int(number): _plain(body, codec) for number, body in _STYLE_NAME.findall(data[start : start + (1 << 20)])}


def _information(data: bytes, name: bytes, codec: str) -> str:
    match = re.search(rb"\{\\" + name + rb"(?![a-z]) ?((?:[^{}\\]|\\[^{}])*)\}", data[: 1 << 20])
    return _plain(match.group(1), codec) if match else ""


def _plain(body: bytes, codec: str) -> str:
    return "".join(_pieces(re.sub(rb"\{[^{}]*\}", b"", body), codec)).strip()


def _pieces(body: bytes, codec: str) -> Iterator[str]:
    skip = 0
    for match in _TOKEN.finditer(body):
        word, number, byte, _, words, _, text = match.groups()
        text = words or text
        if word == b"u" and number:
            yield chr(int(number) % 0x10000)
            skip = 1
        elif byte is not None:
            if not skip:
                yield bytes.fromhex(byte.decode()).decode(codec, "replace")
            skip = 0
        elif text is not None:
            yield text[skip:].decode(codec, "replace")
            skip = 0
