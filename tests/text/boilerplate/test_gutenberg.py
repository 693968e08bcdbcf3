"""Whatever Project Gutenberg put around a book goes; the book stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.boilerplate.gutenberg import cut_gutenberg

BOOK = "CHAPTER I\n\nThe lamp burned low that night.\n\nNobody would speak of it."
MODERN = f"""The Project Gutenberg eBook of The Lamp, by A. Writer

This eBook is for the use of anyone anywhere in the United States and
most other parts of the world at no cost. You may copy it under the
terms of the Project Gutenberg License at www.gutenberg.org.

Title: The Lamp

Author: A. Writer

*** START OF THE PROJECT GUTENBERG EBOOK THE LAMP ***




Produced by Jane Doe and the Online Distributed Proofreading
Team at https://www.pgdp.net




{BOOK}




*** END OF THE PROJECT GUTENBERG EBOOK THE LAMP ***

Updated editions will replace the previous one--the old editions will
be renamed.

*** START: FULL LICENSE ***

THE FULL PROJECT GUTENBERG LICENSE

To protect the Project Gutenberg-tm mission, you agree to the terms.
"""
OLD = f"""The Project Gutenberg Etext of The Lamp by A. Writer

Copyright laws are changing all over the world, be sure to check.

**Welcome To The World of Free Plain Vanilla Electronic Texts**

***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***
Why is this "Small Print!" statement here?  Project Gutenberg, you know: lawyers.

[2] Alteration of Project Gutenberg etexts.

*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*



{BOOK}



End of The Project Gutenberg Etext of The Lamp by A. Writer
"""
LOWER = f"""Project Gutenberg's The Lamp, by A. Writer

***START OF THE PROJECT GUTENBERG EBOOK THE LAMP, VOL. 1 OF 2 BEING A VERY
LONG TITLE***

E-text prepared by John Doe

{BOOK}

***END OF THE PROJECT GUTENBERG EBOOK THE LAMP***

******* This file should be named 1.txt or 1.zip *******
"""


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("text", [MODERN, OLD, LOWER], ids=["modern", "old", "wrapped marks"])
def test_only_the_book_stays(text: str) -> None:
    assert words(cut_gutenberg(text)) == words(BOOK)


def test_several_books_in_one_file_keep_their_bodies() -> None:
    assert words(cut_gutenberg(MODERN + OLD + MODERN)) == words(BOOK) * 3


def test_a_book_without_a_beginning_mark_loses_its_notices() -> None:
    text = f"This Project Gutenberg eBook is free.\n\n{BOOK}\n\nEnd of Project Gutenberg's The Lamp\n"
    assert words(cut_gutenberg(text)) == words(BOOK)


def test_a_writer_may_speak_of_gutenberg() -> None:
    text = "Gutenberg printed his Bible. Produced by hand, books were dear.\n\nThe project failed."
    assert cut_gutenberg(text) == text


def test_prose_that_begins_like_a_credit_stays() -> None:
    text = "Prepared by years of war, he slept.\n\nProject Gutenberg is not named with a licence here, he said."
    assert "he slept" in cut_gutenberg(text)


@given(st.text())
def test_other_text_comes_back_as_it_is(text: str) -> None:
    assert cut_gutenberg(text) == text
