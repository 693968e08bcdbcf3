"""What the styles and lists of a docx file mean for the page, and where they are wanting, more of them."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from pandemonium.documents.formats.docx.names import VAL, Element, by_name, child, is_on, make, number, value, w
from pandemonium.documents.formats.docx.numbers import definitions, read_numbering
from pandemonium.documents.formats.docx.template import template_styles
from pandemonium.documents.formats.patched.inheritance import Inherited
from pandemonium.documents.formats.patched.patched_file import StyleMeaning
from pandemonium.documents.model.passage import Alignment, CharFormat, Kind

_QUOTES = frozenset(("quote", "intense quote", "block text", "quotations", "block quote", "block quotation"))
_SCENES = frozenset(("scene break", "scene separator", "scenebreak"))
_HEADING = re.compile(r"heading ?([1-9])$")
_TOGGLES = {
    w("b"): CharFormat.BOLD,
    w("i"): CharFormat.ITALIC,
    w("u"): CharFormat.UNDERLINE,
    w("strike"): CharFormat.STRIKE,
    w("smallCaps"): CharFormat.SMALL_CAPS,
}
_VANISH = w("vanish")
_RSTYLE = w("rStyle")
_VERT_ALIGN = w("vertAlign")
_OFF = frozenset(("0", "false", "off", "none"))
_RAISED = {"superscript": CharFormat.SUPERSCRIPT, "subscript": CharFormat.SUBSCRIPT}
_ALIGNMENTS: dict[str, Alignment] = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
}
_NAMES: dict[Kind, str] = {"quote": "quote", "scene": "scene break", "bullet": "list bullet", "number": "list number"}
_LINKS = frozenset(("hyperlink", "followedhyperlink", "internet link", "visited internet link"))


_PSTYLE = w("pStyle")
_NUMBERED = w("numPr")
_TOLD = (_PSTYLE, w("jc"), w("pageBreakBefore"))
_PLACE = (w("numId"), w("ilvl"))
# Kind, level, alignment as it is written, page break, list and depth in it.
_Said = tuple[Kind, int, str, bool, str, int]
_PLAIN: _Said = ("body", 0, "", False, "", 0)


@dataclass(frozen=True, slots=True)
class DocxMeaning(StyleMeaning):
    """With the list that the style puts a paragraph into, and how deep."""

    list: str = ""
    depth: int = 0


@dataclass(slots=True)
class RunMeaning:
    """What run properties say themselves.

    Attributes:
        told: which looks they speak of.
        on: which of these are on.
        style: the id of their character style; often empty.
        hides: whether they hide characters; None where they do not say.
    """

    told: CharFormat = CharFormat.PLAIN
    on: CharFormat = CharFormat.PLAIN
    style: str = ""
    hides: bool | None = None


def run_meaning(properties: Any) -> RunMeaning:
    """Reads run properties in one pass: there may be a hundred thousand runs, with a handful of properties each."""
    meaning = RunMeaning()
    met: set[str] = set()
    for each in () if properties is None else properties:
        tag = each.tag
        if tag in met:
            continue
        if char_format := _TOGGLES.get(tag):
            met.add(tag)
            meaning.told |= char_format
            if (each.get(VAL) or "true") not in _OFF:
                meaning.on |= char_format
        elif tag == _VERT_ALIGN:
            meaning.told |= CharFormat.SUPERSCRIPT | CharFormat.SUBSCRIPT
            meaning.on |= _RAISED.get(each.get(VAL) or "", CharFormat.PLAIN)
        elif tag == _RSTYLE and not meaning.style:
            meaning.style = each.get(VAL) or ""
        elif tag == _VANISH and meaning.hides is None:
            meaning.hides = (each.get(VAL) or "true") not in _OFF
    return meaning


def declared_format(properties: Any) -> tuple[CharFormat, CharFormat]:
    """Which looks run properties speak of, and which of these are on."""
    meaning = run_meaning(properties)
    return meaning.told, meaning.on


class Styles:
    """The styles and lists of one file.

    Attributes:
        root: the styles part; styles that were wanting are added to it.
        is_changed: some were.
        numbering: how the file's lists count.
    """

    def __init__(self, root: Any, numbering: Any = None) -> None:
        self.root = make("styles") if root is None else root
        self.is_changed = False
        self._by_id: dict[str, Any] = {}
        self._ids: dict[tuple[str, str], str] = {}
        self._known_meanings: dict[tuple[Any, ...], DocxMeaning] = {}
        self.default = ""
        for each in self.root.iterfind(w("style")):
            self._take(each)
        self._char_formats = Inherited(CharFormat.PLAIN, self._based_on, self._char_format_upon)
        self._meanings = Inherited(_PLAIN, self._based_on, self._meaning_upon)
        self._shown_meanings: dict[str, DocxMeaning] = {}
        self._hiding: Inherited[bool | None] = Inherited(None, self._based_on, self._hiding_upon)
        self._lists = {} if numbering is None else _list_signs(numbering)
        self.numbering = read_numbering(numbering)

    def char_format(self, properties: Any) -> CharFormat:
        """How run properties (None for none) set characters, apart from the paragraph's style."""
        if properties is None or not len(properties):
            return CharFormat.PLAIN
        return self.run_format(run_meaning(properties))

    def run_format(self, meaning: RunMeaning) -> CharFormat:
        """How run properties that mean this set characters, apart from the paragraph's style."""
        if not meaning.style:
            return meaning.on
        return meaning.on | (self.style_format(meaning.style) & ~meaning.told)

    def style_format(self, id: str) -> CharFormat:
        """How a character style sets characters."""
        char_format = self._char_formats.of(id)
        return char_format & ~CharFormat.UNDERLINE if self.name(id) in _LINKS else char_format

    def _char_format_upon(self, id: str, above: CharFormat) -> CharFormat:
        told, on = declared_format(child(self._by_id[id], w("rPr")))
        return above & ~told | on

    def hides(self, meaning: RunMeaning, *, otherwise: bool) -> bool:
        """Whether run properties hide characters; `otherwise` where neither they nor their style say."""
        said = meaning.hides
        if said is None and meaning.style:
            said = self._hiding.of(meaning.style)
        return otherwise if said is None else said

    def hides_paragraph(self, properties: Mapping[str, Any]) -> bool:
        """Whether the style that paragraph properties, given by their names, say hides what says nothing of it."""
        style = properties.get(_PSTYLE)
        return bool(self._hiding.of(("" if style is None else style.get(VAL)) or self.default))

    def _hiding_upon(self, id: str, above: bool | None) -> bool | None:
        said = is_on(child(self._by_id[id], w("rPr")), _VANISH)
        return above if said is None else said

    def meaning(self, properties: Any) -> DocxMeaning:
        """What paragraph properties (None for none) make of a paragraph, its style and list included."""
        return self.meaning_of(by_name(properties))

    def meaning_of(self, properties: Mapping[str, Any]) -> DocxMeaning:
        """What paragraph properties make of a paragraph, given by their names; each is worked out once."""
        told = [None if (each := properties.get(name)) is None else each.get(VAL) or "" for name in _TOLD]
        numbered = properties.get(_NUMBERED)
        place = ["" if numbered is None else value(numbered, name) for name in _PLACE]
        key = (*told, *place)
        known = self._known_meanings.get(key)
        if known is None:
            known = self._known_meanings[key] = self._worked_out(told, place)
        return known

    def _worked_out(self, told: list[str | None], place: list[str]) -> DocxMeaning:
        """What properties with these values make of a paragraph; None for what they do not say."""
        id, aligned, broken = told
        own_list, own_depth = place
        style = self._meaning(id or self.default)
        kind = style.kind
        level = style.level
        list = own_list or style.list
        depth = number(own_depth, style.depth)
        if kind in ("body", "bullet", "number"):
            kind, level = self._listed(list, depth)
        alignment = _ALIGNMENTS.get(aligned or "", style.alignment)
        if aligned == "start" and not style.alignment:  # LibreOffice says so of each paragraph
            alignment = ""
        page_break = style.page_break if broken is None else (broken or "true") not in _OFF
        return DocxMeaning(kind, level, alignment, page_break, list, depth)

    def name(self, id: str) -> str:
        """The name of a style in lower case; "" if there is none."""
        style = self._by_id.get(id)
        return "" if style is None else value(style, w("name")).lower()

    def id_for(self, kind: Kind, level: int) -> str:
        """The id of the style for such paragraphs; "" for the default one."""
        if kind == "body":
            return ""
        return self.id_named(f"heading {min(max(level, 1), 6)}" if kind == "heading" else _NAMES[kind])

    def id_named(self, name: str, kind: str = "paragraph") -> str:
        """The id of the style of that name, as Word knows it in every language; made if it is not there."""
        if found := self._ids.get((kind, name)):
            return found
        for each in template_styles().iterfind(w("style")):
            if value(each, w("name")).lower() == name and each.get(w("type")) == kind:
                style = copy.deepcopy(each)
                id = each.get(w("styleId"))
                while id in self._by_id:
                    id += "1"
                style.set(w("styleId"), id)
                for tag in ("basedOn", "next"):
                    based = child(style, w(tag))
                    if based is not None and based.get(VAL) not in self._by_id:
                        if kind == "paragraph" and self.default:
                            based.set(VAL, self.default)
                        else:
                            style.remove(based)
                self.root.append(style)
                self._take(style)
                self.is_changed = True
                return cast(str, id)
        return ""

    def _take(self, style: Any) -> None:
        id = style.get(w("styleId")) or ""
        kind = style.get(w("type")) or "paragraph"
        self._by_id[id] = style
        self._ids.setdefault((kind, value(style, w("name")).lower()), id)
        self._known_meanings.clear()
        if kind == "paragraph" and (style.get(w("default")) or "0") in ("1", "true", "on") and not self.default:
            self.default = id

    def _based_on(self, id: str) -> str | None:
        style = self._by_id.get(id)
        return None if style is None else value(style, w("basedOn"))

    def _meaning(self, id: str) -> DocxMeaning:
        known = self._shown_meanings.get(id)
        if known is None:
            kind, level, alignment, page_break, list, depth = self._meanings.of(id)
            if kind == "body":
                kind, level = self._listed(list, depth)
            shown: Alignment = "" if kind == "scene" or alignment == "start" else _ALIGNMENTS.get(alignment, "")
            known = self._shown_meanings[id] = DocxMeaning(kind, level, shown, page_break, list, depth)
        return known

    def _meaning_upon(self, id: str, above: _Said) -> _Said:
        """What a style's own properties make of what it is based on."""
        kind, level, alignment, page_break, list, depth = above
        style = self._by_id[id]
        properties = child(style, w("pPr"))
        name = value(style, w("name")).lower()
        if id != self.default:
            alignment = value(properties, w("jc")) or alignment
        page_break = bool(is_on(properties, w("pageBreakBefore")) or page_break)
        numbered = child(properties, w("numPr"))
        if numbered is not None:
            list = value(numbered, w("numId")) or list
            depth = number(value(numbered, w("ilvl")), depth)
        outline = value(properties, w("outlineLvl"))
        if match := _HEADING.match(name):
            kind, level = "heading", min(int(match[1]), 6)
        elif name == "title":
            kind, level = "heading", 1
        elif outline:
            kind, level = ("heading", number(outline) + 1) if number(outline, 9) < 6 else ("body", 0)
        elif name in _QUOTES:
            kind, level = "quote", 0
        elif name in _SCENES:
            kind, level = "scene", 0
        return kind, level, alignment, page_break, list, depth

    def _listed(self, list: str, depth: int) -> tuple[Kind, int]:
        sign = self._lists.get((list, depth), "")
        if not sign:
            return "body", 0
        return ("bullet" if sign == "bullet" else "number"), depth + 1


def _list_signs(numbering: Element) -> dict[tuple[str, int], str]:
    """For each list and depth, "bullet" or the kind of number; nothing where entries have no sign."""
    abstract = {id: _levels(each) for id, each in definitions(numbering).items()}
    signs: dict[tuple[str, int], str] = {}
    for each in numbering.iterfind(w("num")):
        levels = dict(abstract.get(value(each, w("abstractNumId")), {}))
        for override in each.iterfind(w("lvlOverride")):
            levels.update(_levels(override))
        for depth, sign in levels.items():
            signs[each.get(w("numId")) or "", depth] = sign
    return signs


def _levels(parent: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    for each in parent.iterfind(w("lvl")):
        sign = value(each, w("numFmt")) or "decimal"
        text = value(each, w("lvlText"))
        found[number(each.get(w("ilvl")))] = "" if sign == "none" or not text else sign
    return found
