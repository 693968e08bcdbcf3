"""The sentence at a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.sentences import sentence_around

TEXT = "The lamp went out. I heard Dr. Munroe. \u201cNo!\u201d he said."


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("The", "The lamp went out."),
        (". I", "The lamp went out."),
        (" I heard", "The lamp went out."),
        ("I heard", "I heard Dr. Munroe."),
        ("Munroe", "I heard Dr. Munroe."),
        ("he said", "“No!” he said."),
    ],
)
def test_the_sentence_at_a_place(place: str, sentence: str) -> None:
    start, end = sentence_around(TEXT, TEXT.index(place))
    assert TEXT[start:end] == sentence


def test_what_is_being_written_is_a_sentence() -> None:
    assert sentence_around("One. Two and", 12) == (5, 12)
    assert sentence_around("One. ", 5) == (0, 4)
    assert sentence_around("", 0) == (0, 0)


@given(st.text(alphabet="ab .!?\u201d\u3002", max_size=60), st.integers(0, 60))
def test_it_lies_inside_and_touches_the_place_or_ends_right_before_it(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    start, end = sentence_around(text, offset)
    assert 0 <= start <= offset
    assert start <= end <= len(text)
    assert offset <= end or not text[end:offset].strip()
