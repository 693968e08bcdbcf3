"""Small documents that many tests read: one that has everything the page can show, and zip files made by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pandemonium.documents.model.composing import Composer, InlineObjects
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note
from pandemonium.documents.model.passage import CharFormat, ParagraphStyle, Passage

LINE = "\u2028"
Zipped = Callable[[str, Mapping[str, str | bytes]], Path]


@pytest.fixture
def everything() -> Manuscript:
    """Two parts of two chapters with looks, quotations, lists, scene breaks, links, notes, a table and a picture."""
    objects = InlineObjects()
    composer = Composer()

    def end(kind: str = "body", level: int = 0, alignment: str = "", page: bool = False) -> None:
        composer.end_paragraph(ParagraphStyle(kind, level, alignment, page))  # type: ignore[arg-type]

    def line(text: str, kind: str = "body", level: int = 0, alignment: str = "") -> None:
        composer.add(text)
        end(kind, level, alignment)

    line("The House & the Sea", "heading", 1)
    line("One", "heading", 2)
    composer.add("It was ")
    composer.add("old", CharFormat.BOLD)
    composer.add(", ")
    composer.add("very old", CharFormat.BOLD | CharFormat.ITALIC)
    composer.add(" <and> ")
    composer.add("dark", CharFormat.SMALL_CAPS | CharFormat.UNDERLINE)
    composer.add(".")
    note = Composer()
    note.add("A note, ")
    note.add("in full", CharFormat.ITALIC)
    note.add(".")
    note.end_paragraph()
    note.add("Its second paragraph.")
    composer.add_object(objects.add(Note(note.passage())))
    composer.add(f" And a{LINE}new line.")
    end()
    line("Who goes there?", "quote")
    line("Nobody.", "quote")
    line("* * *", "scene")
    for text, kind, level in (
        ("bread", "bullet", 1),
        ("white", "bullet", 2),
        ("brown", "bullet", 2),
        ("salt", "bullet", 1),
        ("first", "number", 1),
        ("second", "number", 1),
        ("of these", "bullet", 2),
    ):
        line(text, kind, level)
    line("Two", "heading", 2)
    composer.add("See ")
    composer.add("there", CharFormat.ITALIC, "https://example.org/?a=1&b=2")
    composer.add(", H")
    composer.add("2", CharFormat.SUBSCRIPT)
    composer.add("O, 2")
    composer.add("nd", CharFormat.SUPERSCRIPT)
    composer.add(", ")
    composer.add("gone", CharFormat.STRIKE)
    composer.add(".")
    composer.add_object(objects.add(Note(Passage("Another note."))))
    end()
    line("In the middle", alignment="center")
    line("At the right", alignment="right")
    composer.add_object(objects.add(EmbeddedObject("table", "a\tb\nc\td")))
    end()
    composer.add("A picture: ")
    composer.add_object(objects.add(EmbeddedObject("picture", "the house by night")))
    end()
    line("#", "scene")
    line("The last words: \u201cIä!\u201d")
    return Manuscript(
        composer.passage(), objects=objects.by_key, title="The House & the Sea", author="A. Writer", language="en"
    )


@pytest.fixture
def zipped(tmp_path: Path) -> Zipped:
    """Writes a zip file of the given name and parts."""

    def write(name: str, parts: Mapping[str, str | bytes]) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
        return path

    return write
