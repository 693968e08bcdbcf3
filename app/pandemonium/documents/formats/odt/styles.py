"""What the styles of an odt file mean for the page, and where they are wanting, more of them."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from pandemonium.documents.formats.odt.names import (
    FAMILY,
    NAME,
    PARAGRAPH_PROPERTIES,
    PARENT,
    TEXT_PROPERTIES,
    make,
    q,
)
from pandemonium.documents.formats.odt.template import template_styles
from pandemonium.documents.formats.patched.inheritance import Inherited
from pandemonium.documents.formats.patched.patched_file import StyleMeaning
from pandemonium.documents.model.passage import Alignment, CharFormat, Kind, ParagraphStyle

_QUOTES = frozenset(("quotations", "quote", "intense quote", "block text", "block quotation", "block quote"))
_SCENES = frozenset(("scene break", "scene separator"))
_HEADING = re.compile(r"heading ?([1-9])$")
_ALIGNMENTS: dict[str, Alignment] = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "justify": "justify",
}
_WRITTEN = {"left": "left", "center": "center", "right": "end", "justify": "justify", "": "left"}
_CHARACTER_PROPERTIES: dict[str, tuple[CharFormat, Callable[[str], bool]]] = {
    q("fo:font-weight"): (CharFormat.BOLD, lambda value: value in ("bold", "bolder", "600", "700", "800", "900")),
    q("fo:font-style"): (CharFormat.ITALIC, lambda value: value in ("italic", "oblique")),
    q("style:text-underline-style"): (CharFormat.UNDERLINE, lambda value: value != "none"),
    q("style:text-line-through-style"): (CharFormat.STRIKE, lambda value: value != "none"),
    q("fo:font-variant"): (CharFormat.SMALL_CAPS, lambda value: value == "small-caps"),
}
_ON_OFF = {
    CharFormat.BOLD: ("fo:font-weight", "bold", "normal"),
    CharFormat.ITALIC: ("fo:font-style", "italic", "normal"),
    CharFormat.UNDERLINE: ("style:text-underline-style", "solid", "none"),
    CharFormat.STRIKE: ("style:text-line-through-style", "solid", "none"),
    CharFormat.SMALL_CAPS: ("fo:font-variant", "small-caps", "normal"),
}
_RAISED = CharFormat.SUPERSCRIPT | CharFormat.SUBSCRIPT
_POSITION = q("style:text-position")
_BREAK = q("fo:break-before")
_ALIGN = q("fo:text-align")
_DISPLAY = q("text:display")
DeclaredFormat = tuple[CharFormat, CharFormat]
_NOTHING_TOLD: DeclaredFormat = (CharFormat.PLAIN, CharFormat.PLAIN)


@dataclass(frozen=True, slots=True)
class OdtMeaning(StyleMeaning):
    """With how characters look, as far as the paragraph's own style sets it, and no named one."""

    char_format: CharFormat = CharFormat.PLAIN


