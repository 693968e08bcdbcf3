"""Where the parts of a docx file lead: to each other, and to the outside."""

from __future__ import annotations

import posixpath
from typing import Any

from lxml import etree

from pandemonium.documents.formats.docx.names import PACKAGE, TYPES
from pandemonium.documents.packages.package import Package

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


class Relations:
    """The relations of one part, read from and written to its package."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self.part = part
        folder, name = posixpath.split(part)
        self._name = posixpath.join(folder, "_rels", f"{name}.rels")
        self._root: Any = package.tree(self._name) if self._name in package else None
        self._ids: dict[tuple[str, str], str] = {}  # by kind and target
        self._used: set[str] = set()
        self._number = 0
        for each in self._each():
            self._used.add(each.get("Id"))
            self._ids.setdefault((_kind(each), each.get("Target") or ""), each.get("Id"))

    def _each(self) -> list[Any]:
        return [] if self._root is None else [each for each in self._root if each.get("Id")]

    def target(self, id: str) -> str:
        """The name of the part that a relation leads to; "" if it leads to none of this package."""
        for each in self._each():
            if each.get("Id") == id and each.get("TargetMode") != "External":
                name = self._part_at(each)
                return name if name in self._package else ""
        return ""

    def _part_at(self, relation: Any) -> str:
        target = relation.get("Target") or ""
        base = "" if target.startswith("/") else posixpath.dirname(self.part)
        return posixpath.normpath(posixpath.join(base, target.lstrip("/")))

    def targets(self) -> dict[str, str]:
        """Where links out of this part lead, by their ids."""
        return {
            each.get("Id"): each.get("Target") or "" for each in self._each() if each.get("TargetMode") == "External"
        }

    def part_of(self, kind: str) -> str:
        """The name of the part that this one has as its "styles", "footnotes" and so on; "" if there is none."""
        return next(iter(self.parts_of(kind)), "")

    def parts_of(self, kind: str) -> list[str]:
        """The names of all parts that this one has of a kind."""
        found = [each for each in self._each() if _kind(each) == kind and each.get("TargetMode") != "External"]
        return [name for name in map(self._part_at, found) if name in self._package]

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """Adds a relation and gives its id; one that is there already is taken."""
        if known := self._ids.get((kind, target)):
            return known
        if self._root is None:
            self._root = etree.Element(f"{{{PACKAGE}}}Relationships", nsmap={None: PACKAGE})  # type: ignore[dict-item]
        self._number = max(self._number, len(self._used)) + 1
        while f"rId{self._number}" in self._used:
            self._number += 1
        id = f"rId{self._number}"
        relation = etree.SubElement(self._root, f"{{{PACKAGE}}}Relationship")
        relation.set("Id", id)
        relation.set("Type", _OFFICE + kind)
        relation.set("Target", target)
        if external:
            relation.set("TargetMode", "External")
        self._used.add(id)
        self._ids[kind, target] = id
        self._package.write(self._name, self._root)
        return id

    def remove(self, target: str) -> None:
        """Takes the relation to that target out."""
        for each in self._each():
            if each.get("Target") == target:
                self._root.remove(each)
                self._ids.pop((_kind(each), target), None)
                self._package.write(self._name, self._root)


def _kind(relation: Any) -> str:
    return (relation.get("Type") or "").rpartition("/")[2]


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
