"""Reads Word's docx: the body's paragraphs as they stand after all changes, without notes, fields and contents."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from pandemonium.documents.archive import Archive
from pandemonium.documents.reading.result import Reading
from pandemonium.documents.xml import attribute, elements, local_name, parse_xml
from pandemonium.errors import DocumentError

_RELATIONS = "_rels/.rels"
_SKIPPED = frozenset(
    ("del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "sectPr", "tblPr", "annotationRef")
)
_CONTENTS_STYLE = re.compile(r"^(?:TOC|TableofFigures|Verzeichnis|Inhopg|TM|Sommario|Spistreci)\d?$", re.I)
_APPARATUS_FIELD = re.compile(r"^\s*(?:TOC|PAGE|NUMPAGES|PAGEREF|INDEX|DATE|TIME|FILENAME|SEQ)\b", re.I)
_CHARACTERS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(path: Path) -> Reading:
    """Reads a document.

    Raises:
        DocumentError: it is damaged, or no Word document.
    """
    with Archive(path) as archive:
        root = parse_xml(archive.read(_main_part(archive)))
    body = next(elements(root, "body"), None)
    if body is None:
        raise DocumentError("This file is damaged: it has no text where Word keeps it.")
    walker = _Walker()
    walker.walk(body)
    return Reading("\n\n".join(walker.paragraphs), "docx", True)


def _main_part(archive: Archive) -> str:
    if _RELATIONS in archive:
        for relation in elements(parse_xml(archive.read(_RELATIONS)), "Relationship"):
            if attribute(relation, "Type").endswith("/officeDocument"):
                return posixpath.normpath(attribute(relation, "Target").lstrip("/"))
    return "word/document.xml"


class _Walker:
    """Goes through a body in order; a field's result and a table of contents are left out."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._line: list[str] = []
        self._fields: list[list[str]] = []
        self._silent = 0

    def walk(self, element: Any) -> None:
        for child in element:
            name = local_name(child)
            if name in _SKIPPED and name != "instrText":
                continue
            if name == "p":
                self._paragraph(child)
            elif name == "sdt" and _is_contents(child):
                continue
            elif name == "r":
                if not _is_hidden(child):
                    self.walk(child)
            elif name == "fldSimple":
                if not _APPARATUS_FIELD.match(attribute(child, "instr")):
                    self.walk(child)
            elif name == "fldChar":
                self._field(attribute(child, "fldCharType"))
            elif name == "instrText":
                if self._fields:
                    self._fields[-1].append(child.text or "")
            elif name == "t":
                self._add(child.text or "")
            elif name == "br":
                self._add("\n" if attribute(child, "type") in ("", "textWrapping") else "")
            elif name in _CHARACTERS:
                self._add(_CHARACTERS[name])
            else:
                self.walk(child)

    def _paragraph(self, element: Any) -> None:
        outer, self._line = self._line, []
        style = next((attribute(each, "val") for each in elements(element, "pStyle")), "")
        self.walk(element)
        text = "".join(self._line).strip()
        self._line = outer
        if text and not _CONTENTS_STYLE.match(style):
            self.paragraphs.append(text)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append([])
        elif kind == "separate" and self._fields:
            if _APPARATUS_FIELD.match("".join(self._fields[-1])):
                self._silent += 1
                self._fields[-1] = ["silent"]
        elif kind == "end" and self._fields and self._fields.pop() == ["silent"]:
            self._silent -= 1

    def _add(self, text: str) -> None:
        if not self._silent:
            self._line.append(text)


def _is_contents(element: Any) -> bool:
    gallery = next((attribute(each, "val") for each in elements(element, "docPartGallery")), "")
    return gallery == "Table of Contents"


def _is_hidden(run: Any) -> bool:
    properties = next((child for child in run if local_name(child) == "rPr"), None)
    if properties is None:
        return False
    vanish = next((child for child in properties if local_name(child) == "vanish"), None)
    return vanish is not None and attribute(vanish, "val") not in ("0", "false")
