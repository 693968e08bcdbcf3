"""What a format says about itself: the one description by which documents of it are found, read, written and judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pandemonium.documents.model.manuscript import Manuscript

Progress = Callable[[float], None]
Form = Literal["plain", "markdown", "rich"]
Feature = Literal["looks", "headings", "alignment", "page breaks", "links", "endnotes", "authors", "tables", "code"]

EVERY_FEATURE: frozenset[Feature] = frozenset(
    ("looks", "headings", "alignment", "page breaks", "links", "endnotes", "authors")
)
"""What the page can show, which a word processor's file keeps."""


@dataclass(frozen=True)
class Format:
    """One format of documents.

    Its functions import what they need when they are called, so that knowing a format costs nothing.

    Attributes:
        name: as manuscripts and settings name it: "docx".
        title: as a sentence begins with it: "A Word document"; dialogs list it without its article.
        suffixes: the ends of its files' names, in lower case with their dots; the first is proposed.
        form: in which form the text of a manuscript of this format is: the very characters of a plain text, Markdown's
            source, or rich text with looks, styles and objects.
        read: makes a manuscript of a file's bytes, given the file's path and a listener for the progress from 0 to 1.
            Raises DocumentError where it cannot be read.
        write: gives the bytes of a manuscript that is in this format's form, and the manuscript as it was written.
            None where documents of this format are only read.
        export: gives the bytes of a copy of any manuscript; its second argument asks for the form in which publishers
            want submissions. None where this program has no way to write it, or the window alone has.
        features: what of a document a copy keeps.
        also_read: the ends of other names that such documents are found under, and are not saved under.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    form: Form
    read: Callable[[bytes, Path, Progress | None], Manuscript]
    write: Callable[[Manuscript], tuple[bytes, Manuscript]] | None = None
    export: Callable[[Manuscript, bool], bytes] | None = None
    features: frozenset[Feature] = EVERY_FEATURE
    also_read: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """As dialogs list it: "Word document"."""
        label = self.title.removeprefix("A ").removeprefix("An ")
        return label[:1].upper() + label[1:]
