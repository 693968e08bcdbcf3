"""All cuts together leave prose, and nothing more to cut."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pandemonium.text.boilerplate.cutting import cut_and_count
from pandemonium.text.cleaning import clean


def prose_of(text: str) -> str:
    return cut_and_count(text)[0]


BOOK = """The Project Gutenberg EBook of The Lamp\r
\r
Title: The Lamp\r
\r
*** START OF THIS PROJECT GUTENBERG EBOOK THE LAMP ***\r
\r
Produced by Aloysius\r
\r
\r
THE LAMP\r
\r
CONTENTS\r
\r
  I. The Lamp      1\r
  II. The Stair    9\r
\r
\r
\r
\r
I. THE LAMP\r
\r
The _lamp_ burned low that night,[1] and nobody in the house would speak\r
of it until the morning came with rain.\r
\r
[Illustration: The lamp]\r
\r
FOOTNOTES:\r
\r
[1] So the story goes.\r
\r
[2] And so on.\r
\r
End of the Project Gutenberg EBook of The Lamp\r
\r
*** END OF THIS PROJECT GUTENBERG EBOOK THE LAMP ***\r
\r
Section 5.  General Information About Project Gutenberg-tm electronic works.\r
"""
PIECES = [
    *"CONTENTS|FOOTNOTES:|[1]|[Illustration|]|* * *|***|_|*|=|12|13|- 14 -|<i>|</p>|&amp;|&amp;lt;|&#42;|```|a".split(
        "|"
    ),
    *"Transcriber's Note|Project Gutenberg License|www.gutenberg.org|Produced by X|THE LAMP|The lamp burned.".split(
        "|"
    ),
    *"I. The Lamp .... 3|Copyright 1922|pgdp.net|{3}|CHAPTER I|Notes|[oe]|<br>|&mdash;|THE LAMP 4|----| ".split("|"),
    "*** START OF THE PROJECT GUTENBERG EBOOK X ***",
    "*** END OF THE PROJECT GUTENBERG EBOOK X ***",
    "*END*THE SMALL PRINT!",
    *("\n", "\n\n", "\n\n\n\n", "\f"),
]


def test_a_book_is_its_prose() -> None:
    prose = (
        "The lamp burned low that night, and nobody in the house would speak of it until the morning came with rain."
    )
    assert clean(prose_of(BOOK)).split() == f"THE LAMP I. THE LAMP {prose}".split()


@settings(max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_nothing_is_left_to_cut(pieces: list[str]) -> None:
    once = prose_of("".join(pieces))
    assert prose_of(once) == once


@given(st.text())
def test_nothing_is_left_to_cut_of_any_text(text: str) -> None:
    once = prose_of(text)
    assert prose_of(once) == once


@given(st.lists(st.text("abcdefg ,.", min_size=1, max_size=80), max_size=20))
def test_plain_paragraphs_stay(paragraphs: list[str]) -> None:
    text = "\n\n".join(f"x{paragraph}x" for paragraph in paragraphs if "..." not in paragraph)
    assert prose_of(text) == text
