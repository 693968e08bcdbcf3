"""Opens an odt file as a manuscript, and gives the bytes of the odt file that a manuscript is saved as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from pandemonium.documents.authorship import Authorship, load_marks, save_marks, with_marks
from pandemonium.documents.formats.odt.file import DETAILS, MANIFEST, OdtFile, open_odt
from pandemonium.documents.formats.odt.names import make, q
from pandemonium.documents.formats.odt.template import new_odt
from pandemonium.documents.formats.odt.writing import OdtWriter
from pandemonium.documents.manuscript import Manuscript
from pandemonium.documents.markdown_details import save_details
from pandemonium.documents.package import Package
from pandemonium.documents.patching import sayable
from pandemonium.errors import DocumentError

_MARKS = "Pandemonium/authors.json"
_TOLD = {
    "title": ("dc:title",),
    "author": ("meta:initial-creator", "dc:creator"),
    "language": ("dc:language",),
}


def read_odt(data: bytes, path: Path | None = None, progress: Callable[[float], None] | None = None) -> Manuscript:
    """Opens a document.

    Args:
        data: the file.
        path: where it lies.
        progress: hears how much of the reading is done, from 0 to 1.

    Raises:
        DocumentError: it is damaged, locked, hostile, or no OpenDocument text.
    """
    try:
        file = open_odt(data, progress)
        content, things = with_marks(file.passage(), file.things, _marks(file))
        told = _told(file.package)
    except (RecursionError, etree.LxmlError, ValueError, KeyError) as error:
        raise DocumentError(
            "This file is damaged and cannot be opened.", "Save it again in the program that made it."
        ) from error
    manuscript = Manuscript(content, "odt", path, things, package=data, notice=_notice(file))
    manuscript = replace(manuscript, title=told["title"], author=told["author"], language=told["language"])
    if file.package.mended:
        notice = "This file is damaged; what could be read of it is shown. Save it under another name."
        return replace(manuscript, path=None, package=None, notice=notice)
    return manuscript


def write_odt(manuscript: Manuscript) -> bytes:
    """Gives the bytes of an odt file with this text.

    A manuscript that was read from an odt file gives that file with the changed paragraphs in it; any other a new
    one.

    Args:
        manuscript: its content is rich, not Markdown's source.

    Raises:
        DocumentError: the file that it was read from is damaged.
    """
    if manuscript.package is not None and manuscript.format == "odt":
        file = open_odt(manuscript.package)
    else:
        told = (sayable(each) for each in (manuscript.title, manuscript.author, manuscript.language))
        file = open_odt(new_odt(*told).to_bytes())
    OdtWriter(file, manuscript).write()
    before = file.passage(), file.things
    marks = save_marks(manuscript.content, manuscript.things)
    details = save_details(manuscript.content, manuscript.things)
    if marks != save_marks(*with_marks(*before, _marks(file))):
        _keep(file, _MARKS, marks)
    if details != save_details(*before):
        _keep(file, DETAILS, details)
    _tell(file.package, manuscript)
    return file.package.to_bytes()


def _marks(file: OdtFile) -> Authorship | None:
    return load_marks(file.package.read(_MARKS)) if _MARKS in file.package else None


def _keep(file: OdtFile, part: str, kept: str) -> None:
    """Puts JSON into the file as a part of its own, or takes what is there out where it is ""."""
    package = file.package
    if kept == (package.read(part).decode("utf-8", "replace") if part in package else ""):
        return
    entries = [] if file.manifest is None else list(file.manifest)
    entry = next((each for each in entries if each.get(q("manifest:full-path")) == part), None)
    if kept:
        package.write(part, kept.encode())
        if entry is None and file.manifest is not None:
            path = q("manifest:full-path")
            kind = q("manifest:media-type")
            file.manifest.append(entry := make("manifest:file-entry"))
            entry.set(path, part)
            entry.set(kind, "application/json")
    else:
        package.remove(part)
        if entry is not None:
            file.manifest.remove(entry)
    if file.manifest is not None:
        package.write(MANIFEST, file.manifest)


def _meta(package: Package) -> tuple[Any, Any]:
    """The root of what the file says of itself, and the element that holds it."""
    if "meta.xml" not in package:
        return None, None
    root = package.tree("meta.xml")
    return root, root.find(q("office:meta"))


def _told(package: Package) -> dict[str, str]:
    _, meta = _meta(package)
    if meta is None:
        return dict.fromkeys(_TOLD, "")
    return {
        key: next((text for name in names if (text := (meta.findtext(q(name)) or "").strip())), "")
        for key, names in _TOLD.items()
    }


def _tell(package: Package, manuscript: Manuscript) -> None:
    """Writes down what the manuscript says of itself, where the file says something else."""
    root, meta = _meta(package)
    if meta is None:
        return
    before = _told(package)
    changed = False
    for key, names in _TOLD.items():
        text = sayable(getattr(manuscript, key)).strip()
        if text and text != before[key]:
            element = meta.find(q(names[0]))
            if element is None:
                meta.append(element := make(names[0]))
            element.text = text
            changed = True
    if changed:
        package.write("meta.xml", root)


def _notice(file: OdtFile) -> str:
    names = (("comments", "comments"), ("changes", "tracked changes"), ("hidden text", "hidden text"))
    told = [name for key, name in names if key in file.hidden]
    if not told:
        return ""
    listed = ", ".join(told[:-1]) + " and " + told[-1] if len(told) > 1 else told[0]
    return f"This file has {listed}: not shown here, and kept in it except in passages that you delete."
