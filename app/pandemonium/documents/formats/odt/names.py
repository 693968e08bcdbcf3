"""The names of OpenDocument, in the form in which lxml knows them."""

from __future__ import annotations

from functools import cache
from typing import Any

from lxml import etree

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = {
    "office": f"{_BASE}office:1.0",
    "style": f"{_BASE}style:1.0",
    "text": f"{_BASE}text:1.0",
    "table": f"{_BASE}table:1.0",
    "draw": f"{_BASE}drawing:1.0",
    "fo": f"{_BASE}xsl-fo-compatible:1.0",
    "svg": f"{_BASE}svg-compatible:1.0",
    "meta": f"{_BASE}meta:1.0",
    "manifest": f"{_BASE}manifest:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "math": "http://www.w3.org/1998/Math/MathML",
}


@cache
def q(name: str) -> str:
    """The full name of "prefix:name"."""
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


P = q("text:p")
H = q("text:h")
LIST = q("text:list")
ITEM = q("text:list-item")
LIST_HEADER = q("text:list-header")
SPAN = q("text:span")
LINK = q("text:a")
NOTE = q("text:note")
SECTION = q("text:section")
SECTION_SOURCE = q("text:section-source")
START = q("text:start-value")
CONTINUES = q("text:continue-list")
GOES_ON = q("text:continue-numbering")
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
STYLE_NAME = q("text:style-name")
LEVEL = q("text:outline-level")
NAME = q("style:name")
PARENT = q("style:parent-style-name")
FAMILY = q("style:family")
TEXT_PROPERTIES = q("style:text-properties")
PARAGRAPH_PROPERTIES = q("style:paragraph-properties")


def make(name: str, /, *children: Any, text: str | None = None, **attributes: str) -> Any:
    """An element; attributes are written "prefix__local_name", with a hyphen for each single underscore."""
    prefix = name.partition(":")[0]
    element = etree.Element(q(name), nsmap={prefix: SPACES[prefix]})
    for key, value in attributes.items():
        space, _, local = key.partition("__")
        element.set(q(f"{space}:{local.replace('_', '-')}"), value)
    element.text = text
    element.extend(children)
    return element
