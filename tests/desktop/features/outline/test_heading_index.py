"""The index of headings stays what a fresh reading of the whole text gives, whatever is edited."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.desktop.features.outline.heading_index import OutlineIndex
from pandemonium.documents.model.authored_text import AuthoredText
from pandemonium.documents.model.passage import ParagraphStyle, Passage

LINES = ["# One", "## Two", "prose", "```", "Chapter 3", "III.", "THE TOMB", "", "~~~", "# Three *x*"]
HEADING = ParagraphStyle("heading", 2)


def titles(text: str, format: str) -> list[tuple[int, str]]:
    index = OutlineIndex()
    index.begin(AuthoredText(text).paragraphs, format)
    return [(each.paragraph, each.title) for each in index.entries]


def test_markdown_has_its_signs_and_not_its_code() -> None:
    text = "# One\n\n```\n# no\n```\n## *Two*\nChapter 3"
    assert titles(text, "md") == [(0, "One"), (5, "Two")]


def test_plain_prose_has_what_looks_like_a_heading() -> None:
    assert titles("Chapter 1\nIt began.\nTHE TOMB\nIt ended.", "txt") == [(0, "Chapter 1"), (2, "THE TOMB")]


def test_styled_headings_leave_no_room_for_what_only_looks_like_one() -> None:
    passage = Passage("The Gate\nChapter 7", styles=(HEADING, ParagraphStyle()))
    index = OutlineIndex()
    index.begin(AuthoredText(passage).paragraphs, "docx")
    assert [(each.title, each.level) for each in index.entries] == [("The Gate", 2)]


@pytest.mark.parametrize("format", ["md", "txt"])
@given(data=st.data())
def test_edits_and_a_fresh_reading_agree(format: str, data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=12))
    text = AuthoredText("\n".join(lines))
    index = OutlineIndex()
    index.begin(text.paragraphs, format)
    for _ in range(4):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 9)))
        new = data.draw(st.sampled_from(["", "x", "\n", "\n# New\n", "```", "\n```\n", "Chapter 9", "\nIV.\nprose\n"]))
        index.touch(text.replace(start, end, Passage(new)), text.paragraphs)
        fresh = OutlineIndex()
        fresh.begin(text.paragraphs, format)
        assert index.entries == fresh.entries
