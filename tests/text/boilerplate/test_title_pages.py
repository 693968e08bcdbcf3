"""A screenplay's title page goes; a tale with a colon in its first line does not."""

from __future__ import annotations

import pytest

from pandemonium.text.boilerplate.title_pages import cut_title_page

PAGE = (
    "Title:\n\t_**THE LAMP**_\nCredit: Written by\nAuthor: Anna Grey\nDraft date: 1/20/2012\n"
    "Contact:\n\tThe Quay\n\t12 Mill St\n"
)


def test_a_title_page_goes_with_the_notes() -> None:
    assert cut_title_page(PAGE + "\nINT. HOUSE - NIGHT\n\nRain. [[Longer?]]\n") == "\nINT. HOUSE - NIGHT\n\nRain. \n"


@pytest.mark.parametrize(
    "text",
    [
        "Title: The Lamp\n\nIt rained.",
        "Source: he had none.\nNotes: neither.\n\nIt rained.",
        "Title: The Lamp\nAuthor: Anna\nIt rained all day.",
        "Date: the fifth of March\n\nDear Anna, [[it]] rained.",
        "It rained. Credit: none.",
    ],
)
def test_prose_stays(text: str) -> None:
    assert cut_title_page(text) == text
