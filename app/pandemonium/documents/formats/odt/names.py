"""The names of OpenDocument, in the form in which lxml knows them."""

from __future__ import annotations

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


def q(name: str) -> str:
    """The full name of "prefix:name"."""
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


P, H, LIST, ITEM, LIST_HEADER = q("text:p"), q("text:h"), q("text:list"), q("text:list-item"), q("text:list-header")
SPAN, LINK, NOTE, SECTION = q("text:span"), q("text:a"), q("text:note"), q("text:section")
START, CONTINUES, GOES_ON = q("text:start-value"), q("text:continue-list"), q("text:continue-numbering")
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
STYLE_NAME, LEVEL = q("text:style-name"), q("text:outline-level")
NAME, PARENT, FAMILY = q("style:name"), q("style:parent-style-name"), q("style:family")
TEXT_PROPERTIES, PARAGRAPH_PROPERTIES = q("style:text-properties"), q("style:paragraph-properties")


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
