"""Opens a docx file as a manuscript, and gives the bytes of the docx file that a manuscript is saved as."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from pandemonium.documents.formats.docx.file import DocxFile, open_docx
from pandemonium.documents.formats.docx.marks import AUTHORSHIP, MARKDOWN, read_kept, write_kept
from pandemonium.documents.formats.docx.relations import Relations
from pandemonium.documents.formats.docx.template import new_docx
from pandemonium.documents.formats.docx.writing import DocxWriter
from pandemonium.documents.formats.patched.patched_file import keep_beside, manuscript_of
from pandemonium.documents.formats.patched.patching import sayable
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.packages.package import Package

_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_TOLD = {"title": f"{_DUBLIN}title", "author": f"{_DUBLIN}creator", "language": f"{_DUBLIN}language"}


def read_docx(data: bytes, path: Path | None = None, progress: Callable[[float], None] | None = None) -> Manuscript:
    """Opens a document.

    Args:
        data: the file.
        path: where it lies.
        progress: hears how much of the reading is done, from 0 to 1.

    Raises:
        DocumentError: it is damaged, locked, hostile, or no Word document.
    """
    return manuscript_of("docx", data, path, lambda: open_docx(data, progress), _marks, _metadata)


def write_docx(manuscript: Manuscript, *, manuscript_format: bool = False) -> bytes:
    """Gives the bytes of a docx file with this text.

    A manuscript that was read from a docx file gives that file with the changed paragraphs in it; any other a
    new one.

    Args:
        manuscript: its content is rich, not Markdown's source.
        manuscript_format: sets it as publishers ask for, always as a new file.

    Raises:
        DocumentError: the file that it was read from is damaged.
    """
    if manuscript_format:
        from pandemonium.documents.formats.docx.manuscript_format import write_manuscript_format

        return write_manuscript_format(manuscript)
    file = file_for(manuscript)
    DocxWriter(file, manuscript).write()
    keep_beside(
        file,
        manuscript,
        _marks,
        lambda file, kept: write_kept(file, AUTHORSHIP, kept),
        lambda file, kept: write_kept(file, MARKDOWN, kept),
    )
    _tell(file.package, manuscript)
    return file.package.to_bytes()


def _marks(file: DocxFile) -> str:
    return read_kept(file.package, file.relations, AUTHORSHIP)


def file_for(manuscript: Manuscript) -> DocxFile:
    """The file that a manuscript is written into: its own, or a new one."""
    if manuscript.package is not None and manuscript.format == "docx":
        return open_docx(manuscript.package)
    told = (sayable(each) for each in (manuscript.title, manuscript.author, manuscript.language))
    return open_docx(new_docx(*told).to_bytes())


def _core_part(package: Package) -> str:
    return Relations(package, "").part_of("core-properties")


def _metadata(package: Package) -> dict[str, str]:
    part = _core_part(package)
    root = package.tree(part) if part else None
    return {key: "" if root is None else (root.findtext(name) or "").strip() for key, name in _TOLD.items()}


def _tell(package: Package, manuscript: Manuscript) -> None:
    """Writes down what the manuscript says of itself, where the file says something else."""
    part = _core_part(package)
    if not part:
        return
    root: Any = package.tree(part)
    changed = False
    for key, name in _TOLD.items():
        text = sayable(getattr(manuscript, key)).strip()
        if text and text != sayable(root.findtext(name) or "").strip():
            element = root.find(name)
            if element is None:
                element = etree.SubElement(root, name)
            element.text = text
            changed = True
    if changed:
        package.write(part, root)