class Styles:
    """The styles of one file.

    Attributes:
        is_changed: named styles were added to the styles' part.
    """

    def __init__(self, content: Any, styles: Any) -> None:
        self._automatic = content.find(q("office:automatic-styles"))
        if self._automatic is None:
            self._automatic = make("office:automatic-styles")
            content.insert(0, self._automatic)
        self._named = None if styles is None else styles.find(q("office:styles"))
        if self._named is None and styles is not None:
            self._named = make("office:styles")
            styles.insert(0, self._named)
        self.is_changed = False
        self._styles: dict[tuple[str, str], Any] = {}
        self._own: set[tuple[str, str]] = set()
        self._names: set[str] = set()
        self._numbers: dict[str, int] = {}  # the last number of a made name, by its letter
        self._by_title: dict[tuple[str, str], str] = {}
        self._lists: dict[str, dict[int, str]] = {}
        self._starts: dict[tuple[str, int], int] = {}
        for parent in (self._named, self._automatic):
            for each in () if parent is None else parent:
                self._take(each, automatic=parent is self._automatic)
        self._meanings = Inherited(OdtMeaning(), partial(self._based_on, "paragraph"), self._meaning_upon)
        self._declared = Inherited(_NOTHING_TOLD, partial(self._based_on, "text"), self._declared_upon)
        self._formats: dict[str, DeclaredFormat] = {}
        self._hiding = {
            family: Inherited(False, partial(self._based_on, family), partial(self._hiding_upon, family))
            for family in ("paragraph", "text")
        }
        self._made: dict[object, str] = {}

    def declared_format(self, name: str) -> DeclaredFormat:
        """Which looks a text style speaks of, and which of these are on."""
        known = self._formats.get(name)
        if known is None:
            known = self._declared.of(name)
            if self._title("text", name) in ("internet link", "visited internet link"):
                known = known[0] & ~CharFormat.UNDERLINE, known[1] & ~CharFormat.UNDERLINE
            self._formats[name] = known
        return known

    def hides(self, family: str, name: str) -> bool:
        """Whether a paragraph style, or a text style, hides its characters."""
        return self._hiding[family].of(name)

    def meaning(self, name: str) -> OdtMeaning:
        """What a paragraph style makes of a paragraph."""
        return self._meanings.of(name)

    def list_sign(self, name: str, depth: int) -> str:
        """How entries at that depth (1 for the outermost) of such a list begin: "bullet", "number" or ""."""
        return self._lists.get(name, {}).get(depth, "")

    def list_start(self, name: str, depth: int) -> int:
        """The number of the first entry of such a list at that depth."""
        return self._starts.get((name, depth), 1)

    def parent_of(self, name: str) -> str:
        """The named style that a paragraph's style is, or goes back to."""
        while ("paragraph", name) in self._own:
            name = self._styles["paragraph", name].get(PARENT) or ""
        return name

    def text_style(self, before: CharFormat, char_format: CharFormat) -> str:
        """The name of an automatic style that turns characters that look like `before` into ones like `char_format`."""
        changed = before ^ char_format
        if changed & _RAISED:
            changed |= _RAISED
        key = (changed, char_format & changed)
        if key not in self._made:
            properties = make("style:text-properties")
            for bit, (name, on, off) in _ON_OFF.items():
                if changed & bit:
                    properties.set(q(name), on if char_format & bit else off)
            if changed & CharFormat.UNDERLINE and char_format & CharFormat.UNDERLINE:
                properties.set(q("style:text-underline-width"), "auto")
                properties.set(q("style:text-underline-color"), "font-color")
            if changed & _RAISED:
                raised = (
                    "super 58%"
                    if char_format & CharFormat.SUPERSCRIPT
                    else "sub 58%"
                    if char_format & CharFormat.SUBSCRIPT
                    else "0% 100%"
                )
                properties.set(_POSITION, raised)
            self._made[key] = self._add(make("style:style", properties), "text", "")
        return self._made[key]

    def paragraph_style(
        self, style: ParagraphStyle, base: str, was: ParagraphStyle | None, body: Callable[[], str]
    ) -> str:
        """The name of a paragraph style.

        Args:
            style: what the paragraph is to be.
            base: the style to begin with; "" for none.
            was: what that says.
            body: gives the named style of body text, where it is needed.
        """
        if was is not None and _settings(was) == _settings(style):
            return base
        keeps = was is not None and (was.kind, was.level) == (style.kind, style.level)
        parent = self.parent_of(base) if keeps else self.id_for(style.kind, style.level) or body()
        key = (base if was else "", _settings(style), parent)
        if key in self._made:
            return self._made[key]
        own = self._styles.get(("paragraph", base)) if was is not None and ("paragraph", base) in self._own else None
        element = make("style:style") if own is None else copy.deepcopy(own)
        properties = element.find(PARAGRAPH_PROPERTIES)
        if properties is None:
            properties = make("style:paragraph-properties")
            element.insert(0, properties)
        for name in (_ALIGN, _BREAK, *(() if keeps else (q("fo:margin-left"), q("fo:text-indent")))):
            properties.attrib.pop(name, None)
        if not keeps:
            element.attrib.pop(q("style:list-style-name"), None)
        under = self.meaning(parent)
        if style.alignment != under.alignment:
            properties.set(_ALIGN, _WRITTEN[style.alignment])
        if style.kind == "body" and style.alignment in ("center", "right"):
            properties.set(q("fo:text-indent"), properties.get(q("fo:text-indent")) or "0cm")
        elif style.kind == "body" and properties.get(q("fo:text-indent")) == "0cm":
            del properties.attrib[q("fo:text-indent")]
        if style.page_break != under.page_break:
            properties.set(_BREAK, "page" if style.page_break else "auto")
        plain = not len(properties) and not properties.attrib and len(element) == 1
        self._made[key] = parent if plain else self._add(element, "paragraph", parent)
        return self._made[key]

    def id_for(self, kind: Kind, level: int) -> str:
        """The named style for such paragraphs; "" for body text and lists."""
        if kind == "heading":
            return self.id_titled(f"heading {min(max(level, 1), 6)}")
        title = {"quote": "quotations", "scene": "scene break"}.get(kind, "")
        return self.id_titled(title) if title else ""

    def id_titled(self, title: str, family: str = "paragraph") -> str:
        """The named style that programs show as `title` (in lower case); made if it is not there."""
        if found := self._by_title.get((family, title)):
            return found
        for each in template_styles():
            if self._title_of(each) == title and each.get(FAMILY) == family and self._named is not None:
                style = copy.deepcopy(each)
                if ("paragraph", style.get(PARENT) or "") not in self._styles:
                    style.attrib.pop(PARENT, None)
                self._named.append(style)
                self._take(style, automatic=False)
                self.is_changed = True
                return cast(str, style.get(NAME))
        return ""

    def list_style(self, kind: Kind) -> str:
        """The name of a list style whose entries are all of that kind."""
        if kind not in self._made:
            name = self._free("L")
            signs = "\u2022\u25e6\u25aa"
            element = make("text:list-style", style__name=name)
            for level in range(1, 11):
                if kind == "bullet":
                    sign = make("text:list-level-style-bullet", text__bullet_char=signs[(level - 1) % 3])
                else:
                    sign = make("text:list-level-style-number", style__num_suffix=".")
                    sign.set(q("style:num-format"), "1ai"[(level - 1) % 3])
                sign.set(q("text:level"), str(level))
                label = make("style:list-level-label-alignment", text__label_followed_by="listtab")
                label.set(q("fo:text-indent"), "-0.635cm")
                label.set(q("fo:margin-left"), f"{0.635 * (level + 1):.3f}cm")
                sign.append(
                    make(
                        "style:list-level-properties", label, text__list_level_position_and_space_mode="label-alignment"
                    )
                )
                element.append(sign)
            self._automatic.append(element)
            self._take(element, automatic=True)
            self._made[kind] = name
        return self._made[kind]

    def _take(self, element: Any, *, automatic: bool) -> None:
        name = element.get(NAME) or ""
        self._names.add(name)
        if element.tag == q("text:list-style"):
            self._lists[name] = _signs(element)
            for each in element:
                level = each.get(q("text:level")) or ""
                start = each.get(q("text:start-value")) or ""
                if level.isdecimal() and start.isdecimal():
                    self._starts[name, int(level)] = int(start)
        elif element.tag == q("style:style"):
            family = element.get(FAMILY) or ""
            self._styles[family, name] = element
            if automatic:
                self._own.add((family, name))
            else:
                self._own.discard((family, name))
                self._by_title.setdefault((family, self._title_of(element)), name)

    def _add(self, element: Any, family: str, parent: str) -> str:
        name = self._free("P" if family == "paragraph" else "T")
        element.set(NAME, name)
        element.set(FAMILY, family)
        if parent:
            element.set(PARENT, parent)
        self._automatic.append(element)
        self._take(element, automatic=True)
        return name

    def _free(self, letter: str) -> str:
        number = self._numbers.get(letter, 0) + 1
        while f"{letter}{number}" in self._names:
            number += 1
        self._numbers[letter] = number
        return f"{letter}{number}"

    def _based_on(self, family: str, name: str) -> str | None:
        style = self._styles.get((family, name))
        return None if style is None else style.get(PARENT) or ""

    def _declared_upon(self, name: str, above: DeclaredFormat) -> DeclaredFormat:
        told, on = _declared_format(self._styles["text", name].find(TEXT_PROPERTIES))
        return above[0] | told, above[1] & ~told | on

    def _hiding_upon(self, family: str, name: str, above: bool) -> bool:
        properties = self._styles[family, name].find(TEXT_PROPERTIES)
        said = None if properties is None else properties.get(_DISPLAY)
        return above if said is None else said == "none"

    def _title_of(self, element: Any) -> str:
        title = element.get(q("style:display-name")) or (element.get(NAME) or "").replace("_20_", " ")
        return str(title).lower()

    def _title(self, family: str, name: str) -> str:
        style = self._styles.get((family, name))
        return "" if style is None else self._title_of(style)

    def _meaning_upon(self, name: str, above: OdtMeaning) -> OdtMeaning:
        """What a style's own properties make of what it is based on."""
        style = self._styles["paragraph", name]
        own = ("paragraph", name) in self._own
        properties: Mapping[str, str] = getattr(style.find(PARAGRAPH_PROPERTIES), "attrib", {})
        title = self._title_of(style)
        kind = above.kind
        level = above.level
        alignment = above.alignment
        char_format = above.char_format
        if (own or title not in ("standard", "default paragraph style", "text body")) and _ALIGN in properties:
            aligned = properties[_ALIGN]
            alignment = "" if aligned == "start" and not alignment else _ALIGNMENTS.get(aligned, "")
        page_break = properties.get(_BREAK, "page" if above.page_break else "auto") == "page"
        if own:
            told, on = _declared_format(style.find(TEXT_PROPERTIES))
            char_format = char_format & ~told | on
        elif match := _HEADING.match(title):
            kind, level = "heading", min(int(match[1]), 6)
        elif title == "title":
            kind, level = "heading", 1
        elif title in _QUOTES:
            kind, level = "quote", 0
        elif title in _SCENES:
            kind, level = "scene", 0
        if kind == "scene" and not own:
            alignment = ""
        return OdtMeaning(kind, level, alignment, page_break, char_format)


def _declared_format(properties: Any) -> DeclaredFormat:
    told = on = CharFormat.PLAIN
    for name, value in () if properties is None else properties.attrib.items():
        if name in _CHARACTER_PROPERTIES:
            char_format, is_on = _CHARACTER_PROPERTIES[name]
            told |= char_format
            if is_on(value):
                on |= char_format
        elif name == _POSITION:
            told |= _RAISED
            if value.startswith("super") or re.match(r"[1-9]\d*%", value):
                on |= CharFormat.SUPERSCRIPT
            elif value.startswith(("sub", "-")):
                on |= CharFormat.SUBSCRIPT
    return told, on


def _signs(element: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    for each in element:
        level = each.get(q("text:level")) or ""
        if level.isdecimal():
            numbered = each.tag == q("text:list-level-style-number")
            found[int(level)] = "bullet" if not numbered else "number" if each.get(q("style:num-format")) else ""
    return found


def _settings(style: ParagraphStyle) -> tuple[object, ...]:
    listed = style.kind in ("bullet", "number")
    return ("list" if listed else style.kind, 0 if listed else style.level, style.alignment, style.page_break)
