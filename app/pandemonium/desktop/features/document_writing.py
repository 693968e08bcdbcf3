"""Writes a document beside the window: the page as it stood at one moment, whatever is typed meanwhile."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pandemonium.desktop.editor.document_model import DocumentModel
from pandemonium.desktop.editor.units import passage_from_units
from pandemonium.documents.formats import write_document
from pandemonium.documents.model.authored_text import joined
from pandemonium.documents.model.history import Point
from pandemonium.documents.model.manuscript import InlineObject, Manuscript
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.safekeeping.disk import Stamp, stamp_of
from pandemonium.documents.safekeeping.versions import Versions
from pandemonium.errors import DocumentError
from pandemonium.text.sentences import count_words


@dataclass(frozen=True)
class PageState:
    """What stood on the page at one moment, taken at no cost: paragraphs never change.

    Attributes:
        paragraphs: in the editor's units.
        objects: that stand in them.
        point: of the history, by which this text is known again.
        revision: of the model.
    """

    paragraphs: list[Passage]
    objects: dict[str, InlineObject]
    point: Point
    revision: int

    @classmethod
    def of(cls, model: DocumentModel) -> PageState:
        """The page as it stands now; what is typed next is a step of its own."""
        return cls(list(model.text.paragraphs), dict(model.objects), model.history.point(), model.revision)

    def manuscript(self, about: Manuscript) -> Manuscript:
        """The whole document, of which `about` is all that is not on the page."""
        return replace(about, content=passage_from_units(joined(self.paragraphs)), objects=self.objects)


@dataclass(frozen=True)
class WrittenDocument:
    """A document that is in its file.

    Attributes:
        manuscript: as it was written.
        stamp: what its file looks like now.
        unkept: a sentence where what stood in the file before could not be kept; else "".
    """

    manuscript: Manuscript
    stamp: Stamp | None
    unkept: str


def write_to_disk(manuscript: Manuscript, path: Path, versions: Versions) -> WrittenDocument:
    """Keeps what stands in the file among the earlier versions, and writes the document over it.

    Raises:
        DocumentError: it cannot be written; what was there before is untouched.
    """
    unkept = ""
    try:
        versions.keep_file(path)
    except DocumentError as error:
        unkept = str(error)
    written = write_document(manuscript, path)
    return WrittenDocument(written, stamp_of(path), unkept)


def keep_beside(path: Path, text: str, versions: Versions, kept: Callable[[], None]) -> None:
    """Keeps what was saved among the versions too, on a thread; the next saving would do it as well.

    Args:
        path: of the file.
        text: that was saved, whose words are counted.
        versions: where it is kept.
        kept: called on the thread when it is done.
    """

    def keep() -> None:
        with contextlib.suppress(DocumentError):
            versions.keep_file(path, words=count_words(text))
        with contextlib.suppress(RuntimeError):  # the window has gone meanwhile
            kept()

    threading.Thread(target=keep, name="keeping a version").start()
