"""What this program keeps in a docx file beside its text, as parts of custom XML, which Word carries along."""

from __future__ import annotations

from typing import Any, Protocol

from lxml import etree

from pandemonium.documents.formats.docx.relations import Relations, declare
from pandemonium.documents.packages.package import Package
from pandemonium.errors import DocumentError

AUTHORSHIP = "authorship"
MARKDOWN = "markdown"
_SPACE = "urn:pandemonium:"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_IDS = {AUTHORSHIP: "{8C0B4F0E-5E0A-4B6D-9D5B-7A1D0C3B2E41}", MARKDOWN: "{8C0B4F0E-5E0A-4B6D-9D5B-7A1D0C3B2E42}"}
_KIND = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


class Parts(Protocol):
    """A docx file as far as it is parts and their relations.

    Attributes:
        package: the file.
        relations: of its main part.
    """

    package: Package
    relations: Relations

    def relations_of(self, part: str) -> Relations:
        """The relations of a part; the same object each time."""


def read_kept(package: Package, relations: Relations, name: str) -> str:
    """What the file keeps under a name (AUTHORSHIP, MARKDOWN), as JSON; "" if nothing."""
    found = _part(package, relations, name)
    return "" if found is None else found[1].text or ""


def write_kept(file: Parts, name: str, kept: str) -> None:
    """Puts JSON under a name into the file, or takes what is there out where it is ""; does nothing in vain."""
    found = _part(file.package, file.relations, name)
    if found is not None and (found[1].text or "") == kept:
        return
    if not kept:
        if found is not None:
            _remove(file, found[0])
        return
    space = _SPACE + name
    root: Any = etree.Element(f"{{{space}}}{name}", nsmap={None: space})  # type: ignore[dict-item]
    root.text = kept
    if found is not None:
        file.package.write(found[0], root)
        return
    number = 1
    while f"customXml/item{number}.xml" in file.package:
        number += 1
    part = f"customXml/item{number}.xml"
    properties = f"customXml/itemProps{number}.xml"
    file.package.write(part, root)
    file.package.write(properties, _properties(name).encode())
    declare(file.package, properties, _KIND)
    file.relations.add("customXml", f"/{part}")
    file.relations_of(part).add("customXmlProps", f"itemProps{number}.xml")


def _properties(name: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem ds:itemID="{_IDS[name]}" '
        f'xmlns:ds="{_STORE}"><ds:schemaRefs><ds:schemaRef ds:uri="{_SPACE}{name}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def _part(package: Package, relations: Relations, name: str) -> tuple[str, Any] | None:
    space = _SPACE + name
    for part in relations.parts_of("customXml"):
        if space.encode() not in package.read(part):
            continue
        try:
            root = package.tree(part)
        except DocumentError:
            continue
        if root.tag == f"{{{space}}}{name}":
            return part, root
    return None


def _remove(file: Parts, part: str) -> None:
    folder, _, name = part.rpartition("/")
    properties = file.relations_of(part).part_of("customXmlProps")
    if properties:
        file.package.remove(properties)
        root = file.package.tree("[Content_Types].xml")
        for each in [each for each in root if each.get("PartName") == f"/{properties}"]:
            root.remove(each)
        file.package.write("[Content_Types].xml", root)
    rels = f"{folder}/_rels/{name}.rels"
    if rels in file.package:
        file.package.remove(rels)
    file.package.remove(part)
    for target in (f"/{part}", f"../{part}", part):
        file.relations.remove(target)
