"""A document outside of the window: its content, and what is needed to write it back the way it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pandemonium.documents.model.passage import Passage


class PlainLine(NamedTuple):
    """A line of a text file.

    Attributes:
        text: what it says.
        data: its bytes in the file, without its end.
        end: how it ends; empty for the last.
    """

    text: str
    data: bytes
    end: str


@dataclass(frozen=True)
class PlainForm:
    """How a plain text file is written.

    Attributes:
        encoding: the Python codec of the file.
        errors: how that codec treats what it cannot say.
        mark: the byte order mark at its head, often none.
        newline: how most lines end in the file.
        lines: all lines of a file that the codec would write otherwise: with another of two codes for one sign, without
            a stray byte, or with other ends. A line is written so as long as it says the same. Empty elsewhere.
    """

    encoding: str = "utf-8"
    errors: str = "surrogatepass"
    mark: bytes = b""
    newline: str = "\n"
    lines: tuple[PlainLine, ...] = ()


@dataclass(frozen=True)
class Note:
    """A footnote, or an endnote.

    Attributes:
        content: its paragraphs.
        at_end: it stands at the end of the document.
        origin: its number in the file that it was read from; empty for one written here.
    """

    content: Passage
    at_end: bool = False
    origin: str = ""


@dataclass(frozen=True)
class EmbeddedObject:
    """What the page cannot edit and keeps: a picture, a table, a field, a contents page.

    Attributes:
        label: what a writer calls it ("table", "picture").
        text: what it says, for formats that carry text alone; often empty.
        source: how its file wrote it, as XML; understood by the format that it was read from.
        notes: the notes in it as they stand in its text, each with its brackets, in that order.
    """

    label: str
    text: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()


InlineObject = Note | EmbeddedObject


@dataclass(frozen=True)
class Manuscript:
    """A document as it was read or is to be written.

    Attributes:
        content: its text, its authors, its looks and styles. The text of "md" is Markdown's source and that of
            "txt" is plain: both without looks and styles. Lines end with "\\n".
        format: of the file: "txt", "md", "docx", "odt", or one that is only read ("rtf", "epub", "html");
            empty for a document that never had a file, which may hold looks and styles.
        path: its file; None if it was never saved, or is of a format that is only read.
        objects: what the content's OBJECTs stand for, by their keys.
        plain: how a plain text file is written.
        package: the whole docx or odt file as it was read, of which everything that the page does not show is
            kept on saving; None elsewhere.
        title, author, language: what the file says about itself; often empty.
        notice: a sentence for the writer about something that will not be written back as it was; often empty.
        as_typed: it was made of Markdown, some of which stands as it was typed.
    """

    content: Passage = field(default_factory=Passage)
    format: str = ""
    path: Path | None = None
    objects: Mapping[str, InlineObject] = field(default_factory=dict)
    plain: PlainForm = PlainForm()
    package: bytes | None = None
    title: str = ""
    author: str = ""
    language: str = ""
    notice: str = ""
    as_typed: bool = False

    @property
    def text(self) -> str:
        """Its characters alone."""
        return self.content.text
