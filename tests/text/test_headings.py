"""Headings in Markdown and in plain prose."""

from __future__ import annotations

import pytest

from pandemonium.text.headings import Heading, is_in_markdown_code, markdown_heading, plain_heading


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("# One", Heading(1, "One")),
        ("### The *Tomb* ##", Heading(3, "The *Tomb*")),
        ("#", Heading(1, "")),
        ("#hashtag", None),
        ("####### seven", None),
        ("    # code", None),
        ("Prose # not", None),
    ],
)
def test_markdown(line: str, heading: Heading | None) -> None:
    assert markdown_heading(line) == heading


@pytest.mark.parametrize(
    "line",
    [
        "Chapter 3",
        "CHAPTER IV.",
        "Chapter Twelve: The Tomb",
        "III.",
        "XIV",
        "7",
        "Prologue",
        "THE SHADOW OUT",
        "Kapitel 2",
        "Chapitre premier",
        "Hoofdstuk 11 – De zee",
        "Part One",
    ],
)
def test_a_heading_of_plain_prose(line: str) -> None:
    found = plain_heading(line)
    assert found is not None
    assert found.title == line.strip()


@pytest.mark.parametrize(
    "line",
    [
        "",
        "The sea was dark.",
        "Part of me wanted to go.",
        "STOP!",
        "“WHAT IS THAT”",
        "Chapter and verse were quoted at us",
        "THE END",
        "OK",
        "It was 7",
        "Book three tickets for me please",
        "MCM is a year that I shall not forget",
    ],
)
def test_prose_is_no_heading(line: str) -> None:
    assert plain_heading(line) is None


def test_a_part_is_larger_than_a_chapter() -> None:
    part = plain_heading("Part Two")
    chapter = plain_heading("Chapter 9")
    assert part is not None
    assert chapter is not None
    assert part.level < chapter.level


def test_code_of_markdown() -> None:
    lines = ["Say `this` or `that", "```", "x = '1'", "```", "after", "", "    indented"]

    def is_code(number: int, offset: int) -> bool:
        return is_in_markdown_code("\n".join(lines[:number]), lines[number], offset)

    assert is_code(0, 6)
    assert not is_code(0, 12)
    assert is_code(0, 19)
    assert is_code(2, 3)
    assert not is_code(4, 2)
    assert is_code(6, 6)
