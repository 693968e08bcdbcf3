"""Opens a docx file as a manuscript, and gives the bytes of the docx file that a manuscript is saved as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from pandemonium.documents.authorship import Authorship, load_marks, save_marks, with_marks
from pandemonium.documents.formats.docx.file import DocxFile, open_docx
from pandemonium.documents.formats.docx.marks import AUTHORSHIP, MARKDOWN, read_kept, write_kept
from pandemonium.documents.formats.docx.relations import Relations
from pandemonium.documents.formats.docx.template import new_docx
from pandemonium.documents.formats.docx.writing import DocxWriter
from pandemonium.documents.manuscript import Manuscript
from pandemonium.documents.markdown_details import save_details
from pandemonium.documents.package import Package
from pandemonium.documents.patching import sayable
from pandemonium.errors import DocumentError

_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_TOLD = {"title": f"{_DUBLIN}title", "author": f"{_DUBLIN}creator", "language": f"{_DUBLIN}language"}
_HIDDEN = ("comments", "changes", "hidden text")
_NAMES = {"changes": "tracked changes"}


def read_docx(data: bytes, path: Path | None = None, progress: Callable[[float], None] | None = None) -> Manuscript:
    """Opens a document.

    Args:
        data: the file.
        path: where it lies.
        progress: hears how much of the reading is done, from 0 to 1.

    Raises:
        DocumentError: it is damaged, locked, hostile, or no Word document.
    """
    try:
        file = open_docx(data, progress)
        content, things = with_marks(file.passage(), file.things, _marks(file))
        told = _told(file.package)
    except (RecursionError, etree.LxmlError, ValueError, KeyError) as error:
        raise DocumentError(
            "This file is damaged and cannot be opened.", "Save it again in the program that made it."
        ) from error
    manuscript = Manuscript(content, "docx", path, things, package=data, notice=_notice(file))
    manuscript = replace(manuscript, title=told["title"], author=told["author"], language=told["language"])
    if file.package.mended:
        notice = "This file is damaged; what could be read of it is shown. Save it under another name."
        return replace(manuscript, path=None, package=None, notice=notice)
    return manuscript


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
    before = file.passage(), file.things
    marks = save_marks(manuscript.content, manuscript.things)
    details = save_details(manuscript.content, manuscript.things)
    if marks != save_marks(*with_marks(*before, _marks(file))):
        write_kept(file, AUTHORSHIP, marks)
    if details != save_details(*before):
        write_kept(file, MARKDOWN, details)
    _tell(file.package, manuscript)
    return file.package.to_bytes()


def _marks(file: DocxFile) -> Authorship | None:
    return load_marks(read_kept(file.package, file.relations, AUTHORSHIP))


def file_for(manuscript: Manuscript) -> DocxFile:
    """The file that a manuscript is written into: its own, or a new one."""
    if manuscript.package is not None and manuscript.format == "docx":
        return open_docx(manuscript.package)
    told = (sayable(each) for each in (manuscript.title, manuscript.author, manuscript.language))
    return open_docx(new_docx(*told).to_bytes())


def _core_part(package: Package) -> str:
    return Relations(package, "").part_of("core-properties")


def _told(package: Package) -> dict[str, str]:
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
        if text and text != (root.findtext(name) or "").strip():
            element = root.find(name)
            if element is None:
                element = etree.SubElement(root, name)
            element.text = text
            changed = True
    if changed:
        package.write(part, root)


def _notice(file: DocxFile) -> str:
    hidden = [_NAMES.get(each, each) for each in _HIDDEN if each in file.hidden]
    if not hidden:
        return ""
    listed = ", ".join(hidden[:-1]) + " and " + hidden[-1] if len(hidden) > 1 else hidden[0]
    sentence = f"This file has {listed}: not shown here, and kept in it except in passages that you delete."
    if "changes" in file.hidden:
        sentence += " What was inserted is shown as text, what was deleted is not."
    if "deleted ends of paragraphs" in file.hidden:
        sentence += " A deleted end of a paragraph still ends it here."
    return sentence
