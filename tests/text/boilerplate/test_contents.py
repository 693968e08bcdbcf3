"""Tables of contents go; headings, lists and prose stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.boilerplate.contents import cut_contents

PROSE = "The lamp burned low that night, and nobody in the house would speak of it until the morning came at last."


@pytest.mark.parametrize(
    "table",
    [
        "CONTENTS\n\n  The Mermaid        4\n  The Stone Men      8\n  The Lost Child    12",
        "Table of Contents\n\nCHAPTER I. The Lamp\nCHAPTER II. The Stair\nCHAPTER III. The Door",
        "CONTENTS.\n\nI. The Lamp ........ 1\nII. The Stair ....... 9",
        "INHOUD.\n\nOP ZEE.\n\n            Bladz.\nLIEDEN            3.\nAFSCHEID         17.\n\n\nDE SLAMAT.\n\n"
        "            Bladz.\nEEN           131.\nTWEE          140.",
        "目录\n\n第一章　灯\n第二章　楼",
    ],
)
def test_a_table_goes(table: str) -> None:
    assert (
        cut_contents(f"THE LAMP\n\n{table}\n\n\n\n\nFOREWORD\n\n\n{PROSE}").split()
        == f"THE LAMP FOREWORD {PROSE}".split()
    )


def test_it_ends_where_its_first_entry_comes_back() -> None:
    text = f"Contents\n\nThe Lamp\nThe Stair\n\nThe Lamp\n\n{PROSE}"
    assert cut_contents(text).split() == f"The Lamp {PROSE}".split()


@pytest.mark.parametrize(
    "table",
    [
        "Chapter 1 ........ 3\nChapter 2 ........ 9",
        "1. The Harbour\n2. The Well",
        "The Harbour\n\nThe Well",
        "One\nTwo",
    ],
)
def test_short_paragraphs_behind_a_table_stay(table: str) -> None:
    prose = "\n\n".join(
        ["We went down before the light.", "Did you see what lay there?", "I did not look for it.\u201d"]
    )
    assert cut_contents(f"Contents\n\n{table}\n\n{prose}").strip() == prose
    assert cut_contents(f"Contents\n\n{prose}").strip() == prose


def test_dot_leaders_need_no_heading() -> None:
    lines = "\n".join(f"Chapter {n} ........ {n * 9}" for n in range(1, 5))
    assert cut_contents(f"{lines}\n{PROSE}").strip() == PROSE


def test_a_lonely_heading_goes_too() -> None:
    assert cut_contents(f"CONTENTS\n\n{PROSE}").strip() == PROSE


@pytest.mark.parametrize(
    "text",
    [
        "Illustrations\n\n" + PROSE,
        "Index\n\nThe lamp was out,\nThe night was long,\nAnd no one spoke.",
        "He was content.\n\nVery.\n\nShe was not.",
        "He paused...\n" * 5,
    ],
)
def test_other_things_stay(text: str) -> None:
    assert cut_contents(text) == text


@pytest.mark.long
@given(st.text("ab .\n19", max_size=300))
def test_prose_without_a_table_stays(text: str) -> None:
    if "..." not in text and ". ." not in text:
        assert cut_contents(text) == text


def test_a_row_of_dots_that_leads_nowhere_costs_what_its_length_allows() -> None:
    for row in (
        "..." * 40_000,
        " ." * 60_000,
        "\u2026" * 100_000,
        " " * 100_000 + "a",
        "1" * 100_000,
        "page " * 20_000,
    ):
        assert cut_contents(f"{row}a\n{row}") == f"{row}a\n{row}"


@pytest.mark.parametrize(
    "line", ["The Lamp ..... 12", "The Lamp . . . . . 12", "The Lamp\u2026\u2026 xiv", "The Lamp .... 3."]
)
def test_lines_that_lead_to_a_page_by_dots_are_cut(line: str) -> None:
    prose = "He stood upon the stairs."
    assert cut_contents(f"{prose}\n{line}\n{line}\n{line}\n{prose}") == f"{prose}\n{prose}"
