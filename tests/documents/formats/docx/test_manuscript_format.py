"""The manuscript format has what publishers ask for."""

from __future__ import annotations

import io

import docx
import pytest

from pandemonium.documents.formats.docx.document import read_docx, write_docx
from pandemonium.documents.formats.docx.manuscript_format import words_rounded
from pandemonium.documents.model.manuscript import Manuscript, Note
from pandemonium.documents.model.passage import BODY, CharFormat, ParagraphStyle, Passage, Span, join

STORY = Manuscript(
    join(
        [
            Passage("One").with_style(ParagraphStyle("heading", 1)),
            Passage("It burned\ufffc.", (), (Span(3, 9, CharFormat.ITALIC), Span(9, 10, object_key="n")), (BODY,)),
            Passage("* * *").with_style(ParagraphStyle("scene")),
            Passage("More.").with_style(BODY),
            Passage("Two").with_style(ParagraphStyle("heading", 1)),
        ]
    ),
    "docx",
    objects={"n": Note(Passage("A note."))},
    title="The Lamp",
    author="Ann Writer",
)


def test_title_page_running_head_and_line_spacing() -> None:
    data = write_docx(STORY, manuscript_format=True)
    document = docx.Document(io.BytesIO(data))
    texts = [each.text for each in document.paragraphs]
    assert texts[:3] == ["Ann Writer\tabout 10 words", "The Lamp", "by Ann Writer"]
    assert texts[3:] == ["One", "It burned.", "#", "More.", "Two"]
    section = document.sections[0]
    assert section.header.paragraphs[0].text.startswith("Writer / The Lamp / ")
    assert section.different_first_page_header_footer
    assert {section.left_margin.inches, section.top_margin.inches} == {1.0}
    normal = document.styles["Normal"]
    assert (normal.paragraph_format.line_spacing, normal.font.size) == (2.0, None)
    assert document.paragraphs[4].runs[1].underline
    assert not document.paragraphs[4].runs[1].italic
    assert [each.paragraph_format.page_break_before for each in document.paragraphs[3:]][::4] == [None, True]


def test_notes_and_the_things_that_it_says_of_itself_come_along() -> None:
    read = read_docx(write_docx(STORY, manuscript_format=True))
    assert [each.content.text for each in read.objects.values() if isinstance(each, Note)] == ["A note."]
    assert (read.title, read.author) == ("The Lamp", "Ann Writer")


def test_a_document_that_says_nothing_of_itself() -> None:
    data = write_docx(Manuscript(Passage("Only this.")), manuscript_format=True)
    assert "Only this." in read_docx(data).text
    empty = write_docx(Manuscript(Passage()), manuscript_format=True)
    assert docx.Document(io.BytesIO(empty)).paragraphs


@pytest.mark.parametrize(("count", "said"), [(0, 0), (4, 10), (1234, 1200), (20_600, 21_000), (98_499, 98_000)])
def test_words_are_rounded(count: int, said: int) -> None:
    assert words_rounded("word " * count) == said
