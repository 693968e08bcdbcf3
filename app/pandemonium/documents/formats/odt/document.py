"""Opens an odt file as a manuscript, and gives the bytes of the odt file that a manuscript is saved as."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pandemonium.documents.formats.odt.file import DETAILS, MANIFEST, OdtFile, open_odt
from pandemonium.documents.formats.odt.names import make, q
from pandemonium.documents.formats.odt.template import new_odt
from pandemonium.documents.formats.odt.writing import OdtWriter
from pandemonium.documents.formats.patched.patched_file import keep_beside, manuscript_of
from pandemonium.documents.formats.patched.patching import sayable
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.packages.package import Package

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
    return manuscript_of("odt", data, path, lambda: open_odt(data, progress), _marks, _metadata)


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
    keep_beside(
        file,
        manuscript,
        _marks,
        lambda file, kept: _keep(file, _MARKS, kept),
        lambda file, kept: _keep(file, DETAILS, kept),
    )
    _tell(file.package, manuscript)
    return file.package.to_bytes()


def _marks(file: OdtFile) -> bytes:
    return file.package.read(_MARKS) if _MARKS in file.package else b""


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


def _metadata(package: Package) -> dict[str, str]:
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
    before = _metadata(package)
    changed = False
    for key, names in _TOLD.items():
        text = sayable(getattr(manuscript, key)).strip()
        if text and text != sayable(before[key]).strip():
            element = meta.find(q(names[0]))
            if element is None:
                meta.append(element := make(names[0]))
            element.text = text
            changed = True
    if changed:
        package.write("meta.xml", root)
