"""A PDF has the words in order, pages of its own for parts, notes at the foot, an outline and a title."""

from __future__ import annotations

import io
import re
import threading

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from pandemonium import paths
from pandemonium.desktop.core.fonts import load_fonts
from pandemonium.desktop.features.printing.pdf import pdf_bytes
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import Passage

pytestmark = pytest.mark.usefixtures("qapp")


def read(source: str) -> PdfReader:
    load_fonts(paths.resources() / "fonts")
    return PdfReader(io.BytesIO(pdf_bytes(Manuscript(Passage(source), "md"))))


def words(page: object) -> str:
    return re.sub(r"\s+", " ", page.extract_text())  # type: ignore[attr-defined]


def test_words_can_be_found_and_copied(qapp: QApplication, prose: str) -> None:
    pdf = read(prose)
    whole = " ".join(words(page) for page in pdf.pages)
    there = re.sub(r"\W", "", whole)
    assert re.sub(r"\W", "", prose)[:400] in there
    assert "\t" not in "".join(page.extract_text() for page in pdf.pages)


def test_a_thread_that_is_not_qts_sets_a_long_text_without_a_warning(qapp: QApplication) -> None:
    manuscript = Manuscript(Passage("\n\n".join("It was dark, and the sea lay still. " * 3 for _ in range(120))), "md")
    made: list[bytes] = []
    thread = threading.Thread(target=lambda: made.append(pdf_bytes(manuscript)))
    thread.start()
    thread.join()
    assert made[0].startswith(b"%PDF")


def test_parts_begin_pages_and_are_in_the_outline() -> None:
    pdf = read(
        "---\ntitle: Tales\nauthor: Me\nlang: en\n---\n# First\n\nWords.\n\n## Inner\n\nMore.\n\n# Second\n\nLast.\n"
    )
    assert len(pdf.pages) == 2
    assert "First" in words(pdf.pages[0])
    assert "Second" in words(pdf.pages[1])
    first, inner, second = pdf.outline
    assert isinstance(inner, list)
    assert [first.title, inner[0].title, second.title] == ["First", "Inner", "Second"]  # type: ignore[union-attr]
    assert pdf.get_destination_page_number(second) == 1  # type: ignore[arg-type]
    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.author) == ("Tales", "Me")
    assert pdf.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]


def test_notes_stand_at_the_foot_of_their_page() -> None:
    filler = "\n\n".join(["Some words that fill a line or two of the page, as words do, and then some more."] * 60)
    pdf = read(f"Marked.[^1]\n\n{filler}\n\nLate.[^2]\n\n[^1]: Early note.\n\n[^2]: Late note.\n")
    assert words(pdf.pages[0]).count("Early note.") == 1
    assert words(pdf.pages[-1]).count("Late note.") == 1
    assert words(pdf.pages[0]).index("Early note.") > words(pdf.pages[0]).index("fill a line")


def test_an_empty_document_is_one_page() -> None:
    assert len(read("").pages) == 1
