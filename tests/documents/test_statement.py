"""A statement says how much comes from voices, lists it, and is the same in each kind of file."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.documents.model.passage import Passage, join
from pandemonium.documents.model.voiced import Voiced, voiced
from pandemonium.documents.statement import format_share, make_statement, write_statement
from pandemonium.errors import DocumentError

AT = datetime(2026, 3, 7, 9, 5)
CONTENT = join(
    [
        Passage("Her own, ") + Passage.by("lovecraft", "his <one> *line*"),
        Passage.by("lovecraft", "and the next"),
        Passage("Hers again. ") + Passage.by("Anna", "Hm."),
    ]
)


def test_a_statement_counts_and_lists() -> None:
    text = make_statement(CONTENT, "House.docx", AT).text
    assert "“House.docx”" in text
    assert "7 March 2026, 09:05" in text
    assert "60 % of this text comes from voices: 31 of 52 characters, or 7 of 11 words." in text
    assert "lovecraft: 54 %, 28 characters, 1 passage." in text
    assert "Anna: 6 %, 3 characters, 1 passage." in text
    assert "Passage 1: lovecraft, paragraph 1, 28 characters\nhis <one> *line*\nand the next\n" in text
    assert text.endswith("Passage 2: Anna, paragraph 3, 3 characters\nHm.")


def test_where_nothing_is_marked_it_says_so_and_no_more() -> None:
    text = make_statement(Passage("Mine."), "a.txt", AT).text
    assert "None of this text, 0 of 5 characters" in text
    assert "Passage 1" not in text


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "0 %"),
        (0, 9, "0 %"),
        (1, 1000, "less than 1 %"),
        (12, 100, "12 %"),
        (999, 1000, "more than 99 %"),
        (5, 5, "100 %"),
    ],
)
def test_shares_do_not_flatter(part: int, whole: int, said: str) -> None:
    assert format_share(part, whole) == said


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("s.txt", "his <one> *line*\n"),
        ("s.md", "> his \\<one> \\*line\\*"),
        ("s.html", "his &lt;one&gt; *line*"),
        ("s", "his <one> *line*\n"),
    ],
)
def test_each_kind_of_file_quotes_what_stands_there(tmp_path: Path, name: str, holds: str) -> None:
    write_statement(make_statement(CONTENT, "House.docx", AT), tmp_path / name)
    (path,) = tmp_path.iterdir()
    assert holds in path.read_text("utf-8")
    assert path.suffix == (Path(name).suffix or ".txt")


def test_another_kind_of_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"\.pdf"):
        write_statement(make_statement(CONTENT, "House.docx", AT), tmp_path / "s.pdf")
    assert list(tmp_path.iterdir()) == []


LINES = st.lists(
    st.lists(st.tuples(st.sampled_from(("", "v", "w")), st.text("ab ", min_size=1, max_size=4)), max_size=3), max_size=6
)


@given(LINES)
def test_passages_cover_what_is_marked_and_nothing_of_hers(lines: list[list[tuple[str, str]]]) -> None:
    paragraphs = [sum((Passage.by(voice, text) for voice, text in line), Passage()) for line in lines]
    whole = join(paragraphs)
    authors = ["\n" if sign == "\n" else "" for sign in whole.text]
    for mark in whole.marks:
        authors[mark.start : mark.end] = [mark.voice] * (mark.end - mark.start)
    found = list(voiced(paragraphs))
    for each in found:
        assert set(authors[each.start : each.end]) <= {each.voice, "\n"}
        assert authors[each.start] == authors[each.end - 1] == each.voice
        assert whole.text.count("\n", 0, each.start) == each.paragraph
    covered = {at for each in found for at in range(each.start, each.end)}
    assert {at for at, voice in enumerate(authors) if voice in ("v", "w")} <= covered
    for left, right in pairwise(found):  # what could be one is one
        assert left.voice != right.voice or set(authors[left.end : right.start]) - {"\n"}


def test_a_passage_goes_on_over_paragraphs_but_not_over_her_words() -> None:
    assert list(voiced(CONTENT.paragraphs())) == [Voiced(9, 38, "lovecraft", 0), Voiced(51, 54, "Anna", 2)]
