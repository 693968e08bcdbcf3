"""Parses the XML inside documents with entities, networks and document types shut out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree

from pandemonium.errors import DocumentError


def parse_xml(data: bytes) -> etree._Element:
    """Gives the root of an XML part; small faults are mended, entities are never expanded.

    Raises:
        DocumentError: nothing of it can be read.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        recover=True,
        huge_tree=False,
    )
    try:
        root = cast("etree._Element | None", etree.fromstring(data, parser))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError("This file is damaged and cannot be read.") from error
    if root is None:
        raise DocumentError("This file is damaged and cannot be read.")
    return root


def attribute(element: etree._Element, name: str) -> str:
    """The attribute of that local name, in whatever namespace; "" if there is none."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def elements(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """All elements of that local name, in document order."""
    return (element for element in root.iter("{*}" + name))
