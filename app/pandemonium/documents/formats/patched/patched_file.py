"""The frame of a docx and of an odt file: read as a manuscript, and patched with what a manuscript says now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from lxml import etree

from pandemonium.documents.authorship import load_marks, save_marks, with_marks
from pandemonium.documents.formats.patched.markdown_details import save_details
from pandemonium.documents.model.manuscript import InlineObject, Manuscript
from pandemonium.documents.model.passage import Alignment, Kind, Passage
from pandemonium.documents.packages.package import Package
from pandemonium.errors import DocumentError

MENDED = "This file is damaged; what could be read of it is shown. Save it under another name."
_HIDDEN = {
    "comments": "comments",
    "changes": "tracked changes",
    "hidden text": "hidden text",
    "notes": "notes that no mark leads to",
}


class PatchedFile(Protocol):
    """A file as it was read, whose parts change where the manuscript does.

    Attributes:
        package: its parts.
        objects: what its OBJECTs stand for.
        hidden: what of it the page does not show.
    """

    package: Package
    objects: dict[str, InlineObject]
    hidden: set[str]

    def passage(self) -> Passage:
        """Its text as the page shows it."""


File = TypeVar("File", bound=PatchedFile)


@dataclass(frozen=True, slots=True)
class StyleMeaning:
    """What a paragraph's style says to the page."""

    kind: Kind = "body"
    level: int = 0
    alignment: Alignment = ""
    page_break: bool = False


def manuscript_of(
    format: str,
    data: bytes,
    path: Path | None,
    opened: Callable[[], File],
    marks: Callable[[File], str | bytes],
    metadata: Callable[[Package], Mapping[str, str]],
) -> Manuscript:
    """Reads a file.

    Args:
        format: its name.
        data: its bytes.
        path: where it lies.
        opened: opens it.
        marks: gives what it keeps of who wrote what.
        metadata: gives its title, author and language.

    Raises:
        DocumentError: it is damaged, locked, hostile, or of another kind.
    """
    try:
        file = opened()
        content, objects = with_marks(file.passage(), file.objects, load_marks(marks(file)))
        said = metadata(file.package)
    except (RecursionError, etree.LxmlError, ValueError, KeyError) as error:
        raise DocumentError(
            "This file is damaged and cannot be opened.", "Save it again in the program that made it."
        ) from error
    manuscript = Manuscript(
        content,
        format,
        path,
        objects,
        package=data,
        title=said["title"],
        author=said["author"],
        language=said["language"],
        notice=_notice(file.hidden),
    )
    if file.package.mended:
        return replace(manuscript, path=None, package=None, notice=MENDED)
    return manuscript


def keep_beside(
    file: File,
    manuscript: Manuscript,
    marks: Callable[[File], str | bytes],
    keep_marks: Callable[[File, str], object],
    keep_details: Callable[[File, str], object],
) -> None:
    """Keeps in a file what its text does not say: who wrote what, and how Markdown said it; nothing in vain.

    Args:
        file: its text is the manuscript's already.
        manuscript: that it was written from.
        marks: gives what it keeps of who wrote what.
        keep_marks, keep_details: put JSON into it, or take what is there out where that is "".
    """
    before = file.passage(), file.objects
    kept = save_marks(manuscript.content, manuscript.objects)
    details = save_details(manuscript.content, manuscript.objects)
    if kept != save_marks(*with_marks(*before, load_marks(marks(file)))):
        keep_marks(file, kept)
    if details != save_details(*before):
        keep_details(file, details)


def _notice(hidden: Collection[str]) -> str:
    names = [name for key, name in _HIDDEN.items() if key in hidden]
    if not names:
        return ""
    listed = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]
    sentence = f"This file has {listed}: not shown here, and kept in it except in passages that you delete."
    if "changes" in hidden:
        sentence += " What was inserted is shown as text, what was deleted is not."
    if "deleted ends of paragraphs" in hidden:
        sentence += " A deleted end of a paragraph still ends it here."
    return sentence
