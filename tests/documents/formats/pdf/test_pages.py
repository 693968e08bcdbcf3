"""Printed lines become paragraphs again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.documents.formats.pdf.pages import prose_of_pages

PAGE = """The Lamp at Night
The lamp burned low that night, and nobody in the house would
speak of it until the morning came with rain and a grey sky.
They ate in silence.
“You heard it too,” said the old man, and put his bread aside
as if the bread were at fault. She did not answer him at once,
and when she did it was of other things: the weather, the"""
NEXT = """The Lamp at Night
state of the road that winter, and what the good neigh-
bours might say of so very quiet and so old and so well-
known a man. The neighbours said nothing.
It was a well-known house."""


def test_paragraphs_heads_numbers_and_hyphens() -> None:
    pages = [PAGE + "\n1", NEXT + "\n2", "The Lamp at Night\nHe went out.\n3"]
    assert prose_of_pages(pages).split("\n\n") == [
        "The lamp burned low that night, and nobody in the house would speak of it until the morning came with rain "
        "and a grey sky. They ate in silence.",
        "“You heard it too,” said the old man, and put his bread aside as if the bread were at fault. She did not "
        "answer him at once, and when she did it was of other things: the weather, the state of the road that winter, "
        "and what the good neighbours might say of so very quiet and so old and so well-known a man. The neighbours "
        "said nothing.",
        "It was a well-known house.",
        "He went out.",
    ]


def test_ligatures_are_letters() -> None:
    assert prose_of_pages(["The ﬁrst ﬂame."]) == "The first flame."


def test_chinese_lines_join_without_a_space() -> None:
    assert (
        prose_of_pages(["天下大勢分久必合合久必分周末\n七國分爭併入於秦"])
        == "天下大勢分久必合合久必分周末七國分爭併入於秦"
    )


@pytest.mark.long
@given(st.lists(st.text(), max_size=6))
def test_no_letter_is_lost_or_made(pages: list[str]) -> None:
    made = prose_of_pages(pages)
    letters = {character for page in pages for character in page if character.isascii() and character.isalpha()}
    of_ligatures = set("filst")
    assert {character for character in made if character.isascii() and character.isalpha()} <= letters | of_ligatures
