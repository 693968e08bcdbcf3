"""Who wrote what, kept in a docx file as a part of custom XML, which Word carries along."""

from __future__ import annotations

from typing import Any

from lxml import etree

from pandemonium.documents.formats.docx.file import DocxFile
from pandemonium.documents.formats.docx.relations import declare
from pandemonium.errors import DocumentError

_SPACE = "urn:pandemonium:authorship"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_ID = "{8C0B4F0E-5E0A-4B6D-9D5B-7A1D0C3B2E41}"
_PROPERTIES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem ds:itemID="{_ID}" xmlns:ds="{_STORE}">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{_SPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
_KIND = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def read_marks(file: DocxFile) -> str:
    """What the file keeps of who wrote what, as JSON; "" if nothing."""
    found = _part(file)
    return "" if found is None else found[1].text or ""


def write_marks(file: DocxFile, marks: str) -> None:
    """Puts `marks`, as JSON, into the file, or takes what is there out where it is ""; does nothing in vain."""
    found = _part(file)
    if found is not None and (found[1].text or "") == marks:
        return
    if not marks:
        if found is not None:
            _remove(file, found[0])
        return
    root: Any = etree.Element(f"{{{_SPACE}}}authorship", nsmap={None: _SPACE})  # type: ignore[dict-item]
    root.text = marks
    if found is not None:
        file.package.write(found[0], root)
        return
    number = 1
    while f"customXml/item{number}.xml" in file.package:
        number += 1
    part, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    file.package.write(part, root)
    file.package.write(properties, _PROPERTIES.encode())
    declare(file.package, properties, _KIND)
    file.relations.add("customXml", f"/{part}")
    file.relations_of(part).add("customXmlProps", f"itemProps{number}.xml")


def _part(file: DocxFile) -> tuple[str, Any] | None:
    for name in file.relations.parts_of("customXml"):
        if _SPACE.encode() not in file.package.read(name):
            continue
        try:
            root = file.package.tree(name)
        except DocumentError:
            continue
        if root.tag == f"{{{_SPACE}}}authorship":
            return name, root
    return None


def _remove(file: DocxFile, part: str) -> None:
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
