"""Page numbers and running heads go, chapters' numbers stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.boilerplate.page_headers import cut_page_headers

LINE = "The lamp burned low that night, and nobody in the house would speak.\n"
NAMES = "he she Ann Bob Carl Dora Eve Fred".split()


def pages(between: str, count: int = 8) -> str:
    ends = ((f"and {name}\n", f"went on before {name}.\n") for name in NAMES[:count])
    return "".join(LINE * 20 + end + between.format(n=n) + begin for n, (end, begin) in enumerate(ends, 3))


@pytest.mark.parametrize(
    "edge",
    [
        "\n{n}\n\n",
        "\n- {n} -\n\n",
        "\n[{n}]\n",
        "Page {n}\n",
        "\n{n}\n\nTHE LAMP\n\n",
        "THE LAMP   {n}\n",
        "THE LAMP\n\f",
    ],
)
def test_a_pages_edge_goes_and_its_sentence_is_whole(edge: str) -> None:
    assert cut_page_headers(pages(edge)).replace("\f", "") == pages("")


def test_numbers_of_chapters_stay() -> None:
    text = "".join(f"{n}\n\n{LINE * 100}\n" for n in range(1, 9))
    assert cut_page_headers(text) == text


@pytest.mark.parametrize("length", [20, 200])
def test_headings_of_chapters_stay(length: int) -> None:
    text = "".join(f"Chapter {n}\n\n{LINE * length}\n" for n in range(1, 9))
    assert cut_page_headers(text) == text


def test_a_few_numbers_and_a_refrain_stay() -> None:
    text = f"1984\n\n{LINE}No.\n\n{LINE}No.\n\n{LINE}No.\n\n42\n"
    assert cut_page_headers(text) == text


def test_inline_page_marks_go() -> None:
    assert cut_page_headers("He went [Pg 12]on.") == "He went on."


@given(st.text("a.\n\f 12", max_size=400))
def test_letters_stay(text: str) -> None:
    assert cut_page_headers(text).count("a") >= text.count("a") - 3 * text.count("\f") - 3 * text.count("\n")
