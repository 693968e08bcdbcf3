"""Where the parts of a docx file lead: to each other, and to the outside."""

from __future__ import annotations

import posixpath
from typing import Any

from lxml import etree

from pandemonium.documents.formats.docx.names import PACKAGE, TYPES
from pandemonium.documents.package import Package

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


class Relations:
    """The relations of one part, read from and written to its package."""

    def __init__(self, package: Package, part: str) -> None:
        self._package, self.part = package, part
        folder, name = posixpath.split(part)
        self._name = posixpath.join(folder, "_rels", f"{name}.rels")
        self._root: Any = None
        if self._name in package:
            self._root = package.tree(self._name)

    def _each(self) -> list[Any]:
        return [] if self._root is None else [each for each in self._root if each.get("Id")]

    def targets(self) -> dict[str, str]:
        """Where links out of this part lead, by their ids."""
        return {
            each.get("Id"): each.get("Target") or "" for each in self._each() if each.get("TargetMode") == "External"
        }

    def part_of(self, kind: str) -> str:
        """The name of the part that this one has as its "styles", "footnotes" and so on; "" if there is none."""
        for each in self._each():
            if (each.get("Type") or "").endswith("/" + kind) and each.get("TargetMode") != "External":
                target = each.get("Target") or ""
                base = "" if target.startswith("/") else posixpath.dirname(self.part)
                name = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
                if name in self._package:
                    return name
        return ""

    def parts_of(self, kind: str) -> list[str]:
        """The names of all parts that this one has of a kind."""
        names: list[str] = []
        for each in self._each():
            if (each.get("Type") or "").endswith("/" + kind) and each.get("TargetMode") != "External":
                target = each.get("Target") or ""
                base = "" if target.startswith("/") else posixpath.dirname(self.part)
                names.append(posixpath.normpath(posixpath.join(base, target.lstrip("/"))))
        return [name for name in names if name in self._package]

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """Adds a relation and gives its id; one that is there already is taken."""
        for each in self._each():
            if each.get("Target") == target and (each.get("Type") or "").endswith("/" + kind):
                return str(each.get("Id"))
        if self._root is None:
            self._root = etree.Element(f"{{{PACKAGE}}}Relationships", nsmap={None: PACKAGE})  # type: ignore[dict-item]
        used = {each.get("Id") for each in self._each()}
        number = len(used) + 1
        while f"rId{number}" in used:
            number += 1
        relation = etree.SubElement(self._root, f"{{{PACKAGE}}}Relationship")
        relation.set("Id", f"rId{number}")
        relation.set("Type", _OFFICE + kind)
        relation.set("Target", target)
        if external:
            relation.set("TargetMode", "External")
        self._package.write(self._name, self._root)
        return f"rId{number}"

    def remove(self, target: str) -> None:
        """Takes the relation to that target out."""
        for each in self._each():
            if each.get("Target") == target:
                self._root.remove(each)
                self._package.write(self._name, self._root)


def declare(package: Package, part: str, content_type: str) -> None:
    """Writes down what kind of part a new one is."""
    root = package.tree("[Content_Types].xml")
    name = f"/{part}"
    if any(each.get("PartName") == name for each in root):
        return
    entry = etree.SubElement(root, f"{{{TYPES}}}Override")
    entry.set("PartName", name)
    entry.set("ContentType", content_type)
    package.write("[Content_Types].xml", root)
