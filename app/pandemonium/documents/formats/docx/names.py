"""The names of WordprocessingML, in the form in which lxml knows them."""

from __future__ import annotations

from functools import cache
from typing import Any

from lxml import etree

Element = etree._Element

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"
VECTORS = "urn:schemas-microsoft-com:vml"
EMOJI = "http://schemas.microsoft.com/office/word/2015/wordml/symex"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
SPACES = {"w": MAIN, "r": RELATED}


@cache
def w(name: str) -> str:
    """The full name of a WordprocessingML element or attribute."""
    return f"{{{MAIN}}}{name}"


def r(name: str) -> str:
    """The full name of an attribute that leads to another part."""
    return f"{{{RELATED}}}{name}"


def m(name: str) -> str:
    """The full name of an element of an equation."""
    return f"{{{MATH}}}{name}"


VAL = w("val")
ID = w("id")
P = w("p")
R = w("r")
T = w("t")
TAB = w("tab")
BR = w("br")
CR = w("cr")
PPR = w("pPr")
RPR = w("rPr")
SECTPR = w("sectPr")
TBL = w("tbl")
SDT = w("sdt")
SDT_CONTENT = w("sdtContent")
SDT_PR = w("sdtPr")
HYPERLINK = w("hyperlink")
INS = w("ins")
DEL = w("del")
MOVE_TO = w("moveTo")
MOVE_FROM = w("moveFrom")
ROW = w("tr")
CELL = w("tc")
RUBY = w("ruby")
ALT_CHUNK = w("altChunk")
ALTERNATE, CHOICE, FALLBACK = (f"{{{COMPATIBLE}}}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
FIELD_CHAR = w("fldChar")
FIELD_CODE = w("instrText")
FIELD_SIMPLE = w("fldSimple")
FOOTNOTE_REFERENCE = w("footnoteReference")
ENDNOTE_REFERENCE = w("endnoteReference")
DRAWN_P, DRAWN_T, DRAWN_BR = (f"{{{DRAWN}}}{name}" for name in ("p", "t", "br"))
TEXT_PATH = f"{{{VECTORS}}}textpath"
SIGN = w("sym")
EMOJI_SIGN = f"{{{EMOJI}}}symEx"


def make(name: str, /, *children: Element, text: str | None = None, **attributes: str) -> Any:
    """An element of WordprocessingML; attributes and children are of the same."""
    element = etree.Element(w(name), {w(key): value for key, value in attributes.items()}, nsmap=SPACES)
    element.text = text
    element.extend(children)
    return element


def child(parent: Any, name: str) -> Any:
    """The first child of that full name, or None; of None, None."""
    return None if parent is None else next(parent.iterchildren(name), None)


def by_name(parent: Any) -> dict[str, Any]:
    """An element's children by their full names, the first of each; of None, none. All in one pass."""
    found: dict[str, Any] = {}
    for each in () if parent is None else parent:
        found.setdefault(each.tag, each)
    return found


def value(parent: Any, name: str) -> str:
    """The value of the child of that full name; "" where there is none."""
    found = child(parent, name)
    return "" if found is None else found.get(VAL) or ""


def text_of(element: Any) -> str:
    """The characters of an element of text, whatever comments stand among them."""
    text = element.text or ""
    return text + "".join(each.tail or "" for each in element) if len(element) else text


def is_on(parent: Any, name: str) -> bool | None:
    """Whether a property is on; None where nothing is said of it."""
    found = child(parent, name)
    if found is None:
        return None
    return (found.get(VAL) or "true") not in ("0", "false", "off", "none")


def number(text: str | None, default: int = 0) -> int:
    """A whole number out of an attribute."""
    try:
        return int(text or default)
    except ValueError:
        return default
