"""Words that a line end or a scanner cut in two are whole again; what only looks like it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.hyphens import join_hyphens

KNOWN = frozenset("patience remembered sailor grandmother together today dodo around".split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He had no pa- tience.", "He had no patience."),
        ("He had no pa-\ntience left.", "He had no patience left."),
        ("Nobody remem-  \n  bered it.", "Nobody remembered it."),
        ("PA- TIENCE", "PATIENCE"),
        ("Grand- mother said so.", "Grandmother said so."),
        ("A sail- or who came.", "A sailor who came."),
        ("no pa\u00ac\ntience", "no patience"),
        ("no pa\u00ad\ntience", "no patience"),
        ("a-\nround", "around"),
        ("The ferry-keeper; the ferry- keeper.", "The ferry-keeper; the ferry-keeper."),
        ("To-day and to-day, not to- day.", "To-day and to-day, not to-day."),
        ("Zanthoc, said Zan- thoc.", "Zanthoc, said Zanthoc."),
    ],
)
def test_broken_words_are_joined(text: str, expected: str) -> None:
    assert join_hyphens(text, KNOWN) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A two- or three-storied house.",
        "A sail- or steam-driven ship.",
        "Do- do you hear?",
        "I- I know not.",
        "He stopped- then he went.",
        "Pa- Tience",
        "the well- known man",
        "mother-in- law",
        "pa - tience",
        "He said pa-",
        "pa-\n\ntience",
    ],
)
def test_what_is_not_broken_stays(text: str) -> None:
    assert join_hyphens(text, KNOWN) == text


@given(st.text(st.sampled_from("pat ience-\n\u00ad\u00acDo"), max_size=80))
def test_only_hyphens_and_white_space_go(text: str) -> None:
    def rest(each: str) -> str:
        return "".join(c for c in each if c not in "-\u00ad\u00ac \n")

    assert rest(join_hyphens(text, KNOWN)) == rest(text)
